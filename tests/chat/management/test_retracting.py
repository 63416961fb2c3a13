"""`/curate retract` and `restore`: an answer is withdrawn at once, everywhere, and says why."""

import datetime
from collections.abc import Awaitable, Callable

import pytest

from bot.answering.testigo import Testigo
from bot.chat import replies
from bot.chat.codes import code
from bot.chat.markup import Markup
from bot.chat.replies import Audience, ReplyLayout
from bot.chat.withdrawals import Withdrawals
from bot.rooms import build_rooms
from bot.storage.auditing import Action
from bot.storage.retractions import Retraction
from tests.chat.management.house import House, told
from tests.chat.payloads import TEXT_DISPLAY, components
from tests.chat.world import answered, hosts_of, menus, options, strip, text_of

pytestmark = pytest.mark.asyncio

QUESTION = "How many keepers escaped?"
ENTRY = "keepers-escaped"
ANSWER = "4 keepers escaped"
REASON = "The number was corrected by the paper."
OTHER = "When did the lighthouse burn?"


async def retract(house: House, question: str = QUESTION, reason: str = REASON) -> str:
    """Let the owner withdraw an answer; return what they are told."""
    return told(await house.owner.slash(house.world.channel, "curate retract", answer=question, reason=reason))


async def restore(house: House, question: str = QUESTION) -> str:
    """Let the owner give an answer again; return what they are told."""
    return told(await house.owner.slash(house.world.channel, "curate restore", answer=question))


async def by_command(house: House) -> str:
    return text_of(await house.world.ask(QUESTION))


async def by_mention(house: House) -> str:
    await house.world.ada.send(house.world.channel, f"{house.world.me} {QUESTION}")
    return text_of(house.world.said[-1])


async def by_direct_message(house: House) -> str:
    await house.world.ada.send_dm(QUESTION)
    return text_of(house.world.mail_of(house.world.ada)[-1])


async def by_message_command(house: House) -> str:
    message = await house.world.ben.send(house.world.channel, QUESTION)
    menu = house.text("command-answer-message")
    return text_of(answered(await house.world.ada.context_menu(house.world.channel, menu, message)))


async def by_pick(house: House) -> str:
    return text_of(answered(await house.forge(house.world.ada, f"pick:en:{house.world.ada.id}:1:{code(ENTRY)}")))


async def by_the_pick_of_another(house: House) -> str:
    return text_of(answered(await house.forge(house.world.ben, f"pick:en:{house.world.ada.id}:1:{code(ENTRY)}")))


async def by_share(house: House) -> str:
    return text_of(answered(await house.forge(house.world.ada, f"share:en:{code(ENTRY)}:")))


async def by_choice(house: House) -> str:
    return text_of(answered(await house.forge(house.world.ada, "entry:en:0", code(ENTRY))))


async def by_topics(house: House) -> str:
    topics = answered(await house.world.ada.slash(house.world.channel, "topics"))
    topics = answered(await house.world.ada.select(topics, [options(topics)["The fire"]]))
    menu = menus(topics)[1]
    value = next(option["value"] for option in menu["options"] if option["label"] == QUESTION)
    return text_of(answered(await house.world.ada.select(topics, [value], custom_id=menu["custom_id"])))


async def by_form(house: House) -> str:
    return text_of(answered(await house.world.submit(f"followed-up:en:{code('fire-when')}", question=QUESTION)))


WAYS = [
    by_command,
    by_mention,
    by_direct_message,
    by_message_command,
    by_pick,
    by_the_pick_of_another,
    by_share,
    by_choice,
    by_topics,
    by_form,
]


@pytest.mark.parametrize("way", WAYS)
async def test_a_withdrawn_answer_is_given_in_no_way_until_it_is_restored_and_the_reason_in_its_place(
    house: House, way: Callable[[House], Awaitable[str]]
) -> None:
    assert ANSWER in await way(house)
    assert await retract(house) == house.text("retracted")
    text = strip(await way(house))
    assert ANSWER not in text
    assert REASON in text
    assert "withdrawn" in text
    assert f"### {QUESTION}" in text
    assert "gazette.example" not in text, "its passages are not cited"
    assert await restore(house) == house.text("restored")
    text = strip(await way(house))
    assert ANSWER in text
    assert REASON not in text


async def test_the_reason_is_told_in_the_language_of_the_answer_with_the_day(house: House) -> None:
    await retract(house)
    retraction = (await house.store.retractions.all())[ENTRY]
    date = house.world.testigo.wordings["es"].date(retraction.at.date())
    answer = await house.world.ask("¿Cuántos fareros escaparon?")
    assert house.text("withdrawn", "es", date=date, reason=REASON) in strip(text_of(answer))


async def test_other_answers_are_what_they_were(house: House) -> None:
    before = text_of(await house.world.ask(OTHER))
    await retract(house)
    assert text_of(await house.world.ask(OTHER)) == before


async def test_of_several_parts_only_the_withdrawn_one_gives_way(house: House) -> None:
    question = "How many keepers escaped and when did the lighthouse burn?"
    whole = house.world.testigo.answerer.answer(question)
    assert whole.entries == (ENTRY, "fire-when")
    await retract(house)
    text = strip(text_of(await house.world.ask(question)))
    assert whole.parts[0].text not in text
    assert REASON in text
    assert whole.parts[1].text in text
    kept = house.world.testigo.answerer.reply_with(["fire-when"], "en")
    assert [each.gist in text for each in kept.citations] == [True] * len(kept.citations)
    gone = {each.passage for each in whole.citations} - {each.passage for each in kept.citations}
    assert not [passage for passage in gone if f"[{passage}," in text]


async def test_it_survives_a_restart(house: House) -> None:
    await retract(house)
    await house.restart()
    text = strip(await by_command(house))
    assert ANSWER not in text
    assert REASON in text


async def test_so_does_restoring(house: House) -> None:
    await retract(house)
    await restore(house)
    await house.restart()
    assert ANSWER in await by_command(house)


async def test_it_holds_for_data_that_is_exchanged_afterwards(house: House) -> None:
    await retract(house)
    house.use(build_rooms(house.settings, house.world.testigo, house.kept, house.records.recorder, house.records))
    assert ANSWER not in await by_command(house)


async def test_an_old_answer_shares_the_reason(house: House) -> None:
    answer = await house.world.ask(QUESTION, private=True)
    await retract(house)
    assert REASON in strip(text_of(answered(await house.world.ada.click(answer, label="Share"))))


async def test_another_reason_takes_the_place_of_the_first(house: House) -> None:
    await retract(house)
    await retract(house, reason="Another reason.")
    text = strip(await by_command(house))
    assert "Another reason." in text
    assert REASON not in text


@pytest.mark.parametrize("typed", [QUESTION, "¿Cuántos fareros escaparon?", ENTRY])
async def test_the_answer_is_named_by_its_question_in_any_language_or_its_id(house: House, typed: str) -> None:
    await retract(house, typed)
    assert set(await house.store.retractions.all()) == {ENTRY}


@pytest.mark.parametrize("typed", ["Who won the match?", "how many keepers escaped", "x" * 6000, "@everyone"])
async def test_an_answer_that_is_none_is_not_withdrawn(house: House, typed: str) -> None:
    assert await retract(house, typed) == house.text("no-such-answer")
    assert await restore(house, typed) == house.text("no-such-answer")
    assert await house.store.retractions.all() == {}


@pytest.mark.parametrize("command", ["curate retract", "curate restore"])
@pytest.mark.parametrize(
    ("locale", "typed", "expected"), [("en-US", "keep", QUESTION), ("es-ES", "farer", "¿Cuántos fareros escaparon?")]
)
async def test_the_questions_are_suggested(house: House, command: str, locale: str, typed: str, expected: str) -> None:
    with house.world.wire.sends(locale=locale):
        choices = await house.owner.autocomplete(house.world.channel, command, "answer", typed)
    assert expected in [choice["value"] for choice in choices]
    assert len(choices) <= 25


@pytest.mark.parametrize("reason", ["@everyone **bold** <@1> `x`", "\u202ereversed\u200b", "x" * 300])
async def test_a_reason_cannot_ping_or_break_the_layout(house: House, reason: str) -> None:
    await retract(house, reason=reason)
    text = await by_command(house)
    assert ANSWER not in text
    assert "**bold**" not in text
    assert "@everyone" not in text.replace("\\@", "")


async def test_a_reason_that_a_client_would_not_take_still_leaves_room_for_the_answer(house: House) -> None:
    await house.command(house.owner, "curate", "retract", answer=QUESTION, reason="x" * 6000)
    text = await by_command(house)
    assert ANSWER not in text
    assert "xxx" in text


async def test_only_who_runs_the_bot_may(house: House) -> None:
    await house.set(curator_role=house.role.id)
    before = house.contents()
    for person in (house.world.ada, house.curator, house.manager):
        for path, fields in (("retract", {"answer": QUESTION, "reason": REASON}), ("restore", {"answer": QUESTION})):
            result = await person.slash(house.world.channel, f"curate {path}", **fields)
            assert told(result) == house.text("owner-forbidden")
            assert answered(result).ephemeral
    assert house.contents() == before
    assert ANSWER in await by_command(house)


async def test_it_is_audited_with_its_author(house: House) -> None:
    await retract(house)
    await restore(house)
    assert [act.action for act in await house.store.retractions.audit()] == [Action.RESTORE, Action.RETRACT]
    kept = await house.store.people.export(house.owner.id)
    assert kept["acts"][0]["new"] == {"entry": ENTRY, "reason": REASON}


async def test_it_works_in_direct_messages(house: House) -> None:
    result = await house.owner.user.slash("curate retract", answer=QUESTION, reason=REASON)
    assert told(result) == house.text("retracted")
    assert REASON in strip(await by_command(house))


async def test_what_is_not_withdrawn_is_not_audited_as_restored(house: House) -> None:
    await restore(house)
    assert await house.store.retractions.audit() == []


@pytest.mark.parametrize("room", range(300, 1500, 100))
async def test_where_not_all_answers_have_room_the_withdrawn_one_is_not_cited_either(
    lighthouse: Testigo, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr(replies, "MAX_TEXT", room)
    withdrawals, answerer = Withdrawals(), lighthouse.answerer
    withdrawals.now = {"lamp-lit": Retraction("lamp-lit", REASON, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))}
    entries = ["lamp-lit", "fire-when", ENTRY, "warnings-ignored"]
    reply = withdrawals.applied(answerer.reply_with(entries, "en"), lighthouse)
    layout = ReplyLayout(lighthouse, Markup(hosts_of(lighthouse)))
    try:
        view = layout.message(reply, Audience(1, is_private=False))
    except AssertionError:
        pytest.skip("not even one answer has room")
    text = "\n".join(part["content"] for part in components(view.to_components()) if part["type"] == TEXT_DISPLAY)
    cited_by_others = {each.passage for each in answerer.reply_with(entries[1:], "en").citations}
    withdrawn = {each.passage for each in answerer.reply_with(["lamp-lit"], "en").citations} - cited_by_others
    assert withdrawn
    assert [passage for passage in withdrawn if f"[{passage}," in text] == []
    assert REASON in strip(text)
