"""Compare a question with single utterances, by meaning and by spelling."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.matching.encoder import Vectors


@dataclass(frozen=True, slots=True)
class Utterances:
    """The folded utterances, those of one label after another.

    The texts of label `i` are ``starts[i]`` to ``starts[i + 1]``. Only some of them have a vector: those of label `i`
    are rows ``vector_starts[i]`` to ``vector_starts[i + 1]`` of `vectors`, and `vector_texts` has the number of each
    row's text.
    """

    starts: NDArray[np.int64]
    texts: tuple[str, ...]
    vector_starts: NDArray[np.int64]
    vector_texts: NDArray[np.int64]
    vectors: Vectors


class Likeness(NamedTuple):
    """How like a label's utterances a question is, from 0 to 1, and the utterance likest in spelling or in meaning."""

    utterance: str
    semantic: float
    fuzzy: float


def compare(utterances: Utterances, label: int, text: str, vector: NDArray[np.float32]) -> Likeness:
    """Compare a folded question and its vector with the utterances of one label."""
    start, end = utterances.starts[label : label + 2].tolist()
    if start == end:
        return Likeness("", 0.0, 0.0)
    first, last = utterances.vector_starts[label : label + 2].tolist()
    cosines = utterances.vectors[first:last] @ vector
    nearest = int(cosines.argmax())
    semantic = float(cosines[nearest])
    _, percent, likest = process.extractOne(text, utterances.texts[start:end], scorer=fuzz.ratio)
    fuzzy = percent / 100
    row = start + likest if fuzzy >= semantic else int(utterances.vector_texts[first + nearest])
    return Likeness(utterances.texts[row], semantic, fuzzy)
