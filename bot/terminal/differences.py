"""Show what drafts would change: the edit as a patch, and the stored questions before and after."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.curation.applying import Rehearsal
from bot.curation.comparing import Change, Comparison, verdicts
from bot.curation.writing import Plan

STYLES = {"+": "green", "-": "red", "@": "cyan"}


def print_plan(console: Console, plan: Plan) -> None:
    """Print the patch, and how many drafts it holds."""
    for line in plan.diff.split("\n")[:-1]:
        console.print(Text(line, style=STYLES.get(line[:1], "")))
    there = f", {len(plan.present)} there already" if plan.present else ""
    refused = f", {len(plan.refused)} left out" if plan.refused else ""
    noun = "draft" if len(plan.added) == 1 else "drafts"
    console.print(Text(f"{len(plan.added)} {noun} to apply{there}{refused}."))


def print_rehearsal(console: Console, rehearsal: Rehearsal) -> None:
    """Print whether the proofs hold, and what becomes of the stored questions."""
    if rehearsal.problems:
        console.print(Text("The proofs fail.", style="red"))
        return
    console.print(Text("The proofs hold."))
    if rehearsal.comparison is None:
        console.print(Text("No answer changes: the bot does not read what is changed."))
    elif not rehearsal.comparison.before:
        console.print(Text("No stored question was asked; name question sets with --questions.", style="yellow"))
    else:
        _print_comparison(console, rehearsal.comparison)


def _print_comparison(console: Console, comparison: Comparison) -> None:
    table = Table(title=f"{len(comparison.before)} stored questions", title_justify="left")
    for heading in ("", "before", "after"):
        table.add_column(heading, justify="right" if heading else "left")
    before, after = verdicts(comparison.before), verdicts(comparison.after)
    for verdict in sorted(before.keys() | after.keys()):
        table.add_row(verdict, str(before[verdict]), str(after[verdict]))
    console.print(table)
    for title, style, changes in (
        ("Better", "green", comparison.better),
        ("Worse, but not right before", "yellow", comparison.worse),
        ("Broken", "red", comparison.broken),
    ):
        _print_changes(console, title, style, changes)


def _print_changes(console: Console, title: str, style: str, changes: Sequence[Change]) -> None:
    console.print(Text(f"{title}: {len(changes)}", style=style if changes else ""))
    for change in changes:
        console.print(Text(f"    {change}"))
