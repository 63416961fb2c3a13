"""What the bot says where it cannot answer."""

import pytest

from bot.answering.reply import Outcome
from tests.chat.world import World, answered, buttons, strip, text_of

pytestmark = pytest.mark.asyncio


async def test_a_gap_says_so_and_lists_what_is_closest(marrow: World) -> None:
    text = strip(text_of(await marrow.ask("What caused the fire?")))
    assert "The article does not say what caused the fire." in text
    assert "Closest in the article:" in text
    assert "- When did the lighthouse burn?" in text
    assert text.endswith("-# The article is from March 3, 2021.")


async def test_what_is_closest_to_a_gap_can_be_chosen(marrow: World) -> None:
    gap = await marrow.ask("What caused the fire?")
    related = answered(await marrow.ada.click(gap, label="Related"))
    assert "When did the lighthouse burn?" in str(related.components)


@pytest.mark.parametrize(
    ("question", "outcome", "key"),
    [
        ("what's the weather in Lisbon tomorrow", Outcome.OFF_TOPIC, "off-topic"),
        ("???", Outcome.META, "help"),
        ("   ", Outcome.META, "help"),
    ],
)
async def test_what_cannot_be_answered_offers_examples_and_the_topics(
    world: World, question: str, outcome: Outcome, key: str
) -> None:
    reply = world.testigo.answerer.answer(question)
    assert reply.outcome is outcome
    answer = await world.ask(question)
    assert strip(text_of(answer)) == world.testigo.strings["en"].text(key)
    assert list(buttons(answer)) == [*(each.question for each in reply.suggestions), "Browse the topics"]


async def test_small_talk_is_answered_without_a_heading_and_without_a_date(world: World) -> None:
    text = text_of(await world.ask("hello there"))
    assert "###" not in text
    assert world.testigo.answerer.as_of("en") not in text


async def test_an_example_is_answered_when_it_is_picked(world: World) -> None:
    offer = await world.ask("what's the weather in Lisbon tomorrow")
    label = next(iter(buttons(offer)))
    await world.ada.click(offer, label=label)
    assert f"### {label}" in strip(text_of(world.said[-1]))
    assert world.feedback.kept == []


@pytest.mark.parametrize("length", [301, 500, 501, 6000])
async def test_a_long_question_by_command_is_told_so(world: World, length: int) -> None:
    answer = await world.ask("x" * length)
    assert "at most 300 characters" in text_of(answer)
    assert answer.ephemeral


async def test_three_hundred_characters_are_answered(world: World) -> None:
    answer = await world.ask("How many people were killed?".ljust(300, "?"))
    assert "72 migrants" in text_of(answer)


@pytest.mark.parametrize("length", [501, 2000])
async def test_a_long_message_is_told_so(world: World, length: int) -> None:
    await world.ada.send_dm("x" * length)
    assert "at most 500 characters" in text_of(world.mail_of(world.ada)[-1])


async def test_five_hundred_characters_of_a_message_are_answered(world: World) -> None:
    await world.ada.send_dm("How many people were killed?".ljust(500, "?"))
    assert "72 migrants" in text_of(world.mail_of(world.ada)[-1])


async def test_the_mention_does_not_count_to_the_length(world: World) -> None:
    await world.ada.send(world.channel, f"{world.me} {'How many people were killed?'.ljust(500, '?')}")
    assert "72 migrants" in text_of(world.said[-1])
