"""What was sent before a restart works after it."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.answering.testigo import Testigo
from bot.chat.client import TestigoClient
from bot.rooms import open_rooms
from bot.settings import Settings
from tests.chat.world import World, answered, buttons, menus, options, strip, text_of

pytestmark = pytest.mark.asyncio

QUESTION = "How many keepers escaped?"


class Restarting:
    """Restarts the bot, with another knowledge base if wanted."""

    def __init__(self, world: World, cache: Path) -> None:
        self.world = world
        self._cache = cache
        self._open = []

    async def __call__(self, testigo: Testigo | None = None) -> None:
        """Restart."""
        settings = Settings(_env_file=None, cache=self._cache, cooldown=0)
        opening = open_rooms(settings, testigo or self.world.testigo, self.world.feedback)
        self._open.append(opening)
        await self.world.env.restart_bot(TestigoClient(opening.__enter__()))

    def close(self) -> None:
        """Close what was opened."""
        for opening in self._open:
            opening.__exit__(None, None, None)


@pytest_asyncio.fixture
async def restart(marrow: World, cache: Path) -> AsyncGenerator[Restarting, None]:
    """Return a function that restarts the bot of the invented event."""
    restarting = Restarting(marrow, cache)
    yield restarting
    restarting.close()


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Sources", "The passages behind this answer"),
        ("Why this answer", "Matched phrasing: How many keepers escaped?"),
        ("Related", "Related questions"),
        ("Helpful", "Noted. Thank you."),
        ("Not helpful", "Noted. Thank you."),
    ],
)
async def test_an_old_button_works(marrow: World, restart: Restarting, label: str, words: str) -> None:
    answer = await marrow.ask(QUESTION)
    await restart()
    assert words in strip(text_of(answered(await marrow.ada.click(answer, label=label))))


async def test_an_old_answer_can_be_deleted(marrow: World, restart: Restarting) -> None:
    answer = await marrow.ask(QUESTION)
    await restart()
    await marrow.ada.click(answer, label="Delete")
    assert marrow.said == []


async def test_an_old_private_answer_can_be_shared(marrow: World, restart: Restarting) -> None:
    answer = await marrow.ask(QUESTION, private=True)
    await restart()
    await marrow.ada.click(answer, label="Share")
    assert len(marrow.said) == 1


async def test_an_old_menu_works(marrow: World, restart: Restarting) -> None:
    related = answered(await marrow.ada.click(await marrow.ask(QUESTION), label="Related"))
    await restart()
    answer = answered(await marrow.ada.select(related, [options(related)["Were there warnings?"]]))
    assert "### Were there warnings?" in text_of(answer)


async def test_old_topics_work(marrow: World, restart: Restarting) -> None:
    topics = answered(await marrow.ada.slash(marrow.channel, "topics"))
    await restart()
    await marrow.ada.select(topics, [options(topics)["The fire"]])
    assert len(menus(topics)) == 2


async def test_an_old_choice_of_questions_works(world: World, cache: Path) -> None:
    offer = await world.ask("survivors and army")
    restarting = Restarting(world, cache)
    await restarting()
    label = next(iter(buttons(offer)))
    await world.ada.click(offer, label=label)
    assert f"### {label}" in strip(text_of(world.said[-1]))
    restarting.close()


async def test_an_open_follow_up_works(marrow: World, restart: Restarting) -> None:
    form = await marrow.ada.click(await marrow.ask(QUESTION), label="Ask a follow-up")
    await restart()
    answer = answered(await marrow.ada.submit_modal(form, {"question": "When did the lighthouse burn?"}))
    assert "### When did the lighthouse burn?" in text_of(answer)


async def test_an_open_report_works(marrow: World, restart: Restarting) -> None:
    form = await marrow.ada.click(await marrow.ask(QUESTION), label="Report an error")
    await restart()
    await marrow.ada.submit_modal(form, {"reason": "wrong", "note": ""})
    assert len(marrow.feedback.kept) == 1


@pytest.mark.parametrize(
    "label", ["Sources", "Why this answer", "Related", "Ask a follow-up", "Helpful", "Not helpful", "Report an error"]
)
async def test_a_button_whose_entry_is_gone_says_so(marrow: World, restart: Restarting, label: str) -> None:
    answer = await marrow.ask(QUESTION)
    await restart(without(marrow.testigo))
    told = answered(await marrow.ada.click(answer, label=label))
    assert text_of(told) == "This answer is no longer in the knowledge base. Please ask again."


def without(testigo: Testigo) -> Testigo:
    """Return the invented event with one entry left of its knowledge base, and one passage that nobody cites."""
    knowledge = testigo.knowledge
    kept = {key: entry for key, entry in knowledge.entries.items() if key == "fire-when"}
    passages = {key: passage for key, passage in knowledge.passages.items() if key == "title"}
    entries = {key: replace(entry, related=()) for key, entry in kept.items()}
    return replace(testigo, knowledge=replace(knowledge, entries=entries, passages=passages))
