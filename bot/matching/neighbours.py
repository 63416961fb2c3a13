"""Compare a question with single utterances, by spelling."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

GROUPS = 1024
"""Groups whose texts are kept decoded: all, up to some three hundred entries in three languages."""


@dataclass(frozen=True, slots=True)
class Utterances:
    """The folded utterances in groups: those of label `i` in language `j` are group ``i * languages + j``.

    The texts of group `g` are the lines of ``texts[ends[g]:ends[g + 1]]``.
    """

    languages: int
    texts: bytes
    ends: NDArray[np.int64]

    def group(self, number: int) -> list[str]:
        """Return the texts of a group."""
        start, end = self.ends[number : number + 2].tolist()
        return self.texts[start:end].decode().splitlines()


class Neighbour(NamedTuple):
    """The utterance that is likest to a question in spelling, and how like, from 0 to 1."""

    utterance: str
    likeness: float


class Neighbours:
    """Finds the utterance of a label that is likest to a question."""

    def __init__(self, utterances: Utterances) -> None:
        self._languages = utterances.languages
        self._texts = lru_cache(GROUPS)(utterances.group)

    def nearest(self, label: int, text: str, language: int | None) -> Neighbour:
        """Return the utterance of a label that is likest to a folded question, or an empty one.

        Only those of the question's `language`, by its number, are compared, where that is known.
        """
        first = label * self._languages
        groups = range(first, first + self._languages) if language is None else (first + language,)
        nearest = Neighbour("", 0.0)
        for group in groups:
            least = 100 * nearest.likeness
            found = process.extractOne(text, self._texts(group), scorer=fuzz.ratio, score_cutoff=least)
            if found is not None:
                nearest = Neighbour(found[0], found[1] / 100)
        return nearest
