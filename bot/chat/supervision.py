"""Keep the bot connected until it is told to stop."""

import asyncio
import logging
import signal
import time
from functools import partial

import aiohttp
import discord

from bot.chat.client import Rooms, TestigoClient
from bot.chat.connection import leave, watch_heartbeats
from bot.chat.rest import InvalidRequests
from bot.chat.sharing import Permission, Sharing
from bot.errors import DiscordError, RefusedByDiscordError

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0
"""Seconds between two clients, doubled each time: Discord allows 1,000 identifies a day."""

STEADY = 120.0
"""Seconds after which a client that ended counts as one that had worked."""

DRAIN = 8.0
"""Seconds for what is being answered, when the bot is told to stop."""

LAST_WORDS = 2.0
"""Seconds for what is being answered, when a client ends before the bot does."""

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
    """Runs one client after another: the rooms stay."""

    def __init__(self, rooms: Rooms, sharing: Sharing) -> None:
        self._rooms = rooms
        self._sharing = sharing
        self._invalid = InvalidRequests()
        self._client: TestigoClient | None = None
        self._has_started = False

    async def run(self, token: str) -> None:
        """Stay connected until SIGTERM or SIGINT.

        Raises:
            DiscordError: Discord refused, or could not be reached at the start.
            StorageError: the database that processes share is wrong.
        """
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        serving = asyncio.create_task(self._serve(token), name="service")
        stopping = asyncio.create_task(stop.wait(), name="stop")
        try:
            await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
            if not stop.is_set():
                serving.result()
            _log.info("stopping")
            await self._rooms.underway.close(DRAIN)
        finally:
            serving.cancel()
            stopping.cancel()
            await asyncio.gather(serving, stopping, return_exceptions=True)
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

    async def _serve(self, token: str) -> None:
        """Run clients without end, with pauses that grow while they do not last."""
        pause = FIRST_PAUSE
        while True:
            started = time.monotonic()
            await self._run_client(token)
            if time.monotonic() - started > STEADY:
                pause = FIRST_PAUSE
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _run_client(self, token: str) -> None:
        """Run one client until it ends."""
        sharing = self._sharing
        client = TestigoClient(self._rooms, shard=sharing.shard, count=sharing.count, invalid=self._invalid)
        self._client = client
        permission = Permission(sharing, self._rooms.meters)
        running = asyncio.create_task(client.hold(token, permission), name="client")
        keeping = asyncio.create_task(permission.keep(partial(leave, client)), name="seat")
        watching = asyncio.create_task(watch_heartbeats(client), name="heartbeats")
        try:
            await asyncio.wait([running, keeping], return_when=asyncio.FIRST_COMPLETED)
            if keeping.done():
                keeping.result()
            _judge(running, is_first=not self._has_started)
            await self._rooms.underway.idle(LAST_WORDS)
        finally:
            self._has_started = True
            for task in (watching, running):
                task.cancel()
            await asyncio.gather(watching, running, return_exceptions=True)
            await permission.give_back()
            await client.close()
            # Last, so that no other process is the shard before this one has left.
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)


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
