import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.text import MAX_FOLDED, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("¿Cuántos MURIERON?", "cuantos murieron"),
        ("125,000 civilians, 20.000 a year", "125000 civilians 20000 a year"),
        ("nooooo", "no"),
        ("1000 and 2007", "1000 and 2007"),
        ("don't", "dont"),
        ("who\u200b di\u00aded\u202e", "who died"),
        ("@everyone <@123> <#9> see https://x.example how many?", "see how many"),
        ("\ud800 lone", "lone"),
        ("\ufdfa" * 3, "صلى الله عليه وسلمصلى الله عليه وسلمصلى الله عليه وسلم"),
        ("🤷‍♀️!?", ""),
    ],
)
def test_what_does_not_matter_is_folded_away(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=3000))
def test_folding_never_fails_and_stays_short(text: str) -> None:
    folded = fold(text)
    assert len(folded) <= MAX_FOLDED
    folded.encode()


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=200))
def test_folding_twice_is_folding_once_for_words(text: str) -> None:
    words = " ".join(character for character in fold(text).split() if character.isalpha())
    assert fold(words) == words
