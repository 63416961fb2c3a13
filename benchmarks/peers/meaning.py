"""The bare sentence encoder: the wording whose meaning is nearest."""

import numpy as np

from benchmarks.peers.peer import Guess, Wordings
from bot.matching.encoder import UniversalSentenceEncoder, Vectors
from bot.matching.text import fold

BATCH = 256


class Meaning:
    """Encodes every wording ahead, then the question."""

    def __init__(self, wordings: Wordings) -> None:
        encoder = UniversalSentenceEncoder()
        texts = wordings.texts
        parts = [encoder.encode(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        self.__setstate__((wordings.labels, np.concatenate(parts)))

    def guess(self, question: str) -> Guess:
        """Return the label of the nearest wording, and the cosine."""
        cosines = self._vectors @ self._encoder.encode([fold(question)])[0]
        best = int(cosines.argmax())
        return Guess(self._labels[best], float(cosines[best]))

    def __getstate__(self) -> tuple[tuple[str, ...], Vectors]:
        """Leave out the encoder, which comes with its own weights."""
        return self._labels, self._vectors

    def __setstate__(self, state: tuple[tuple[str, ...], Vectors]) -> None:
        """Load the encoder again."""
        self._labels, self._vectors = state
        self._encoder = UniversalSentenceEncoder()
