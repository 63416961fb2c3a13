"""Asking by command, wherever a person is, and what the conversation remembers."""

from typing import Any

import pytest

from bot.answering.answerer import next_turn
from bot.answering.testigo import Testigo
from tests.chat.conftest import Serving
from tests.chat.world import Clock, World, answered, buttons, strip, text_of

pytestmark = pytest.mark.asyncio

QUESTIONS = [
    "How many people were killed?",
    "¿Cuántas mujeres había entre los muertos?",
    "De que países vinham os migrantes mortos?",
    "What were the names of the victims?",
    "survivors and army",
    "what's the weather in Lisbon tomorrow",
    "hello there",
    "How many people were killed and where did it happen?",
    "Where were the 50 victims from?",
    "???",
]

FOREIGN_SERVER: dict[str, Any] = {
    "context": 0,
    "guild_id": "900000000000000001",
    "guild": {"id": "900000000000000001", "locale": "en-US", "features": []},
    "guild_locale": "en-US",
    "app_permissions": "0",
    "user": None,
    "member": {
        "user": {"id": "900000000000000004", "username": "Ada", "discriminator": "0", "avatar": None},
        "roles": [],
        "permissions": "0",
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
    },
    "channel": {"id": "900000000000000002", "type": 0, "name": "elsewhere", "position": 0, "permissions": "0"},
}
GROUP: dict[str, Any] = {
    "context": 2,
    "channel": {"id": "900000000000000003", "type": 3, "recipients": []},
}


def assert_says(message: Any, reply: Any) -> None:
    """Assert that a message says all that a reply of the core does."""
    said = strip(text_of(message))
    for note in reply.notes:
        assert note in said
    for part in reply.parts:
        assert part.text in said
    for citation in reply.citations:
        assert citation.url in said
    assert (reply.as_of or "") in said


@pytest.mark.parametrize("question", QUESTIONS)
async def test_the_command_gives_the_reply_of_the_core(world: World, question: str) -> None:
    assert_says(await world.ask(question), world.testigo.answerer.answer(question))


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_direct_message_gives_the_reply_of_the_core(world: World, question: str) -> None:
    await world.ada.send_dm(question)
    assert_says(world.mail_of(world.ada)[-1], world.testigo.answerer.answer(question))


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_mention_gives_the_reply_of_the_core(world: World, question: str) -> None:
    await world.ada.send(world.channel, f"{world.me} {question}")
    assert_says(world.said[-1], world.testigo.answerer.answer(question))


async def test_the_command_works_in_a_direct_message(world: World) -> None:
    result = await world.ada.user.slash("ask", question="How many people were killed?")
    assert "72 migrants" in text_of(answered(result))


@pytest.mark.parametrize("fields", [FOREIGN_SERVER, GROUP], ids=["a foreign server", "a group"])
async def test_who_installed_the_bot_asks_where_the_bot_is_not(world: World, fields: dict[str, Any]) -> None:
    owner = {"authorizing_integration_owners": {"1": str(world.ada.id)}}
    with world.wire.sends(**fields, **owner):
        result = await world.ada.user.slash("ask", question="How many people were killed?")
    assert "72 migrants" in text_of(answered(result))


@pytest.mark.parametrize("fields", [FOREIGN_SERVER, GROUP], ids=["a foreign server", "a group"])
async def test_buttons_work_where_the_bot_is_not(world: World, fields: dict[str, Any]) -> None:
    owner = {"authorizing_integration_owners": {"1": str(world.ada.id)}}
    with world.wire.sends(**fields, **owner):
        answer = answered(await world.ada.user.slash("ask", question="How many people were killed?"))
        sources = answered(await world.ada.user.click(answer, label="Sources"))
    assert "p1s1" in text_of(sources)


async def test_a_private_answer_is_seen_by_the_asker_only(world: World) -> None:
    answer = await world.ask("How many people were killed?", private=True)
    assert answer.ephemeral
    assert world.said == []
    assert "Share" in buttons(answer)
    assert "Delete" not in buttons(answer)


async def test_a_public_answer_is_seen_by_all(world: World) -> None:
    answer = await world.ask("How many people were killed?")
    assert not answer.ephemeral
    assert "Share" not in buttons(answer)
    assert "Delete" in buttons(answer)


async def test_an_answer_is_one_message(world: World) -> None:
    await world.ask("How many people were killed and where did it happen?")
    assert len(world.said) == 1
    assert world.callbacks == [4]


async def test_the_language_option_counts(world: World) -> None:
    assert "72 migrantes" in text_of(await world.ask("How many people were killed?", language="es"))


async def test_the_language_option_is_remembered(world: World) -> None:
    await world.ask("How many people were killed?", language="pt")
    assert text_of(await world.ask("Where did it happen?")).endswith("7 de outubro de 2014.")


async def test_the_language_option_is_remembered_by_mention_too(world: World) -> None:
    await world.ask("How many people were killed?", language="pt")
    await world.ada.send(world.channel, f"{world.me} Where did it happen?")
    assert text_of(world.said[-1]).endswith("7 de outubro de 2014.")


async def test_a_language_that_there_is_not_is_ignored(world: World) -> None:
    data = {"id": world.command_id("ask"), "name": "ask", "type": 1}
    options = [
        {"name": "question", "type": 3, "value": "How many people were killed?"},
        {"name": "language", "type": 3, "value": "xx"},
    ]
    result = await world.interact(2, {**data, "options": options})
    assert "72 migrants" in text_of(answered(result))


@pytest.mark.parametrize(
    ("seconds", "language"), [(0, "pt"), (599, "pt"), (601, "en")], ids=["at once", "in time", "too late"]
)
async def test_the_language_is_remembered_for_ten_minutes(
    serving: Serving, testigo: Testigo, seconds: int, language: str
) -> None:
    clock = Clock()
    async with serving(testigo, clock=clock) as world:
        await world.ask("How many people were killed?", language="pt")
        clock.seconds += seconds
        answer = text_of(await world.ask("Where did it happen?"))
    assert testigo.answerer.as_of(language) in answer


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "Brazil"), (599, "Brazil"), (601, None)], ids=["at once", "in time", "too late"]
)
async def test_a_follow_up_continues_for_ten_minutes(
    serving: Serving, testigo: Testigo, seconds: int, words: str | None
) -> None:
    clock = Clock()
    follow_up = "and the women?"
    alone = testigo.answerer.answer(follow_up)
    continued = testigo.answerer.answer(
        follow_up, previous=_turn(testigo, "How many victims have not been identified?")
    )
    async with serving(testigo, clock=clock) as world:
        await world.ask("How many victims have not been identified?")
        clock.seconds += seconds
        answer = await world.ask(follow_up)
    assert_says(answer, continued if words else alone)


@pytest.mark.parametrize(
    ("first", "then", "heading"),
    [
        ("How many victims were from Honduras?", "and from Brazil?", "Brazil"),
        ("¿Cuántas personas murieron?", "y las mujeres?", "mujeres"),
    ],
)
async def test_a_follow_up_continues_the_last_turn(world: World, first: str, then: str, heading: str) -> None:
    await world.ask(first)
    assert heading in text_of(await world.ask(then)).splitlines()[0]


async def test_nothing_is_shared_between_people(world: World) -> None:
    await world.ask("How many people were killed?", language="pt")
    result = await world.ben.slash(world.channel, "ask", question="Where did it happen?")
    assert world.testigo.answerer.as_of("en") in text_of(answered(result))


async def test_nothing_is_shared_between_channels(world: World) -> None:
    other = world.guild.create_text_channel("other")
    await world.ask("How many people were killed?", language="pt")
    result = await world.ada.slash(other, "ask", question="Where did it happen?")
    assert world.testigo.answerer.as_of("en") in text_of(answered(result))


async def test_nothing_is_shared_between_a_server_and_direct_messages(world: World) -> None:
    await world.ask("How many people were killed?", language="pt")
    await world.ada.send_dm("Where did it happen?")
    assert world.testigo.answerer.as_of("en") in text_of(world.mail_of(world.ada)[-1])


def _turn(testigo: Testigo, question: str) -> Any:
    return next_turn(testigo.answerer.answer(question), None)
