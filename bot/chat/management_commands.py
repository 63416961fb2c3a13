"""The commands of managers, curators and privacy."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.chat.commands import EVERYWHERE, INSTALLS, Slash
from bot.chat.desk import Desk
from bot.chat.locales import Languages, localised
from bot.chat.management import MAX_REASON, Management
from bot.chat.panels import MENU
from bot.chat.responder import Responder
from bot.knowledge.strings import Strings

SERVERS = app_commands.AppCommandContext(guild=True)
SERVERS_AND_DIRECT = app_commands.AppCommandContext(guild=True, dm_channel=True)
SERVER_INSTALL = app_commands.AppInstallationType(guild=True)


class ManagementCommands:
    """Makes the commands; who may use them is checked where they are served."""

    def __init__(self, management: Management, *, desk: Desk, languages: Languages, strings: Strings) -> None:
        self._management = management
        self._desk = desk
        self._languages = languages
        self._strings = strings

    def all(self) -> Sequence[Slash | app_commands.Group]:
        """Return the commands."""
        settings = self._command("settings", self._serving(self._management.server.send), SERVERS, SERVER_INSTALL)
        settings.default_permissions = discord.Permissions(manage_guild=True)
        return (
            settings,
            self._curate(),
            self._command("stats", self._serving(self._management.statistics.send), SERVERS_AND_DIRECT, SERVER_INSTALL),
            self._command("privacy", self._serving(self._management.privacy.send), EVERYWHERE, INSTALLS),
        )

    def _curate(self) -> app_commands.Group:
        async def retract(
            interaction: discord.Interaction, entry: str, reason: app_commands.Range[str, 1, MAX_REASON]
        ) -> None:
            await self._serve(interaction, lambda responder: self._management.retract(responder, entry, reason))

        async def restore(interaction: discord.Interaction, entry: str) -> None:
            await self._serve(interaction, lambda responder: self._management.restore(responder, entry))

        group = app_commands.Group(
            name=localised(self._strings, "command-curate"),
            description=localised(self._strings, "command-curate-description"),
            allowed_contexts=SERVERS_AND_DIRECT,
            allowed_installs=SERVER_INSTALL,
        )
        group.add_command(self._command("review", self._serving(self._management.review.send)))
        group.add_command(self._entry_command("retract", retract, "entry", "reason"))
        group.add_command(self._entry_command("restore", restore, "entry"))
        return group

    def _entry_command(self, name: str, callback: Any, *options: str) -> Slash:
        async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
            found = self._management.entries(typed, self._languages.of_interaction(interaction), MENU)
            return [app_commands.Choice(name=question, value=question) for question in found]

        names = {option: localised(self._strings, f"option-{option}") for option in options}
        app_commands.rename(**names)(callback)
        told = {option: localised(self._strings, f"option-{option}-description") for option in options}
        app_commands.describe(**told)(callback)
        command = self._command(name, callback)
        command.autocomplete("entry")(complete)
        return command

    def _serving(self, send: Callable[[Responder], Awaitable[None]]) -> Any:
        async def panel(interaction: discord.Interaction) -> None:
            await self._serve(interaction, send)

        return panel

    async def _serve(self, interaction: discord.Interaction, send: Callable[[Responder], Awaitable[None]]) -> None:
        chosen = await self._management.server_language(interaction.guild_id)
        await self._desk.serve(interaction, self._languages.of_interaction(interaction, chosen), send)

    def _command(
        self,
        name: str,
        callback: Any,
        contexts: app_commands.AppCommandContext | None = None,
        installs: app_commands.AppInstallationType | None = None,
    ) -> Slash:
        return app_commands.Command(
            name=localised(self._strings, f"command-{name}"),
            description=localised(self._strings, f"command-{name}-description"),
            callback=callback,
            allowed_contexts=contexts,
            allowed_installs=installs,
        )
