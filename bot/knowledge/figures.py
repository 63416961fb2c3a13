"""The figures of the article that are shown as one picture."""

from collections.abc import Mapping
from pathlib import Path

from bot.errors import DataError
from bot.knowledge.model import Fact, Figure, FigureGroup, Figures
from bot.knowledge.schema import FigureGroupTable, FiguresFile, FigureTable
from bot.knowledge.templates import placeholders

FIGURES = Path("figures.toml")


def build_figures(file: FiguresFile, facts: Mapping[str, Fact]) -> Figures:
    """Return the figures of `file`.

    Raises:
        DataError: a figure is of an unknown fact, or the bars are not of one measure.
    """
    bars = _group(file.bars, facts)
    _check_measure([facts[figure.fact] for figure in bars.figures])
    groups = tuple(_group(table, facts) for table in file.groups)
    figures = [figure for group in (bars, *groups) for figure in group.figures]
    texts = [file.title, bars.title, *(group.title for group in groups)]
    texts += [text for figure in figures for text in (figure.value, figure.label)]
    used = [key for text in [*texts, file.alt] for template in text.values() for key in placeholders(template)]
    return Figures(file.title, bars, groups, file.alt, tuple(dict.fromkeys(used)))


def _group(table: FigureGroupTable, facts: Mapping[str, Fact]) -> FigureGroup:
    return FigureGroup(table.title, tuple(_figure(figure, facts) for figure in table.figures))


def _figure(table: FigureTable, facts: Mapping[str, Fact]) -> Figure:
    if table.fact not in facts:
        raise DataError(f"{FIGURES}: there is no fact {table.fact}")
    value = table.value or dict.fromkeys(table.label, f"{{{table.fact}}}")
    return Figure(table.fact, value, table.label)


def _check_measure(facts: list[Fact]) -> None:
    """Bars side by side compare: what they stand for must be numbers of the same unit."""
    for fact in facts:
        if not isinstance(fact.value, int | float) or fact.value < 0:
            raise DataError(f"{FIGURES}: bars: {fact.key} is no number that a bar can show")
        if fact.unit != facts[0].unit:
            raise DataError(f"{FIGURES}: bars: {fact.key} counts {fact.unit}, {facts[0].key} counts {facts[0].unit}")
