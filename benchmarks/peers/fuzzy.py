"""rapidfuzz's nearest wording, as most question-and-answer bots do it."""

from collections.abc import Callable

from rapidfuzz import fuzz, process

from benchmarks.peers.peer import Guess, Wordings
from bot.matching.text import fold


class Fuzzy:
    """Compares the question with every wording."""

    def __init__(self, wordings: Wordings, scorer: Callable[..., float]) -> None:
        self._texts = list(wordings.texts)
        self._labels = wordings.labels
        self._scorer = scorer

    def guess(self, question: str) -> Guess:
        """Return the label of the wording that is likest in spelling."""
        _, score, place = process.extractOne(fold(question), self._texts, scorer=self._scorer)
        return Guess(self._labels[place], score)


def plain_ratio(wordings: Wordings) -> Fuzzy:
    """Return the method with the quickest scorer."""
    return Fuzzy(wordings, fuzz.ratio)


def weighted_ratio(wordings: Wordings) -> Fuzzy:
    """Return the method with rapidfuzz's default scorer."""
    return Fuzzy(wordings, fuzz.WRatio)


def token_set_ratio(wordings: Wordings) -> Fuzzy:
    """Return the method that disregards the words' order and number."""
    return Fuzzy(wordings, fuzz.token_set_ratio)
