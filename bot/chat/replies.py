"""Lay a reply out as a message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import discord

from bot.answering.reply import Explanation, Outcome, Reply
from bot.answering.testigo import Testigo
from bot.chat.actions import (
    Delete,
    Explain,
    OpenFollowUp,
    OpenReport,
    OpenTopics,
    Pick,
    PickNone,
    Rate,
    Share,
    ShowRelated,
    ShowSources,
)
from bot.chat.codes import code
from bot.chat.items import ActionItem, button
from bot.chat.markup import Markup
from bot.chat.page import MAX_TEXT, Page

MAX_PICKS = 4
"""Entries offered as buttons."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who asked, and whether only that person sees the reply."""

    asker: int
    is_private: bool


class ReplyLayout:
    """Lays replies out: heading, answer, citations, date, and at most two rows of buttons."""

    def __init__(self, testigo: Testigo, markup: Markup) -> None:
        self._testigo = testigo
        self._markup = markup

    def message(self, reply: Reply, audience: Audience, *notes: str) -> discord.ui.LayoutView:
        """Return the message of a reply, after `notes` in small print."""
        if not reply.parts:
            return self._offer(reply, audience, notes)
        page, left_out = self._fitting(reply, notes)
        offered = [*left_out, *(suggestion.entry for suggestion in reply.suggestions)]
        if reply.outcome is Outcome.META:
            self._add_picks(page, reply, audience)
        else:
            page.row(*self._reading(reply, audience, offered))
            page.row(*self._judging(reply, audience))
        return page.view()

    def _fitting(self, reply: Reply, notes: Sequence[str]) -> tuple[Page, Sequence[str]]:
        """Return the page with as many parts of the reply as have room, and the entries left out.

        A citation is never cut: an answer without room for its passages is left out whole, and offered.
        """
        for shown in range(len(reply.parts), 0, -1):
            part = reply if shown == len(reply.parts) else self._first(reply, shown)
            page = self._page(part, notes)
            if page.length <= MAX_TEXT:
                return page, reply.entries[shown:]
        raise AssertionError("an answer is longer than Discord takes, though the knowledge base was proved")

    def _first(self, reply: Reply, shown: int) -> Reply:
        answerer = self._testigo.answerer
        corrections = [each for each in answerer.corrections(reply.language) if each.text in reply.notes]
        cited = answerer.reply_with(reply.entries[:shown], reply.language, corrections)
        # Of a withdrawn answer nothing is cited.
        citations = tuple(citation for citation in cited.citations if citation in reply.citations)
        return replace(reply, parts=reply.parts[:shown], citations=citations)

    def _page(self, reply: Reply, notes: Sequence[str]) -> Page:
        strings = self._testigo.strings[reply.language]
        page = Page(self._markup)
        for note in notes:
            page.small(note)
        for note in reply.notes:
            page.text(note)
        for part in reply.parts:
            if reply.outcome is not Outcome.META:
                page.heading(part.heading)
            page.text(part.text)
        if reply.outcome is Outcome.GAP and reply.suggestions:
            page.text(strings.text("closest"))
            page.listed([suggestion.question for suggestion in reply.suggestions])
        if reply.citations or reply.as_of is not None:
            page.rule()
        page.citations(reply.citations)
        if reply.as_of is not None:
            page.small(reply.as_of)
        return page

    def _reading(self, reply: Reply, audience: Audience, offered: Sequence[str]) -> list[ActionItem]:
        """Return the buttons that lead on from an answer."""
        language = reply.language
        text = self._testigo.strings[language].text
        entries = _codes(reply.entries)
        row: list[ActionItem] = []
        if reply.citations:
            passages = _codes(citation.passage for citation in reply.citations)
            row.append(button(ShowSources(language, passages), text("button-sources")))
        if reply.explanation is not None:
            row.append(button(_explain(reply.explanation, reply), text("button-why")))
        if offered:
            row.append(button(ShowRelated(language, _codes(offered)), text("button-related")))
        row.append(button(OpenFollowUp(language, entries[-1]), text("button-follow-up")))
        if audience.is_private:
            row.append(button(Share(language, entries, _codes(reply.notes)), text("button-share")))
        return row

    def _judging(self, reply: Reply, audience: Audience) -> list[ActionItem]:
        """Return the buttons that say what is thought of an answer."""
        language = reply.language
        text = self._testigo.strings[language].text
        entries = _codes(reply.entries)
        row = [
            button(Rate(language, entries, is_helpful=True), text("button-helpful")),
            button(Rate(language, entries, is_helpful=False), text("button-not-helpful")),
            button(OpenReport(language, entries), text("button-report")),
        ]
        if not audience.is_private:
            row.append(button(Delete(language, audience.asker), text("button-delete")))
        return row

    def _offer(self, reply: Reply, audience: Audience, notes: Sequence[str]) -> discord.ui.LayoutView:
        """Return a message that offers entries to pick from."""
        page = self._page(reply, notes)
        text = self._testigo.strings[reply.language].text
        self._add_picks(page, reply, audience)
        if reply.is_choice:
            offered = _codes(suggestion.entry for suggestion in reply.suggestions)
            none = PickNone(reply.language, audience.asker, offered)
            page.row(button(none, text("button-none-of-these")))
        else:
            page.row(button(OpenTopics(reply.language), text("button-topics")))
        return page.view()

    def _add_picks(self, page: Page, reply: Reply, audience: Audience) -> None:
        for suggestion in reply.suggestions[:MAX_PICKS]:
            pick = Pick(reply.language, audience.asker, reply.is_choice, code(suggestion.entry))
            page.row(button(pick, suggestion.question))


def _codes(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(code, ids))


def _explain(explanation: Explanation, reply: Reply) -> Explain:
    runner_up = explanation.runner_up
    return Explain(
        reply.language,
        code(reply.entries[0]),
        code(explanation.utterance) if explanation.utterance is not None else "",
        round(100 * explanation.probability),
        code(runner_up.entry) if runner_up is not None else "",
        round(100 * explanation.runner_up_probability),
    )
