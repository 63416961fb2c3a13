from pathlib import Path

import pytest

from bot.knowledge.words import load_words
from bot.matching.numbers import NumberReader

DATA = Path(__file__).parents[2] / "data"
READER = NumberReader(load_words([DATA], ["en", "es", "pt"]))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("the 72 victims", [(72, "victims")]),
        ("seventy two migrants", [(72, "migrants")]),
        ("setenta y dos personas", [(72, "personas")]),
        ("setenta e duas pessoas", [(72, "pessoas")]),
        ("two hundred and fifty thousand", [(250_000, None)]),
        ("ciento veinticinco mil y pico", [(100, "veinticinco"), (1000, "y")]),
        ("dos mil diez", [(2010, None)]),
        ("24 de honduras y 14 de el salvador", [(24, "de"), (14, "de")]),
        ("nobody and everybody", []),
        ("9999999999999999", []),
        ("", []),
    ],
)
def test_numbers_are_read_in_digits_and_words(text: str, numbers: list[tuple[int, str | None]]) -> None:
    assert [(found.value, found.next_word) for found in READER.read(text)] == numbers
