"""The real service, `testigo run`, against the simulated Discord."""

import os
import shutil
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.wire.process import Process, running
from tests.wire.simulator import SimulatedDiscord

RUN = (sys.executable, "-m", "bot", "run")
HASTY = (sys.executable, str(Path(__file__).with_name("hasty.py")))


def environment(discord: SimulatedDiscord, cache: Path, **settings: str) -> dict[str, str]:
    """Return the environment of the bot; a setting that is empty counts as missing."""
    ambient = {name: "" for name in os.environ if name.startswith(("TESTIGO_", "DISCORD_"))}
    # The default database and its secret would be the operator's own.
    usual = {"DISCORD_TOKEN": discord.token, "TESTIGO_CACHE": str(cache), "TESTIGO_COOLDOWN": "0"}
    usual["XDG_DATA_HOME"] = str(cache / "data")
    return {**ambient, **discord.environment, **usual, **settings}


@asynccontextmanager
async def started(
    discord: SimulatedDiscord, cache: Path, args: Sequence[str] = RUN, **settings: str
) -> AsyncGenerator[Process, None]:
    """Start the bot, in a folder without a `.env` of the operator."""
    async with running(args, environment(discord, cache, **settings), cache) as process:
        yield process


@asynccontextmanager
async def serving(discord: SimulatedDiscord, cache: Path, **settings: str) -> AsyncGenerator[Process, None]:
    """Start the bot, and wait until it is connected."""
    async with started(discord, cache, **settings) as process:
        await discord.connected()
        yield process


def new_cache(cache: Path, folder: Path) -> Path:
    """Make a cache with the index alone, as before the first start with a token."""
    folder.mkdir()
    for index in cache.glob("*.npz"):
        shutil.copy(index, folder)
    return folder
