"""The tables that the measurements print."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

NARROW = 120
WIDE = 190
"""Columns of a table that goes to a file: of what was measured beside its goals, and of any other."""

TEXTUAL = ("what", "command", "command or source")
"""Columns that stand to the left, as the first does."""


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    what: str
    goal: str
    measured: str
    is_reached: bool | None = None


@dataclass(frozen=True)
class Sheet:
    """A table: its title, its columns, its cells, and what has to be said about them."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()


def goal_sheet(title: str, rows: Iterable[Row]) -> Sheet:
    """Return what was measured beside its goals as a table."""
    marks = {None: "", True: "[green]reached[/]", False: "[red]missed[/]"}
    cells = [(row.what, row.goal, row.measured, marks[row.is_reached]) for row in rows]
    return Sheet(title, ("what", "goal", "measured", ""), cells)


def print_rows(title: str, rows: Iterable[Row]) -> bool:
    """Print what was measured beside its goals; return whether every goal was reached."""
    rows = list(rows)
    sheet = goal_sheet(title, rows)
    table = Table(*sheet.columns, title=title)
    for cells in sheet.rows:
        table.add_row(*cells)
    Console(width=None if sys.stdout.isatty() else NARROW).print(table)
    return all(row.is_reached is not False for row in rows)


def print_sheet(sheet: Sheet) -> None:
    """Print a table, its figures to the right, and what has to be said about it."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)
    table = Table(title=sheet.title, title_justify="left")
    for number, column in enumerate(sheet.columns):
        is_text = number == 0 or column in TEXTUAL
        table.add_column(column, justify="left" if is_text else "right", overflow="fold")
    for cells in sheet.rows:
        table.add_row(*cells)
    console.print(table)
    for note in sheet.notes:
        console.print(f"  {note}")
    console.print()


def percent(share: float | None) -> str:
    """Return a share from 0 to 1 in percent, nothing where there is none."""
    return "" if share is None else f"{share:.1%}"


def milliseconds(seconds: float) -> str:
    """Return a short time."""
    return f"{seconds * 1000:.2f} ms" if seconds < 0.01 else f"{seconds * 1000:,.0f} ms"


def memory(megabytes: float) -> str:
    """Return an amount of memory."""
    return f"{megabytes:,.0f} MB"
