"""Questions are counted, and kept only where that is allowed."""

import asyncio
import datetime

import pytest

from bot.answering.reply import Outcome
from bot.storage.store import Store
from tests.storage.samples import ADA, BEN, CURATOR, GUILD, KEEPING, START, asked

pytestmark = pytest.mark.asyncio

LONG_AGO = datetime.date(2020, 1, 1)


async def kept(store: Store, guild: int | None = GUILD) -> list[str]:
    return [question.text for question in await store.reviews.pending(guild)]


async def test_a_question_is_counted_and_its_text_not_kept(store: Store) -> None:
    await store.questions.record(asked("Who lit it?", Outcome.GAP, entries=("who", "why")))
    found = await store.statistics.of(GUILD, LONG_AGO)
    assert (found.questions, found.by_outcome, found.by_language) == (1, {Outcome.GAP: 1}, {"en": 1})
    assert found.by_entry == {"who": 1, "why": 1}
    assert found.by_day == {START.date(): 1}
    assert await kept(store) == []
    assert (await store.people.export(ADA))["questions"] == []


async def test_a_question_counts_once(store: Store) -> None:
    question = asked()
    assert await store.questions.record(question)
    assert not await store.questions.record(question)
    assert (await store.statistics.of(GUILD, LONG_AGO)).questions == 1


async def test_of_the_same_question_recorded_at_a_time_one_counts(store: Store) -> None:
    question = asked()
    assert sum(await asyncio.gather(*(store.questions.record(question) for _ in range(8)))) == 1
    assert (await store.statistics.of(GUILD, LONG_AGO)).questions == 1


async def test_a_server_that_keeps_questions_keeps_them_masked(store: Store) -> None:
    await store.servers.change(GUILD, CURATOR, KEEPING)
    await store.questions.record(asked("Ask ana@example.org or +52 833 123 4567", Outcome.GAP))
    assert await kept(store) == ["Ask […] or […]"]


async def test_text_that_no_database_takes_is_kept_without_what_offends(store: Store) -> None:
    await store.servers.change(GUILD, CURATOR, KEEPING)
    await store.questions.record(asked("a\x00b\ud800c 🔥 d\u202e", Outcome.GAP))
    assert await kept(store) == ["abc 🔥 d"]


async def test_a_server_that_stops_keeping_questions_loses_them(store: Store) -> None:
    await store.servers.change(GUILD, CURATOR, KEEPING)
    await store.questions.record(asked("Who?", Outcome.GAP))
    await store.servers.change(GUILD, CURATOR, type(KEEPING)())
    await store.questions.record(asked("Why?", Outcome.GAP))
    await store.servers.change(GUILD, CURATOR, KEEPING)
    assert await kept(store) == []


async def test_a_direct_message_is_kept_after_the_person_agreed(store: Store) -> None:
    await store.questions.record(asked("before", Outcome.GAP, guild=None))
    await store.people.agree(ADA, True)
    await store.questions.record(asked("after", Outcome.GAP, guild=None))
    await store.questions.record(asked("another's", Outcome.GAP, guild=None, person=BEN))
    assert await kept(store, None) == ["after"]
    await store.people.agree(ADA, False)
    await store.questions.record(asked("later", Outcome.GAP, guild=None))
    assert await kept(store, None) == []


async def test_nothing_is_kept_of_who_opted_out(store: Store) -> None:
    await store.servers.change(GUILD, CURATOR, KEEPING)
    await store.people.agree(ADA, True)
    for guild in (GUILD, None):
        await store.questions.record(asked("before", Outcome.GAP, guild=guild))
    await store.people.opt_out(ADA, True)
    for guild in (GUILD, None):
        await store.questions.record(asked("after", Outcome.GAP, guild=guild))
        assert await kept(store, guild) == []
    assert (await store.statistics.everywhere(LONG_AGO)).questions == 4
    await store.people.opt_out(ADA, False)
    await store.questions.record(asked("in again", Outcome.GAP))
    assert await kept(store) == ["in again"]


async def test_no_text_comes_in_while_a_person_opts_out(store: Store) -> None:
    await store.servers.change(GUILD, CURATOR, KEEPING)
    for _ in range(5):
        await store.people.opt_out(ADA, False)
        await asyncio.gather(
            *(store.questions.record(asked("race", Outcome.GAP)) for _ in range(4)),
            store.people.opt_out(ADA, True),
            *(store.questions.record(asked("race", Outcome.GAP)) for _ in range(4)),
        )
        assert await kept(store) == []


async def test_a_day_is_that_of_utc(store: Store) -> None:
    at = datetime.datetime(2026, 3, 14, 20, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=-6)))
    await store.questions.record(asked(at=at))
    assert (await store.statistics.of(GUILD, LONG_AGO)).by_day == {datetime.date(2026, 3, 15): 1}
