"""What the data folder and the settings can hold."""

import contextlib
import os
import shutil
import string
from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path

from click.testing import CliRunner
from hypothesis import strategies as st

from bot.app import shipped_data
from bot.errors import StorageError, UsageError
from bot.settings import Settings, read_settings, read_token
from bot.storage.address import read_address
from bot.terminal.commands import main
from tests.conftest import LIGHTHOUSE
from tests.hostile.corpus import ALL
from tests.hostile.doors import Came, Door
from tests.hostile.strategies import MARK, wild_text, wild_words

Edit = tuple[str, bytes]
"""A file of the data folder, and what it is to hold."""

NAMES = ("DISCORD_TOKEN", "DISCORD_TOKEN_FILE")
NAMES += tuple(f"TESTIGO_{name.upper()}" for name in Settings.model_fields if not name.startswith("token"))
VALUES = (
    "1",
    "en",
    "INFO",
    "json",
    "-1",
    "nan",
    "1e999",
    "9" * 5000,
    "sqlite:///a/b.db",
    "postgresql://a:b@c/d?e",
    "1,2",
)
VALUES += ("postgresql://a:b@c:99999999/d", "postgresql://[::1/d", "mysql://a", "[]", "{}", "null", "true", "/", ".")

FOLDER_SECONDS = 0.25
"""Of processor time to read and prove the whole folder, which nobody does over Discord."""


class Files:
    """The invented event in a folder of its own, with the languages' files, and an empty folder to start in."""

    def __init__(self, folder: Path) -> None:
        self._data = Path(shutil.copytree(LIGHTHOUSE, folder / "data"))
        shutil.copytree(shipped_data() / "languages", self._data / "languages")
        self._start = folder / "start"
        self._start.mkdir()
        paths = sorted(path for path in self._data.rglob("*") if path.suffix in {".toml", ".txt", ".ftl"})
        self._whole = {str(path.relative_to(self._data)): path.read_bytes() for path in paths}

    def doors(self) -> Sequence[Door]:
        """Return the ways in."""
        values = st.one_of(wild_words(*VALUES), wild_text(400), st.sampled_from(ALL))
        environment = st.dictionaries(st.sampled_from(NAMES), values, min_size=1, max_size=4)
        lines = st.lists(st.tuples(wild_words(*NAMES, most=60), values), min_size=1, max_size=3)
        return (
            Door("data files", _edits(self._whole), _entering(self._check), is_shown=True, max_seconds=FOLDER_SECONDS),
            Door("settings, environment", environment, _entering(self._set)),
            Door("settings, .env", st.one_of(lines.map(_dotenv), st.binary(max_size=50)), _entering(self._write)),
        )

    def _check(self, edit: Edit) -> str:
        file, content = edit
        (self._data / file).write_bytes(content)
        try:
            done = CliRunner().invoke(main, ["check", "--data", str(self._data)])
        finally:
            (self._data / file).write_bytes(self._whole[file])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        lines = done.stderr.rstrip("\n").split("\n")
        if done.exit_code == 2:
            [line] = lines
            assert line.startswith("testigo: ")
        assert done.exit_code in {0, 1, 2}
        return done.output

    def _set(self, values: Mapping[str, str]) -> str:
        # An environment holds bytes without NUL.
        kept = {name: os.fsdecode(_bytes(value).replace(b"\0", b"")) for name, value in values.items()}
        with _environment(self._start, kept):
            return _read()

    def _write(self, content: bytes) -> str:
        (self._start / ".env").write_bytes(content)
        try:
            with _environment(self._start, {}):
                return _read()
        finally:
            (self._start / ".env").unlink()


def _entering(step: Callable[..., str]) -> Callable[[object], Came]:
    def enter(given: object) -> Came:
        came = Came()
        with came.watched():
            came.printed = step(given)
        return came

    return enter


@contextlib.contextmanager
def _environment(folder: Path, values: Mapping[str, str]) -> Generator[None, None, None]:
    """Be in a folder, with these settings alone."""
    before = dict(os.environ)
    for name in NAMES:
        os.environ.pop(name, None)
    os.environ.update(values)
    try:
        with contextlib.chdir(folder):
            yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _read() -> str:
    """Read the settings and what hangs on them; return the line that is told where one cannot be used."""
    try:
        settings = read_settings()
        read_address(settings.database_address)
        read_token(settings)
    except (UsageError, StorageError) as error:
        [line] = str(error).split("\n")
        return line
    return ""


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _dotenv(lines: Sequence[tuple[str, str]]) -> bytes:
    return b"\n".join(_bytes(f"{name}={value}") for name, value in lines)


@st.composite
def _edits(draw: st.DrawFn, whole: Mapping[str, bytes]) -> Edit:
    """Return a file with a stretch taken away, doubled, replaced or moved, or a value of it replaced."""
    file = draw(st.sampled_from(tuple(whole)))
    text = whole[file].decode()
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        stretch = text[start : start + draw(st.sampled_from((1, 2, 5, 20, 100, 1000)))]
        end = start + len(stretch)
        match draw(st.integers(0, 6)):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:end] + stretch + text[end:]
            case 2:
                text = text[:start] + draw(wild_text(300)) + text[end:]
            case 3:
                text = text[:start] + draw(st.sampled_from(string.punctuation + "\n\0\u202e")) + text[end:]
            case 4:
                lines = text.split("\n")
                number = draw(st.integers(0, len(lines) - 1))
                name, equals, _ = lines[number].partition("=")
                lines[number] = f"{name}{equals} {draw(_tables)}"
                text = "\n".join(lines)
            case 5:
                lines = text.split("\n")
                lines.insert(draw(st.integers(0, len(lines))), draw(_tables))
                text = "\n".join(lines)
            case _:
                text = stretch + text[:start] + text[end:]
    return file, text.encode("utf-8", draw(st.sampled_from(("replace", "surrogatepass"))))


_quoted = st.one_of(wild_text(300), st.sampled_from(ALL)).map(
    lambda text: '"' + "".join(f"\\U{ord(c):08x}" if ord(c) < 0xD800 or ord(c) > 0xDFFF else "?" for c in text) + '"'
)
_tables = st.one_of(
    _quoted,
    st.sampled_from(
        ("1", "-1", "1e999", "nan", "inf", "true", "1979-05-27", "0001-01-01", "9" * 5000, "1" + "0" * 400)
    ),
    st.sampled_from(("[]", "{}", "[[]]", "{a = 1}", '""', "[" * 2000, "[entries.x]", "[[passages]]", "a.b.c.d = 1")),
    st.sampled_from((f"[{MARK}]", "{victims.total}", "{ $date }", 'formula = "1/0"', "value = 9999999999999999999999")),
    st.sampled_from(('formula = "9**9**9**9"', 'formula = "year(1)"', 'formula = "((((((1"', "# en: x", "-x = { -x }")),
)
"""What may stand in a line of TOML, of wordings or of strings."""
