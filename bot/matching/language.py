"""Tell the language of a question from its n-grams."""

from dataclasses import dataclass

import numpy as np

from bot.knowledge.model import Language
from bot.matching.lexical import LexicalModel
from bot.matching.text import fold

SURE = 0.9
"""From this probability a question's own language counts; below it the conversation's does."""

SHARPNESS = 6.0
"""How fast the mean log odds of an n-gram become certainty; fitted to the development questions."""


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
    """Tells the knowledge base's languages apart."""

    def __init__(self, languages: tuple[Language, ...], model: LexicalModel) -> None:
        self._languages = languages
        self._model = model

    def identify(self, question: str) -> LanguageGuess:
        """Return the likeliest language of a question."""
        scores = SHARPNESS * self._model.scores(fold(question))
        probability = np.exp(scores - scores.max())
        probability /= probability.sum()
        best = int(probability.argmax())
        return LanguageGuess(self._languages[best], float(probability[best]))
