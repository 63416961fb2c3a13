"""The words and letters of a text, as TF-IDF weighted n-grams."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LETTERS = 4
"""Letters in a letter n-gram: on the development questions 4 were as good as 3 to 5 together, a third the size."""

MIN_TEXTS = 2
"""An n-gram that only one utterance has is left out."""


def word_ngrams(text: str) -> list[str]:
    """Return the words of a folded text and its pairs of neighbouring words."""
    words = text.split()
    return words + [f"{first} {second}" for first, second in pairwise(words)]


def letter_ngrams(text: str) -> list[str]:
    """Return the letter n-grams inside each word of a folded text, its ends marked by ``_``.

    Each begins with ``#``, for ``kill`` as a word is not ``kill`` as a part of ``killed``.
    """
    found: list[str] = []
    for word in text.split():
        marked = f"_{word}_"
        found += [f"#{marked[i : i + LETTERS]}" for i in range(max(1, len(marked) - LETTERS + 1))]
    return found


class Weighted(NamedTuple):
    """N-grams by number, and the weight of each."""

    numbers: NDArray[np.int32]
    weights: NDArray[np.float32]


NgramCounts = tuple[Counter[str], Counter[str]]
"""How often each word n-gram, and each letter n-gram, stands in a text."""


def count_ngrams(text: str) -> NgramCounts:
    """Count the n-grams of a folded text."""
    return Counter(word_ngrams(text)), Counter(letter_ngrams(text))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The known n-grams: their numbers, and their inverse document frequencies."""

    numbers: dict[str, int]
    idf: NDArray[np.float32]

    def words(self) -> list[str]:
        """Return the known words."""
        return [ngram for ngram in self.numbers if ngram[0] != "#" and " " not in ngram]

    def weigh(self, counts: NgramCounts) -> Weighted:
        """Return the TF-IDF weights of a text's known n-grams: those of its words, then those of its letters.

        Each of the two has the length 1.
        """
        words, letters = map(self._block, counts)
        return Weighted(
            np.concatenate([words.numbers, letters.numbers]), np.concatenate([words.weights, letters.weights])
        )

    def _block(self, counts: Counter[str]) -> Weighted:
        known = [(self.numbers[ngram], count) for ngram, count in counts.items() if ngram in self.numbers]
        numbers = np.fromiter((number for number, _ in known), np.int32, len(known))
        weights = np.fromiter((1 + math.log(count) for _, count in known), np.float32, len(known)) * self.idf[numbers]
        norm = float(np.sqrt(weights @ weights))
        return Weighted(numbers, weights / norm if norm else weights)


def build_vocabulary(texts: Sequence[str]) -> Vocabulary:
    """Number the n-grams that are in enough of the folded texts."""
    frequency = Counter(ngram for text in texts for ngram in chain(*count_ngrams(text)))
    kept = sorted(ngram for ngram, count in frequency.items() if count >= min(MIN_TEXTS, len(texts)))
    idf = [math.log((1 + len(texts)) / (1 + frequency[ngram])) + 1 for ngram in kept]
    return Vocabulary({ngram: number for number, ngram in enumerate(kept)}, np.array(idf, np.float32))
