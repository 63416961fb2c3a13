"""Make commands as Discord lists them: named in each language, and with questions completed while they are typed."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import discord
from discord import app_commands

from bot.answering.completion import Completer
from bot.chat.locales import Languages, localised
from bot.chat.panels import MENU
from bot.knowledge.strings import Strings

EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
INSTALLS = app_commands.AppInstallationType(guild=True, user=True)

Slash: TypeAlias = app_commands.Command[Any, ..., None]


class Listing:
    """Gives each command its names and descriptions, which are texts of the data."""

    def __init__(self, strings: Strings, completer: Completer, languages: Languages) -> None:
        self._strings = strings
        self._completer = completer
        self._languages = languages

    def command(
        self,
        name: str,
        callback: Any,
        contexts: app_commands.AppCommandContext | None = None,
        installs: app_commands.AppInstallationType | None = None,
        *,
        options: Sequence[str] = (),
        completed: str | None = None,
    ) -> Slash:
        """Return a command; the option `completed` is a question.

        One that belongs to a group goes without contexts and installs: those of the group count.
        """
        names = {option: localised(self._strings, f"option-{option}") for option in options}
        descriptions = {option: localised(self._strings, f"option-{option}-description") for option in options}
        app_commands.rename(**names)(callback)
        app_commands.describe(**descriptions)(callback)
        command: Slash = app_commands.Command(
            name=localised(self._strings, f"command-{name}"),
            description=localised(self._strings, f"command-{name}-description"),
            callback=callback,
            allowed_contexts=contexts,
            allowed_installs=installs,
        )
        if completed is not None:
            command.autocomplete(completed)(self._complete)
        return command

    def group(
        self, name: str, contexts: app_commands.AppCommandContext, installs: app_commands.AppInstallationType
    ) -> app_commands.Group:
        """Return a group without commands."""
        return app_commands.Group(
            name=localised(self._strings, f"command-{name}"),
            description=localised(self._strings, f"command-{name}-description"),
            allowed_contexts=contexts,
            allowed_installs=installs,
        )

    def message_command(self, name: str, callback: Any) -> app_commands.ContextMenu:
        """Return a command in the menu of a message."""
        return app_commands.ContextMenu(
            name=localised(self._strings, f"command-{name}"),
            callback=callback,
            allowed_contexts=EVERYWHERE,
            allowed_installs=INSTALLS,
        )

    async def _complete(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        found = self._completer.complete(typed, self._languages.of_interaction(interaction), MENU)
        return [app_commands.Choice(name=question, value=question) for question in found]
