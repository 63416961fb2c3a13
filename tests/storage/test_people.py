"""Everybody can see and delete what is kept about them."""

import json

import pytest

from bot.answering.feedback import Reason, Report
from bot.answering.reply import Outcome
from bot.storage.drafts import Draft, DraftKind
from bot.storage.people import PersonStatus
from bot.storage.store import Store
from tests.storage.samples import ADA, BEN, CURATOR, GUILD, HELPFUL, KEEPING, asked, origin

pytestmark = pytest.mark.asyncio


async def fill(store: Store) -> None:
    """Let Ada do all that leaves a trace, and Ben and a curator something beside it."""
    await store.servers.change(GUILD, ADA, KEEPING)
    await store.people.agree(ADA, True)
    for person in (ADA, BEN):
        question = asked(f"Who is {person % 10}?", Outcome.GAP, person=person)
        await store.questions.record(question)
        for rater in (ADA, BEN):
            await store.feedback.record(HELPFUL, origin(question, rater))
    await store.questions.record(asked("Privately?", Outcome.GAP, guild=None))
    await store.feedback.record(Report(("fire",), "en", Reason.WRONG, "It was noon."), origin(asked()))
    await store.drafts.add(Draft(DraftKind.GAP, "Which noon?", "en", None, GUILD, ADA, ()))


async def test_an_export_has_all_of_a_person_and_nothing_of_another(store: Store) -> None:
    await fill(store)
    found = json.loads(json.dumps(await store.people.export(ADA)))
    assert found["agreed_in_direct_messages"]
    assert not found["has_opted_out"]
    assert [(row["guild"], row["text"]) for row in found["questions"]] == [
        (str(GUILD), "Who is 1?"),
        (None, "Privately?"),
    ]
    assert sorted(row["kind"] for row in found["feedback"]) == ["rating", "rating", "report"]
    assert [row["text"] for row in found["drafts"]] == ["Which noon?"]
    assert [row["action"] for row in found["acts"]] == ["settings", "draft"]
    assert "Who is 2?" not in str(found)


async def test_deletion_leaves_the_acts_and_the_counts_and_others_alone(store: Store) -> None:
    await fill(store)
    others = await store.people.export(BEN)
    assert await store.people.delete(ADA) == 2 + 3 + 1 + 2 + 1
    assert await store.people.export(ADA) == await store.people.export(1), "as of somebody who was never here"
    assert await store.people.export(BEN) == others
    assert [(act.action, act.person) for act in await store.servers.audit(GUILD)] == [
        ("draft", None),
        ("settings", None),
    ]
    assert [draft.text for draft in await store.drafts.waiting(GUILD)] == ["Which noon?"]
    assert await store.people.delete(ADA) == 0


async def test_a_draft_in_a_persons_words_is_deleted_with_them(store: Store) -> None:
    await store.servers.change(GUILD, CURATOR, KEEPING)
    for person in (ADA, BEN):
        await store.questions.record(
            asked("Who rowed?" if person == ADA else "Who was rowing?", Outcome.GAP, person=person)
        )
    questions = tuple(kept.id for kept in await store.reviews.pending(GUILD))
    await store.drafts.add(Draft(DraftKind.PHRASING, "Who rowed?", "en", "keeper", GUILD, CURATOR, questions))
    await store.people.delete(ADA)
    assert await store.drafts.waiting(GUILD) == []
    assert [kept.text for kept in await store.reviews.pending(GUILD)] == ["Who was rowing?"], "it waits again"


async def test_deleting_does_not_end_an_opt_out(store: Store) -> None:
    await store.people.agree(ADA, True)
    await store.people.opt_out(ADA, True)
    assert await store.people.status(ADA) == PersonStatus(True, True)
    await store.people.delete(ADA)
    assert await store.people.status(ADA) == PersonStatus(False, True)
    await store.people.opt_out(ADA, False)
    await store.people.delete(ADA)
    assert await store.people.status(ADA) == PersonStatus()
