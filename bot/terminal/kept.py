"""The commands that read what is kept: the drafts of curators, and statistics."""

import asyncio
import datetime
import json
from collections.abc import Mapping

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.answering.grouping import group_alike
from bot.curation.drafts import Draft, draft_line
from bot.errors import UsageError
from bot.settings import Settings, read_settings
from bot.storage.opening import opened_store
from bot.storage.reviews import Kept
from bot.storage.statistics import Statistics
from bot.terminal.curate import curate
from bot.terminal.failures import one_line_errors
from bot.terminal.options import opened

TOP = 10
"""Entries and groups listed."""

MAX_ID = 2**63 - 1
"""The largest id that a database holds."""

LOOKED_AT = 500
"""Kept questions that are grouped, the newest."""


@curate.command(name="export")
@click.option("--taken", is_flag=True, help="Take the drafts out of the waiting ones: they are in your hands now.")
def export_drafts(taken: bool) -> None:
    """Print the drafts that wait, as JSON lines for `curate apply`."""
    with one_line_errors():
        asyncio.run(_export(read_settings(), is_taken=taken))


@click.command()
@click.option("--days", type=click.IntRange(1, 3660), default=30, show_default=True, help="Of how many days.")
@click.option("--server", type=int, help="Of one server, by its id; without it, of all and of direct messages.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(days: int, server: int | None, as_json: bool) -> None:
    """Show what was asked, and how often it could be answered."""
    with one_line_errors():
        since = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=days)
        statistics, unanswered = asyncio.run(_statistics(read_settings(), server, since))
        groups = _groups(unanswered)
        if as_json:
            click.echo(json.dumps(_plain(statistics) | {"unanswered": groups}, ensure_ascii=False, indent=1))
        else:
            _print(statistics, days)
            _print_table("to review, most often asked", groups)


async def _export(settings: Settings, *, is_taken: bool) -> None:
    async with opened_store(settings.database_address, settings.given_secret, settings.state) as store:
        drafts = await store.drafts.everywhere()
        for draft in drafts:
            click.echo(draft_line(Draft(draft.kind, draft.text, draft.language, draft.entry)))
        # Only now: what could not be printed must not be lost.
        if is_taken and drafts:
            await store.drafts.exported([draft.id for draft in drafts])


async def _statistics(settings: Settings, server: int | None, since: datetime.date) -> tuple[Statistics, list[Kept]]:
    """Return the counts, and the kept questions that want a look, both since that day."""
    if server is not None and not 0 < server <= MAX_ID:
        raise UsageError("--server: this is no server's id")
    async with opened_store(settings.database_address, settings.given_secret, settings.state) as store:
        if server is None:
            counts, kept = await store.statistics.everywhere(since), await store.reviews.everywhere(LOOKED_AT)
        else:
            counts, kept = await store.statistics.of(server, since), await store.reviews.pending(server, LOOKED_AT)
    return counts, [question for question in kept if question.asked_at.date() >= since]


def _groups(questions: list[Kept]) -> dict[str, int]:
    """Return the most frequent groups of questions that ask alike: the first of each, and how many they are."""
    if not questions:
        return {}
    texts = [question.text for question in questions]
    with opened() as (testigo, _):
        return {texts[group.members[0]]: len(group.members) for group in group_alike(texts, testigo.matcher)[:TOP]}


def _plain(statistics: Statistics) -> dict[str, object]:
    return {
        "questions": statistics.questions,
        "share_answered": statistics.share_answered,
        "helpful_rate": statistics.helpful_rate,
        "by_day": {day.isoformat(): count for day, count in statistics.by_day.items()},
        "by_outcome": {outcome.value: count for outcome, count in statistics.by_outcome.items()},
        "by_language": dict(statistics.by_language),
        "by_entry": dict(statistics.by_entry),
        "by_feedback": dict(statistics.by_feedback),
    }


def _print(statistics: Statistics, days: int) -> None:
    console = Console(highlight=False)
    console.print(f"{statistics.questions} questions in the last {days} days")
    for share, told in ((statistics.share_answered, "answered"), (statistics.helpful_rate, "rated helpful")):
        if share is not None:
            console.print(f"{share:.0%} {told}")
    parts = {
        "day": {day.isoformat(): count for day, count in statistics.by_day.items()},
        "outcome": {outcome.value: count for outcome, count in statistics.by_outcome.items()},
        "language": statistics.by_language,
        "entry": dict(list(statistics.by_entry.items())[:TOP]),
        "feedback": statistics.by_feedback,
    }
    for title, counts in parts.items():
        _print_table(title, counts)


def _print_table(title: str, counts: Mapping[str, int]) -> None:
    if counts:
        table = Table(title, "number")
        for name, count in counts.items():
            table.add_row(Text(name), str(count))
        Console(highlight=False).print(table)
