"""The rule of ChatterBot's BestMatch: the statement with the highest ratio of difflib, which it calls Levenshtein's.

ChatterBot 1.2.15 itself is not run here: it wants SQLAlchemy below 2.1 and so cannot be installed beside Testigo, and
its default tagger wants a model of spaCy's for each language, which the package registry does not have.
"""

from difflib import SequenceMatcher

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.peers.peer import Guess, Wordings
from bot.matching.text import fold


class BestMatch:
    """Compares the question with every statement, by a loop in Python as ChatterBot does."""

    def __init__(self, wordings: Wordings) -> None:
        self._texts = list(wordings.texts)
        self._labels = wordings.labels

    def guess(self, question: str) -> Guess:
        """Return the label of the likest statement, at the ratio rounded to two places.

        The same as `plain_guess`, sooner: rapidfuzz's ratio is never below difflib's, so that most need no look.
        """
        text = fold(question)
        bounds = process.cdist([text], self._texts, scorer=fuzz.ratio, dtype=np.float64)[0] / 100
        best = (-1.0, 0)
        order: list[int] = np.argsort(-bounds, kind="stable").tolist()
        for place in order:
            if round(bounds[place], 2) < best[0]:
                break
            # Of equal ones the first counts.
            best = max(best, (_ratio(text, self._texts[place]), -place))
        return Guess(self._labels[-best[1]], best[0])

    def plain_guess(self, question: str) -> Guess:
        """Return the same without the short cut: this is what its time is measured by."""
        text = fold(question)
        best = max((_ratio(text, known), -place) for place, known in enumerate(self._texts))
        return Guess(self._labels[-best[1]], best[0])


def _ratio(text: str, known: str) -> float:
    # It takes the first of 0.95 or more, but questions so near a wording are left out.
    return round(SequenceMatcher(None, text, known).ratio(), 2)
