"""The commands that Discord lists."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from bot.answering.testigo import Testigo
from bot.chat.asking import MAX_MESSAGE, MAX_SLASH, Asking, Question
from bot.chat.desk import Desk
from bot.chat.figures import FiguresPanel
from bot.chat.limits import RefusedError
from bot.chat.listing import EVERYWHERE, INSTALLS, Listing, Slash
from bot.chat.locales import Languages
from bot.chat.origins import guild_of, place_of
from bot.chat.panels import Panels
from bot.chat.questions import answer_interaction
from bot.chat.records import Records, settings_of
from bot.chat.replies import ReplyLayout
from bot.chat.responder import Responder


class Commands:
    """Makes the commands: each decides nothing itself, but hands on to where it is done."""

    def __init__(
        self,
        testigo: Testigo,
        *,
        desk: Desk,
        asking: Asking,
        layout: ReplyLayout,
        panels: Panels,
        figures: FiguresPanel,
        languages: Languages,
        listing: Listing,
        records: Records | None,
    ) -> None:
        self._records = records
        self._testigo = testigo
        self._desk = desk
        self._asking = asking
        self._layout = layout
        self._panels = panels
        self._figures = figures
        self._languages = languages
        self._listing = listing

    def all(self) -> Sequence[Slash | app_commands.ContextMenu]:
        """Return the commands, in the order in which they are useful."""
        return (
            self._ask(),
            self._panel("topics", self._send_topics),
            self._panel("article", self._send_article),
            self._panel("figures", self._figures.send),
            self._panel("help", self._send_help),
            self._answer_message(),
        )

    def _ask(self) -> Slash:
        async def ask(
            interaction: discord.Interaction,
            question: str,
            language: str | None = None,
            private: bool | None = None,
        ) -> None:
            settings = await settings_of(self._records, interaction.guild_id)
            expected = self._languages.of_interaction(interaction, settings.language)
            known = language if language in self._languages.known else None
            asked = Question(
                id=interaction.id,
                guild=guild_of(interaction),
                text=question,
                place=place_of(interaction),
                expected=expected,
                is_chosen=self._languages.is_chosen(expected),
                language=known,
            )

            async def answer(responder: Responder) -> None:
                is_private = settings.answers_privately if private is None else private
                await answer_interaction(
                    responder, self._asking, self._layout, asked, limit=MAX_SLASH, is_private=is_private
                )

            await self._desk.serve(interaction, known or expected, answer)

        choices = [
            app_commands.Choice(name=self._testigo.strings[language].text("language-name"), value=language)
            for language in self._languages.known
        ]
        app_commands.choices(language=choices)(ask)
        return self._listing.command(
            "ask", ask, EVERYWHERE, INSTALLS, options=("question", "language", "private"), completed="question"
        )

    def _answer_message(self) -> app_commands.ContextMenu:
        async def answer_message(interaction: discord.Interaction, message: discord.Message) -> None:
            settings = await settings_of(self._records, interaction.guild_id)
            expected = self._languages.of_interaction(interaction, settings.language)
            question = Question(interaction.id, guild_of(interaction), message.content, place_of(interaction), expected)

            async def answer(responder: Responder) -> None:
                if not message.content.strip():
                    raise RefusedError("message-empty")
                await answer_interaction(
                    responder, self._asking, self._layout, question, limit=MAX_MESSAGE, is_private=True
                )

            await self._desk.serve(interaction, expected, answer)

        return self._listing.message_command("answer-message", answer_message)

    def _panel(self, name: str, send: Any) -> Slash:
        async def panel(interaction: discord.Interaction) -> None:
            settings = await settings_of(self._records, interaction.guild_id)
            await self._desk.serve(interaction, self._languages.of_interaction(interaction, settings.language), send)

        return self._listing.command(name, panel, EVERYWHERE, INSTALLS)

    async def _send_topics(self, responder: Responder) -> None:
        await responder.send(self._panels.topics(responder.strings.language), is_private=True)

    async def _send_article(self, responder: Responder) -> None:
        await responder.send(self._panels.article(responder.strings.language), is_private=True)

    async def _send_help(self, responder: Responder) -> None:
        await responder.send(self._panels.help(responder.strings.language), is_private=True)
