"""Stay connected to the gateway, and lose no session that Discord still keeps."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 15.0
LONGEST_PAUSE_ANEW = 300.0
"""Seconds before another attempt, doubled each time and then spread by a quarter; discord.py's grow to 17 minutes.

A session that begins anew counts: Discord allows 1,000 a day.
"""

STEADY = 1.0
STEADY_ANEW = 60.0
"""Seconds after which a connection that ended counts as one that had worked: the next attempt is made at once."""

FINAL = frozenset({4004, 4010, 4011, 4012, 4013, 4014})
"""Close codes after which another attempt would end the same way."""

_log = logging.getLogger(__name__)


class BrokenFrameError(Exception):
    """A frame cannot be decompressed or read."""


class Socket(DiscordWebSocket):
    """One connection; a frame that cannot be read ends it, but not its session."""

    async def received_message(self, msg: Any, /) -> None:
        """Take a frame.

        Raises:
            BrokenFrameError: it cannot be read, nor can what comes after it.
        """
        try:
            await super().received_message(msg)
        except (ReconnectWebSocket, discord.ConnectionClosed, OSError, aiohttp.ClientError):
            raise
        except Exception as error:
            # Not 1000, which would end the session.
            await self.close(4000)
            raise BrokenFrameError from error


Permit = Callable[[bool], Awaitable[None]]
"""Waits until a connection may be made; it is told whether a session begins anew."""


async def stay_connected(client: discord.Client, permit: Permit) -> None:
    """Connect again and again, resuming the session where there is one, until the client is closed.

    Raises:
        discord.ConnectionClosed: Discord refuses for good.
        discord.PrivilegedIntentsRequired: it refuses the intents.
    """
    place: dict[str, Any] = {"initial": True}
    broken_at: int | None = -1
    pause = FIRST_PAUSE
    while not client.is_closed():
        await permit("resume" not in place)
        began = time.monotonic()
        try:
            connecting = Socket.from_client(client, shard_id=client.shard_id, **place)
            client.ws = await asyncio.wait_for(connecting, timeout=60.0)
            while True:
                await client.ws.poll_event()
        except ReconnectWebSocket as error:
            place = _place(client, resumes=error.resume)
        except BrokenFrameError as error:
            _log.error("frame not understood", exc_info=error)
            # Discord sends the same frames again; one that is broken itself would come for ever.
            place = _place(client, resumes=client.ws.sequence != broken_at)
            broken_at = client.ws.sequence
        except discord.ConnectionClosed as error:
            if error.code == 4014:
                raise discord.PrivilegedIntentsRequired(error.shard_id) from None
            if error.code in FINAL:
                raise
            place = _place(client, resumes=True)
        except (OSError, aiohttp.ClientError, discord.HTTPException, discord.GatewayNotFound) as error:
            _log.warning("gateway not reached", extra={"reason": type(error).__name__})
            place = _place(client, resumes=True)
        client.dispatch("disconnect")
        if time.monotonic() - began > (STEADY if "resume" in place else STEADY_ANEW):
            pause = FIRST_PAUSE
            continue
        pause = min(pause, LONGEST_PAUSE if "resume" in place else LONGEST_PAUSE_ANEW)
        await asyncio.sleep(pause * random.uniform(0.75, 1.0))  # noqa: S311 - no secret
        pause *= 2


def _place(client: discord.Client, *, resumes: bool) -> dict[str, Any]:
    """Return where the next connection goes on."""
    # Before the first connection there is none, whatever discord.py's types say.
    ws: DiscordWebSocket | None = getattr(client, "ws", None)
    if ws is None or not resumes or ws.session_id is None:
        return {"initial": ws is None}
    return {"resume": True, "session": ws.session_id, "sequence": ws.sequence, "gateway": ws.gateway}
