"""Show the bot in a local browser: the same callbacks, a simulated Discord, no token."""

import asyncio
import contextlib
import importlib
import signal
import tempfile
import webbrowser
from pathlib import Path
from typing import Any

import click
import discord

from bot.answering.testigo import Testigo
from bot.chat.client import Rooms, TestigoClient
from bot.chat.records import Records
from bot.errors import UsageError
from bot.rooms import open_rooms
from bot.settings import Settings
from bot.storage.opening import opened_store

SETTLE = 60.0
"""Seconds that the simulation waits for the bot after each action; a picture drawn for the first time takes some."""


def hold_demo(settings: Settings, testigo: Testigo, *, port: int | None, is_direct: bool, opens_browser: bool) -> None:
    """Serve the demo until SIGINT or SIGTERM.

    Raises:
        UsageError: the extra is not installed, or the port is taken.
    """
    try:
        simcord = importlib.import_module("simcord")
        importlib.import_module("simcord.preview")
    except ImportError as error:
        raise UsageError("the demo needs its extra: pip install '.[demo]'") from error
    try:
        asyncio.run(_hold(simcord, settings, testigo, port, is_direct=is_direct, opens_browser=opens_browser))
    except OSError as error:
        raise UsageError(f"--port: {port} cannot be used: {error.strerror}") from error


async def _hold(
    simcord: Any, settings: Settings, testigo: Testigo, port: int | None, *, is_direct: bool, opens_browser: bool
) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/demo.db"
        async with opened_store(address, None, Path(folder)) as store:
            # The simulation has a clock of its own, which does not go on while something is written.
            records = Records(store, settings.retention, linger=0)
            with open_rooms(settings, testigo, records.recorder, records) as rooms:
                await _show(simcord, rooms, port, stop, is_direct=is_direct, opens_browser=opens_browser)
            await records.close(1.0)


async def _show(
    simcord: Any, rooms: Rooms, port: int | None, stop: asyncio.Event, *, is_direct: bool, opens_browser: bool
) -> None:
    async with simcord.run(TestigoClient(rooms), settle_timeout=SETTLE, check_errors=False) as env:
        env.backend.bot_user.global_name = "Testigo"
        person = env.create_user("visitor")
        if is_direct:
            channel, viewer = person.dm_channel, person
        else:
            guild = env.create_guild(name="Testigo")
            managers = guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
            channel, viewer = guild.create_text_channel("questions"), guild.add_member(person, roles=[managers])
        async with env.preview(channel, viewers=[viewer], layout="channel", port=port) as preview:
            click.echo(f"Open {preview.url}")
            click.echo("Type /ask, or mention the bot. Ctrl-C ends the demo.")
            if opens_browser:
                with contextlib.suppress(webbrowser.Error):
                    await asyncio.to_thread(webbrowser.open, preview.url)
            await stop.wait()
