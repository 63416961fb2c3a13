from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.thresholds import auroc, best_threshold, halves, judged_by_other_half
from bot.terminal.evaluation import Verdict

RIGHT, WRONG, MISSED = Verdict.RIGHT, Verdict.WRONG, Verdict.MISSED


@pytest.mark.parametrize(
    ("scores", "gains", "threshold"),
    [
        ([0.9, 0.8, 0.3, 0.1], [1, 1, -1, -1], 0.55),
        ([0.9, 0.8], [1, 1], 0.8),
        ([0.9, 0.8], [-1, -1], float("inf")),
        ([0.9, 0.9, 0.1], [1, -1, 1], 0.1),
        ([], [], float("inf")),
    ],
    ids=["between", "everything", "nothing", "equal scores go together", "no questions"],
)
def test_the_threshold_that_gains_most_is_chosen(scores: list[float], gains: list[float], threshold: float) -> None:
    assert best_threshold(scores, gains) == pytest.approx(threshold)


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([-1, 0, 1])), max_size=30))
def test_no_other_threshold_gains_more(pairs: list[tuple[int, int]]) -> None:
    scores, gains = [score for score, _ in pairs], [gain for _, gain in pairs]

    def gained(threshold: float) -> int:
        return sum(gain for score, gain in pairs if score >= threshold)

    assert gained(best_threshold(scores, gains)) == max(gained(t) for t in [*range(11), float("inf")])


def test_the_halves_share_no_question_and_leave_none_out() -> None:
    first, second = halves(7)
    assert sorted([*first, *second]) == list(range(7))
    assert halves(7) == (first, second)
    assert all(a < b for a, b in pairwise(first))


def test_a_question_is_judged_with_the_threshold_of_the_other_half() -> None:
    first, second = halves(8)
    scores = [0.0] * 8
    accepted, refused = [RIGHT] * 8, [MISSED] * 8
    for place, i in enumerate(first):  # here guesses are right from 0.5
        scores[i] = place / 4
        accepted[i] = RIGHT if scores[i] >= 0.5 else WRONG
    for i in second:  # here all guesses are wrong, so that this half accepts nothing
        scores[i], accepted[i] = 0.9, WRONG
    verdicts, thresholds = judged_by_other_half(scores, accepted, refused)
    assert thresholds == (pytest.approx(0.375), float("inf"))
    assert {verdicts[i] for i in second} == {WRONG}
    assert {verdicts[i] for i in first} == {MISSED}


@pytest.mark.parametrize(
    ("inside", "outside", "area"),
    [([0.9, 0.8], [0.1, 0.2], 1.0), ([0.1], [0.9], 0.0), ([0.5], [0.5], 0.5), ([0.9, 0.1], [0.5], 0.5)],
)
def test_auroc_is_the_share_of_pairs_in_order(inside: list[float], outside: list[float], area: float) -> None:
    assert auroc(inside, outside) == pytest.approx(area)
