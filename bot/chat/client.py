"""The connection to Discord: hears events, hands them to the rooms."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import discord
from discord import app_commands

from bot.chat.connection import closing_code, leave, log_lost_error, skip_malformed_events
from bot.chat.custom_ids import decode
from bot.chat.desk import Desk
from bot.chat.items import ActionItem
from bot.chat.limits import RefusedError
from bot.chat.listing import Slash
from bot.chat.locales import CommandTranslator, Languages
from bot.chat.management import Management
from bot.chat.management_actions import ManagementAction
from bot.chat.messages import Messages
from bot.chat.presses import Presses
from bot.chat.pulse import Pulse
from bot.chat.reconnecting import stay_connected
from bot.chat.records import Records
from bot.chat.responder import Responder
from bot.chat.rest import InvalidRequests, watched
from bot.chat.sharing import Permission
from bot.chat.syncing import CommandSync
from bot.chat.underway import Underway
from bot.telemetry.meters import Meters

GUILDS_COME = 0.5
"""Seconds without a further server's details after which the bot counts as ready; it answers before, too."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rooms:
    """All that a client hands its events to; it outlives the client."""

    underway: Underway
    meters: Meters
    version: str
    desk: Desk
    messages: Messages
    presses: Presses
    management: Management | None
    records: Records | None
    commands: Sequence[Slash | app_commands.ContextMenu | app_commands.Group]
    languages: Languages
    translator: CommandTranslator
    sync: CommandSync


def intents() -> discord.Intents:
    """Return what the bot listens to: servers, their messages, direct messages; nothing that needs a review.

    The text of a message comes only where it mentions the bot or is a direct one.
    """
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


class Tree(app_commands.CommandTree["TestigoClient"]):
    """Tells a person whose Discord lists an older form of a command."""

    async def on_error(
        self, interaction: discord.Interaction["TestigoClient"], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell what went wrong: a command that no longer is so, or a bug."""

        async def tell(_: Responder) -> None:
            if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
                raise RefusedError("command-changed")
            raise error

        rooms = self.client.rooms
        await rooms.desk.serve(interaction, rooms.languages.of_interaction(interaction), tell)


class TestigoClient(discord.Client):
    """One connection; keeps no messages and no members."""

    __test__ = False

    def __init__(
        self,
        rooms: Rooms,
        *,
        shard: int | None = None,
        count: int | None = None,
        invalid: InvalidRequests | None = None,
        forces_sync: bool = False,
    ) -> None:
        super().__init__(
            intents=intents(),
            shard_id=shard,
            shard_count=count,
            http_trace=watched(rooms.meters, invalid or InvalidRequests()),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=GUILDS_COME,
        )
        self._pulse = Pulse(rooms.meters, lambda: self.latency)
        self._permission: Permission | None = None
        skip_malformed_events(self, self._pulse.felt)
        self._forces_sync = forces_sync
        self.tree = Tree(self)
        self.use(rooms)

    def use(self, rooms: Rooms) -> None:
        """Hand events to other rooms from now on; what is being served is finished in the old ones."""
        self.rooms = rooms
        rooms.meters.knowledge.info({"version": rooms.version})
        self.tree.clear_commands(guild=None)
        for command in rooms.commands:
            self.tree.add_command(command)

    async def hold(self, token: str, permission: Permission) -> None:
        """Log in, and stay connected whenever that is permitted."""
        await self.login(token)
        _, _, limit = await self.http.get_bot_gateway()
        bucket = (self.shard_id or 0) % max(limit["max_concurrency"], 1)
        self._permission = permission
        await stay_connected(self, partial(permission.obtain, bucket, limit["total"]))

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait no longer: the permission has spaced the sessions already."""

    async def on_connect(self) -> None:
        """Let the next process begin its session."""
        self._pulse.began()
        await self._settle()

    async def on_resumed(self) -> None:
        """Count it."""
        self._pulse.resumed()
        await self._settle()

    async def on_disconnect(self) -> None:
        """Count it; whoever waits for a turn need not wait for this one."""
        self._pulse.ended(closing_code(self))
        if self._permission is not None:
            await self._permission.give_back()

    async def _settle(self) -> None:
        """Give the turn back; leave where the seat was lost while the connection was being made."""
        if self._permission is not None:
            await self._permission.give_back()
            if not self._permission.has_seat:
                await leave(self)

    async def setup_hook(self) -> None:
        """Register the commands if they changed; of several processes the first does it."""
        asyncio.get_running_loop().set_exception_handler(log_lost_error)
        self.add_dynamic_items(ActionItem)
        await self.tree.set_translator(self.rooms.translator)
        if self.shard_id not in {None, 0}:
            return
        try:
            await self.rooms.sync.sync(self.tree, is_forced=self._forces_sync)
        except discord.HTTPException as error:
            if self._forces_sync:
                raise
            # Messages are answered without it, and so are the commands registered before.
            _log.error("commands not registered", exc_info=error)

    async def on_ready(self) -> None:
        """Say that the bot is there, and forget the servers that removed it while it was not.

        Discord names every server when a session begins, those with an outage too.
        """
        _log.info("ready", extra={"guilds": len(self.guilds)})
        if self.rooms.records is not None and self.shard_count in {None, 1}:
            await self.rooms.records.forget_others({guild.id for guild in self.guilds})

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is for the bot."""
        if self.user is not None:
            await self.rooms.messages.receive(message, self.user)

    async def on_action(self, interaction: discord.Interaction, custom_id: str, values: list[str]) -> None:
        """Do what a button or a menu asks for (sent by `ActionItem`)."""
        action = decode(custom_id)
        language = getattr(action, "language", "")
        if language not in self.rooms.languages.known:
            action, language = None, self.rooms.languages.of_interaction(interaction)

        rooms = self.rooms

        async def act(responder: Responder) -> None:
            if action is None:
                raise RefusedError("old-button")
            if not isinstance(action, ManagementAction):
                await rooms.presses.act(responder, action, values)
            elif rooms.management is not None:
                await rooms.management.act(responder, action, values)

        await rooms.desk.serve(interaction, language, act)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take a form that was sent in; unlike discord.py's own way, this works after a restart."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        await self.on_action(interaction, str((interaction.data or {}).get("custom_id", "")), [])

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Delete all that is kept of a server that removed the bot; an outage is no removal, and does not come here."""
        if self.rooms.records is not None:
            await self.rooms.records.forget(guild.id)

    async def on_error(self, event: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        """Log a bug in a handler; what the event held is not logged."""
        _log.exception("bug", extra={"kind": event})
