"""Mend what would end a connection, or leave it dead unnoticed."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp
import discord

MISSED = 2.5
"""Heartbeat intervals without an answer after which a connection counts as dead."""

FAREWELL = 1.0
"""Seconds to wait for Discord's side to close, too."""

_log = logging.getLogger(__name__)


def skip_malformed_events(client: discord.Client, felt: Callable[[], None]) -> None:
    """Let an event that lacks a field be skipped: in discord.py it ends the client, and what comes meanwhile is lost.

    `felt` is called with every event. discord.py has no public place for this; its version is pinned.
    """
    parsers: dict[str, Callable[[Any], None]] = client._connection.parsers  # pyright: ignore[reportPrivateUsage]
    for event, parse in list(parsers.items()):
        parsers[event] = _skipping(event, parse, felt)


def _skipping(event: str, parse: Callable[[Any], None], felt: Callable[[], None]) -> Callable[[Any], None]:
    def parse_or_skip(payload: Any) -> None:
        felt()
        try:
            parse(payload)
        except Exception as error:  # noqa: BLE001 - whatever Discord sent, the next event may be well
            _log.error("event not understood", exc_info=error, extra={"kind": event})

    return parse_or_skip


def log_lost_error(loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """Log an error that nobody looked at (an exception handler of asyncio).

    discord.py leaves one behind where a command or a press lacks a field; asyncio's own words would hold what it held.
    """
    del loop
    kind = str(context["message"]).partition("(")[0]
    _log.error("bug", exc_info=context.get("exception"), extra={"kind": kind})


async def watch_heartbeats(client: discord.Client) -> None:
    """Close a connection whose heartbeats are not answered though events still come; it is then resumed.

    discord.py notices only a connection on which nothing comes at all.
    """
    interval = 1.0
    while True:
        await asyncio.sleep(interval)
        keep_alive = getattr(client.ws, "_keep_alive", None)
        if keep_alive is None:
            continue
        interval = min(keep_alive.interval / 2, 10.0)
        # discord.py keeps these moments to itself; both are of time.perf_counter.
        if time.perf_counter() - keep_alive._last_ack > MISSED * keep_alive.interval:
            _log.warning("heartbeats not answered")
            await client.ws.close(4000)


async def leave(client: discord.Client) -> None:
    """Close the connection to the gateway, so that its session can be resumed; what is being answered is still sent."""
    if getattr(client, "ws", None) is not None:
        with contextlib.suppress(TimeoutError, OSError, aiohttp.ClientError):
            async with asyncio.timeout(FAREWELL):
                await client.ws.close(4000)


def closing_code(client: discord.Client) -> int | None:
    """Return the code with which the last connection ended, or None where it was cut."""
    socket = getattr(client.ws, "socket", None)
    # What discord.py closed itself with is known to it alone.
    return getattr(client.ws, "_close_code", None) or getattr(socket, "close_code", None)
