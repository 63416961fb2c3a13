"""Send to Discord, once more where the connection failed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

PAUSES = (0.2, 0.6)
"""Seconds before each further attempt."""

UNAVAILABLE = 503
"""The one server error that discord.py does not retry itself."""

Sent = TypeVar("Sent")


async def delivered(send: Callable[[], Awaitable[Sent]]) -> Sent:
    """Send, and send again after a cut connection or a 503.

    `send` must be harmless when repeated: a message carries a nonce, an interaction takes one response only.
    """
    for pause in PAUSES:
        try:
            return await send()
        except discord.DiscordServerError as error:
            if error.status != UNAVAILABLE:
                raise
        except (OSError, aiohttp.ClientConnectionError):
            pass
        await asyncio.sleep(pause)
    return await send()
