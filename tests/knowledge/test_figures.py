"""What is drawn is proved like what is answered."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.checking import check_data
from bot.errors import DataError
from bot.knowledge.loading import load_knowledge
from bot.settings import Settings
from tests.conftest import LIGHTHOUSE

Edit = Callable[[str, str, str], Path]


def test_the_figures_are_read_with_their_facts() -> None:
    figures = load_knowledge(LIGHTHOUSE).figures
    assert figures is not None
    assert [bar.fact for bar in figures.bars.figures] == ["keepers.escaped"]
    assert [[figure.fact for figure in group.figures] for group in figures.groups] == [["warnings.ignored", "lamp.lit"]]
    assert set(figures.facts) == {"fire.place", "keepers.escaped", "warnings.ignored", "lamp.lit"}


def test_an_event_need_not_have_figures(edited: Edit) -> None:
    folder = edited("links.toml", "links", "links")
    (folder / "figures.toml").unlink()
    assert load_knowledge(folder).figures is None
    assert check_data(Settings(_env_file=None, data=folder)) == []


def test_the_version_follows_the_figures(edited: Edit) -> None:
    changed = edited("figures.toml", "the figures", "its figures")
    assert load_knowledge(changed).version != load_knowledge(LIGHTHOUSE).version


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title.en", "titel.en", r"figures.toml: titel"),
        ('fact = "lamp.lit"', 'fact = "lamp.out"', r"figures.toml: there is no fact lamp.out"),
        ('fact = "keepers.escaped"', 'fact = "fire.place"', r"figures.toml: bars: fire.place is no number"),
        (
            "\n[[groups]]",
            '[[bars.figures]]\nfact = "lamp.age"\nlabel.en = "old"\nlabel.es = "años"\n\n[[groups]]',
            r"figures.toml: bars: lamp.age counts years, keepers.escaped counts people",
        ),
    ],
)
def test_figures_that_cannot_be_drawn_are_refused(edited: Edit, old: str, new: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        load_knowledge(edited("figures.toml", old, new))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('label.en = "escaped"', 'label.en = "escaped in 2 boats"', "keepers.escaped (en): the number 2 does not"),
        ('label.es = "escaparon"', 'label.es = "los dos"', "keepers.escaped (es): the number 'dos' does not"),
        ('label.en = "escaped"', 'label.en = "fled to Dublin"', "keepers.escaped (en): the name 'Dublin'"),
        ('label.es = "escaparon"', "", "keepers.escaped (es): has no label"),
        (
            'label.es = "escaparon"',
            'label.es = "de {fire.place}"',
            "keepers.escaped (en): does not use {fire.place}, which another language does",
        ),
        ("ignored, fishermen allege", "ignored", "warnings.ignored (en): {warnings.ignored} is advocates"),
        ("luz, calculada: {lamp.lit.arithmetic}", "luz", "lamp.lit (es): {lamp.lit} is derived, and the text does not"),
        (", calculated: {lamp.lit.arithmetic}", ", calculated", "lamp.lit (en): {lamp.lit} is derived, and the text"),
        (
            'label.en = "escaped"',
            'value.en = "some"\nvalue.es = "{keepers.escaped}"\nlabel.en = "escaped"',
            "keepers.escaped (en): the value does not show {keepers.escaped}",
        ),
        ('title.es = "Los fareros"', "", "bars: title (es): has no text"),
        ('"Las advertencias', '"Las 3 advertencias', "groups 1: title (es): the number 3 does not"),
        ('title.en = "{fire.place}:', 'title.en = "{fire.town}:', "title (en): there is no fact fire.town"),
        ("{keepers.escaped} keepers escaped", "Keepers escaped", "alt (en): does not tell {keepers.escaped}"),
        ("Fishermen allege", "It is certain", "alt (en): {warnings.ignored} is advocates"),
        ("La lámpara se encendió", "La lámpara " * 100, "alt (es): is longer than 1,000 characters"),
    ],
)
def test_what_the_figures_may_not_say_is_told(edited: Edit, old: str, new: str, problem: str) -> None:
    found = check_data(Settings(_env_file=None, data=edited("figures.toml", old, new)))
    assert any(line.startswith(f"figures.toml: {problem}") for line in found), found


def test_a_figure_says_how_exact_it_is(edited: Edit) -> None:
    folder = edited("facts.toml", 'unit = "people"', 'unit = "people"\nqualifier = "at_least"')
    found = check_data(Settings(_env_file=None, data=folder))
    assert any(line.startswith("figures.toml: keepers.escaped (en): {keepers.escaped} is at_least") for line in found)
