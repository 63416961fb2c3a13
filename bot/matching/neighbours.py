"""Compare a question with single utterances, by meaning and by spelling."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.matching.encoder import Vectors

GROUPS = 1024
"""Groups whose texts are kept decoded: all, up to some three hundred entries in three languages."""

STEP = 1 / 700
"""What one stands for in a vector kept in whole numbers of one byte; of a thousand none had a component above 0.172."""


@dataclass(frozen=True, slots=True)
class Utterances:
    """The folded utterances in groups: those of label `i` in language `j` are group ``i * languages + j``.

    The texts of group `g` are the lines of ``texts[ends[g]:ends[g + 1]]``. Only some have a vector: those of group `g`
    are rows ``vector_starts[g]`` to ``vector_starts[g + 1]`` of `vectors`, `vector_lines` has the line of each, and
    a component of a vector is so many times `STEP`.
    """

    languages: int
    texts: bytes
    ends: NDArray[np.int64]
    vector_starts: NDArray[np.int64]
    vector_lines: NDArray[np.int32]
    vectors: NDArray[np.int8]

    def group(self, number: int) -> list[str]:
        """Return the texts of a group."""
        start, end = self.ends[number : number + 2].tolist()
        return self.texts[start:end].decode().splitlines()


class Likeness(NamedTuple):
    """How like a label's utterances a question is, from 0 to 1, and the utterance likest in spelling or in meaning."""

    utterance: str
    semantic: float
    fuzzy: float


class Neighbours:
    """Finds the utterances of a label that are likest to a question."""

    def __init__(self, utterances: Utterances) -> None:
        self._utterances = utterances
        self._texts = lru_cache(GROUPS)(utterances.group)

    def compare(
        self, labels: Sequence[int], text: str, vector: NDArray[np.float32], language: int | None
    ) -> list[Likeness]:
        """Compare a folded question and its vector with each label's utterances.

        In spelling only with those of the question's `language`, by its number, where that is known.
        """
        rows = [self._rows(label) for label in labels]
        near = np.concatenate([self._utterances.vectors[first:last] for first, last in rows])
        cosines = near.astype(np.float32) @ vector * STEP
        found: list[Likeness] = []
        begin = 0
        for label, (first, last) in zip(labels, rows, strict=True):
            end = begin + last - first
            found.append(self._likeness(label, text, cosines[begin:end], language))
            begin = end
        return found

    def _rows(self, label: int) -> tuple[int, int]:
        languages, starts = self._utterances.languages, self._utterances.vector_starts
        return int(starts[label * languages]), int(starts[(label + 1) * languages])

    def _likeness(self, label: int, text: str, cosines: NDArray[np.float32], language: int | None) -> Likeness:
        groups = self._groups(label, language)
        utterance, fuzzy = "", 0.0
        for group in groups:
            found = process.extractOne(text, self._texts(group), scorer=fuzz.ratio, score_cutoff=100 * fuzzy)
            if found is not None:
                utterance, fuzzy = found[0], found[1] / 100
        semantic = float(cosines.max(initial=0.0))
        if semantic > fuzzy:
            utterance = self._utterance(self._rows(label)[0] + int(cosines.argmax()))
        return Likeness(utterance, semantic, fuzzy)

    def _groups(self, label: int, language: int | None) -> Sequence[int]:
        first = label * self._utterances.languages
        if language is not None:
            return (first + language,)
        return range(first, first + self._utterances.languages)

    def _utterance(self, row: int) -> str:
        group = int(self._utterances.vector_starts.searchsorted(row, side="right")) - 1
        return self._texts(group)[int(self._utterances.vector_lines[row])]


def in_steps(vectors: Vectors) -> NDArray[np.int8]:
    """Return unit vectors in whole numbers of one byte: a quarter of the memory, cosines alike to the third place."""
    return np.clip(np.rint(vectors / STEP), -127, 127).astype(np.int8)
