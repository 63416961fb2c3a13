"""What a server's managers choose: shown in one panel, each change confirmed."""

from collections.abc import Sequence
from dataclasses import replace

import discord

from bot.answering.testigo import Testigo
from bot.chat.items import button, channel_menu, menu, role_menu
from bot.chat.management_actions import ChooseChannels, ChooseCurators, ChooseServerLanguage, SetKeeping, SetPrivate
from bot.chat.markup import Markup
from bot.chat.page import Page
from bot.chat.records import Records
from bot.chat.responder import Responder
from bot.chat.rights import require_manager
from bot.knowledge.model import Language
from bot.knowledge.strings import Strings
from bot.storage.servers import ServerSettings

AUTOMATIC = "auto"

MAX_ID = 2**63
"""What the database holds of an id; Discord's are smaller for a century."""

ServerAction = ChooseServerLanguage | ChooseChannels | ChooseCurators | SetPrivate | SetKeeping


class ServerPanel:
    """Shows and changes a server's settings."""

    def __init__(self, testigo: Testigo, markup: Markup, records: Records) -> None:
        self._testigo = testigo
        self._markup = markup
        self._records = records

    async def send(self, responder: Responder) -> None:
        """Respond with the panel.

        Raises:
            RefusedError: the person may not manage the server.
        """
        guild = require_manager(responder.interaction)
        await responder.promise(is_private=True)
        settings = await self._records.store.servers.of(guild)
        await responder.send(self._view(settings, responder.strings), is_private=True)

    async def act(self, responder: Responder, action: ServerAction, values: Sequence[str]) -> None:
        """Change what `action` says.

        Raises:
            RefusedError: the person may not manage the server.
        """
        guild = require_manager(responder.interaction)
        await responder.hold()
        store = self._records.store
        settings = _changed(await store.servers.of(guild), action, values, self._testigo.knowledge.languages)
        await store.servers.change(guild, responder.interaction.user.id, settings)
        self._records.servers.forget(guild)
        await responder.replace(self._view(settings, responder.strings, "settings-saved"))

    def _view(self, settings: ServerSettings, strings: Strings, *notes: str) -> discord.ui.LayoutView:
        text, language = strings.text, strings.language
        page = Page(self._markup)
        page.heading(text("settings-title"))
        automatic = text("settings-automatic")
        chosen = settings.language
        known = self._testigo.strings.get(chosen) if chosen is not None else None
        name = known.text("language-name") if known is not None else automatic
        page.text(text("settings-language", language=name))
        page.text(text("settings-private-on" if settings.answers_privately else "settings-private-off"))
        page.mentions(
            text("settings-channels", channels="{}"),
            [f"<#{channel}>" for channel in sorted(settings.channels)],
            text("settings-everywhere"),
        )
        page.text(
            text("settings-keeps-on", days=self._records.days)
            if settings.keeps_questions
            else text("settings-keeps-off")
        )
        if settings.curator_role is not None:
            page.mentions(text("settings-curators", role="{}"), [f"<@&{settings.curator_role}>"], "")
        else:
            page.text(text("settings-curators-none"))
        for note in notes:
            page.small(text(note))
        languages = [(each, self._testigo.strings[each].text("language-name")) for each in self._testigo.strings]
        page.row(
            menu(
                ChooseServerLanguage(language),
                text("settings-choose-language"),
                [(AUTOMATIC, automatic), *languages],
                chosen or AUTOMATIC,
            )
        )
        page.row(channel_menu(ChooseChannels(language), text("settings-choose-channels"), sorted(settings.channels)))
        page.row(role_menu(ChooseCurators(language), text("settings-choose-role"), settings.curator_role))
        private, keeps = settings.answers_privately, settings.keeps_questions
        page.row(
            button(
                SetPrivate(language, not private), text("settings-make-public" if private else "settings-make-private")
            ),
            button(SetKeeping(language, not keeps), text("settings-keep-not" if keeps else "settings-keep")),
        )
        return page.view()


def _changed(
    settings: ServerSettings, action: ServerAction, values: Sequence[str], languages: Sequence[Language]
) -> ServerSettings:
    ids = [number for value in values if value.isdecimal() and (number := int(value)) < MAX_ID]
    match action:
        case ChooseServerLanguage():
            chosen = values[0] if values and values[0] in languages else None
            return replace(settings, language=chosen)
        case ChooseChannels():
            return replace(settings, channels=frozenset(ids))
        case ChooseCurators():
            return replace(settings, curator_role=next(iter(ids), None))
        case SetPrivate(_, is_private):
            return replace(settings, answers_privately=is_private)
        case SetKeeping(_, keeps):
            return replace(settings, keeps_questions=keeps)
