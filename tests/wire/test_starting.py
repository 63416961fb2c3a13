"""The real process starts, or says in one line why not."""

import asyncio
import shutil
import sys
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.answering.testigo import Testigo
from tests.conftest import LIGHTHOUSE
from tests.wire.databases import unused_port
from tests.wire.description import IS_PRESENT, problems
from tests.wire.faults import Status
from tests.wire.reading import said
from tests.wire.requests import Request
from tests.wire.service import RUN, new_cache, serving, started
from tests.wire.simulator import SimulatedDiscord

# The knowledge base is opened for the index that it leaves in the cache.
pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("testigo")]

WRONG = f"{'W' * 24}.simula.{'y' * 38}"
COMMANDS = "/applications/*/commands"
SYNC = (sys.executable, "-m", "bot", "sync")


@dataclass(frozen=True)
class Ending:
    """How a process ended."""

    status: int
    lines: list[str]
    errors: list[str]
    requests: list[Request]


FINAL = {"a refused token", "close 4004", "close 4013", "close 4014"}
"""What Discord would refuse again: no supervisor should start the bot anew by itself."""

REFUSED: Mapping[str, tuple[str, dict[str, str]]] = {
    "no token": ("DISCORD_TOKEN is missing", {"DISCORD_TOKEN": ""}),
    "a token with spaces": ("DISCORD_TOKEN: this is no token", {"DISCORD_TOKEN": "my secret token"}),
    "a file that is not there": ("cannot be read", {"DISCORD_TOKEN": "", "DISCORD_TOKEN_FILE": "/nowhere/token"}),
    "a refused token": ("DISCORD_TOKEN", {"DISCORD_TOKEN": WRONG}),
    "close 4004": ("DISCORD_TOKEN", {}),
    "close 4013": ("intents", {}),
    "close 4014": ("intents", {}),
    "no network": ("cannot be reached", {}),
    "broken data": ("facts.toml", {}),
    "a setting out of range": ("TESTIGO_COOLDOWN", {"TESTIGO_COOLDOWN": "-1"}),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def endings(
    cache: Path, testigo: Testigo, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Mapping[str, asyncio.Task[Ending]], None]:
    """Start a process for each reason to refuse, two at a time."""
    del testigo  # it has filled the cache
    free = asyncio.Semaphore(2)

    async def ending(name: str, settings: Mapping[str, str]) -> Ending:
        async with free, SimulatedDiscord() as discord:
            made = {}
            if name.startswith("close "):
                discord.refuse_identifies(int(name.removeprefix("close ")))
            elif name == "no network":
                made["SIMULATED_DISCORD_API"] = f"http://127.0.0.1:{unused_port()}"
            elif name == "broken data":
                folder = tmp_path_factory.mktemp("broken") / "event"
                shutil.copytree(LIGHTHOUSE, folder)
                (folder / "facts.toml").write_text("[broken\n")
                made["TESTIGO_DATA"] = str(folder)
            async with started(discord, cache, **settings, **made) as process:
                status = await process.exited()
            return Ending(status, process.lines, process.errors, discord.requests)

    tasks = {name: asyncio.create_task(ending(name, settings)) for name, (_, settings) in REFUSED.items()}
    yield tasks
    for task in tasks.values():
        task.cancel()
    await asyncio.gather(*tasks.values(), return_exceptions=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def discord() -> AsyncGenerator[SimulatedDiscord, None]:
    """Open the Discord at which the bot starts again and again."""
    async with SimulatedDiscord() as simulated:
        yield simulated


@pytest.mark.parametrize("name", REFUSED)
async def test_a_start_that_cannot_succeed_ends_with_one_clear_line(
    endings: Mapping[str, asyncio.Task[Ending]], name: str
) -> None:
    ending = await endings[name]
    told = [line for line in ending.errors if line.startswith("testigo: ")]
    assert len(told) == 1, ending.lines
    assert REFUSED[name][0] in told[0]
    assert told[0] == ending.errors[-1]
    assert [line for line in ending.lines if "[info" not in line and line != told[0]] == []
    assert ending.status == (3 if name in FINAL else 2)
    # Each token here holds ".simula." or "secret".
    assert not any(word in line for word in (".simula.", "secret", "Traceback") for line in ending.lines)


@pytest.mark.parametrize("name", ["no token", "a token with spaces", "broken data"])
async def test_what_is_wrong_here_is_told_without_asking_discord(
    endings: Mapping[str, asyncio.Task[Ending]], name: str
) -> None:
    assert (await endings[name]).requests == []


async def test_a_check_needs_no_discord(discord: SimulatedDiscord, cache: Path) -> None:
    before = len(discord.requests)
    async with started(discord, cache, (*RUN, "--check")) as process:
        assert await process.exited() == 0
    assert process.lines == ["Settings and data are in order."]
    assert len(discord.requests) == before


async def test_commands_are_registered_when_discord_does_not_have_them(
    discord: SimulatedDiscord, cache: Path, tmp_path: Path
) -> None:
    folder = new_cache(cache, tmp_path / "cache")
    secret = tmp_path / "token"
    secret.write_text(f"{discord.token}\n")

    async def registrations(**settings: str) -> int:
        before = len(discord.requested("PUT", COMMANDS))
        discord.sessions.clear()
        async with serving(discord, folder, **settings) as process:
            asked = await discord.slash("ask", {"question": "How many people were killed?"})
            assert "72" in said(await asked.answer())
            assert not [line for line in process.lines if discord.token in line]
        return len(discord.requested("PUT", COMMANDS)) - before

    discord.fail("PUT", COMMANDS, Status(503))
    assert await registrations() == 1, "refused by Discord: the bot serves all the same"
    assert discord.commands[None] == []
    assert await registrations(DISCORD_TOKEN="", DISCORD_TOKEN_FILE=str(secret)) == 1, "tried again"
    assert {command["name"] for command in discord.commands[None]} >= {"ask", "topics", "article", "figures", "help"}
    assert await registrations() == 0, "nothing has changed"
    discord.commands[None] = []
    assert await registrations() == 1, "Discord has lost them"


async def test_sync_registers_without_connecting(discord: SimulatedDiscord, cache: Path) -> None:
    discord.sessions.clear()
    for _ in range(2):
        before = len(discord.requested("PUT", COMMANDS))
        async with started(discord, cache, SYNC) as process:
            assert await process.exited() == 0
        assert process.lines[-1] == "Commands registered."
        assert len(discord.requested("PUT", COMMANDS)) == before + 1
    assert not discord.sessions


async def test_sync_tells_in_one_line_that_discord_refused(discord: SimulatedDiscord, cache: Path) -> None:
    discord.fail("PUT", COMMANDS, Status(400, 30034, "Max number of daily application command creates reached"))
    async with started(discord, cache, SYNC) as process:
        assert await process.exited() == 2
    assert len(process.lines) == 1
    assert process.lines[0].startswith("testigo: ")
    assert "refused" in process.lines[0].lower(), "a refusal is no missing network"


@pytest.mark.skipif(not IS_PRESENT, reason="Discord's description is not beside this project")
async def test_all_that_was_sent_fits_discords_description(
    discord: SimulatedDiscord, endings: Mapping[str, asyncio.Task[Ending]]
) -> None:
    sent = list(discord.requests)
    for task in endings.values():
        sent += (await task).requests
    assert problems(sent) == []
    assert discord.unknown_routes == []
