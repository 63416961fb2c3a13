"""What the tests share: both events, each opened once."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answering.testigo import Testigo
from bot.app import open_testigo
from bot.settings import Settings

LIGHTHOUSE = Path(__file__).parent / "events" / "lighthouse"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the test of the demo keep its pictures."""
    parser.addoption("--screenshots", metavar="FOLDER", help="keep the pictures of the demo there")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the session's cached indexes."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def testigo(cache: Path) -> Testigo:
    """Open the shipped knowledge base."""
    return open_testigo(Settings(_env_file=None, cache=cache))


@pytest.fixture(scope="session")
def lighthouse(cache: Path) -> Testigo:
    """Open the invented event, with its article."""
    return open_testigo(Settings(_env_file=None, cache=cache, data=LIGHTHOUSE, article=LIGHTHOUSE / "article.txt"))


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """Return a function that copies the invented event's folder with one passage of a file replaced."""

    def edit(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "event"
        shutil.copytree(LIGHTHOUSE, folder, dirs_exist_ok=True)
        text = (folder / file).read_text("utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        (folder / file).write_text(text.replace(old, new, 1), "utf-8")
        return folder

    return edit
