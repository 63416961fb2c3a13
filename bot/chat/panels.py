"""Messages that are no replies to a question: sources, explanations, menus, the article, help."""

from collections.abc import Sequence

import discord

from bot import __version__
from bot.answering.reply import Citation
from bot.answering.testigo import Testigo
from bot.chat.actions import ChooseEntry, ChooseTopic, Explain, OpenTopics, TurnPage
from bot.chat.codes import code
from bot.chat.items import ActionItem, button, menu
from bot.chat.markup import Markup
from bot.chat.page import Page
from bot.knowledge.model import Kind, Language, Topic

MENU = 25
"""Options of a menu, by Discord's rules."""

PASSAGES = 7
"""Passages on a page of the article."""


class Panels:
    """Lays these messages out."""

    def __init__(self, testigo: Testigo, markup: Markup) -> None:
        self._testigo = testigo
        self._markup = markup

    def sources(self, citations: Sequence[Citation], language: Language) -> discord.ui.LayoutView:
        """Return the passages behind an answer, with their words where the operator has the article."""
        page = Page(self._markup)
        page.heading(self._text(language, "sources-of-answer"))
        page.citations(citations)
        page.small(self._testigo.answerer.as_of(language))
        return page.view()

    def explanation(self, utterance: str | None, action: Explain, runner_up: str | None) -> discord.ui.LayoutView:
        """Return why an answer was given: the utterance that matched, how sure, and the question that came second."""
        language = action.language
        page = Page(self._markup)
        page.heading(self._text(language, "why-title"))
        page.text(f"{self._text(language, 'why-matched')}: {utterance or self._text(language, 'why-not-shown')}")
        page.text(f"{self._text(language, 'why-sure')}: {action.percent}%")
        if runner_up is not None:
            page.text(f"{self._text(language, 'why-runner-up')}: {runner_up} ({action.runner_up_percent}%)")
        page.small(self._text(language, "why-note"))
        page.small(self._version(language))
        return page.view()

    def related(self, entries: Sequence[str], language: Language) -> discord.ui.LayoutView:
        """Return a menu of related questions."""
        page = Page(self._markup)
        page.heading(self._text(language, "related"))
        page.row(self._entries_menu(ChooseEntry(language, 0), entries, self._text(language, "related-choose")))
        return page.view()

    def topics(self, language: Language, chosen: Topic | None = None) -> discord.ui.LayoutView:
        """Return a menu of the topics and, of the one chosen, menus of its questions."""
        page = Page(self._markup)
        page.heading(self._text(language, "topics-title"))
        page.text(self._text(language, "topics-text"))
        topics = [topic for topic in self._testigo.knowledge.topics.values() if topic.kind is not Kind.META]
        page.row(
            menu(
                ChooseTopic(language),
                self._text(language, "topics-choose-topic"),
                [(code(topic.id), topic.title[language]) for topic in topics[:MENU]],
                code(chosen.id) if chosen is not None else None,
            )
        )
        if chosen is not None:
            entries = [entry.id for entry in self._testigo.knowledge.entries.values() if entry.topic == chosen.id]
            for number, start in enumerate(range(0, min(len(entries), 4 * MENU), MENU)):
                part = entries[start : start + MENU]
                title = self._text(language, "topics-choose-question")
                page.row(self._entries_menu(ChooseEntry(language, number), part, title))
        return page.view()

    def article(self, language: Language, number: int = 0) -> discord.ui.LayoutView:
        """Return a page of the article: its record, its passages by gist and link, and what knows it."""
        knowledge = self._testigo.knowledge
        record, date = knowledge.record, self._testigo.wordings[language].date
        page = Page(self._markup)
        page.heading(record.title)
        page.text(f"{record.outlet}. {self._text(language, 'article-authors', authors=', '.join(record.authors))}.")
        dates = [self._text(language, "article-published", date=date(record.published))]
        if record.updated is not None:
            dates.append(self._text(language, "article-updated", date=date(record.updated)))
        page.text(f"{', '.join(dates)}.")
        page.link(self._text(language, "article-title"), record.url)
        page.rule()
        passages = list(knowledge.passages)
        pages = range(0, len(passages), PASSAGES)
        first = pages[max(0, min(number, len(pages) - 1))]
        shown = passages[first : first + PASSAGES]
        numbers = {"first": first + 1, "last": first + len(shown), "count": len(passages)}
        page.text(self._text(language, "article-passages", **numbers))
        page.citations([self._testigo.answerer.citation(passage, language) for passage in shown], first + 1)
        page.small(self._version(language))
        self._add_pager(page, language, first // PASSAGES, len(pages))
        return page.view()

    def help(self, language: Language) -> discord.ui.LayoutView:
        """Return what the bot is, what it is not, and how to ask."""
        record = self._testigo.knowledge.record
        date = self._testigo.wordings[language].date(record.published)
        page = Page(self._markup)
        page.heading(self._text(language, "help-title"))
        page.text(self._text(language, "help-is", title=record.title, outlet=record.outlet, date=date))
        page.text(self._text(language, "help-is-not"))
        languages = ", ".join(self._text(each, "language-name") for each in self._testigo.knowledge.languages)
        page.text(self._text(language, "help-how", languages=languages))
        page.small(self._version(language))
        page.row(button(OpenTopics(language), self._text(language, "button-topics")))
        return page.view()

    def _version(self, language: Language) -> str:
        knowledge = self._testigo.knowledge
        kinds = [entry.kind for entry in knowledge.entries.values()]
        return self._text(
            language,
            "article-version",
            program=__version__,
            knowledge=knowledge.version[:12],
            answers=kinds.count(Kind.ANSWER),
            gaps=kinds.count(Kind.GAP),
        )

    def _add_pager(self, page: Page, language: Language, number: int, count: int) -> None:
        row: list[ActionItem] = []
        if number > 0:
            row.append(button(TurnPage(language, number - 1), self._text(language, "button-previous-page")))
        if number < count - 1:
            row.append(button(TurnPage(language, number + 1), self._text(language, "button-next-page")))
        if row:
            page.row(*row)

    def _entries_menu(self, action: ChooseEntry, entries: Sequence[str], title: str) -> ActionItem:
        questions = self._testigo.knowledge.entries
        return menu(action, title, [(code(entry), questions[entry].question[action.language]) for entry in entries])

    def _text(self, language: Language, key: str, **arguments: str | int) -> str:
        return self._testigo.strings[language].text(key, **arguments)
