"""The corpus is as large and as broken as it is meant to be."""

import unicodedata

import pytest

from tests.hostile.corpus import ALL, GROUPS
from tests.hostile.strategies import MARK, MOST


def test_there_are_two_hundred_strings_of_many_kinds() -> None:
    assert len(ALL) >= 200
    assert len(GROUPS) >= 20
    assert max(map(len, ALL)) == MOST


@pytest.mark.parametrize("group", GROUPS)
def test_no_string_stands_twice_or_holds_the_mark(group: str) -> None:
    assert len(set(GROUPS[group])) == len(GROUPS[group])
    assert not [text for text in GROUPS[group] if MARK in text]


def test_characters_of_every_hidden_category_are_there() -> None:
    categories = {unicodedata.category(character) for text in ALL for character in text}
    assert categories >= {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Zl", "Zp"}
