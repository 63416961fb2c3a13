"""Settings, drafts and retractions do what they say and are written down."""

import asyncio
import datetime

import pytest

from bot.answering.reply import Outcome
from bot.storage.auditing import Action
from bot.storage.drafts import Draft, DraftKind
from bot.storage.retractions import Retraction
from bot.storage.servers import ServerSettings
from bot.storage.store import Store
from tests.storage.conftest import Clock
from tests.storage.samples import ADA, CURATOR, GUILD, HELPFUL, KEEPING, NOT_HELPFUL, OTHER_GUILD, START, asked, origin

pytestmark = pytest.mark.asyncio


def draft(*questions: int, guild: int | None = GUILD, text: str = "Who rowed?") -> Draft:
    return Draft(DraftKind.PHRASING, text, "en", "keeper", guild, CURATOR, questions)


async def test_a_server_has_the_defaults_until_it_chooses(store: Store) -> None:
    assert await store.servers.of(GUILD) == ServerSettings()
    chosen = ServerSettings("es", True, True, 5, frozenset({7, 2**62}))
    assert await store.servers.change(GUILD, CURATOR, chosen) == chosen
    assert await store.servers.of(GUILD) == chosen
    assert await store.servers.of(OTHER_GUILD) == ServerSettings()


async def test_what_changed_in_a_server_is_written_down(store: Store, clock: Clock) -> None:
    await store.servers.change(GUILD, CURATOR, ServerSettings("es", channels=frozenset({3, 1})))
    await store.servers.change(GUILD, CURATOR, ServerSettings("es", channels=frozenset({3, 1})))
    clock.pass_days(1)
    await store.servers.change(GUILD, ADA, ServerSettings("pt", channels=frozenset({3, 1})))
    newer, older = await store.servers.audit(GUILD)
    assert (newer.at, newer.action, newer.old, newer.new) == (
        START + datetime.timedelta(days=1),
        Action.SETTINGS,
        {"language": "es"},
        {"language": "pt"},
    )
    assert (older.old, older.new) == ({"language": None, "channels": []}, {"language": "es", "channels": [1, 3]})
    assert newer.person != older.person
    assert await store.servers.audit(OTHER_GUILD) == []


async def test_changes_at_a_time_are_all_written_down(store: Store) -> None:
    roles = range(1, 9)
    await asyncio.gather(*(store.servers.change(GUILD, ADA, ServerSettings(curator_role=role)) for role in roles))
    found = await store.servers.audit(GUILD)
    steps = [(act.old["curator_role"], act.new["curator_role"]) for act in reversed(found)]
    assert sorted(new for _, new in steps) == list(roles)
    assert [old for old, _ in steps] == [None, *(new for _, new in steps)][:-1], "each goes on from the one before"


async def test_a_draft_takes_its_questions_out_of_the_review(store: Store, clock: Clock) -> None:
    await store.servers.change(GUILD, CURATOR, KEEPING)
    for text in ("Who rowed?", "Who was rowing?", "Nice boat"):
        await store.questions.record(asked(text, Outcome.GAP, at=clock()))
        clock.pass_days(0.1)
    nice, rowing, rowed = await store.reviews.pending(GUILD)
    id_ = await store.drafts.add(draft(rowing.id, rowed.id))
    assert await store.drafts.dismiss(GUILD, CURATOR, [nice.id, rowed.id]) == 1
    assert await store.reviews.pending(GUILD) == []
    (waiting,) = await store.drafts.waiting(GUILD)
    assert (waiting.id, waiting.kind, waiting.text, waiting.entry, waiting.guild) == (
        id_,
        DraftKind.PHRASING,
        "Who rowed?",
        "keeper",
        GUILD,
    )
    assert await store.drafts.exported([id_], CURATOR) == 1
    assert await store.drafts.exported([id_]) == 0
    assert await store.drafts.waiting(GUILD) == []
    assert [act.action for act in await store.servers.audit(GUILD, 2)] == [Action.DISMISS, Action.DRAFT]


async def test_no_guild_reaches_anothers_rows(store: Store) -> None:
    for guild in (GUILD, OTHER_GUILD):
        await store.servers.change(guild, CURATOR, KEEPING)
    theirs = asked("theirs", guild=OTHER_GUILD)
    await store.questions.record(theirs)
    await store.feedback.record(NOT_HELPFUL, origin(theirs))
    (kept,) = await store.reviews.pending(OTHER_GUILD)
    await store.drafts.add(draft(kept.id, guild=GUILD))
    await store.drafts.add(draft(kept.id, guild=None))
    assert await store.drafts.dismiss(GUILD, CURATOR, [kept.id]) == 0
    # Forged: feedback in one guild on a question of the other.
    fine = asked("fine", guild=OTHER_GUILD)
    await store.questions.record(fine)
    forged = origin(asked(id=fine.id, guild=GUILD))
    await store.feedback.record(NOT_HELPFUL, forged)
    await store.feedback.record(HELPFUL, origin(fine))
    assert await store.reviews.pending(OTHER_GUILD) == [kept]
    assert await store.reviews.everywhere() == [kept]
    assert await store.drafts.waiting(OTHER_GUILD) == []
    assert [found.guild for found in await store.drafts.waiting(None)] == [None]
    assert [found.guild for found in await store.drafts.everywhere()] == [GUILD, None]


async def test_a_retraction_holds_until_it_is_taken_back(store: Store, clock: Clock) -> None:
    assert await store.retractions.all() == {}
    await store.retractions.retract("fire", "The article was corrected", ADA)
    clock.pass_days(1)
    await store.retractions.retract("fire", "The article was withdrawn", ADA)
    later = START + datetime.timedelta(days=1)
    assert await store.retractions.all() == {"fire": Retraction("fire", "The article was withdrawn", later)}
    assert await store.retractions.restore("fire", ADA)
    assert not await store.retractions.restore("fire", ADA)
    assert await store.retractions.all() == {}
    found = await store.retractions.audit()
    assert [act.action for act in found] == [Action.RESTORE, Action.RETRACT, Action.RETRACT]
    assert found[1].old == {"entry": "fire", "reason": "The article was corrected"}


async def test_statistics_add_up(store: Store, clock: Clock) -> None:
    yesterday = clock() - datetime.timedelta(days=1)
    for outcome in (Outcome.ANSWER, Outcome.ANSWER, Outcome.GAP, Outcome.META):
        await store.questions.record(asked(outcome=outcome))
    last = asked(language="es", at=yesterday, entries=())
    await store.questions.record(last)
    await store.questions.record(asked(guild=None))
    await store.feedback.record(HELPFUL, origin(last))
    await store.feedback.record(NOT_HELPFUL, origin(last, CURATOR))
    found = await store.statistics.of(GUILD, yesterday.date())
    assert (found.questions, found.share_answered, found.helpful_rate) == (5, 3 / 4, 1 / 2)
    assert found.by_day == {yesterday.date(): 1, START.date(): 4}
    assert found.by_language == {"en": 4, "es": 1}
    assert found.by_entry == {"fire": 4}
    assert (await store.statistics.of(GUILD, START.date())).questions == 4
    assert (await store.statistics.of(None, START.date())).questions == 1
    assert (await store.statistics.everywhere(yesterday.date())).questions == 6
    nothing = await store.statistics.of(OTHER_GUILD, yesterday.date())
    assert (nothing.questions, nothing.share_answered, nothing.helpful_rate) == (0, None, None)
