"""Serve interactions: each within its time, and each error told once."""

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping

import aiohttp
import discord

from bot.chat.limits import RefusedError
from bot.chat.markup import Markup
from bot.chat.responder import Responder
from bot.chat.underway import Underway
from bot.errors import StorageError
from bot.knowledge.model import Language
from bot.knowledge.strings import Strings

ACKNOWLEDGE = 2.5
"""Seconds to the first response; Discord gives three, and discord.py would wait for longer."""

EXPIRED = 10062
ACKNOWLEDGED = 40060
LOST = {EXPIRED: "expired", ACKNOWLEDGED: "acknowledged"}
"""Discord's error codes of an interaction that can no longer be answered: counted, never tried again."""

Work = Callable[[Responder], Awaitable[None]]

_log = logging.getLogger(__name__)


class Desk:
    """The one way by which every interaction is served."""

    def __init__(self, strings: Mapping[Language, Strings], markup: Markup) -> None:
        self._strings = strings
        self._markup = markup
        self.underway = Underway()
        self.lost: Counter[str] = Counter()

    async def serve(self, interaction: discord.Interaction, language: Language, work: Work) -> None:
        """Let `work` respond to an interaction; raises nothing."""
        with self.underway.entered():
            responder = Responder(interaction, self._strings[language], self._markup)
            try:
                async with asyncio.timeout(ACKNOWLEDGE) as responder.deadline:
                    await self._respond(responder, work)
            except TimeoutError:
                await self._tell_late(responder)
            except discord.HTTPException as error:
                self._lose(error)
            except Exception as error:  # noqa: BLE001 - whatever it is, it must not end the client
                _log.error("not told", exc_info=error)

    async def _respond(self, responder: Responder, work: Work) -> None:
        try:
            self.underway.require_open()
            await work(responder)
        except RefusedError as refused:
            await responder.tell(refused.key, **refused.arguments)
        except StorageError:
            await responder.tell("store-gone")
        except discord.HTTPException as error:
            if error.code in LOST:
                raise
            await self._tell_bug(responder, error)
        except Exception as error:  # noqa: BLE001 - a bug: logged whole, told with a reference
            await self._tell_bug(responder, error)

    async def _tell_bug(self, responder: Responder, error: Exception) -> None:
        reference = new_reference()
        _log.error("bug", exc_info=error, extra={"reference": reference})
        await responder.tell("went-wrong", reference=reference)

    async def _tell_late(self, responder: Responder) -> None:
        """Say so where a response had been promised; otherwise nothing can be sent any more."""
        is_promised = responder.interaction.response.is_done()
        self.lost["too late"] += 1
        _log.warning("too late", extra={"deferred": is_promised})
        if not is_promised:
            return
        try:
            async with asyncio.timeout(ACKNOWLEDGE):
                await responder.tell("took-too-long")
        except (TimeoutError, discord.HTTPException, OSError, aiohttp.ClientError):
            self.lost["not told"] += 1

    def _lose(self, error: discord.HTTPException) -> None:
        kind = LOST.get(error.code, "refused by Discord")
        self.lost[kind] += 1
        _log.warning("lost", extra={"kind": kind, "status": error.status, "code": error.code})


def new_reference() -> str:
    """Return a short number that ties what a person was told to the log."""
    return secrets.token_hex(3).upper()
