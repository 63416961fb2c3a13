from pathlib import Path

import pytest

from bot.errors import DataError
from bot.knowledge.strings import load_strings
from bot.knowledge.words import load_words


def write(folder: Path, language: str, name: str, text: str) -> None:
    path = folder / "languages" / language / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_message_takes_its_arguments(tmp_path: Path) -> None:
    write(tmp_path, "en", "strings.ftl", "limit = At most { $n } letters.\n")
    assert load_strings([tmp_path], ["en"])["en"].text("limit", n=3) == "At most 3 letters."


@pytest.mark.parametrize(
    ("spanish", "message"),
    [
        ("a = uno\n", "b is missing"),
        ("a = uno\nb = dos\nkaputt\n", "not understood: kaputt"),
        (None, "strings.ftl: missing"),
    ],
)
def test_a_missing_or_broken_translation_fails_at_load(tmp_path: Path, spanish: str | None, message: str) -> None:
    write(tmp_path, "en", "strings.ftl", "a = one\nb = two\n")
    if spanish is not None:
        write(tmp_path, "es", "strings.ftl", spanish)
    with pytest.raises(DataError, match=message):
        load_strings([tmp_path], ["en", "es"])


def test_an_event_may_bring_its_own_strings(tmp_path: Path) -> None:
    write(tmp_path / "own", "en", "strings.ftl", "a = own\n")
    write(tmp_path / "shipped", "en", "strings.ftl", "a = shipped\n")
    assert load_strings([tmp_path / "own", tmp_path / "shipped"], ["en"])["en"].text("a") == "own"


@pytest.mark.parametrize("text", ["name = 3", "name =", 'name = "x"\nconnectors = []'])
def test_a_broken_word_list_is_named(tmp_path: Path, text: str) -> None:
    write(tmp_path, "en", "words.toml", text)
    with pytest.raises(DataError, match=r"words\.toml"):
        load_words([tmp_path], ["en"])
