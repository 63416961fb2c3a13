"""Choose a threshold on one half of the questions and judge the other half with it."""

import random
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from bot.terminal.evaluation import Verdict

SEED = 20100822

WORTH = {Verdict.RIGHT: 1, Verdict.WRONG: -1, Verdict.FALSE_ANSWER: -1}
"""What a verdict is worth when a threshold is chosen; the others are worth nothing."""

T = TypeVar("T")


def best_threshold(scores: Sequence[float], gains: Sequence[float]) -> float:
    """Return the score from which accepting a guess gains most in sum; infinity where none should be."""
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    best, threshold, total = 0.0, float("inf"), 0.0
    for place, i in enumerate(order):
        total += gains[i]
        is_last = place + 1 == len(order)
        if not is_last and scores[order[place + 1]] == scores[i]:
            continue  # equal scores are accepted together
        if total > best:
            following = scores[i] if is_last else scores[order[place + 1]]
            best, threshold = total, (scores[i] + following) / 2
    return threshold


def halves(count: int) -> tuple[list[int], list[int]]:
    """Return the numbers below `count` in two halves, at random but always alike."""
    numbers = list(range(count))
    random.Random(SEED).shuffle(numbers)
    return sorted(numbers[::2]), sorted(numbers[1::2])


def judged_by_other_half(
    scores: Sequence[float], accepted: Sequence[Verdict], refused: Sequence[Verdict]
) -> tuple[list[Verdict], tuple[float, float]]:
    """Return each question's verdict at the threshold that is best for the other half, and both thresholds.

    `accepted` and `refused` are the verdicts on a guess that is given and on saying that nothing was found.
    """
    gains = [WORTH.get(one, 0) - WORTH.get(other, 0) for one, other in zip(accepted, refused, strict=True)]
    first, second = halves(len(scores))
    verdicts = list(refused)
    thresholds: list[float] = []
    for chosen_on, measured_on in ((first, second), (second, first)):
        threshold = best_threshold([scores[i] for i in chosen_on], [gains[i] for i in chosen_on])
        thresholds.append(threshold)
        for i in measured_on:
            if scores[i] >= threshold:
                verdicts[i] = accepted[i]
    return verdicts, (thresholds[0], thresholds[1])


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """Return how often a score from `inside` is above one from `outside`; equal ones count half."""
    both = np.concatenate([np.asarray(inside, float), np.asarray(outside, float)])
    _, numbers, counts = np.unique(both, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[numbers]
    above = ranks[: len(inside)].sum() - len(inside) * (len(inside) + 1) / 2
    return float(above / (len(inside) * len(outside)))
