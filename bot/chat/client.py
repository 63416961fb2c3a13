"""The connection to Discord: hears events, hands them to the rooms."""

import logging
from dataclasses import dataclass
from typing import Any

import discord

from bot.chat.actions import decode
from bot.chat.commands import Commands, Tree
from bot.chat.connection import skip_malformed_events
from bot.chat.desk import Desk
from bot.chat.items import ActionItem
from bot.chat.limits import RefusedError
from bot.chat.locales import CommandTranslator, Languages
from bot.chat.messages import Messages
from bot.chat.presses import Presses
from bot.chat.responder import Responder
from bot.chat.syncing import CommandSync

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rooms:
    """All that a client hands its events to; it outlives the client."""

    desk: Desk
    messages: Messages
    presses: Presses
    commands: Commands
    languages: Languages
    translator: CommandTranslator
    sync: CommandSync


def intents() -> discord.Intents:
    """Return what the bot listens to: servers, their messages, direct messages; nothing that needs a review.

    The text of a message comes only where it mentions the bot or is a direct one.
    """
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


class TestigoClient(discord.Client):
    """One connection; keeps no messages and no members."""

    __test__ = False

    def __init__(self, rooms: Rooms, *, forces_sync: bool = False) -> None:
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        skip_malformed_events(self)
        self._rooms = rooms
        self._forces_sync = forces_sync
        self.tree = Tree(self, rooms.desk, rooms.languages)
        for command in rooms.commands.all():
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        """Register the commands if they changed."""
        self.add_dynamic_items(ActionItem)
        await self.tree.set_translator(self._rooms.translator)
        try:
            await self._rooms.sync.sync(self.tree, is_forced=self._forces_sync)
        except discord.HTTPException as error:
            if self._forces_sync:
                raise
            # Messages are answered without it, and so are the commands registered before.
            _log.error("commands not registered", exc_info=error)

    async def on_ready(self) -> None:
        """Say that the bot is there."""
        _log.info("ready", extra={"guilds": len(self.guilds)})

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is for the bot."""
        if self.user is not None:
            await self._rooms.messages.receive(message, self.user)

    async def on_action(self, interaction: discord.Interaction, custom_id: str, values: list[str]) -> None:
        """Do what a button or a menu asks for (sent by `ActionItem`)."""
        action = decode(custom_id)
        language = getattr(action, "language", "")
        if language not in self._rooms.languages.known:
            action, language = None, self._rooms.languages.of_interaction(interaction)

        async def act(responder: Responder) -> None:
            if action is None:
                raise RefusedError("old-button")
            await self._rooms.presses.act(responder, action, values)

        await self._rooms.desk.serve(interaction, language, act)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take a form that was sent in; unlike discord.py's own way, this works after a restart."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        await self.on_action(interaction, str((interaction.data or {}).get("custom_id", "")), [])

    async def on_error(self, event: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        """Log a bug in a handler; what the event held is not logged."""
        _log.exception("bug", extra={"event": event})
