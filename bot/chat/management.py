"""Managing and curating: the commands and clicks that need a right, and those of privacy."""

import contextlib
from collections.abc import Sequence

import aiohttp
import discord

from bot.answering.testigo import Testigo
from bot.chat.limits import RefusedError
from bot.chat.management_actions import (
    Agree,
    ChooseChannels,
    ChooseCurators,
    ChooseServerLanguage,
    ChooseWording,
    DeleteMine,
    Dismiss,
    DismissReport,
    DraftAs,
    DraftPhrasing,
    ExportMine,
    ManagementAction,
    OptOut,
    SetKeeping,
    SetPrivate,
    ShowMine,
    ShowReview,
)
from bot.chat.markup import Markup
from bot.chat.page import notice
from bot.chat.privacy_panel import PrivacyPanel
from bot.chat.records import Records
from bot.chat.responder import Responder
from bot.chat.review_panel import ReviewPanel
from bot.chat.rights import require_owner
from bot.chat.server_panel import ServerPanel
from bot.chat.statistics_panel import StatisticsPanel
from bot.chat.withdrawals import Withdrawals

MAX_REASON = 300
"""Characters of the reason of a withdrawal; clients hold to it, and the answer has to fit into a message."""

MAX_REFUSAL = 1500
"""Characters of why data was refused, in a direct message."""


class Management:
    """Hands on to the panels."""

    def __init__(
        self,
        testigo: Testigo,
        markup: Markup,
        records: Records,
        *,
        server: ServerPanel,
        review: ReviewPanel,
        statistics: StatisticsPanel,
        privacy: PrivacyPanel,
        withdrawals: Withdrawals,
        owners: frozenset[int],
    ) -> None:
        self.server = server
        self.review = review
        self.statistics = statistics
        self.privacy = privacy
        self._testigo = testigo
        self._markup = markup
        self._strings = testigo.strings[testigo.knowledge.languages[0]]
        self._records = records
        self._withdrawals = withdrawals
        self._owners = owners

    async def act(self, responder: Responder, action: ManagementAction, values: Sequence[str]) -> None:
        """Do what a button or a menu asks for.

        Raises:
            RefusedError: the person may not, or it cannot be done.
            StorageError: the store cannot be used.
        """
        match action:
            case ChooseServerLanguage() | ChooseChannels() | ChooseCurators() | SetPrivate() | SetKeeping():
                await self.server.act(responder, action, values)
            case ShowReview() | DraftPhrasing() | DraftAs() | ChooseWording() | Dismiss() | DismissReport():
                await self.review.act(responder, action, values)
            case ShowMine() | ExportMine() | DeleteMine() | OptOut() | Agree():
                await self.privacy.act(responder, action)

    async def retract(self, responder: Responder, question: str, reason: str) -> None:
        """Withdraw the answer to a canonical question at once.

        Raises:
            RefusedError: the person does not run the bot, or there is no such question.
        """
        require_owner(responder.interaction, self._owners)
        await responder.promise(is_private=True)
        person = responder.interaction.user.id
        await self._records.store.retractions.retract(self._entry(question), reason[:MAX_REASON], person)
        await self._withdrawals.refresh(self._records.store)
        await responder.tell("retracted")

    async def restore(self, responder: Responder, question: str) -> None:
        """Give the answer to a canonical question again.

        Raises:
            RefusedError: the person does not run the bot, or there is no such question.
        """
        require_owner(responder.interaction, self._owners)
        await responder.promise(is_private=True)
        await self._records.store.retractions.restore(self._entry(question), responder.interaction.user.id)
        await self._withdrawals.refresh(self._records.store)
        await responder.tell("restored")

    async def tell_owners(self, client: discord.Client, key: str, reason: str) -> None:
        """Tell those who run the bot, each in a direct message."""
        text = self._strings.text(key, reason=reason[:MAX_REFUSAL])
        for owner in self._owners:
            with contextlib.suppress(discord.HTTPException, aiohttp.ClientError, OSError):
                await (await client.fetch_user(owner)).send(view=notice(self._markup, text))

    def _entry(self, question: str) -> str:
        for entry in self._testigo.knowledge.entries.values():
            if question == entry.id or question in entry.question.values():
                return entry.id
        raise RefusedError("no-such-answer")
