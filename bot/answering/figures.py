"""The article's figures as a reply: what is drawn, and the same in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answering.reply import Citation
from bot.knowledge.model import Fact, FigureGroup, Figures, Language
from bot.knowledge.templates import Wording


@dataclass(frozen=True, slots=True)
class FigureBar:
    """A bar: its length, the same in words or digits, and whether it is calculated rather than said by the article."""

    label: str
    value: float
    text: str
    is_calculated: bool


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure with its qualifier, e.g. ``more than 125,000``, and what it counts."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class FigureSection:
    """Figures under a title."""

    title: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class FiguresReply:
    """All that the figures' picture shows, its text for those who cannot see it, and the passages behind it."""

    language: Language
    title: str
    bars_title: str
    bars: tuple[FigureBar, ...]
    sections: tuple[FigureSection, ...]
    alt: str
    source: str
    as_of: str
    citations: tuple[Citation, ...]

    @property
    def rows(self) -> tuple[FigureRow, ...]:
        """The figures of all sections."""
        return tuple(row for section in self.sections for row in section.rows)


def figures_reply(
    figures: Figures,
    facts: Mapping[str, Fact],
    wording: Wording,
    language: Language,
    *,
    source: str,
    as_of: str,
    citations: tuple[Citation, ...],
) -> FiguresReply:
    """Return the figures worded in `language`."""
    bars = zip(
        (facts[figure.fact] for figure in figures.bars.figures), _rows(figures.bars, wording, language), strict=True
    )
    return FiguresReply(
        language=language,
        title=wording.fill(figures.title[language]),
        bars_title=wording.fill(figures.bars.title[language]),
        bars=tuple(_bar(fact, row) for fact, row in bars),
        sections=tuple(
            FigureSection(wording.fill(group.title[language]), _rows(group, wording, language))
            for group in figures.groups
        ),
        alt=wording.fill(figures.alt[language]),
        source=source,
        as_of=as_of,
        citations=citations,
    )


def _rows(group: FigureGroup, wording: Wording, language: Language) -> tuple[FigureRow, ...]:
    return tuple(
        FigureRow(wording.fill(figure.label[language]), wording.fill(figure.value[language]))
        for figure in group.figures
    )


def _bar(fact: Fact, row: FigureRow) -> FigureBar:
    assert isinstance(fact.value, int | float), "loading lets only numbers be bars"
    return FigureBar(row.label, fact.value, row.text, fact.is_derived)
