"""Wild input for Hypothesis: the corpus mutated and joined, and characters of all kinds."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from tests.hostile.corpus import ALL

MARK = "zqxjkv"
"""Stands in every wild text, so that it would be recognised wherever it were repeated."""

MOST = 6000
"""Characters of an option: the most that Discord lets through."""

_LENGTHS = (60, 150, 300, 300, 300, 300, 500, 1900, MOST)
_TIMES = (1, 1, 1, 1, 1, 2, 5, 40, 1500)
_JOINTS = ("", "", " ", "\n", "\u202e", "](", "and ", "? ")
_ASKED = (
    "how many keepers escaped",
    "when did the lighthouse burn?",
    "¿cuántos fareros escaparon?",
    "is it true that 9 keepers escaped",
    "and why",
    "72",
)

_characters = st.text(st.characters(), max_size=12)
_pieces = st.one_of(st.sampled_from(ALL), st.sampled_from(ALL), st.sampled_from(_ASKED), _characters)


@st.composite
def wild_text(draw: st.DrawFn, most: int = MOST) -> str:
    """Return a text of at most `most` characters with the mark in it."""
    pieces = [_changed(draw, draw(_pieces)) for _ in range(draw(st.integers(1, 4)))]
    text = (draw(st.sampled_from(_JOINTS)).join(pieces) * draw(st.sampled_from(_TIMES)))[:MOST]
    room = min(most, draw(st.sampled_from(_LENGTHS))) - len(MARK) - 2
    text = text[:room]
    place = draw(st.integers(0, min(len(text), 40)))
    return f"{text[:place]} {MARK} {text[place:]}"


def wild_words(*known: str, most: int = MOST) -> st.SearchStrategy[str]:
    """Return what stands where one of `known` is expected: one of them, a cut one, a longer one, or anything."""
    expected = st.sampled_from(known)
    cut = st.builds(lambda word, end: word[:end], expected, st.integers(0, 100))
    longer = st.builds(lambda word, more: (word + more)[:most], expected, wild_text(most))
    return st.one_of(expected, cut, longer, wild_text(most))


def wild_custom_ids(names: Sequence[str], codes: Sequence[str]) -> st.SearchStrategy[str]:
    """Return custom ids that Discord would let through: an action's name with fields that may be wrong."""
    usual = (
        "en",
        "es",
        "xx",
        "",
        "0",
        "1",
        "-1",
        "2",
        "9" * 40,
        "1.2.3",
        "..",
        "\u0663",
        MARK,
        *codes,
        ".".join(codes),
    )
    fields = st.one_of(st.sampled_from(usual), st.sampled_from(usual), st.sampled_from(ALL), _characters)
    known = st.one_of(st.sampled_from(tuple(names)), st.sampled_from(tuple(names)), wild_words(*names, most=40))
    return st.builds(lambda name, rest: ":".join([name, *rest])[:100] or MARK, known, st.lists(fields, max_size=5))


def _changed(draw: st.DrawFn, piece: str) -> str:
    match draw(st.integers(0, 9)):
        case 0:
            return piece[::-1]
        case 1:
            return piece.upper()
        case 2:
            at = draw(st.integers(0, min(len(piece), 30)))
            return piece[:at] + draw(_characters) + piece[at:]
        case 3:
            return piece[: draw(st.integers(0, 30))]
        case 4:
            return "".join(character * 2 for character in piece)
        case _:
            return piece


_leaves: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from((-1, 0, 2**31, 2**53, 2**63, 2**64, 10**400, 1.5, float("nan"), float("inf"))),
    st.sampled_from(("", "0", "-1", "9" * 20, "9" * 400, "null", "1e999")),
    wild_text(100),
)
wild_values: st.SearchStrategy[Any] = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(("id", "type", "name", "x")), inner, max_size=3)
    ),
    max_leaves=4,
)
"""Anything that JSON can hold, as Python reads it."""
