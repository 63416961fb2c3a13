"""What is kept about a person: told, shown, exported, deleted."""

import json
from io import BytesIO

import discord

from bot.chat.items import button
from bot.chat.management_actions import Agree, DeleteMine, ExportMine, OptOut, ShowMine
from bot.chat.markup import Markup
from bot.chat.origins import guild_of
from bot.chat.page import Page
from bot.chat.records import Records
from bot.chat.responder import Responder
from bot.knowledge.strings import Strings

SHOWN = 10
"""Questions shown, the newest."""

MAX_SHOWN = 150
"""Characters shown of each; escaping may double them, and a message has 4,000."""

PrivacyAction = ShowMine | ExportMine | DeleteMine | OptOut | Agree
FILE = "testigo.json"


class PrivacyPanel:
    """Tells what is kept here, and does with it what the person wants."""

    def __init__(self, markup: Markup, records: Records) -> None:
        self._markup = markup
        self._records = records

    async def send(self, responder: Responder) -> None:
        """Respond with what is kept here, for how long, and why."""
        await responder.promise(is_private=True)
        await responder.send(await self._view(responder), is_private=True)

    async def act(self, responder: Responder, action: PrivacyAction) -> None:
        """Do what `action` says, for the person who pressed."""
        person = responder.interaction.user.id
        people = self._records.store.people
        match action:
            case ShowMine():
                await responder.promise(is_private=True)
                await responder.send(await self._mine(person, responder.strings), is_private=True)
            case ExportMine():
                await self._export(responder)
            case DeleteMine():
                await responder.hold()
                await people.delete(person)
                await responder.replace(await self._view(responder, "privacy-deleted"))
            case OptOut(_, opts_out):
                await responder.hold()
                await people.opt_out(person, opts_out)
                await responder.replace(await self._view(responder, "settings-saved"))
            case Agree(_, agrees):
                await responder.hold()
                await people.agree(person, agrees)
                await responder.replace(await self._view(responder, "settings-saved"))

    async def _view(self, responder: Responder, *notes: str) -> discord.ui.LayoutView:
        interaction, strings = responder.interaction, responder.strings
        text, language = strings.text, strings.language
        status = await self._records.store.people.status(interaction.user.id)
        guild = guild_of(interaction)
        settings = await self._records.settings(guild)
        is_direct = guild is None
        keeps = status.agreed_in_direct_messages if is_direct else settings.keeps_questions
        page = Page(self._markup)
        page.heading(text("privacy-title"))
        for note in notes:
            page.small(text(note))
        page.text(text("privacy-counts"))
        if status.has_opted_out:
            page.text(text("privacy-opted-out"))
        else:
            days = self._records.days
            page.text(text("privacy-kept-here", days=days) if keeps else text("privacy-not-kept-here"))
            page.text(text("privacy-feedback", days=days))
        page.small(text("privacy-off"))
        row = [
            button(ShowMine(language), text("privacy-show")),
            button(ExportMine(language), text("privacy-export")),
            button(DeleteMine(language), text("privacy-delete")),
            button(
                OptOut(language, not status.has_opted_out),
                text("privacy-opt-in" if status.has_opted_out else "privacy-opt-out"),
            ),
        ]
        if is_direct and not status.has_opted_out:
            row.append(
                button(Agree(language, not keeps), text("privacy-disagree" if keeps else "privacy-agree")),
            )
        page.row(*row)
        return page.view()

    async def _mine(self, person: int, strings: Strings) -> discord.ui.LayoutView:
        kept = await self._records.store.people.export(person)
        page = Page(self._markup)
        page.text(strings.text("privacy-mine", questions=len(kept["questions"]), feedback=len(kept["feedback"])))
        page.listed([question["text"][:MAX_SHOWN] for question in kept["questions"][-SHOWN:]])
        return page.view()

    async def _export(self, responder: Responder) -> None:
        await responder.promise(is_private=True)
        kept = await self._records.store.people.export(responder.interaction.user.id)
        content = json.dumps(kept, ensure_ascii=False, indent=1).encode()
        page = Page(self._markup)
        counts = {"questions": len(kept["questions"]), "feedback": len(kept["feedback"])}
        page.text(responder.strings.text("privacy-mine", **counts))
        page.file(FILE)
        await responder.send(page.view(), is_private=True, file=lambda: discord.File(BytesIO(content), FILE))
