"""Print the figures of an evaluation."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.answering.reply import Outcome
from bot.terminal.confusion import Confusion, Confusions
from bot.terminal.evaluation import Judged, Verdict, tallies

COLUMNS = tuple(Verdict)

MAX_ROWS = 20
"""Rows of the confusions, and of the entries, that are printed where not all are wanted."""

NAMES = {"wanted", "given instead", "entry"}
"""Columns that hold names; the others hold numbers."""


def figures_json(judged: Sequence[Judged], confused: Confusions) -> dict[str, Any]:
    """Return all figures, with and without known wordings, and the confusions."""
    return {
        "all": _rows(judged),
        "without known wordings": _rows(_unknown(judged)),
        "known wordings": len(judged) - len(_unknown(judged)),
        "confusions": [
            {"wanted": confusion.wanted, "outcome": confusion.outcome.value, "given": confusion.given, "times": times}
            for confusion, times in confused.most_often_first
        ],
        "entries": {
            entry: {"asked for": tally.asked_for, "right": tally.right, "taken for another": tally.taken_for_another}
            for entry, tally in confused.worst_first.items()
        },
    }


def print_figures(judged: Sequence[Judged]) -> None:
    """Print the figures as tables, with and without known wordings."""
    console = _console()
    unknown = _unknown(judged)
    console.print(_table(f"All {len(judged)} questions", judged))
    console.print(_table(f"Without the {len(judged) - len(unknown)} known wordings", unknown))


def print_confusions(confused: Confusions, most: int | None = MAX_ROWS) -> None:
    """Print what was given instead of what, and how each entry went: the first rows, or all without `most`."""
    pairs = [(confusion.wanted, _instead(confusion), str(times)) for confusion, times in confused.most_often_first]
    entries = [
        (entry, str(tally.asked_for), str(tally.right), str(tally.taken_for_another))
        for entry, tally in confused.worst_first.items()
    ]
    console = _console()
    console.print(_listing("Given instead of what was wanted", ("wanted", "given instead", "times"), pairs, most))
    console.print(_listing("By entry", ("entry", "asked for", "right", "taken for another"), entries, most))


def print_failures(judged: Sequence[Judged]) -> None:
    """Print each question that did not go right, with what was replied."""
    console = Console(highlight=False, soft_wrap=True)
    for one in judged:
        if one.verdict is not Verdict.RIGHT:
            given = one.reply.entries or tuple(suggestion.entry for suggestion in one.reply.suggestions)
            question = one.question
            labels = f"{question.language} {question.kind.value} {question.style}"
            console.print(Text(f"{one.verdict.value} [{labels}] {question.text!r}"))
            console.print(Text(f"    {one.reply.outcome.value} {one.reply.confidence:.2f}: {', '.join(given)}"))


def _console() -> Console:
    return Console(highlight=False, width=None if Console().is_terminal else 150)


def _instead(confusion: Confusion) -> str:
    outcome = "asked back" if confusion.outcome is Outcome.CLARIFY else confusion.outcome.value
    return f"{outcome}: {', '.join(confusion.given)}" if confusion.given else outcome


def _listing(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], most: int | None) -> Table:
    """Return the first `most` rows as a table whose columns are numbers but for the names."""
    shown = rows[:most]
    if len(shown) < len(rows):
        title += f", {len(shown)} of {len(rows)} rows (--entries prints all)"
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, justify="left" if column in NAMES else "right")
    for row in shown:
        table.add_row(*map(Text, row))
    return table


def _unknown(judged: Sequence[Judged]) -> list[Judged]:
    return [one for one in judged if not one.is_known_wording]


def _rows(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    return {
        name: {"questions": tally.total}
        | {verdict.value: round(tally.share(verdict), 4) for verdict in COLUMNS if tally.counts[verdict]}
        for name, tally in tallies(judged).items()
    }


def _table(title: str, judged: Sequence[Judged]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("questions")
    table.add_column("number", justify="right")
    for verdict in COLUMNS:
        table.add_column(verdict.value, justify="right")
    for name, tally in tallies(judged).items():
        shares = [f"{tally.share(verdict):.1%}" if tally.counts[verdict] else "" for verdict in COLUMNS]
        table.add_row(name, str(tally.total), *shares)
    return table
