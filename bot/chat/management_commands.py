"""The commands of managers, curators and privacy."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.chat.desk import Desk
from bot.chat.listing import EVERYWHERE, INSTALLS, Listing, Slash
from bot.chat.locales import Languages
from bot.chat.management import MAX_REASON, Management
from bot.chat.records import Records, settings_of
from bot.chat.responder import Responder

SERVERS = app_commands.AppCommandContext(guild=True)
SERVERS_AND_DIRECT = app_commands.AppCommandContext(guild=True, dm_channel=True)
SERVER_INSTALL = app_commands.AppInstallationType(guild=True)


class ManagementCommands:
    """Makes the commands; who may use them is checked where they are served."""

    def __init__(
        self, management: Management, records: Records, *, desk: Desk, languages: Languages, listing: Listing
    ) -> None:
        self._management = management
        self._records = records
        self._desk = desk
        self._languages = languages
        self._listing = listing

    def all(self) -> Sequence[Slash | app_commands.Group]:
        """Return the commands."""
        management, command = self._management, self._listing.command
        settings = command("settings", self._serving(management.server.send), SERVERS, SERVER_INSTALL)
        settings.default_permissions = discord.Permissions(manage_guild=True)
        return (
            settings,
            self._curate(),
            command("stats", self._serving(management.statistics.send), SERVERS_AND_DIRECT, SERVER_INSTALL),
            command("privacy", self._serving(management.privacy.send), EVERYWHERE, INSTALLS),
        )

    def _curate(self) -> app_commands.Group:
        async def retract(
            interaction: discord.Interaction, entry: str, reason: app_commands.Range[str, 1, MAX_REASON]
        ) -> None:
            await self._serve(interaction, lambda responder: self._management.retract(responder, entry, reason))

        async def restore(interaction: discord.Interaction, entry: str) -> None:
            await self._serve(interaction, lambda responder: self._management.restore(responder, entry))

        group, command = self._listing.group("curate", SERVERS_AND_DIRECT, SERVER_INSTALL), self._listing.command
        group.add_command(command("review", self._serving(self._management.review.send)))
        group.add_command(command("retract", retract, options=("entry", "reason"), completed="entry"))
        group.add_command(command("restore", restore, options=("entry",), completed="entry"))
        return group

    def _serving(self, send: Callable[[Responder], Awaitable[None]]) -> Any:
        async def panel(interaction: discord.Interaction) -> None:
            await self._serve(interaction, send)

        return panel

    async def _serve(self, interaction: discord.Interaction, send: Callable[[Responder], Awaitable[None]]) -> None:
        settings = await settings_of(self._records, interaction.guild_id)
        await self._desk.serve(interaction, self._languages.of_interaction(interaction, settings.language), send)
