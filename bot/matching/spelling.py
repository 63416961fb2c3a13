"""Correct the spelling of words that no utterance has."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.ngrams import Vocabulary

SHORTEST = 4
"""Letters from which a word is corrected: a shorter one has too many neighbours."""

LONG = 8
"""Letters from which two errors are mended instead of one."""


class Speller:
    """Knows the words of the utterances, and mends others by at most two edits."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = frozenset(vocabulary.words())
        self._by_shape: dict[tuple[str, int], list[str]] = {}
        for word in sorted(self._words, key=lambda word: (vocabulary.idf[vocabulary.numbers[word]], word)):
            self._by_shape.setdefault((word[0], len(word)), []).append(word)

    def correct(self, text: str) -> str:
        """Return a folded text with each unknown word replaced by the nearest known one, the commonest of several."""
        return " ".join(word if word in self._words else self._nearest(word) for word in text.split())

    def _nearest(self, word: str) -> str:
        if len(word) < SHORTEST or not word.isalpha():
            return word
        edits = 2 if len(word) >= LONG else 1
        # A slip on the first letter is rare, save that it changes places with the second.
        shapes = [(first, len(word) + more) for first in set(word[:2]) for more in range(-edits, edits + 1)]
        near = [known for shape in shapes for known in self._by_shape.get(shape, ())]
        found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=edits)
        return found[0] if found is not None else word
