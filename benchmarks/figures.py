"""The tables that the measurements print."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    what: str
    goal: str
    measured: str
    is_reached: bool | None = None


def print_rows(title: str, rows: Iterable[Row]) -> bool:
    """Print what was measured beside its goals; return whether every goal was reached."""
    table = Table("what", "goal", "measured", "", title=title)
    are_reached = True
    for row in rows:
        mark = {None: "", True: "[green]reached[/]", False: "[red]missed[/]"}[row.is_reached]
        table.add_row(row.what, row.goal, row.measured, mark)
        are_reached &= row.is_reached is not False
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    return are_reached
