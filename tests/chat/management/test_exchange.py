"""Changed data comes into use while the bot runs: nothing that is asked meanwhile is lost."""

import asyncio
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.answering.testigo import Testigo
from bot.app import open_testigo
from bot.chat.client import Rooms
from bot.checking import check_data
from bot.errors import DataError
from bot.knowledge.loading import load_knowledge
from bot.matching.cache import IndexCache, index_key
from bot.matching.encoder import UniversalSentenceEncoder
from bot.operations.reloading import Reloader
from bot.rooms import build_rooms
from bot.settings import Settings
from tests.chat.management.house import House, house_of, told
from tests.chat.test_errors import with_answers
from tests.chat.wires import RESET
from tests.chat.world import Wire, answered, strip, text_of
from tests.conftest import LIGHTHOUSE

pytestmark = pytest.mark.asyncio

QUESTION = "How many keepers escaped?"
ANSWER, CHANGED = "4 keepers escaped from", "From the lighthouse 4 keepers escaped, namely"
OLD, NEW = "{keepers.escaped} keepers escaped from", "In all {keepers.escaped} keepers escaped from"
NEW_ANSWER = "In all 4 keepers escaped from"
COMMANDS = ("ask", "topics", "article", "help", "settings", "curate queue", "stats", "privacy")


def rooms_of(house: House, testigo: Testigo) -> Rooms:
    """Build the rooms of another knowledge base, as the service does."""
    return build_rooms(house.settings, testigo, house.kept, house.records.recorder, house.records)


def saying(testigo: Testigo, text: str) -> Testigo:
    """Return a knowledge base whose answers all say something else."""

    def answer(question: str) -> Any:
        reply = testigo.answerer.answer(question)
        return replace(reply, parts=tuple(replace(part, text=text) for part in reply.parts))

    return with_answers(testigo, answer)


async def run_command(house: House, name: str) -> str:
    """Let the manager use a command."""
    options = {"question": QUESTION} if name == "ask" else {}
    return told(await house.manager.slash(house.world.channel, name, **options))


class Watch:
    """Reloads a folder as the service does."""

    def __init__(self, house: House, folder: Path, cache: Path) -> None:
        self.settings = Settings(_env_file=None, cache=cache, data=folder)
        self._house = house
        self.reloader = Reloader(folder, self._load, self._refuse)

    async def looks(self) -> list[bool]:
        """Look twice."""
        return [await self.reloader.check() for _ in range(2)]

    def _load(self) -> Callable[[], None]:
        if problems := check_data(self.settings):
            raise DataError(problems[0])
        rooms = rooms_of(self._house, open_testigo(self.settings))
        return lambda: self._house.use(rooms)

    async def _refuse(self, reason: str) -> None:
        await self._house.management.tell_owners(self._house.world.env.bot, "reload-refused", reason=reason)


def lend_index(cache: Path, version: str, folder: Path) -> None:
    """Keep the index of a version for that of a folder, whose utterances are the same: to compute it takes seconds."""
    kept = IndexCache(cache)
    index = kept.load(index_key(version, UniversalSentenceEncoder.name))
    assert index is not None
    kept.store(index_key(load_knowledge(folder).version, UniversalSentenceEncoder.name), index)


async def test_an_edited_folder_comes_into_use_and_a_broken_one_does_not(
    house: House, cache: Path, tmp_path: Path
) -> None:
    world = house.world
    folder = Path(shutil.copytree(LIGHTHOUSE, tmp_path / "event"))
    watch = Watch(house, folder, cache)
    old_answer = await world.ask(QUESTION, private=True)
    version = await run_command(house, "article")
    assert ANSWER in text_of(old_answer)
    file = folder / "entries" / "fire.toml"
    file.write_text(file.read_text("utf-8").replace(OLD, NEW), "utf-8")
    lend_index(cache, house.world.testigo.knowledge.version, folder)
    assert await watch.looks() == [False, True]
    assert NEW_ANSWER in text_of(await world.ask(QUESTION)), "and no old reply from memory"
    assert await run_command(house, "article") != version, "the version follows"
    assert NEW_ANSWER in text_of(answered(await world.ada.click(old_answer, label="Share"))), "old buttons too"
    assert house.text("settings-title") in await run_command(house, "settings")

    file.write_text(file.read_text("utf-8").replace("{keepers.escaped}", "17"), "utf-8")
    assert await watch.looks() == [False, False]
    assert NEW_ANSWER in text_of(await world.ask(QUESTION)), "the old stays"
    [mail] = world.mail_of(house.owner)
    text = strip(text_of(mail))
    assert "fire.toml" in text or "keepers-escaped" in text
    assert "17" in text


async def test_what_is_being_answered_is_finished_on_the_old_data(
    lighthouse: Testigo, cache: Path, wire: Wire, description: Any, folder: Path
) -> None:
    inside, free = threading.Event(), threading.Event()

    def slow(question: str) -> Any:
        inside.set()
        assert free.wait(10)
        return lighthouse.answerer.answer(question)

    async with house_of(with_answers(lighthouse, slow), cache, wire, description, folder) as house:
        asking = asyncio.create_task(house.world.ada.slash(house.world.channel, "ask", question=QUESTION))
        assert await asyncio.to_thread(inside.wait, 10)
        client: Any = house.world.env.bot
        client.use(rooms_of(house, saying(lighthouse, CHANGED)))
        free.set()
        assert ANSWER in text_of(answered(await asking))
        assert CHANGED in text_of(await house.world.ask(QUESTION))
        assert len(house.contents()["seen"]) == 2, "both are recorded"


@pytest.mark.parametrize("name", COMMANDS)
async def test_every_command_works_after_the_exchange(house: House, name: str) -> None:
    before = await run_command(house, name)
    house.use(rooms_of(house, house.world.testigo))
    assert (await run_command(house, name)).split("\n")[0] == before.split("\n")[0]


async def test_messages_buttons_and_suggestions_come_from_the_new_data(house: House) -> None:
    world = house.world
    answer = await world.ask(QUESTION)
    house.use(rooms_of(house, saying(world.testigo, CHANGED)))
    await world.ada.send(world.channel, f"{world.me} {QUESTION}")
    assert CHANGED in text_of(world.said[-1])
    await world.ada.send_dm(QUESTION)
    assert CHANGED in text_of(world.mail_of(world.ada)[-1])
    assert "passages behind" in text_of(answered(await world.ada.click(answer, label="Sources")))
    assert await world.ada.autocomplete(world.channel, "ask", "question", "keep")


async def test_what_lasts_outlives_the_exchange(house: House) -> None:
    world = house.world
    await world.ada.send_dm(QUESTION)
    await house.owner.slash(world.channel, "curate retract", answer="Were there warnings?", reason="A reason.")
    await house.set(answers_privately=True)
    house.use(rooms_of(house, world.testigo))
    await world.ada.send_dm(QUESTION)
    first = house.text("first-contact")
    assert first not in strip(text_of(world.mail_of(world.ada)[-1])), "nobody is greeted twice"
    assert "A reason." in text_of(await world.ask("Were there warnings?"))
    assert (await world.ask(QUESTION)).ephemeral


async def test_an_entry_that_is_gone_ends_no_conversation(house: House) -> None:
    world = house.world
    await world.ask(QUESTION)
    knowledge = world.testigo.knowledge
    entries = {key: entry for key, entry in knowledge.entries.items() if key != "keepers-escaped"}
    kept = {
        key: replace(entry, related=tuple(each for each in entry.related if each in entries))
        for key, entry in entries.items()
    }
    house.use(rooms_of(house, replace(world.testigo, knowledge=replace(knowledge, entries=kept))))
    assert "Something went wrong" not in text_of(await world.ask("why?"))


# Telling who runs the bot.


async def test_every_owner_is_told_why_data_was_refused(house: House) -> None:
    other = house.world.newcomer("Otto")
    owners: Any = house.settings.owners
    owners.ids.append(other.id)
    await house.management.tell_owners(house.world.env.bot, "reload-refused", reason="entries/fire.toml: no title")
    for owner in (house.owner, other):
        [mail] = house.world.mail_of(owner)
        assert house.text("reload-refused", reason="entries/fire.toml: no title") == strip(text_of(mail))


@pytest.mark.parametrize("status", [403, 503, RESET])
async def test_an_owner_who_cannot_be_reached_is_no_error(house: House, status: int) -> None:
    house.world.env.inject_error("GET", f"/users/{house.owner.id}", status=status)
    house.world.env.inject_error("POST", "/users/@me/channels", status=status)
    await house.management.tell_owners(house.world.env.bot, "reload-refused", reason="x")


async def test_a_very_long_reason_fits_into_a_message(house: House) -> None:
    await house.management.tell_owners(house.world.env.bot, "reload-refused", reason="*@<#" * 5000)
    assert len(house.world.mail_of(house.owner)) == 1
