"""What the picture of the figures shows, and the same in words."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.answering.figures import FiguresReply
from bot.answering.testigo import Testigo
from bot.app import open_testigo
from bot.settings import Settings

Edit = Callable[[str, str, str], Path]

LANGUAGES = ["en", "es", "pt"]


def figures_of(answerer: Answerer, language: str) -> FiguresReply:
    figures = answerer.figures(language)
    assert figures is not None
    return figures


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bars_add_up_to_the_dead(testigo: Testigo, language: str) -> None:
    figures = figures_of(testigo.answerer, language)
    assert sum(bar.value for bar in figures.bars) == testigo.knowledge.facts["victims.total"].value
    assert [bar.is_calculated for bar in figures.bars] == [False] * 6 + [True]
    assert figures.bars[-1].label.endswith("72 − 61 = 11)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_the_picture_names_every_bar_and_figure(testigo: Testigo, language: str) -> None:
    figures = figures_of(testigo.answerer, language)
    assert len(figures.alt) <= 1000
    for shown in (*figures.bars, *figures.rows):
        number = re.escape(shown.text.split()[-1])
        assert re.search(rf"(?<!\d){number}(?!\d)", figures.alt), shown
    for bar in figures.bars[:-1]:
        assert bar.label in figures.alt


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["at least 2", "more than 125,000", "about 25,000", "more than 250,000", "an estimated 20,000"]),
        ("es", ["al menos 2", "más de 125,000", "unas 25,000", "más de 250,000", "se estiman 20,000"]),
        ("pt", ["pelo menos 2", "mais de 125.000", "cerca de 25.000", "mais de 250.000", "estimam-se 20.000"]),
    ],
)
def test_a_figure_keeps_its_qualifier(testigo: Testigo, language: str, texts: list[str]) -> None:
    assert set(texts) <= {row.text for row in figures_of(testigo.answerer, language).rows}


def test_what_is_alleged_stays_alleged(lighthouse: Testigo) -> None:
    row = figures_of(lighthouse.answerer, "es").rows[0]
    assert (row.text, row.label) == ("3", "advertencias ignoradas, alegan los pescadores")


def test_every_figure_has_its_passage(testigo: Testigo) -> None:
    figures = figures_of(testigo.answerer, "en")
    assert {"p1s1", "p1s2", "p1s3", "p1s4", "p3s1", "p3s2"} <= {citation.passage for citation in figures.citations}
    assert figures.source.endswith("October 7, 2014")
    assert "2014" in figures.as_of


def test_where_there_are_no_figures_none_are_shown(edited: Edit, own_cache: Path) -> None:
    folder = edited("links.toml", "links", "links")
    (folder / "figures.toml").unlink()
    assert open_testigo(Settings(_env_file=None, cache=own_cache, data=folder)).answerer.figures("en") is None
