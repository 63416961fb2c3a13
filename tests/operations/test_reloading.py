"""Changed data is proved and exchanged whole; broken data is refused, and the old stays."""

import asyncio
import gc
import shutil
import threading
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.checking import check_data
from bot.errors import DataError
from bot.operations.reloading import Reloader, fingerprint, free_replaced
from bot.settings import Settings
from tests.conftest import LIGHTHOUSE

pytestmark = pytest.mark.asyncio

FILE = "entries/fire.toml"
OLD, NEW = "{keepers.escaped} keepers escaped from", "From {fire.place}: {keepers.escaped} keepers escaped, from"


class Desk:
    """Loads a folder as the service does, but for the index; tells what was used and refused."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self.loaded = 0
        self.used: list[int] = []
        self.refused: list[str] = []
        self._settings = Settings(_env_file=None, cache=cache, data=folder)
        self.reloader = Reloader(folder, self._load, self._refuse)

    def write(self, old: str = OLD, new: str = NEW, file: str = FILE) -> None:
        """Replace a passage of a file."""
        path = self.folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    async def looks(self, times: int) -> list[bool]:
        """Look so many times; return whether new data came into use."""
        return [await self.reloader.check() for _ in range(times)]

    def _load(self) -> Callable[[], None]:
        self.loaded += 1
        number = self.loaded
        if problems := check_data(self._settings):
            raise DataError(problems[0])
        return lambda: self.used.append(number)

    async def _refuse(self, reason: str) -> None:
        self.refused.append(reason)


@pytest.fixture
def desk(tmp_path: Path, cache: Path) -> Desk:
    """Watch a copy of the invented event."""
    return Desk(Path(shutil.copytree(LIGHTHOUSE, tmp_path / "event")), cache)


async def test_unchanged_data_is_left_alone(desk: Desk) -> None:
    assert await desk.looks(3) == [False] * 3
    assert desk.loaded == 0


async def test_changed_data_is_exchanged_once_it_has_settled(desk: Desk) -> None:
    desk.write()
    assert await desk.looks(4) == [False, True, False, False]
    assert (desk.loaded, desk.used, desk.refused) == (1, [1], [])


async def test_data_that_changes_between_two_looks_waits(desk: Desk) -> None:
    for number in range(4):
        desk.write(OLD, f"{OLD}{' ' * number}")
        assert await desk.looks(1) == [False]
        (desk.folder / "entries" / f"part{number}.tmp").write_text("half")
    assert desk.loaded == 0
    assert await desk.looks(2) == [False, True]


async def test_a_half_written_file_is_not_loaded(desk: Desk) -> None:
    whole = (desk.folder / FILE).read_text("utf-8")
    for end in (10, 60, len(whole) // 2):
        (desk.folder / FILE).write_text(whole[:end], "utf-8")
        assert await desk.looks(1) == [False]
    (desk.folder / FILE).write_text(whole.replace(OLD, NEW), "utf-8")
    assert await desk.looks(2) == [False, True]
    assert desk.refused == []


async def test_what_is_put_back_before_it_settled_is_no_change(desk: Desk, tmp_path: Path) -> None:
    shutil.copy2(desk.folder / FILE, tmp_path / "kept")
    desk.write()
    assert await desk.looks(1) == [False]
    shutil.copy2(tmp_path / "kept", desk.folder / FILE)
    assert await desk.looks(3) == [False] * 3
    assert desk.loaded == 0


def cut(folder: Path) -> None:
    (folder / FILE).write_text('title.en = "The', "utf-8")


def unknown_key(folder: Path) -> None:
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write('\n[entries.lamp-lit.colour]\nen = "red"\n')


def no_translation(folder: Path) -> None:
    path = folder / FILE
    path.write_text(path.read_text("utf-8").replace('question.es = "¿Hubo advertencias?"\n', ""), "utf-8")


def unknown_fact(folder: Path) -> None:
    path = folder / FILE
    path.write_text(path.read_text("utf-8").replace("{keepers.escaped}", "{keepers.drowned}"), "utf-8")


def a_number_by_hand(folder: Path) -> None:
    path = folder / FILE
    path.write_text(path.read_text("utf-8").replace("{keepers.escaped}", "17"), "utf-8")


def no_file(folder: Path) -> None:
    (folder / "facts.toml").unlink()


def no_text(folder: Path) -> None:
    (folder / FILE).write_bytes(b'title.en = "\xff\xfe"')


def nested(folder: Path) -> None:
    (folder / FILE).write_text("x = " + "[" * 100_000, "utf-8")


def empty(folder: Path) -> None:
    (folder / "article.toml").write_bytes(b"")


def a_folder_in_place_of_a_file(folder: Path) -> None:
    (folder / "facts.toml").unlink()
    (folder / "facts.toml").mkdir()
    (folder / "facts.toml" / "x").write_text("x")


def gone(folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "fault",
    [
        cut,
        unknown_key,
        no_translation,
        unknown_fact,
        a_number_by_hand,
        no_file,
        no_text,
        nested,
        empty,
        a_folder_in_place_of_a_file,
        gone,
    ],
)
async def test_broken_data_is_refused_once_with_the_reason_and_the_old_stays(
    desk: Desk, fault: Callable[[Path], None]
) -> None:
    fault(desk.folder)
    assert await desk.looks(4) == [False] * 4
    assert desk.used == []
    assert len(desk.refused) == 1
    assert ".toml" in desk.refused[0] or str(desk.folder) in desk.refused[0]


async def test_mended_data_is_used(desk: Desk) -> None:
    cut(desk.folder)
    await desk.looks(2)
    shutil.copytree(LIGHTHOUSE, desk.folder, dirs_exist_ok=True)
    assert await desk.looks(2) == [False, True]
    assert len(desk.refused) == 1


async def test_another_fault_is_told_too(desk: Desk) -> None:
    cut(desk.folder)
    await desk.looks(2)
    shutil.copytree(LIGHTHOUSE, desk.folder, dirs_exist_ok=True)
    unknown_fact(desk.folder)
    await desk.looks(2)
    assert len(desk.refused) == 2
    assert "keepers.drowned" in desk.refused[1]


async def test_a_change_while_loading_is_loaded_next(desk: Desk) -> None:
    loading, changed = threading.Event(), threading.Event()

    def load() -> Callable[[], None]:
        loading.set()
        assert changed.wait(10)
        return lambda: None

    async def refuse(reason: str) -> None:
        raise AssertionError(reason)

    reloader = Reloader(desk.folder, load, refuse)
    desk.write()
    assert not await reloader.check()
    first = asyncio.create_task(reloader.check())
    assert await asyncio.to_thread(loading.wait, 10), "the loop goes on while data is loaded"
    desk.write(NEW, OLD)
    changed.set()
    assert await first
    assert [await reloader.check() for _ in range(2)] == [False, True]


@pytest.mark.parametrize("change", ["new", "removed", "renamed", "rewritten"])
async def test_every_change_of_a_file_is_seen(tmp_path: Path, change: str) -> None:
    folder = Path(shutil.copytree(LIGHTHOUSE, tmp_path / "event"))
    before = fingerprint(folder)
    file = folder / FILE
    match change:
        case "new":
            (folder / "entries" / "new.toml").write_text("")
        case "removed":
            file.unlink()
        case "renamed":
            file.rename(folder / "entries" / "other.toml")
        case _:
            file.write_bytes(file.read_bytes()[::-1])
    assert fingerprint(folder) != before
    assert fingerprint(LIGHTHOUSE) == fingerprint(LIGHTHOUSE)


async def test_what_was_replaced_is_freed() -> None:
    class Rooms:
        def __init__(self) -> None:
            self.myself = self

    rooms = Rooms()
    kept = weakref.ref(rooms)
    gc.freeze()  # as whoever opens the data does
    del rooms
    gc.collect()
    assert kept() is not None
    free_replaced()
    assert kept() is None
