"""Respond to one interaction."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable

import discord

from bot.chat.delivery import delivered
from bot.chat.markup import Markup
from bot.chat.page import notice
from bot.knowledge.strings import Strings

LATER = 120.0
"""Seconds that a deferred response may take."""

Attachment = Callable[[], discord.File]
"""Opens a file to attach; a new one for each attempt to send."""


class Responder:
    """Responds to one interaction, in its language; nobody is ever mentioned (the client's default).

    A promise moves the `deadline`, which is set by whoever serves the interaction.
    """

    def __init__(self, interaction: discord.Interaction, strings: Strings, markup: Markup) -> None:
        self.interaction = interaction
        self.strings = strings
        self._markup = markup
        self.deadline: asyncio.Timeout | None = None
        self.acknowledged: float | None = None
        """The moment of the first response, by `time.perf_counter`; None before."""
        self._has_promised_to_all = False

    @property
    def is_private(self) -> bool:
        """Whether the message that the interaction came from is for one person's eyes."""
        message = self.interaction.message
        return message is not None and message.flags.ephemeral

    async def send(self, view: discord.ui.LayoutView, *, is_private: bool, file: Attachment | None = None) -> None:
        """Send a message, or fill in the one that was promised."""
        interaction = self.interaction
        if interaction.response.is_done():
            await delivered(
                lambda: interaction.edit_original_response(view=view, attachments=[file()] if file is not None else [])
            )
            self._has_promised_to_all = False
        else:
            await self._respond(
                lambda: interaction.response.send_message(
                    view=view, ephemeral=is_private, files=[file()] if file is not None else []
                )
            )

    async def replace(self, view: discord.ui.LayoutView) -> None:
        """Put another message in the place of the one that the interaction came from.

        In two steps: in one, discord.py sends a field that Discord's description does not know there.
        """
        await self.hold()
        await delivered(lambda: self.interaction.edit_original_response(view=view))

    async def hold(self) -> None:
        """Acknowledge a press now; what it changes follows."""
        if not self.interaction.response.is_done():
            await self._respond(self.interaction.response.defer)
            self._extend()

    async def tell(self, key: str, **arguments: str | int) -> None:
        """Tell the person something that nobody else needs to see."""
        view, interaction = notice(self._markup, self.strings.text(key, **arguments)), self.interaction
        if self._has_promised_to_all:
            # What is sent first after a promise takes its place, and is seen by as many.
            await delivered(interaction.delete_original_response)
            self._has_promised_to_all = False
        if interaction.response.is_done():
            await delivered(lambda: interaction.followup.send(view=view, ephemeral=True))
        else:
            await self._respond(lambda: interaction.response.send_message(view=view, ephemeral=True))

    async def promise(self, *, is_private: bool) -> None:
        """Acknowledge now; the message follows."""
        await self._respond(lambda: self.interaction.response.defer(ephemeral=is_private, thinking=True))
        self._has_promised_to_all = not is_private
        self._extend()

    async def open(self, form: discord.ui.Modal) -> None:
        """Open a form."""
        await self._respond(lambda: self.interaction.response.send_modal(form))

    async def delete(self) -> None:
        """Delete the message that the interaction came from; one that is gone already is well."""
        await self._respond(self.interaction.response.defer)
        with contextlib.suppress(discord.NotFound):
            await delivered(self.interaction.delete_original_response)

    async def _respond(self, send: Callable[[], Awaitable[object]]) -> None:
        """Send the first response."""
        await delivered(send)
        self.acknowledged = time.perf_counter()

    def _extend(self) -> None:
        if self.deadline is not None:
            self.deadline.reschedule(asyncio.get_running_loop().time() + LATER)
