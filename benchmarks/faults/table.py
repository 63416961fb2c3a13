"""Go through the faults, and print what became of each."""

import asyncio
import itertools
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.faults.cases import Case, Row, Story, go_through
from benchmarks.faults.clock import COMPILER
from benchmarks.faults.gateway import gateway_stories
from benchmarks.faults.host import host_stories
from benchmarks.faults.house import Means
from benchmarks.faults.rest import rest_stories
from bot.app import open_testigo
from bot.settings import Settings
from tests.storage.servers import open_postgres
from tests.wire.compression import HAS_ZSTD

AT_ONCE = 2
"""Bots at a time, beside those that mostly wait: each takes a tenth of a processor but for its start."""

EXPLAINED = """\
impossible: asked while Discord kept no session for the bot, a command whose 3 s passed while Discord let nobody in, \
or Discord refused the answer until it was too late.
lost: every other question without an answer; a busy or failed reply counts as none.
to recover: from the fault's end until the first question asked since is answered; where answers are struck by a fault \
of REST, until they are there."""


def print_faults(settings: Settings, *, only: str, is_quick: bool) -> bool:
    """Print the table; return whether all was survived, and nobody answered twice."""
    open_testigo(settings)  # the processes find the index in the cache
    stories = _chosen(only, is_quick=is_quick)
    rows = asyncio.run(_go(settings, stories))
    console = Console(width=None if sys.stdout.isatty() else 140)
    console.print(_table(rows))
    console.print(EXPLAINED, highlight=False)
    for missing in _left_out():
        console.print(f"left out: {missing}", highlight=False)
    for row in rows:
        if row.problem:
            console.print(f"{row.fault}: {row.problem}", highlight=False, markup=False)
        if row.tally.twice:
            console.print(f"{row.fault}: {row.tally.twice} answered twice", highlight=False)
    survived = sum(not row.has_failed for row in rows)
    console.print(f"{survived} of {len(rows)} survived")
    return survived == len(rows)


def _left_out() -> list[str]:
    missing = [] if COMPILER is not None else ["the clock's jumps: they need a C compiler"]
    if not HAS_ZSTD:
        missing.append("bad zstd: discord.py speaks it only where the package zstandard is installed")
    return missing


def _chosen(only: str, *, is_quick: bool) -> list[Story]:
    """Return the stories with the cases that are asked for."""

    def is_chosen(case: Case) -> bool:
        return only.casefold() in case.name.casefold() and not (is_quick and case.is_long)

    stories = [*gateway_stories(), *rest_stories(), *host_stories()]
    chosen = (replace(story, cases=[case for case in story.cases if is_chosen(case)]) for story in stories)
    return [story for story in chosen if story.cases]


async def _go(settings: Settings, stories: Sequence[Story]) -> list[Row]:
    console = Console(stderr=True)
    with ExitStack() as stack, Progress(console=console, transient=True) as progress:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="testigo-faults-")))
        server = stack.enter_context(open_postgres()) if any(story.needs_postgres for story in stories) else None
        means = Means(folder, settings.cache, server)
        bar = progress.add_task("Faults", total=sum(len(story.cases) for story in stories))
        free = asyncio.Semaphore(AT_ONCE)

        async def tell(story: Story) -> list[Row]:
            # What is mostly waiting disturbs nobody.
            async with nullcontext() if story.is_aside else free:
                return await _tell(story, means, lambda: progress.advance(bar))

        told = await asyncio.gather(*map(tell, stories))
    return list(itertools.chain(*told))


async def _tell(story: Story, means: Means, advance: Callable[[], None]) -> list[Row]:
    rows: list[Row] = []
    async with story.open(means) as house:
        for case in story.cases:
            rows.append(await go_through(story, case, house))
            if rows[-1].problem and case is not story.cases[-1]:
                # What comes next is measured with a bot that is well.
                await house.restart()
            advance()
    return rows


def _table(rows: Sequence[Row]) -> Table:
    table = Table(title="Faults")
    for name in ("", "fault", "survived", "came back"):
        table.add_column(name)
    for name in ("asked", "impossible", "lost", "twice", "s to recover"):
        table.add_column(name, justify="right")
    before = ""
    for row in rows:
        if row.part != before:
            table.add_section()
        tally = row.tally
        table.add_row(
            row.part if row.part != before else "",
            row.fault,
            "[red]no[/]" if row.has_failed else "[green]yes[/]",
            row.came_back,
            str(tally.asked),
            str(tally.impossible),
            f"[yellow]{tally.lost}[/]" if tally.lost else "0",
            str(tally.twice),
            "" if row.seconds is None else f"{row.seconds:.2f}",
        )
        before = row.part
    return table
