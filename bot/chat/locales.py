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

    def of_interaction(self, interaction: discord.Interaction) -> Language:
        """Return the language of the person's client, else of the server, else the default."""
        return self._first(interaction.locale, interaction.guild_locale)

    def of_message(self, message: discord.Message) -> Language:
        """Return the language of the server, else the default; a message does not tell its author's."""
        return self._first(message.guild.preferred_locale if message.guild is not None else None)

    def is_chosen(self, language: Language) -> bool:
        """Whether somebody set it: clients and servers come in the first language, and many leave it so."""
        return language != self.known[0]

    def _first(self, *locales: discord.Locale | None) -> Language:
        found = (locale.value.split("-")[0] for locale in locales if locale is not None)
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
