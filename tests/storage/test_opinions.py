"""Feedback counts once, and a changed mind replaces it."""

import asyncio
import datetime

import pytest

from bot.answering.feedback import Choice, Feedback, NoChoice, Reason, Report
from bot.answering.reply import Outcome
from bot.storage.reviews import Why
from bot.storage.store import Store
from tests.storage.conftest import Clock
from tests.storage.samples import (
    ADA,
    BEN,
    CURATOR,
    GUILD,
    HELPFUL,
    KEEPING,
    NOT_HELPFUL,
    OTHER_GUILD,
    START,
    asked,
    origin,
)

pytestmark = pytest.mark.asyncio

LONG_AGO = datetime.date(2020, 1, 1)


async def counted(store: Store, guild: int | None = GUILD) -> dict[str, int]:
    return dict((await store.statistics.of(guild, LONG_AGO)).by_feedback)


async def test_feedback_counts_once_a_person(store: Store) -> None:
    question = asked()
    for person in (ADA, ADA, BEN):
        await store.feedback.record(HELPFUL, origin(question, person))
    assert await counted(store) == {"rating helpful": 2}


async def test_a_changed_mind_replaces_what_was_said(store: Store, clock: Clock) -> None:
    question = asked()
    await store.feedback.record(HELPFUL, origin(question))
    clock.pass_days(1)
    await store.feedback.record(NOT_HELPFUL, origin(question))
    assert await counted(store) == {"rating not helpful": 1}
    found = await store.statistics.of(GUILD, START.date() + datetime.timedelta(days=1))
    assert found.by_feedback == {}, "it counts on the day of the first opinion"
    await store.feedback.record(HELPFUL, origin(question))
    assert await counted(store) == {"rating helpful": 1}


async def test_each_kind_of_feedback_counts_for_itself(store: Store) -> None:
    question = asked()
    said: list[Feedback] = [
        HELPFUL,
        NoChoice(("fire", "keeper"), "en"),
        Choice("fire", "en"),
        Report(("fire",), "en", Reason.OUTDATED, ""),
    ]
    for feedback in said:
        await store.feedback.record(feedback, origin(question))
    assert await counted(store) == {"rating helpful": 1, "pick picked": 1, "report outdated": 1}


async def test_minds_changed_at_a_time_leave_one_opinion(store: Store) -> None:
    question = asked()
    await asyncio.gather(
        *(store.feedback.record(said, origin(question)) for _ in range(10) for said in (HELPFUL, NOT_HELPFUL))
    )
    assert sum((await counted(store)).values()) == 1


@pytest.mark.parametrize("keeps", [True, False])
async def test_a_report_is_kept_to_be_read_whether_questions_are_or_not(store: Store, keeps: bool) -> None:
    if keeps:
        await store.servers.change(GUILD, CURATOR, KEEPING)
    question = asked("When?", person=BEN)
    await store.questions.record(question)
    await store.feedback.record(Report(("fire",), "en", Reason.WRONG, "Mail eva@example.org"), origin(question, ADA))
    assert await counted(store) == {"report wrong": 1}
    found = (await store.people.export(ADA))["feedback"]
    assert [row["note"] for row in found] == ["Mail […]"]
    if keeps:
        (kept,) = await store.reviews.pending(GUILD)
        assert (kept.reasons, kept.note) == ({Why.REPORTED}, "Mail […]")
        assert await store.reviews.reports(GUILD) == []
    else:
        (report,) = await store.reviews.reports(GUILD)
        assert (report.entries, report.reason, report.note) == (("fire",), "wrong", "Mail […]")
        assert await store.reviews.pending(GUILD) == []


async def test_a_report_is_reviewed_once_and_in_its_own_guild_alone(store: Store) -> None:
    await store.feedback.record(Report(("fire",), "en", Reason.WRONG, "why"), origin(asked(), ADA))
    (report,) = await store.reviews.reports(GUILD)
    assert await store.reviews.reports(GUILD + 1) == []
    assert not await store.drafts.dismiss_report(GUILD + 1, CURATOR, report.id)
    assert await store.drafts.dismiss_report(GUILD, CURATOR, report.id)
    assert not await store.drafts.dismiss_report(GUILD, CURATOR, report.id)
    assert await store.reviews.reports(GUILD) == []


async def test_nothing_names_who_opted_out(store: Store) -> None:
    await store.servers.change(GUILD, CURATOR, KEEPING)
    await store.people.opt_out(ADA, True)
    question = asked(person=BEN)
    await store.questions.record(question)
    for _ in range(2):
        await store.feedback.record(Report(("fire",), "en", Reason.WRONG, "mine"), origin(question, ADA))
    assert (await store.people.export(ADA))["feedback"] == []
    assert await store.reviews.pending(GUILD) == []
    assert await store.reviews.reports(GUILD) == []
    assert await counted(store) == {"report wrong": 1}


async def test_the_same_message_in_another_guild_is_another(store: Store) -> None:
    question = asked()
    await store.feedback.record(HELPFUL, origin(question))
    elsewhere = asked(id=question.id, guild=OTHER_GUILD)
    await store.feedback.record(NOT_HELPFUL, origin(elsewhere))
    assert await counted(store) == {"rating helpful": 1}
    assert await counted(store, OTHER_GUILD) == {"rating not helpful": 1}


async def test_the_review_shows_what_went_wrong(store: Store, clock: Clock) -> None:
    await store.servers.change(GUILD, CURATOR, KEEPING)
    cases: list[tuple[Outcome, Feedback | None, set[Why]]] = [
        (Outcome.ANSWER, None, set()),
        (Outcome.ANSWER, HELPFUL, set()),
        (Outcome.ANSWER, NOT_HELPFUL, {Why.NOT_HELPFUL}),
        (Outcome.META, None, set()),
        (Outcome.GAP, None, {Why.GAP}),
        (Outcome.GAP, NOT_HELPFUL, {Why.GAP, Why.NOT_HELPFUL}),
        (Outcome.OFF_TOPIC, HELPFUL, {Why.OFF_TOPIC}),
        (Outcome.CLARIFY, None, {Why.UNCLEAR}),
        (Outcome.CLARIFY, Choice("fire", "en"), set()),
        (Outcome.CLARIFY, NoChoice(("fire",), "en"), {Why.UNCLEAR, Why.NONE_OF_THESE}),
    ]
    for number, (outcome, feedback, _) in enumerate(cases):
        question = asked(str(number), outcome, at=clock())
        await store.questions.record(question)
        if feedback is not None:
            await store.feedback.record(feedback, origin(question))
        clock.pass_days(0.01)
    found = await store.reviews.pending(GUILD)
    expected = [(str(number), reasons) for number, (_, _, reasons) in enumerate(cases) if reasons]
    assert [(kept.text, set(kept.reasons)) for kept in found] == expected[::-1], "the newest first"
    assert [kept.text for kept in await store.reviews.pending(GUILD, 2)] == ["9", "7"]
    assert found[0].asked_at.tzinfo is datetime.UTC
