"""Score entries by the words and letters of a question: naive Bayes over TF-IDF weighted n-grams."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LETTERS = 4
"""Letters in a letter n-gram. Measured on the development questions: 4 alone was as good as 3 to 5 together, at a third of the size."""

MIN_TEXTS = 2
"""An n-gram that only one utterance has is left out."""

SMOOTHING = 0.01
"""Lidstone's constant, chosen on the development questions among 0.005 to 0.2."""


def word_ngrams(text: str) -> list[str]:
    """Return the words of a folded text and its pairs of neighbouring words."""
    words = text.split()
    return words + [f"{first} {second}" for first, second in zip(words, words[1:], strict=False)]


def letter_ngrams(text: str) -> list[str]:
    """Return the letter n-grams inside each word of a folded text, its ends marked by ``_``."""
    found: list[str] = []
    for word in text.split():
        marked = f"_{word}_"
        found += [marked[i : i + LETTERS] for i in range(max(1, len(marked) - LETTERS + 1))]
    return found


@dataclass(frozen=True, slots=True)
class LexicalModel:
    """What n-grams tell about entries.

    `log_probability` has shape (n-grams, labels); `idf` one weight an n-gram.
    """

    vocabulary: dict[str, int]
    idf: NDArray[np.float32]
    log_probability: NDArray[np.float32]

    def scores(self, text: str) -> NDArray[np.float32]:
        """Return each label's score for a folded text: a weighted mean of log probabilities, two blocks added."""
        total = np.zeros(self.log_probability.shape[1], np.float32)
        for ngrams in (word_ngrams(text), letter_ngrams(text)):
            ids, weights = self._weigh(ngrams)
            if len(ids):
                total += weights @ self.log_probability[ids]
        return total

    def known_share(self, text: str) -> float:
        """Return the share of a folded text's words that some utterance has."""
        words = text.split()
        return sum(word in self.vocabulary for word in words) / len(words) if words else 0.0

    def _weigh(self, ngrams: Iterable[str]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        return weigh(Counter(ngrams), self.vocabulary, self.idf)


def weigh(
    counts: Counter[str], vocabulary: dict[str, int], idf: NDArray[np.float32]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return the ids of the known n-grams and their TF-IDF weights, scaled to length 1."""
    known = [(vocabulary[ngram], count) for ngram, count in counts.items() if ngram in vocabulary]
    ids = np.fromiter((i for i, _ in known), np.intp, len(known))
    weights = np.fromiter((1 + math.log(count) for _, count in known), np.float32, len(known)) * idf[ids]
    norm = float(np.sqrt(weights @ weights))
    return ids, weights / norm if norm else weights


def build_lexical_model(texts: Sequence[str], labels: Sequence[int], label_count: int) -> LexicalModel:
    """Count the n-grams of folded `texts`, whose labels are numbers below `label_count`."""
    blocks = [[Counter(ngrams(text)) for text in texts] for ngrams in (word_ngrams, letter_ngrams)]
    frequency = Counter(ngram for block in blocks for counts in block for ngram in counts)
    kept = sorted(ngram for ngram, texts_with in frequency.items() if texts_with >= min(MIN_TEXTS, len(texts)))
    vocabulary = {ngram: i for i, ngram in enumerate(kept)}
    idf = np.array([math.log((1 + len(texts)) / (1 + frequency[ngram])) + 1 for ngram in kept], np.float32)
    mass = np.full((len(kept), label_count), SMOOTHING, np.float64)
    for block in blocks:
        for counts, label in zip(block, labels, strict=True):
            ids, weights = weigh(counts, vocabulary, idf)
            mass[ids, label] += weights
    return LexicalModel(vocabulary, idf, np.log(mass / mass.sum(axis=0)).astype(np.float32))
