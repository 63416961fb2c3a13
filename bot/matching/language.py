"""Tell the language of a question from its n-grams."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import Language
from bot.matching.classifier import TrainingTexts
from bot.matching.ngrams import Weighted

SMOOTHING = 0.1
SHARPNESS = 6.0
"""How fast the difference of the mean log probabilities becomes certainty."""

SURE = 0.99
"""From this probability a question's own language counts; below it the conversation's does."""


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """The likeliest language, its number among the knowledge base's, and its probability."""

    language: Language
    number: int
    probability: float

    @property
    def is_sure(self) -> bool:
        """Whether the question alone tells its language."""
        return self.probability >= SURE


class LanguageIdentifier:
    """Tells the knowledge base's languages apart; `log_probability` has the shape (n-grams, languages)."""

    def __init__(self, languages: tuple[Language, ...], log_probability: NDArray[np.float32]) -> None:
        self._languages = languages
        self._log_probability = log_probability

    def identify(self, question: Weighted) -> LanguageGuess:
        """Return the likeliest language of a question, given its n-grams."""
        scores = SHARPNESS * (question.weights @ self._log_probability[question.numbers])
        probability = np.exp(scores - scores.max())
        probability /= probability.sum()
        best = int(probability.argmax())
        return LanguageGuess(self._languages[best], best, float(probability[best]))


def language_log_probability(
    texts: TrainingTexts, languages: NDArray[np.int64], language_count: int
) -> NDArray[np.float32]:
    """Return the logarithm of each n-gram's probability in each language, given each text's: naive Bayes."""
    language = np.repeat(languages, np.diff(texts.ends, prepend=0))
    cells = texts.ngrams.astype(np.int64) * language_count + language
    mass = np.bincount(cells, texts.weights, texts.vocabulary_size * language_count) + SMOOTHING
    mass = mass.reshape(texts.vocabulary_size, language_count)
    return np.log(mass / mass.sum(axis=0)).astype(np.float32)
