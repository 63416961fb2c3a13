"""Print the figures of an evaluation."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.terminal.evaluation import Judged, Verdict, confusions, tallies

COLUMNS = tuple(Verdict)


def figures_json(judged: Sequence[Judged]) -> dict[str, Any]:
    """Return all figures, with and without known wordings."""
    return {
        "all": _rows(judged),
        "without known wordings": _rows(_unknown(judged)),
        "known wordings": len(judged) - len(_unknown(judged)),
        "confusions": dict(confusions(judged)),
    }


def print_figures(judged: Sequence[Judged]) -> None:
    """Print the figures as tables, with and without known wordings, and the entries given wrongly most often."""
    console = Console(highlight=False, width=None if Console().is_terminal else 150)
    unknown = _unknown(judged)
    console.print(_table(f"All {len(judged)} questions", judged))
    console.print(_table(f"Without the {len(judged) - len(unknown)} known wordings", unknown))
    worst = confusions(judged)[:10]
    if worst:
        console.print(Text("Given wrongly most often: " + ", ".join(f"{entry} ({count})" for entry, count in worst)))


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
