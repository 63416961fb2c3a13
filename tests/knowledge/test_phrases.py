"""How the data writes what a question says."""

import pytest

from bot.errors import DataError
from bot.knowledge.phrases import phrase

LISTS = {"dead": ["victims", "dead people"]}


def is_said(pattern: str, text: str, right: frozenset[int] = frozenset({72})) -> bool:
    return phrase(pattern, LISTS).is_said(text, frozenset(text.split()), right)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("nobody survived", "since nobody survived how do we know"),
        ("all ... identified", "all identified"),
        ("all ... identified", "were all of the victims identified"),
        ("mexican*", "were they mexicans"),
        ("nobody/none survived", "if none survived"),
        ("all <dead>", "all dead people"),
        ("# <dead>", "the 50 victims"),
        ("# <dead>", "the 72 victims or 50 victims"),
        ("in ####", "in 2012"),
    ],
)
def test_what_a_pattern_finds(pattern: str, text: str) -> None:
    assert is_said(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("nobody survived", "nobody has survived"),
        ("all ... identified", "all of the many dead were identified"),
        ("all", "tall"),
        ("mexican", "mexicans"),
        ("# <dead>", "the 72 victims"),
        ("# <dead>", "victims"),
        ("# victims", "in 2012 victims"),
        ("in ####", "in 72"),
    ],
)
def test_what_a_pattern_does_not_find(pattern: str, text: str) -> None:
    assert not is_said(pattern, text)


@pytest.mark.parametrize(
    "pattern", ["... all", "all ...", "Mexico", "méxico", "u.s.", "", "all  men", "<living>", "a/"]
)
def test_what_is_no_pattern_is_told(pattern: str) -> None:
    with pytest.raises(DataError, match=r"begins or ends|no folded word|no list of words"):
        phrase(pattern, LISTS)
