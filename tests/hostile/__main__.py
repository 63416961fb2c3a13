"""Send wild input through every door, and measure: ``python -m tests.hostile``; its status is 1 where one did harm."""

import argparse
import contextlib
import gc
import logging
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.answering.testigo import Testigo
from bot.app import open_testigo
from bot.settings import Settings
from tests.conftest import LIGHTHOUSE
from tests.hostile import curators, gateway, people
from tests.hostile.chat import opened_chat, opened_house
from tests.hostile.doors import Came, Door, faults
from tests.hostile.examining import examine
from tests.hostile.files import Files
from tests.hostile.terminal import Terminal

SHOWN = 50
"""Characters shown of the input that took longest."""

COLLECT_EVERY = 500
"""Inputs between two collections of garbage, which are not the input's own time."""


TRIES, WARM = 4, 20
"""Further tries of an input that took too long; inputs that are not counted."""

WIDTH = 150


class Enough(Exception):  # noqa: N818 - no error
    """The time of a door is over."""


@dataclass
class Tally:
    """What became of the inputs of one door."""

    inputs: int = 0
    own_seconds: float = 0.0
    seconds: float = 0.0
    worst: str = ""
    too_long: int = 0
    uncaught: int = 0
    pings: int = 0
    echoes: int = 0
    first: str = ""

    @property
    def is_well(self) -> bool:
        """Whether no input did harm."""
        return not (self.too_long or self.uncaught or self.pings or self.echoes)

    def add(self, door: Door, given: Any, came: Came) -> None:
        """Count one input."""
        found = faults(door, came)
        self.inputs += 1
        self.uncaught += bool(found.uncaught)
        self.pings += bool(found.pings)
        self.echoes += bool(found.echoes)
        self.too_long += came.seconds > door.max_seconds
        self.own_seconds = max(self.own_seconds, came.own_seconds)
        if came.seconds > self.seconds:
            self.seconds, self.worst = came.seconds, ascii(given)[:SHOWN]
        if found.all and not self.first:
            self.first = f"{door.name}: {given!a}: {found.all[0]}"


def tallied(door: Door, examples: int, seconds: float, key: int) -> Tally:
    """Send wild inputs through a door, so many or for so long."""
    tally, end = Tally(), time.monotonic() + seconds

    def look(given: Any) -> None:
        if tally.inputs % COLLECT_EVERY == 0:
            gc.collect()
        came = door.enter(given)
        # Other programs on the machine only add: what took long is tried again, and the shortest time counts.
        for _ in range(TRIES):
            if came.seconds <= door.max_seconds:
                break
            door.forget()
            again = door.enter(given)
            came.seconds, came.own_seconds = min(came.seconds, again.seconds), min(came.own_seconds, again.own_seconds)
        tally.add(door, given, came)
        if time.monotonic() > end:
            raise Enough

    with contextlib.suppress(Enough):
        # The first inputs of all meet cold caches.
        examine(replace(door, fixed=()), WARM, lambda given: door.enter(given) and None, key=key + 1)
        door.forget()
        examine(door, examples, look, key=key)
    return tally


def every_door(testigo: Testigo, folder: Path) -> Iterator[Door]:
    """Yield the doors, each while what is behind it is open."""
    cache, state = folder / "cache", folder / "state"
    state.mkdir()
    for group in (people, gateway):
        with opened_chat(testigo, cache) as chat:
            yield from group.doors(chat)
    with opened_house(testigo, cache, state) as chat:
        yield from curators.doors(chat)
    yield from Terminal(testigo, folder).doors()
    yield from Files(folder).doors()


def main() -> int:
    """Do it, print a table, and return the exit status.

    The table tells the worst input's milliseconds in all threads, and the worst in the one that takes it, as the event
    loop's; both with what the simulated Discord itself takes there.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--examples", type=int, default=10_000, help="wild inputs a door")
    parser.add_argument("--seconds", type=float, default=3600.0, help="a door's time at most")
    parser.add_argument("--key", type=int, default=1, help="other inputs for each number")
    parser.add_argument("--door", default="", help="only doors whose name holds this")
    options = parser.parse_args()
    table = Table(box=None)
    for column in ("way in", "inputs", "CPU ms", "own thread", "too long", "uncaught", "pings", "echoes", "slowest"):
        table.add_column(column, no_wrap=True)
    harm: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = {"data": LIGHTHOUSE, "article": LIGHTHOUSE / "article.txt"}
        testigo = open_testigo(Settings(_env_file=None, cache=folder / "cache", **data))
        gc.disable()
        logging.getLogger("dotenv").setLevel(logging.ERROR)  # it warns of every line of a broken .env
        for door in every_door(testigo, folder):
            if options.door not in door.name:
                continue
            tally = tallied(door, options.examples, options.seconds, options.key)
            figures = (tally.seconds * 1000, tally.own_seconds * 1000)
            counts = (tally.too_long, tally.uncaught, tally.pings, tally.echoes)
            table.add_row(
                door.name, str(tally.inputs), *(f"{ms:.1f}" for ms in figures), *map(str, counts), tally.worst
            )
            harm += [] if tally.is_well else [tally.first or f"{door.name}: {tally.worst} took too long"]
    console = Console(highlight=False, markup=False, width=WIDTH)
    console.print(table)
    for each in harm:
        console.print(each, soft_wrap=True)
    return 1 if harm else 0


if __name__ == "__main__":
    raise SystemExit(main())
