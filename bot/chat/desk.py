"""Serve interactions: each within its time, and each error told once."""

import asyncio
import logging
import secrets
import time
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
from bot.telemetry.meters import Meters

ACKNOWLEDGE = 2.5
"""Seconds to the first response; Discord gives three, and discord.py would wait for longer."""

EXPIRED = 10062
ACKNOWLEDGED = 40060
LOST = {EXPIRED: "expired", ACKNOWLEDGED: "acknowledged"}
"""Discord's error codes of an interaction that can no longer be answered: counted, never tried again."""

KINDS = {
    discord.InteractionType.application_command: "command",
    discord.InteractionType.component: "press",
    discord.InteractionType.modal_submit: "form",
}

Work = Callable[[Responder], Awaitable[None]]

_log = logging.getLogger(__name__)


class Desk:
    """The one way by which every interaction is served."""

    def __init__(self, strings: Mapping[Language, Strings], markup: Markup, underway: Underway, meters: Meters) -> None:
        self._strings = strings
        self._markup = markup
        self._underway = underway
        self._meters = meters

    async def serve(self, interaction: discord.Interaction, language: Language, work: Work) -> None:
        """Let `work` respond to an interaction; raises nothing."""
        start = time.perf_counter()
        responder = Responder(interaction, self._strings[language], self._markup)
        with self._underway.entered():
            outcome = await self._outcome(responder, work)
        kind = KINDS.get(interaction.type, "other")
        self._meters.interactions.labels(kind, outcome).inc()
        if responder.acknowledged is not None:
            self._meters.acknowledgement.observe(responder.acknowledged - start)
        if kind == "command":
            self._meters.answer.observe(time.perf_counter() - start)

    async def _outcome(self, responder: Responder, work: Work) -> str:
        """Let `work` respond, and return what came of it."""
        try:
            async with asyncio.timeout(ACKNOWLEDGE) as responder.deadline:
                return await self._respond(responder, work)
        except TimeoutError:
            await self._tell_late(responder)
            return "late"
        except discord.HTTPException as error:
            self._lose(error)
            return "lost"
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not end the client
            _log.error("not told", exc_info=error)
            return "lost"

    async def _respond(self, responder: Responder, work: Work) -> str:
        try:
            self._underway.require_open()
            await work(responder)
            return "answered"
        except RefusedError as refused:
            self._meters.refused.labels(refused.key).inc()
            await responder.tell(refused.key, **refused.arguments)
            return "refused"
        except StorageError as error:
            if not error.may_pass:
                _log.error("store cannot be used", exc_info=error)
            await responder.tell("store-gone")
            return "refused"
        except discord.HTTPException as error:
            if error.code in LOST:
                raise
            return await self._tell_bug(responder, error)
        except Exception as error:  # noqa: BLE001 - a bug: logged whole, told with a reference
            return await self._tell_bug(responder, error)

    async def _tell_bug(self, responder: Responder, error: Exception) -> str:
        reference = new_reference()
        _log.error("bug", exc_info=error, extra={"reference": reference})
        await responder.tell("went-wrong", reference=reference)
        return "bug"

    async def _tell_late(self, responder: Responder) -> None:
        """Say so where a response had been promised; otherwise nothing can be sent any more."""
        is_promised = responder.interaction.response.is_done()
        self._meters.lost.labels("too late").inc()
        _log.warning("too late", extra={"deferred": is_promised})
        if not is_promised:
            return
        try:
            async with asyncio.timeout(ACKNOWLEDGE):
                await responder.tell("took-too-long")
        except (TimeoutError, discord.HTTPException, OSError, aiohttp.ClientError):
            self._meters.lost.labels("not told").inc()

    def _lose(self, error: discord.HTTPException) -> None:
        kind = LOST.get(error.code, "refused by Discord")
        self._meters.lost.labels(kind).inc()
        _log.warning("lost", extra={"kind": kind, "status": error.status, "code": error.code})


def new_reference() -> str:
    """Return a short number that ties what a person was told to the log."""
    return secrets.token_hex(3).upper()
