from pathlib import Path

import pytest

from bot.knowledge.words import load_words
from bot.matching.numbers import NumberReader

DATA = Path(__file__).parents[2] / "data"
WORDS = load_words([DATA], ["en", "es", "pt"])
READER = NumberReader(WORDS.values())


@pytest.mark.parametrize(
    ("text", "in_digits"),
    [
        ("the 72 victims", "the 72 victims"),
        ("seventy two migrants", "72 migrants"),
        ("setenta y dos personas", "72 personas"),
        ("setenta e duas pessoas", "72 pessoas"),
        ("two hundred and fifty thousand", "250000"),
        ("20 mil por ano", "20000 por ano"),
        ("over 100k missing", "over 100000 missing"),
        ("ciento veinticinco mil y pico", "100 veinticinco 1000 y pico"),
        ("dos mil diez", "2010"),
        ("24 de honduras y 14 de el salvador", "24 de honduras y 14 de el salvador"),
        ("nobody and everybody", "nobody and everybody"),
        ("9999999999999999", "9999999999999999"),
        ("", ""),
    ],
)
def test_numbers_are_written_in_digits(text: str, in_digits: str) -> None:
    assert READER.in_digits(text) == in_digits


def test_a_word_is_a_number_only_in_its_language() -> None:
    assert NumberReader([WORDS["pt"]]).in_digits("a lista dos mortos") == "a lista dos mortos"
