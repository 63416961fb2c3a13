"""Answering anybody's message by the command in its menu."""

import pytest

from tests.chat.test_asking import QUESTIONS, assert_says
from tests.chat.world import World, answered, buttons, text_of

pytestmark = pytest.mark.asyncio

COMMAND = "Answer this question"


@pytest.mark.parametrize("question", QUESTIONS)
async def test_anybodys_message_is_answered_for_who_asks(world: World, question: str) -> None:
    message = await world.ben.send(world.channel, question)
    answer = answered(await world.ada.context_menu(world.channel, COMMAND, message))
    assert answer.ephemeral
    assert_says(answer, world.testigo.answerer.answer(question))


async def test_the_answer_can_be_shared(world: World) -> None:
    message = await world.ben.send(world.channel, "How many people were killed?")
    answer = answered(await world.ada.context_menu(world.channel, COMMAND, message))
    assert "Share" in buttons(answer)


async def test_a_bots_message_is_answered_too(world: World) -> None:
    robot = world.guild.add_member(world.env.create_user("Robot", bot=True))
    message = await robot.send(world.channel, "How many people were killed?")
    assert "72 migrants" in text_of(answered(await world.ada.context_menu(world.channel, COMMAND, message)))


@pytest.mark.parametrize(("length", "is_long"), [(500, False), (501, True), (2000, True)])
async def test_a_long_message_is_told_so(world: World, length: int, is_long: bool) -> None:
    message = await world.ben.send(world.channel, "How many people were killed?".ljust(length, "?"))
    text = text_of(answered(await world.ada.context_menu(world.channel, COMMAND, message)))
    assert ("at most 500 characters" in text) is is_long


@pytest.mark.parametrize("text", ["", "   "])
async def test_a_message_without_text_is_told_so(world: World, text: str) -> None:
    message = await world.ben.send(world.channel, text, attachments=[("picture.png", b"x")])
    answer = answered(await world.ada.context_menu(world.channel, COMMAND, message))
    assert text_of(answer) == "There is no text in that message that I could answer."


async def test_the_answer_is_in_the_language_of_the_message(world: World) -> None:
    message = await world.ben.send(world.channel, "¿Cuántas mujeres había entre los muertos?")
    with world.wire.sends(locale="pt-BR"):
        answer = answered(await world.ada.context_menu(world.channel, COMMAND, message))
    assert world.testigo.answerer.as_of("es") in text_of(answer)
