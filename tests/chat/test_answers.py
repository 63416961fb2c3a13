"""What an answer looks like."""

import pytest

from tests.chat.payloads import TEXT_DISPLAY, components
from tests.chat.world import World, buttons, strip, text_of

pytestmark = pytest.mark.asyncio

QUESTION = "How many keepers escaped?"


async def test_the_canonical_question_is_the_heading(marrow: World) -> None:
    assert text_of(await marrow.ask("number of keepers who got away")).startswith("### How many keepers escaped?\n")


async def test_the_passages_are_numbered_with_gist_and_link(marrow: World) -> None:
    text = text_of(await marrow.ask(QUESTION))
    link = "https://gazette.example/cape-marrow#:~:text=The%20lighthouse%20at,escaped%20by%20boat"
    assert f"**1.** What s1 is about. [s1, gazette.example](<{link}>)" in text


async def test_a_link_shows_its_host(world: World) -> None:
    assert "[p1s1, www.huffingtonpost.com](<https://www.huffingtonpost.com/" in text_of(
        await world.ask("How many people were killed?")
    )


async def test_the_passage_is_quoted_where_the_operator_has_the_article(marrow: World) -> None:
    assert "\n> The lighthouse at Cape Marrow burned" in text_of(await marrow.ask(QUESTION))


async def test_the_passage_is_not_quoted_where_the_operator_has_no_article(world: World) -> None:
    assert "\n>" not in text_of(await world.ask("How many people were killed?"))


async def test_the_date_of_the_article_comes_last(marrow: World) -> None:
    assert text_of(await marrow.ask(QUESTION)).endswith("\n-# The article is from March 3, 2021.")


async def test_the_buttons_are_those_that_are_documented(marrow: World) -> None:
    assert list(buttons(await marrow.ask(QUESTION))) == [
        "Sources",
        "Why this answer",
        "Related",
        "Ask a follow-up",
        "Helpful",
        "Not helpful",
        "Report an error",
        "Delete",
    ]


async def test_several_answers_come_in_one_message(world: World) -> None:
    answer = await world.ask("How many people were killed and where did it happen?")
    headings = [line for line in text_of(answer).splitlines() if line.startswith("### ")]
    assert len(headings) == 2
    assert len(world.said) == 1


async def test_the_correction_of_a_false_premise_comes_first(world: World) -> None:
    text = strip(text_of(await world.ask("Where were the 50 victims from?")))
    assert text.startswith("The article counts 72 people killed")


async def test_choices_after_a_correction_can_be_picked(world: World) -> None:
    answer = await world.ask("what about those 100 innocent people")
    assert strip(text_of(answer)).startswith("The article counts 72 people killed")
    assert "None of these" in buttons(answer)
    assert len(buttons(answer)) > 2


async def test_a_signpost_keeps_its_address(world: World) -> None:
    text = text_of(await world.ask("mi hermano desapareció camino al norte, ayúdenme a buscarlo"))
    assert "https://familylinks.icrc.org" in text


async def test_the_message_is_marked_as_made_of_components(marrow: World) -> None:
    await marrow.ask(QUESTION)
    [body] = marrow.requests("POST", "/callback")
    assert body["data"]["flags"] & 1 << 15
    assert not body["data"].get("content")
    assert any(part["type"] == TEXT_DISPLAY for part in components(body["data"]["components"]))
