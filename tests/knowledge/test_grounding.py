"""The one promise: nothing is said without a passage behind it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.checking import check_data
from bot.settings import Settings
from tests.conftest import LIGHTHOUSE

Edit = Callable[[str, str, str], Path]


def problems(folder: Path, article: Path | None = None) -> list[str]:
    return check_data(Settings(_env_file=None, data=folder, article=article))


def test_good_data_has_no_problem() -> None:
    assert problems(LIGHTHOUSE, LIGHTHOUSE / "article.txt") == []


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "entries/fire.toml",
            "{keepers.escaped} keepers",
            "7 keepers",
            "fire.toml: keepers-escaped (en): the number 7 does not",
        ),
        ("entries/fire.toml", "{keepers.escaped} keepers", "seven keepers", "keepers-escaped (en): the number 'seven'"),
        ("entries/fire.toml", "{keepers.escaped} fareros", "siete fareros", "keepers-escaped (es): the number 'siete'"),
        (
            "entries/fire.toml",
            "escaped from {fire.place}",
            "escaped from Dublin",
            "keepers-escaped (en): the name 'Dublin'",
        ),
        ("entries/fire.toml", "escaparon de {fire.place}", "escaparon", "(es): does not use {fire.place}"),
        ("entries/fire.toml", "Fishermen allege that", "It is certain that", "(en): {warnings.ignored} is advocates"),
        ("entries/fire.toml", "alegan", "dicen", "warnings-ignored (es): {warnings.ignored} is advocates"),
        ("entries/fire.toml", ": {lamp.lit.arithmetic}", "", "(en): {lamp.lit} is derived, and the text shows neither"),
        (
            "entries/fire.toml",
            "calculated from",
            "known from",
            "(en): {lamp.lit} is derived, and the text does not say so",
        ),
        ("entries/fire.toml", 'related = ["lamp-lit"]', 'related = ["lamp-out"]', "there is no related entry lamp-out"),
        ("entries/fire.toml", "On {fire.date}", "On {fire.day}", "there is no fact fire.day"),
        ("entries/fire.toml", 'answer.es = "El {fire.date}."', "", "fire-when (es): has no answer"),
        ("entries/fire.toml", "On {fire.date}", "A" * 3600 + " {fire.date}", "longer than 3500"),
        ("entries/fire.toml", "How many keepers escaped?", "How " + "very " * 30 + "many?", "longer than 100"),
        ("facts.toml", 'passages = ["s3"]', "passages = []", "facts.toml: lamp.age: has no passage"),
        ("facts.toml", 'passages = ["s3"]', 'passages = ["s9"]', "facts.toml: lamp.age: there is no passage s9"),
        (
            "utterances/en/gaps.txt",
            "was it arson",
            "date of the blaze",
            "'date of the blaze' stands under fire-when too",
        ),
        ("utterances/en/gaps.txt", "was it arson", "Date, of the BLAZE!", "stands under fire-when too"),
        ("utterances/en/off-topic.txt", "write me a poem", "hey", "'hey' stands under meta-greeting too"),
        ("premises.toml", 'fact = "keepers.escaped"', 'fact = "keepers.gone"', "there is no fact keepers.gone"),
        ("premises.toml", '"fire", "gaps"', '"fire", "water"', "there is no topic water"),
        (
            "premises.toml",
            'before = ["keepers-escaped"]',
            'before = ["keepers-gone"]',
            "is no entry keepers-gone",
        ),
        ("premises.toml", "counts {keepers.escaped}", "counts 9", "premises.toml: keepers (en): the number 9 does not"),
        ("premises.toml", "cuenta {keepers.escaped}", "cuenta los", "keepers (es): does not use {keepers.escaped}"),
        ("article.toml", 'gist.es = "La ficha de la publicación."', "", "record (es): has no gist"),
    ],
)
def test_what_is_not_proved_is_told(edited: Edit, file: str, old: str, new: str, problem: str) -> None:
    assert any(problem in line for line in problems(edited(file, old, new)))


def test_a_passage_that_changed_is_noticed(edited: Edit) -> None:
    folder = edited("article.txt", "4 keepers", "5 keepers")
    found = problems(folder, folder / "article.txt")
    assert "article.toml: passage s1: not found as fingerprinted" in found
    assert any(line.startswith("facts.toml: keepers.escaped: '4' does not stand in s1") for line in found)


def test_a_fact_that_the_article_does_not_say_is_noticed(edited: Edit) -> None:
    folder = edited("facts.toml", "value = 120", "value = 130")
    assert problems(folder, folder / "article.txt") == ["facts.toml: lamp.age: '130' does not stand in s3"]
