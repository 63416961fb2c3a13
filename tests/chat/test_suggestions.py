"""What is suggested while a question is typed."""

import pytest

from tests.chat.world import World, answered, text_of

pytestmark = pytest.mark.asyncio

MAX_CHOICES = 25
MAX_CHOICE = 100


async def suggestions(world: World, typed: str, locale: str = "en-US") -> list[str]:
    """Return what is suggested for something typed."""
    with world.wire.sends(locale=locale):
        choices = await world.ada.autocomplete(world.channel, "ask", "question", typed)
    assert len(choices) <= MAX_CHOICES
    assert all(1 <= len(choice["name"]) <= MAX_CHOICE for choice in choices)
    assert all(choice["name"] == choice["value"] for choice in choices)
    return [choice["name"] for choice in choices]


@pytest.mark.parametrize(
    ("typed", "locale", "first"),
    [
        ("how many people were killed", "en-US", "How many people were killed?"),
        ("hwo mnay peolpe were kiled", "en-US", "How many people were killed?"),
        ("how many peo", "en-US", "How many people were killed?"),
        ("cuantas personas murieron", "es-ES", None),
        ("quantas pessoas morreram", "pt-BR", None),
    ],
)
async def test_questions_are_found_with_slips_and_unfinished_words(
    world: World, typed: str, locale: str, first: str | None
) -> None:
    found = await suggestions(world, typed, locale)
    entry = world.testigo.knowledge.entries["victims-total"].question[locale.split("-")[0]]
    assert (first or entry) in found[:5]


@pytest.mark.parametrize(("locale", "language"), [("en-GB", "en"), ("es-419", "es"), ("pt-BR", "pt"), ("de", "en")])
async def test_questions_are_those_of_the_persons_language(world: World, locale: str, language: str) -> None:
    questions = {entry.question[language] for entry in world.testigo.knowledge.entries.values()}
    for typed in ("", "zetas", "72"):
        assert set(await suggestions(world, typed, locale)) <= questions


async def test_nothing_typed_gets_a_full_list(world: World) -> None:
    assert len(await suggestions(world, "")) == MAX_CHOICES


@pytest.mark.parametrize("typed", ["xyzzyqwrt", "🤷", "​", "?!"])
async def test_what_is_like_nothing_is_no_error(world: World, typed: str) -> None:
    await suggestions(world, typed)


@pytest.mark.parametrize("typed", ["women " * 1000, "x" * 6000, "ﷺ" * 6000, "[a](" * 1500])
async def test_six_thousand_characters_are_taken(world: World, typed: str) -> None:
    await suggestions(world, typed[:6000])


async def test_free_text_is_welcome(world: World) -> None:
    assert "13" in text_of(await world.ask("and of the dead, how many were women?"))


async def test_a_suggestion_is_answered_as_itself(world: World) -> None:
    for question in (await suggestions(world, ""))[:3]:
        assert f"### {question}" in text_of(await world.ask(question)).replace("\\", "")


async def test_a_suggestion_works_in_a_direct_message(world: World) -> None:
    choices = await world.ada.user.autocomplete("ask", "question", "how many women")
    answer = await world.ada.user.slash("ask", question=choices[0]["value"])
    assert choices[0]["value"] in text_of(answered(answer)).replace("\\", "")
