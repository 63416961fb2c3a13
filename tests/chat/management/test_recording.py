"""What people ask and say is counted, and kept where that is allowed, each once; nobody waits for it."""

import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.answering.testigo import Testigo
from bot.chat.records import Records
from bot.storage.address import read_address
from bot.storage.database import open_database
from bot.storage.hashing import Pseudonyms
from bot.storage.secret import kept_secret
from bot.storage.store import Store, utc_now
from bot.telemetry.meters import Meters
from tests.chat.management.house import DAYS, House, house_of, told
from tests.chat.world import Message, Wire, answered, buttons, text_of
from tests.metering import numbers
from tests.storage.faults import full_disk, locked_file, read_only_file

pytestmark = pytest.mark.asyncio

QUESTION = "How many keepers escaped?"
ANSWER = "4 keepers escaped"
GAP = "What caused the fire?"
UNSURE = "lamp or fire"

PATIENCE = 0.6
AT_ONCE = 0.3
"""Seconds: an answer waits 80 ms at most for the settings; the rest is the simulation."""

CLAIMED = AT_ONCE + PATIENCE
"""The same of a message: the simulation's clock stands still while its claim waits (see test_recorder)."""


async def counted(house: House, guild: int | None = -1) -> Any:
    """Return the counts of the server, or of another, or of direct messages."""
    return await house.store.statistics.of(house.guild if guild == -1 else guild, utc_now().date())


def kept(house: House) -> list[str]:
    """Return the texts that are kept."""
    return [row[3] for row in house.contents()["questions"]]


# What is counted and kept.


@pytest.mark.parametrize("keeps", [False, True])
async def test_every_question_is_counted_and_its_text_kept_only_where_allowed(house: House, keeps: bool) -> None:
    await house.set(keeps_questions=keeps)
    world = house.world
    await world.ask(QUESTION)
    await world.ada.send(world.channel, f"{world.me} {GAP}")
    message = await world.ben.send(world.channel, "Where is Zanzibar?")
    await world.ada.context_menu(world.channel, house.text("command-answer-message"), message)
    form = await world.ada.click(await world.ask(QUESTION), label="Ask a follow-up")
    await world.ada.submit_modal(form, {"question": "When did the lighthouse burn?"})
    assert (await counted(house)).questions == 5
    expected = [GAP, QUESTION, QUESTION, "When did the lighthouse burn?", "Where is Zanzibar?"]
    assert sorted(kept(house)) == (sorted(expected) if keeps else [])


async def test_the_counts_tell_outcome_language_and_entry(house: House) -> None:
    for question in (QUESTION, GAP, "¿Qué causó el incendio?", "what is the capital of France", "hello"):
        await house.world.ask(question)
    found = await counted(house)
    assert {outcome.value: number for outcome, number in found.by_outcome.items()} == {
        "answer": 1,
        "gap": 2,
        "off_topic": 1,
        "meta": 1,
    }
    assert found.by_language == {"en": 4, "es": 1}
    assert found.by_entry["gap-cause"] == 2


@pytest.mark.parametrize("agrees", [False, True])
async def test_direct_messages_are_counted_under_no_server_and_kept_after_agreeing(house: House, agrees: bool) -> None:
    await house.store.people.agree(house.world.ada.id, agrees)
    await house.world.ada.send_dm(QUESTION)
    assert (await counted(house, None)).questions == 1
    assert (await counted(house)).questions == 0
    assert kept(house) == ([QUESTION] if agrees else [])


async def test_nobody_s_wish_counts_for_another(house: House) -> None:
    await house.store.people.agree(house.world.ada.id, agrees=True)
    await house.world.ben.send_dm(QUESTION)
    assert kept(house) == []


async def test_a_server_that_keeps_says_nothing_of_direct_messages(house: House) -> None:
    await house.set(keeps_questions=True)
    await house.world.ada.send_dm(QUESTION)
    assert kept(house) == []


async def test_who_opted_out_is_counted_and_not_kept(house: House) -> None:
    await house.set(keeps_questions=True)
    await house.store.people.opt_out(house.world.ada.id, opts_out=True)
    answer = await house.world.ask(QUESTION)
    await house.world.ada.click(answer, label="Not helpful")
    found = await counted(house)
    assert (found.questions, found.by_feedback) == (1, {"rating not helpful": 1})
    assert kept(house) == []
    assert [row[8] for row in house.contents()["feedback"]] == [None]


async def test_a_question_that_is_refused_is_not_recorded(house: House) -> None:
    await house.set(keeps_questions=True)
    await house.world.ada.slash(house.world.channel, "ask", question="x" * 301)
    await house.world.ada.send_dm("x" * 501)
    assert house.contents()["seen"] == []


async def test_no_id_stands_in_the_clear_but_that_of_the_server(house: House) -> None:
    await house.set(keeps_questions=True)
    answer = await house.world.ask(QUESTION)
    await house.world.ben.click(answer, label="Helpful")
    contents = str({name: rows for name, rows in house.contents().items() if name != "servers"})
    for id_ in (house.world.ada.id, house.world.ben.id, answer.id, house.world.channel.id):
        assert str(id_) not in contents


async def test_personal_data_is_masked_before_it_is_kept(house: House) -> None:
    await house.set(keeps_questions=True)
    text = f"is a.b@evil.example or +52 867 123 4567 or {house.world.ben.mention} or https://evil.example a keeper"
    await house.world.ask(text)
    assert kept(house) == ["is […] or […] or […] or […] a keeper"]
    assert "evil.example" not in str(house.contents())


async def test_a_message_delivered_twice_is_answered_and_counted_once(house: House) -> None:
    world = house.world
    await house.set(keeps_questions=True)
    await world.ada.send(world.channel, f"{world.me} {QUESTION}")
    event = next(
        payload
        for kind, name, payload in world.env.backend.transcript
        if kind == "GATEWAY" and name == "MESSAGE_CREATE" and payload["author"]["id"] == str(world.ada.id)
    )
    world.env.backend.emit("MESSAGE_CREATE", event)
    await world.env.settle()
    assert len(world.said) == 1
    assert (await counted(house)).questions == 1
    await house.restart()
    world.env.backend.emit("MESSAGE_CREATE", event)
    await world.env.settle()
    assert (await counted(house)).questions == 1, "though the bot no longer remembers it, the store does"
    assert kept(house) == [QUESTION]


# Feedback.


async def links(house: House) -> list[tuple[str, bool]]:
    """Return each feedback's verdict, and whether it leads to a question that is kept."""
    questions = {row[0] for row in house.contents()["questions"]}
    return [(row[3], row[9] in questions) for row in house.contents()["feedback"]]


async def by_command(house: House) -> Message:
    return await house.world.ask(QUESTION)


async def by_private_command(house: House) -> Message:
    return await house.world.ask(QUESTION, private=True)


async def by_mention(house: House) -> Message:
    await house.world.ada.send(house.world.channel, f"{house.world.me} {QUESTION}")
    return house.world.said[-1]


async def by_message_command(house: House) -> Message:
    message = await house.world.ben.send(house.world.channel, QUESTION)
    menu = house.text("command-answer-message")
    return answered(await house.world.ada.context_menu(house.world.channel, menu, message))


async def by_form(house: House) -> Message:
    form = await house.world.ada.click(await house.world.ask("hello there, when did it burn?"), label="Ask a follow-up")
    return answered(await house.world.ada.submit_modal(form, {"question": QUESTION}))


@pytest.mark.parametrize("way", [by_command, by_private_command, by_mention, by_message_command, by_form])
async def test_feedback_leads_to_its_question(house: House, way: Any) -> None:
    await house.set(keeps_questions=True)
    answer = await way(house)
    await house.world.ada.click(answer, label="Not helpful")
    assert await links(house) == [("not helpful", True)]
    pending = await house.store.reviews.pending(house.guild)
    assert QUESTION in [question.text for question in pending]


async def test_in_direct_messages_too(house: House) -> None:
    await house.store.people.agree(house.world.ada.id, agrees=True)
    await house.world.ada.send_dm(QUESTION)
    await house.world.ada.user.click(house.world.mail_of(house.world.ada)[-1], label="Not helpful")
    assert [question.text for question in await house.store.reviews.pending(None)] == [QUESTION]


async def test_a_rating_counts_once_for_each_person_and_the_last_one_holds(house: House) -> None:
    answer = await house.world.ask(QUESTION)
    for label in ("Helpful", "Helpful", "Not helpful"):
        await house.world.ada.click(answer, label=label)
    await house.world.ben.click(answer, label="Helpful")
    assert (await counted(house)).by_feedback == {"rating not helpful": 1, "rating helpful": 1}


async def test_a_report_is_kept_with_its_note_masked(house: House) -> None:
    await house.set(keeps_questions=True)
    form = await house.world.ada.click(await house.world.ask(QUESTION), label="Report an error")
    await house.world.ada.submit_modal(form, {"reason": "wrong", "note": "Ask a.b@evil.example, it was five."})
    [question] = await house.store.reviews.pending(house.guild)
    assert question.note == "Ask […], it was five."


async def test_picks_and_none_of_these_are_kept(house: House) -> None:
    await house.set(keeps_questions=True)
    offer = await house.world.ask(UNSURE)
    await house.world.ada.click(offer, label="None of these")
    assert await links(house) == [("none", True)]
    assert len(await house.store.reviews.pending(house.guild)) == 1
    await house.world.ada.click(offer, label=next(iter(buttons(offer))))
    assert await links(house) == [("picked", True)]
    assert await house.store.reviews.pending(house.guild) == [], "what was meant is known now"


# The store at fault.


@contextlib.asynccontextmanager
async def faulty(folder: Path, meters: Meters) -> AsyncIterator[Records]:
    """Open the store of a folder, which waits for a lock for a shorter time than usual."""
    async with open_database(read_address(f"sqlite:///{folder / 'testigo.db'}"), PATIENCE) as database:
        records = Records(Store(database, Pseudonyms(kept_secret(folder / "secret")), utc_now), DAYS, meters, linger=0)
        yield records
        await records.close(5)


async def ask_everywhere(house: House) -> None:
    """Ask in each way, see the answer, and that it came at once."""
    moments: list[float] = []
    house.world.watch(lambda _: moments.append(time.perf_counter()))
    for way, seconds in ((by_command, AT_ONCE), (by_mention, CLAIMED)):
        begun = time.perf_counter()
        moments.clear()
        assert ANSWER in text_of(await way(house))
        assert moments[0] - begun < seconds
    begun = time.perf_counter()
    moments.clear()
    await house.world.ada.send_dm(QUESTION)
    assert ANSWER in text_of(house.world.mail_of(house.world.ada)[-1])
    assert moments[-1] - begun < CLAIMED


@pytest.mark.parametrize("fault", [locked_file, read_only_file, full_disk])
async def test_the_answer_does_not_wait_for_a_store_at_fault(
    lighthouse: Testigo, cache: Path, wire: Wire, description: Any, folder: Path, meters: Meters, fault: Any
) -> None:
    async with (
        faulty(folder, meters) as records,
        house_of(lighthouse, cache, wire, description, folder, records=records) as house,
    ):
        await house.world.ask(QUESTION)
        async with fault(f"sqlite:///{folder / 'testigo.db'}", None):
            await ask_everywhere(house)
            answer = house.world.said[-1]
            assert told(await house.world.ada.click(answer, label="Helpful")) == house.text("thanks-rating")
        lost = numbers(meters.writes_lost)
        await house.world.ask(QUESTION)
        assert numbers(meters.writes_lost) == lost, "the fault has passed"


@pytest.fixture
def meters() -> Meters:
    """Return the meters of what is kept."""
    return Meters()


@pytest.fixture
def gone(meters: Meters) -> Records:
    """Return records without a store."""
    return Records(None, DAYS, meters, linger=0)


async def test_without_a_store_the_answers_come_and_the_rest_says_so(
    lighthouse: Testigo, cache: Path, wire: Wire, description: Any, folder: Path, gone: Records, meters: Meters
) -> None:
    async with house_of(lighthouse, cache, wire, description, folder, records=gone) as house:
        await ask_everywhere(house)
        assert numbers(meters.writes_lost) == {"gone": 3}
        for command in ("settings", "curate queue", "stats", "privacy"):
            result = await house.manager.slash(house.world.channel, command)
            assert told(result) == house.text("store-gone"), command
            assert answered(result).ephemeral
        for path, fields in (("retract", {"answer": QUESTION, "reason": "x"}), ("restore", {"answer": QUESTION})):
            result = await house.owner.slash(house.world.channel, f"curate {path}", **fields)
            assert told(result) == house.text("store-gone")
        presses = (
            "server-private:en:1",
            "server-keeping:en:1",
            "review:en:0",
            "dismiss:en:1",
            "draft:en:gap:1",
            "mine:en",
            "export:en",
            "delete-mine:en",
            "opt-out:en:1",
            "agree:en:1",
        )
        for custom_id in presses:
            assert told(await house.forge(house.manager, custom_id)) == house.text("store-gone"), custom_id


async def test_without_a_store_rights_are_checked_all_the_same(
    lighthouse: Testigo, cache: Path, wire: Wire, description: Any, folder: Path, gone: Records
) -> None:
    async with house_of(lighthouse, cache, wire, description, folder, records=gone) as house:
        assert told(await house.command(house.world.ada, "settings")) == house.text("settings-forbidden")


async def test_a_write_that_fails_is_told_and_nothing_is_changed(
    lighthouse: Testigo, cache: Path, wire: Wire, description: Any, folder: Path, meters: Meters
) -> None:
    async with (
        faulty(folder, meters) as records,
        house_of(lighthouse, cache, wire, description, folder, records=records) as house,
    ):
        await house.set(keeps_questions=True)
        await house.keep(GAP)
        [question] = await house.store.reviews.pending(house.guild)
        before = house.contents()
        async with read_only_file("", None):
            for custom_id in (
                "server-keeping:en:0",
                f"dismiss:en:{question.id}",
                f"draft:en:gap:{question.id}",
                "delete-mine:en",
                "opt-out:en:1",
            ):
                assert told(await house.forge(house.manager, custom_id)) == house.text("store-gone"), custom_id
            result = await house.owner.slash(house.world.channel, "curate retract", answer=QUESTION, reason="x")
            assert told(result) == house.text("store-gone")
            assert ANSWER in text_of(await house.world.ask(QUESTION)), "what was not withdrawn is answered"
        assert house.contents() == before


async def test_a_store_that_comes_later_is_used(
    lighthouse: Testigo, cache: Path, wire: Wire, description: Any, folder: Path, gone: Records, meters: Meters
) -> None:
    async with (
        house_of(lighthouse, cache, wire, description, folder, records=gone) as house,
        faulty(folder, meters) as found,
    ):
        gone.use(found.store)
        await house.world.ask(QUESTION)
        assert (await counted(house)).questions == 1
        assert house.text("settings-title") in told(await house.manager.slash(house.world.channel, "settings"))
