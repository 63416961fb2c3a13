"""What was asked, and how often it could be answered: in words and as a picture."""

import datetime
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict

from bot.answering.figures import FigureBar, FigureRow, FigureSection, FiguresReply
from bot.answering.reply import Outcome
from bot.answering.testigo import Testigo
from bot.chat.illustration import illustrate, list_sections
from bot.chat.limits import RefusedError
from bot.chat.markup import Markup
from bot.chat.page import Page
from bot.chat.records import Records
from bot.chat.responder import Responder
from bot.chat.review_panel import ReviewPanel
from bot.chat.rights import require_curator
from bot.drawing.pictures import Pictures
from bot.knowledge.strings import Strings
from bot.storage.statistics import Statistics

DAYS = 30
TOP = 6
"""Entries and groups listed."""


class StatisticsPanel:
    """Shows a server's statistics to its curators, and those of everywhere to an owner in a direct message."""

    def __init__(
        self,
        testigo: Testigo,
        markup: Markup,
        records: Records,
        pictures: Pictures,
        review: ReviewPanel,
        owners: frozenset[int],
        today: Callable[[], datetime.date],
    ) -> None:
        self._testigo = testigo
        self._markup = markup
        self._records = records
        self._pictures = pictures
        self._review = review
        self._owners = owners
        self._today = today

    async def send(self, responder: Responder) -> None:
        """Respond with the statistics.

        Raises:
            RefusedError: the person may not see them, or there are none.
        """
        await responder.promise(is_private=True)
        settings = await self._records.settings(responder.interaction.guild_id)
        guild = require_curator(responder.interaction, settings, self._owners)
        since = self._today() - datetime.timedelta(days=DAYS)
        counts = self._records.store.statistics
        statistics = await (counts.everywhere(since) if guild is None else counts.of(guild, since))
        if not statistics.questions:
            raise RefusedError("stats-none", days=DAYS)
        figures = self._figures(statistics, responder.strings)
        page = Page(self._markup)
        page.heading(figures.title)
        list_sections(page, figures)
        groups = await (self._review.groups_everywhere() if guild is None else self._review.groups(guild))
        if groups:
            page.strong(responder.strings.text("stats-groups"))
            page.listed([f"{len(group.questions)} × {group.questions[0].text[:100]}" for group in groups[:TOP]])
        key = hashlib.sha256(json.dumps(asdict(figures)).encode()).hexdigest()
        file = await illustrate(page, figures, self._pictures, key=key, filename="statistics.png")
        await responder.send(page.view(), is_private=True, file=file)

    def _figures(self, statistics: Statistics, strings: Strings) -> FiguresReply:
        """Return the statistics as figures, so that they are drawn like those of the article."""
        text, language = strings.text, strings.language
        number = self._testigo.wordings[language].number
        bars = [
            FigureBar(text(f"outcome-{outcome.value.replace('_', '-')}"), float(count), number(count), False)
            for outcome in Outcome
            if (count := statistics.by_outcome.get(outcome, 0))
        ]
        rows = [FigureRow(text("stats-asked"), number(statistics.questions))]
        for share, key in ((statistics.share_answered, "answered"), (statistics.helpful_rate, "helpful")):
            if share is not None:
                rows.append(FigureRow(text(f"stats-{key}"), f"{share:.0%}"))
        names = {each: self._testigo.strings[each].text("language-name") for each in self._testigo.strings}
        languages = [FigureRow(names.get(each, each), number(count)) for each, count in statistics.by_language.items()]
        days = [FigureRow(day.isoformat(), number(count)) for day, count in list(statistics.by_day.items())[-TOP:]]
        entries = self._testigo.knowledge.entries
        asked = [
            FigureRow(entries[entry].question[language], number(count))
            for entry, count in statistics.by_entry.items()
            if entry in entries
        ][:TOP]
        sections = [
            FigureSection(text("stats-title", days=DAYS), tuple(rows)),
            FigureSection(text("stats-by-language"), tuple(languages)),
            FigureSection(text("stats-by-day"), tuple(days)),
            FigureSection(text("stats-by-entry"), tuple(asked)),
        ]
        bars_title = text("stats-by-outcome")
        return FiguresReply(
            language=language,
            title=text("stats-title", days=DAYS),
            bars_title=bars_title,
            bars=tuple(bars),
            sections=tuple(section for section in sections if section.rows),
            alt=f"{bars_title}: {', '.join(f'{bar.label} {bar.text}' for bar in bars)}.",
            source=self._testigo.knowledge.record.title,
            as_of="",
            citations=(),
        )
