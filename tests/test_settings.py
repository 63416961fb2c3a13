"""Settings: from the environment, from a file, and never shown where they are secret."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import UsageError
from bot.settings import Settings, read_settings, read_token

TOKEN = "MTE0NTY3ODkwMTIzNDU2Nzg5MA.GabcDe.abcdefghijklmnopqrstuvwxyz0123456789AB"
SECRET = "zqxjkv secret"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be in a folder without `.env`, with nothing set."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TESTIGO_{name.upper()}", raising=False)
    for name in ("DISCORD_TOKEN", "DISCORD_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    """Return a function that reads the settings with these in the environment."""

    def read(**values: str) -> Settings:
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        return read_settings()

    return read


def refusal(read: Callable[[], object]) -> str:
    """Return what is told where something cannot be used."""
    with pytest.raises(UsageError) as refused:
        read()
    return str(refused.value)


def test_nothing_needs_to_be_set() -> None:
    settings = read_settings()
    assert settings.token is None
    assert settings.owners == frozenset()
    assert settings.cooldown == 2.0
    assert (settings.log_level, settings.log_format) == ("INFO", "console")


@pytest.mark.parametrize("value", [TOKEN, f"  {TOKEN}\n", f"{TOKEN} "])
def test_the_token_comes_from_the_environment(setting: Callable[..., Settings], value: str) -> None:
    assert read_token(setting(DISCORD_TOKEN=value)) == TOKEN


def test_the_token_comes_from_a_file(setting: Callable[..., Settings], tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    assert read_token(setting(DISCORD_TOKEN_FILE=str(tmp_path / "token"))) == TOKEN


def test_the_token_comes_from_a_file_of_settings(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f'DISCORD_TOKEN="{TOKEN}"\nTESTIGO_COOLDOWN=5\nUNRELATED=1\n')
    settings = read_settings()
    assert read_token(settings) == TOKEN
    assert settings.cooldown == 5


def test_of_token_and_file_the_token_counts(setting: Callable[..., Settings], tmp_path: Path) -> None:
    (tmp_path / "token").write_text("other.other.other")
    both = setting(DISCORD_TOKEN=TOKEN, DISCORD_TOKEN_FILE=str(tmp_path / "token"))
    assert read_token(both) == TOKEN


def test_the_environment_comes_before_the_file_of_settings(setting: Callable[..., Settings], tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKEN=other.other.other\n")
    assert read_token(setting(DISCORD_TOKEN=TOKEN)) == TOKEN


@pytest.mark.parametrize("values", [{}, {"DISCORD_TOKEN": ""}, {"DISCORD_TOKEN": "", "DISCORD_TOKEN_FILE": ""}])
def test_a_missing_token_is_told(setting: Callable[..., Settings], values: dict[str, str]) -> None:
    settings = setting(**values)
    assert refusal(lambda: read_token(settings)) == "DISCORD_TOKEN is missing: the README tells how to get one"


@pytest.mark.parametrize("value", [SECRET, "Bot zqxjkv", "zqxjkv\nzqxjkv", '"zqxjkv"', "zqxjkv..a", "zqxjkvñ é", " "])
def test_a_malformed_token_is_told_and_not_shown(setting: Callable[..., Settings], value: str) -> None:
    settings = setting(DISCORD_TOKEN=value)
    told = refusal(lambda: read_token(settings))
    assert told.startswith("DISCORD_TOKEN")
    assert "zqxjkv" not in told
    assert "\n" not in told


@pytest.mark.parametrize("content", [SECRET, "", "\n"])
def test_a_malformed_token_in_a_file_is_told_and_not_shown(
    setting: Callable[..., Settings], tmp_path: Path, content: str
) -> None:
    (tmp_path / "token").write_text(content)
    settings = setting(DISCORD_TOKEN_FILE=str(tmp_path / "token"))
    told = refusal(lambda: read_token(settings))
    assert told.startswith("DISCORD_TOKEN_FILE")
    assert "zqxjkv" not in told


def test_a_file_that_cannot_be_read_is_told(setting: Callable[..., Settings], tmp_path: Path) -> None:
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    for name in ("missing", "bytes", "."):
        settings = setting(DISCORD_TOKEN_FILE=str(tmp_path / name))
        told = refusal(lambda settings=settings: read_token(settings))
        assert "cannot be read" in told
        assert str(tmp_path) not in told, "it may be the token itself"


def test_a_file_of_settings_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"DISCORD_TOKEN=\xff\xfe")
    assert refusal(read_settings) == ".env: cannot be read as UTF-8 text"


@pytest.mark.parametrize(
    ("value", "owners"),
    [("", set()), ("1", {1}), ("1,2", {1, 2}), (" 1 , 2 ,", {1, 2}), ("1,1", {1})],
)
def test_owners_are_numbers_with_commas(setting: Callable[..., Settings], value: str, owners: set[int]) -> None:
    assert setting(TESTIGO_OWNERS=value).owners == owners


@pytest.mark.parametrize("value", ["0", "0.5", "3600"])
def test_a_cooldown_in_range_is_taken(setting: Callable[..., Settings], value: str) -> None:
    assert setting(TESTIGO_COOLDOWN=value).cooldown == float(value)


@pytest.mark.parametrize("level", ["DEBUG", "info", "Warning", "ERROR"])
def test_levels_are_taken_in_any_case(setting: Callable[..., Settings], level: str) -> None:
    assert setting(TESTIGO_LOG_LEVEL=level).log_level == level.upper()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TESTIGO_COOLDOWN", "-1"),
        ("TESTIGO_COOLDOWN", "3601"),
        ("TESTIGO_COOLDOWN", "nan"),
        ("TESTIGO_COOLDOWN", "inf"),
        ("TESTIGO_COOLDOWN", "soon"),
        ("TESTIGO_OWNERS", "zqxjkv"),
        ("TESTIGO_OWNERS", "1;2"),
        ("TESTIGO_LOG_LEVEL", "LOUD"),
        ("TESTIGO_LOG_FORMAT", "xml"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(setting: Callable[..., Settings], name: str, value: str) -> None:
    told = refusal(lambda: setting(**{name: value}))
    assert told.startswith(name)
    assert "zqxjkv" not in told
    assert "\n" not in told


def test_the_token_is_shown_nowhere(setting: Callable[..., Settings]) -> None:
    settings = setting(DISCORD_TOKEN=TOKEN)
    assert TOKEN not in repr(settings)
    assert TOKEN not in str(settings)
    assert TOKEN not in settings.model_dump_json()


def test_settings_do_not_change(setting: Callable[..., Settings]) -> None:
    settings = setting(TESTIGO_COOLDOWN="1")
    with pytest.raises(Exception, match="frozen"):
        settings.cooldown = 2


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
