"""Correct the spelling of words that no utterance has, or only few beside a word of nearly the same letters."""

import math
from bisect import bisect_right
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.ngrams import Vocabulary

SHORTEST = 4
"""Letters from which a word is corrected: a shorter one has too many neighbours."""

LONG = 8
"""Letters from which two errors are mended instead of one, where no utterance has the word."""

COMMONER = math.log(50)
"""A word so much commoner (difference of inverse document frequencies) than its neighbour is what the neighbour meant.

Chosen on the development questions: some utterances are misspelt themselves. 20 mended words that were right.
"""

REMEMBERED = 4096
"""Words whose correction is kept."""


class Speller:
    """Knows the words of the utterances, and mends others by at most two edits."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        rarities = {word: float(vocabulary.idf[vocabulary.numbers[word]]) for word in vocabulary.words()}
        self._rarities = rarities
        self._by_shape: dict[tuple[str, int], list[str]] = {}
        for word in sorted(rarities, key=lambda word: (rarities[word], word)):
            self._by_shape.setdefault((word[0], len(word)), []).append(word)
        self._corrected = lru_cache(REMEMBERED)(self._correct_word)

    def correct(self, text: str) -> str:
        """Return a folded text with each word replaced by what it is a slip of, the nearest and commonest word."""
        return " ".join(map(self._corrected, text.split()))

    def _correct_word(self, word: str) -> str:
        if len(word) < SHORTEST or not word.isalpha():
            return word
        rarity = self._rarities.get(word)
        if rarity is None:
            return self._nearest(word, math.inf, edits=2 if len(word) >= LONG else 1)
        return self._nearest(word, rarity - COMMONER, edits=1)

    def _nearest(self, word: str, rarest: float, edits: int) -> str:
        # A slip on the first letter is rare, save that it changes places with the second.
        shapes = [(first, len(word) + more) for first in set(word[:2]) for more in range(-edits, edits + 1)]
        near = [known for shape in shapes for known in self._no_rarer(shape, rarest)]
        near.sort(key=lambda known: (self._rarities[known], known))  # of several at the same distance the first counts
        found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=edits)
        return found[0] if found is not None else word

    def _no_rarer(self, shape: tuple[str, int], rarest: float) -> list[str]:
        words = self._by_shape.get(shape, [])
        return words[: bisect_right(words, rarest, key=self._rarities.__getitem__)]
