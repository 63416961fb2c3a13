"""The curators' review: questions that were not answered well, alike ones together, and what becomes of them."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import discord

from bot.answering.grouping import group_alike
from bot.answering.testigo import Testigo
from bot.chat.codes import Codes, code
from bot.chat.items import button, menu
from bot.chat.limits import RefusedError
from bot.chat.management_actions import (
    ChooseWording,
    Dismiss,
    DismissReport,
    DraftAs,
    DraftPhrasing,
    ShowReview,
)
from bot.chat.markup import Markup
from bot.chat.page import Page
from bot.chat.records import Records
from bot.chat.responder import Responder
from bot.chat.rights import require_curator
from bot.knowledge.strings import Strings
from bot.storage.drafts import Draft, DraftKind
from bot.storage.reviews import Kept, KeptReport, Why

MOST = 60
"""Kept questions looked at in a review, the newest; grouping them takes a fifth of a second."""

SHOWN = 5
"""Questions of a group that are shown."""

ROOM = 2600
"""Characters for the questions and notes of a group, escaped; all else of the message takes a third of its 4,000."""

KINDS = {"entry": DraftKind.ENTRY, "gap": DraftKind.GAP, "off-topic": DraftKind.OFF_TOPIC}
REASONS = {Why.NOT_HELPFUL: "reason-not-helpful", Why.REPORTED: "reason-reported"}

ReviewAction = ShowReview | DraftPhrasing | DraftAs | ChooseWording | Dismiss | DismissReport


@dataclass(frozen=True, slots=True)
class AlikeQuestions:
    """Kept questions that ask alike, and the entries they lie near to."""

    questions: tuple[Kept, ...]
    nearest: tuple[str, ...]

    @property
    def first(self) -> int:
        """The id of the first question, which stands for the group."""
        return next(question.id for question in self.questions)

    @property
    def language(self) -> str:
        """The language of the first question."""
        return next(question.language for question in self.questions)


class ReviewPanel:
    """Shows the review one group after another; each decision is a draft, nothing changes live."""

    def __init__(
        self, testigo: Testigo, markup: Markup, records: Records, executor: Executor, owners: frozenset[int]
    ) -> None:
        self._testigo = testigo
        self._markup = markup
        self._records = records
        self._executor = executor
        self._owners = owners
        self._entries = Codes(testigo.knowledge.entries)

    async def send(self, responder: Responder) -> None:
        """Respond with the first group.

        Raises:
            RefusedError: the person may not curate.
        """
        await responder.promise(is_private=True)
        guild = await self._guild(responder)
        await responder.send(await self._view(guild, 0, responder.strings), is_private=True)

    async def act(self, responder: Responder, action: ReviewAction, values: Sequence[str]) -> None:
        """Do what `action` says, and show the next group.

        Raises:
            RefusedError: the person may not curate, or what they chose is gone.
        """
        await responder.hold()
        guild = await self._guild(responder)
        if isinstance(action, ShowReview):
            await responder.replace(await self._view(guild, action.number, responder.strings))
            return
        person = responder.interaction.user.id
        if isinstance(action, DismissReport):
            if not await self._records.store.drafts.dismiss_report(guild, person, action.report):
                raise RefusedError("curate-reviewed")
            await responder.replace(await self._view(guild, 0, responder.strings, "curate-dismissed"))
            return
        groups = await self.groups(guild)
        number = _place(groups, action.question)
        if isinstance(action, ChooseWording):
            wording = next((value for value in values if value in self._testigo.strings), "")
            reports = await self._records.store.reviews.reports(guild, MOST)
            await responder.replace(self._page(groups, reports, number, responder.strings, wording))
            return
        await self._decide(guild, person, groups[number], action, values)
        note = "curate-dismissed" if isinstance(action, Dismiss) else "curate-drafted"
        await responder.replace(await self._view(guild, number, responder.strings, note))

    async def groups(self, guild: int | None) -> list[AlikeQuestions]:
        """Return what there is to review in a server, or in direct messages, the most frequent first."""
        return await self._grouped(await self._records.store.reviews.pending(guild, MOST))

    async def groups_everywhere(self) -> list[AlikeQuestions]:
        """Return what there is to review in all servers and direct messages: for the bot's owner alone."""
        return await self._grouped(await self._records.store.reviews.everywhere(MOST))

    async def _grouped(self, kept: Sequence[Kept]) -> list[AlikeQuestions]:
        found = await asyncio.get_running_loop().run_in_executor(
            self._executor, group_alike, [question.text for question in kept], self._testigo.matcher
        )
        return [AlikeQuestions(tuple(kept[i] for i in group.members), group.nearest) for group in found]

    async def _guild(self, responder: Responder) -> int | None:
        settings = await self._records.settings(responder.interaction.guild_id)
        return require_curator(responder.interaction, settings, self._owners)

    async def _decide(
        self,
        guild: int | None,
        person: int,
        group: AlikeQuestions,
        action: DraftPhrasing | DraftAs | Dismiss,
        values: Sequence[str],
    ) -> None:
        drafts = self._records.store.drafts
        wording = "" if isinstance(action, Dismiss) or action.wording not in self._testigo.strings else action.wording
        ids = tuple(question.id for question in group.questions)
        match action:
            case Dismiss():
                await drafts.dismiss(guild, person, ids)
            case DraftPhrasing():
                chosen = next(iter(self._entries.find(values)), None)
                if chosen is None:
                    raise RefusedError("answer-gone")
                for each in group.questions:
                    await drafts.add(_draft(DraftKind.PHRASING, each, chosen, person, (each.id,), wording))
            case DraftAs(_, kind):
                if kind not in KINDS:
                    raise RefusedError("old-button")
                first, *_ = group.questions
                await drafts.add(_draft(KINDS[kind], first, None, person, ids, wording))

    async def _view(self, guild: int | None, number: int, strings: Strings, *notes: str) -> discord.ui.LayoutView:
        reports = await self._records.store.reviews.reports(guild, MOST)
        return self._page(await self.groups(guild), reports, number, strings, "", *notes)

    def _page(
        self,
        groups: Sequence[AlikeQuestions],
        reports: Sequence[KeptReport],
        number: int,
        strings: Strings,
        wording: str,
        *notes: str,
    ) -> discord.ui.LayoutView:
        """Return the page of a group or, after the groups, of a report whose question is not kept."""
        page = Page(self._markup)
        for note in notes:
            page.small(strings.text(note))
        count = len(groups) + len(reports)
        if not count:
            page.text(strings.text("curate-empty"))
            return page.view()
        number %= count
        page.heading(strings.text("curate-title", number=number + 1, count=count))
        if number < len(groups):
            group = groups[number]
            self._show(page, group, strings)
            self._add_choices(page, group, strings, wording)
            dismiss: Dismiss | DismissReport = Dismiss(strings.language, group.first)
        else:
            report = reports[number - len(groups)]
            self._show_report(page, report, strings)
            dismiss = DismissReport(strings.language, report.id)
        page.row(
            button(dismiss, strings.text("curate-dismiss")),
            button(ShowReview(strings.language, number + 1), strings.text("curate-skip")),
        )
        return page.view()

    def _show_report(self, page: Page, report: KeptReport, strings: Strings) -> None:
        entries = self._testigo.knowledge.entries
        page.listed([entries[entry].question[strings.language] for entry in report.entries if entry in entries])
        page.text(strings.text("curate-report", reason=strings.text(f"reason-{report.reason}")))
        if report.note:
            page.text(strings.text("curate-note", note=self._begun(report.note, ROOM)))

    def _show(self, page: Page, group: AlikeQuestions, strings: Strings) -> None:
        text = strings.text
        shown = group.questions[:SHOWN]
        notes = [question.note for question in shown if question.note]
        room = ROOM // (len(shown) + len(notes))
        page.listed([self._begun(question.text, room) for question in shown])
        if len(group.questions) > 1:
            page.text(text("curate-times", count=len(group.questions)))
        whys = {why for question in group.questions for why in question.reasons}
        reasons = sorted({text(REASONS.get(why, "reason-unanswered")) for why in whys})
        page.text(text("curate-reasons", reasons=", ".join(reasons)))
        for note in notes:
            page.text(text("curate-note", note=self._begun(note, room)))

    def _begun(self, text: str, room: int) -> str:
        """Return the beginning of `text` that has room when it is escaped, which doubles its length at most."""
        return text[: room if len(self._markup.escaped(text[:room])) <= room else room // 2]

    def _add_choices(self, page: Page, group: AlikeQuestions, strings: Strings, wording: str) -> None:
        text, language = strings.text, strings.language
        entries = self._testigo.knowledge.entries
        nearest = [(code(entry), entries[entry].question[language]) for entry in group.nearest]
        page.strong(text("curate-nearest"))
        page.listed([question for _, question in nearest])
        names = {each: self._testigo.strings[each].text("language-name") for each in self._testigo.strings}
        languages = [(each, text("curate-language", language=name)) for each, name in names.items()]
        page.row(menu(DraftPhrasing(language, group.first, wording), text("curate-choose"), nearest))
        page.row(menu(ChooseWording(language, group.first), "", languages, wording or group.language))
        page.row(*(button(DraftAs(language, kind, group.first, wording), text(f"curate-{kind}")) for kind in KINDS))


def _draft(
    kind: DraftKind, question: Kept, entry: str | None, person: int, questions: tuple[int, ...], wording: str
) -> Draft:
    return Draft(kind, question.text, wording or question.language, entry, question.guild, person, questions)


def _place(groups: Sequence[AlikeQuestions], question: int) -> int:
    """Return the place of the group that holds a question.

    Raises:
        RefusedError: somebody has reviewed it meanwhile.
    """
    for number, group in enumerate(groups):
        if any(kept.id == question for kept in group.questions):
            return number
    raise RefusedError("curate-reviewed")
