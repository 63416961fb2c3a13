"""From Discord's locales to the languages of the knowledge base, and the commands' names in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import discord
from discord import app_commands

from bot.knowledge.model import Language
from bot.knowledge.strings import Strings


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages to reply in: those of the knowledge base, and the one that counts where nothing else tells."""

    known: Sequence[Language]
    default: Language

    def of_interaction(self, interaction: discord.Interaction, chosen: Language | None = None) -> Language:
        """Return the language of the person's client, else the one `chosen` for the server, else the server's own."""
        return self._first([interaction.locale], chosen, interaction.guild_locale)

    def of_message(self, message: discord.Message, chosen: Language | None = None) -> Language:
        """Return the language `chosen` for the server, else its own; a message does not tell its author's."""
        return self._first([], chosen, message.guild.preferred_locale if message.guild is not None else None)

    def is_chosen(self, language: Language) -> bool:
        """Whether somebody set it: clients and servers come in the first language, and many leave it so."""
        return language != self.known[0]

    def _first(
        self, persons: Sequence[discord.Locale], chosen: Language | None, server: discord.Locale | None
    ) -> Language:
        found = [
            *(locale.value.split("-")[0] for locale in persons),
            *([chosen] if chosen is not None else []),
            *([server.value.split("-")[0]] if server is not None else []),
        ]
        return next((language for language in found if language in self.known), self.default)


def localised(strings: Strings, key: str) -> app_commands.locale_str:
    """Return a text of the command list, which Discord shows in each person's language."""
    return app_commands.locale_str(strings.text(key), key=key)


class CommandTranslator(app_commands.Translator):
    """Gives Discord the names and descriptions of commands in each language."""

    def __init__(self, strings: Mapping[Language, Strings]) -> None:
        self._strings = strings

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return the text for `locale`; None where Discord shall show the default one."""
        del context
        key = string.extras.get("key")
        language = locale.value.split("-")[0]
        if key is None or language not in self._strings:
            return None
        text = self._strings[language].text(key)
        return text if text != string.message else None
