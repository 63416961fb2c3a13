"""Tell the language of a question from its n-grams."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import Language
from bot.matching.ngrams import Vocabulary, Weighted, count_ngrams
from bot.matching.text import fold

SMOOTHING = 0.1
SHARPNESS = 6.0
"""How fast the difference of the mean log probabilities becomes certainty."""

SURE = 0.99
"""From this probability a question's own language counts; below it the conversation's does."""


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """The likeliest language and its probability."""

    language: Language
    probability: float

    @property
    def is_sure(self) -> bool:
        """Whether the question alone tells its language."""
        return self.probability >= SURE


class LanguageIdentifier:
    """Tells the knowledge base's languages apart; `log_probability` has the shape (n-grams, languages)."""

    def __init__(
        self, languages: tuple[Language, ...], vocabulary: Vocabulary, log_probability: NDArray[np.float32]
    ) -> None:
        self._languages = languages
        self._vocabulary = vocabulary
        self._log_probability = log_probability

    def identify(self, question: str) -> LanguageGuess:
        """Return the likeliest language of a question."""
        scores = np.zeros(len(self._languages))
        for block in self._vocabulary.weigh(count_ngrams(fold(question))):
            scores += SHARPNESS * (block.weights @ self._log_probability[block.numbers])
        probability = np.exp(scores - scores.max())
        probability /= probability.sum()
        best = int(probability.argmax())
        return LanguageGuess(self._languages[best], float(probability[best]))


def language_log_probability(
    vocabulary: Vocabulary, texts: Sequence[Sequence[Weighted]], languages: Sequence[int], language_count: int
) -> NDArray[np.float32]:
    """Return the logarithm of each n-gram's probability in each language: naive Bayes."""
    mass = np.full((len(vocabulary.idf), language_count), SMOOTHING, np.float64)
    for blocks, language in zip(texts, languages, strict=True):
        for block in blocks:
            mass[block.numbers, language] += block.weights
    return np.log(mass / mass.sum(axis=0)).astype(np.float32)
