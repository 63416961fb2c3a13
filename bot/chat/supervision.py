"""Keep the bot connected until it is told to stop."""

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Callable

import aiohttp
import discord

from bot.chat.client import Rooms, TestigoClient
from bot.chat.connection import watch_heartbeats
from bot.errors import DiscordError, RefusedByDiscordError

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0
"""Seconds between two clients, doubled each time: Discord allows 1,000 identifies a day."""

STEADY = 120.0
"""Seconds after which a client that ended counts as one that had worked."""

DRAIN = 8.0
"""Seconds for what is being answered, when the bot is told to stop."""

FATAL = {
    4004: "Discord refused the token (DISCORD_TOKEN): copy it anew from the Developer Portal, page Bot",
    4010: "Discord refused the shard's number",
    4011: "Discord requires more shards for so many servers",
    4012: "Discord no longer speaks this version of its gateway: update Testigo",
    4013: "Discord refused the intents as invalid: update Testigo",
    4014: "Discord refused the intents as not allowed for this application",
}
"""Close codes of the gateway after which another attempt would end the same way."""

_log = logging.getLogger(__name__)


class Supervisor:
    """Runs one client after another: each ends with its connection, the rooms stay."""

    def __init__(self, rooms: Rooms, make_client: Callable[[Rooms], TestigoClient] = TestigoClient) -> None:
        self._rooms = rooms
        self._make_client = make_client
        self._client: TestigoClient | None = None
        self._stop = asyncio.Event()

    async def run(self, token: str) -> None:
        """Stay connected until SIGTERM or SIGINT.

        Raises:
            DiscordError: Discord refused, or could not be reached at the start.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        pause = FIRST_PAUSE
        is_first = True
        while not self._stop.is_set():
            started = time.monotonic()
            await self._run_client(token, is_first=is_first)
            is_first = False
            if time.monotonic() - started > STEADY:
                pause = FIRST_PAUSE
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        _log.info("stopped")

    def use(self, rooms: Rooms) -> None:
        """Serve with other rooms from now on."""
        self._rooms = rooms
        if self._client is not None:
            self._client.use(rooms)

    async def tell_refusal(self, reason: str) -> None:
        """Tell those who run the bot that changed data was refused."""
        if self._client is not None and self._rooms.management is not None:
            await self._rooms.management.tell_owners(self._client, "reload-refused", reason=reason)

    async def _run_client(self, token: str, *, is_first: bool) -> None:
        """Run one client until it ends or the bot is told to stop."""
        client = self._client = self._make_client(self._rooms)
        running = asyncio.create_task(client.start(token), name="client")
        watching = asyncio.create_task(watch_heartbeats(client), name="heartbeats")
        stopping = asyncio.create_task(self._stop.wait(), name="stop")
        try:
            await asyncio.wait([running, stopping], return_when=asyncio.FIRST_COMPLETED)
            if self._stop.is_set():
                _log.info("stopping")
                rooms = self._rooms
                await asyncio.gather(rooms.desk.underway.close(DRAIN), rooms.messages.underway.close(DRAIN))
            else:
                _judge(running, is_first=is_first)
        finally:
            for task in (watching, stopping, running):
                task.cancel()
            await asyncio.gather(watching, stopping, running, return_exceptions=True)
            await client.close()


def _judge(running: asyncio.Task[None], *, is_first: bool) -> None:
    """Raise where another client would end the same way; log what else it was."""
    error = running.exception()
    match error:
        case discord.LoginFailure():
            raise RefusedByDiscordError(FATAL[4004]) from error
        case discord.PrivilegedIntentsRequired():
            raise RefusedByDiscordError(FATAL[4014]) from error
        case discord.ConnectionClosed(code=code) if code in FATAL:
            raise RefusedByDiscordError(FATAL[code]) from error
        case discord.HTTPException() if is_first:
            raise DiscordError(f"Discord refused: {error.status}, code {error.code}") from error
        case OSError() | aiohttp.ClientError() if is_first:
            raise DiscordError("Discord cannot be reached: is there a network?") from error
        case _:
            _log.error("disconnected", exc_info=error)


async def sync_once(rooms: Rooms, token: str) -> None:
    """Register the commands, changed or not, without connecting to the gateway.

    Raises:
        DiscordError: Discord refused, or could not be reached.
    """
    async with TestigoClient(rooms, forces_sync=True) as client:
        task = asyncio.ensure_future(client.login(token))
        await asyncio.wait([task])
        if task.exception() is not None:
            _judge(task, is_first=True)
