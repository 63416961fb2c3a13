"""BM25, the ranking of search engines, by bm25s."""

from typing import Any

import bm25s

from benchmarks.peers.peer import Guess, Wordings
from bot.matching.text import fold


class Bm25:
    """Searches the wordings for the words of the question."""

    def __init__(self, wordings: Wordings) -> None:
        self._labels = wordings.labels
        self._index: Any = bm25s.BM25()
        self._index.index([text.split() for text in wordings.texts], show_progress=False)

    def guess(self, question: str) -> Guess:
        """Return the label of the best wording; the score is per word, by which one threshold serves all.

        On the development questions the plain score, and its share of the wording's own, did as well.
        """
        words = fold(question).split()
        if not words:
            return Guess(self._labels[0], 0.0)
        places, scores = self._index.retrieve([words], k=1, show_progress=False)
        return Guess(self._labels[int(places[0, 0])], float(scores[0, 0]) / len(words))
