"""Rank the entries against a question."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.encoder import Encoder
from bot.matching.guards import NameGuard
from bot.matching.index import OFF_TOPIC, Index
from bot.matching.language import LanguageGuess, LanguageIdentifier
from bot.matching.neighbours import Neighbour, Neighbours
from bot.matching.ngrams import Weighted, count_ngrams
from bot.matching.spelling import Speller
from bot.matching.text import fold

SHORTLIST = 8
"""Labels compared utterance by utterance; on the development questions the right one was there in all but 0.4 %."""

PIECES = 16
"""Texts whose mended form, n-grams and scores are kept: those of one message."""

ASKS_FROM = math.log(0.3)
"""Logarithm of the probability by words alone from which a piece of a message may ask something of its own."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each score counts; `off_topic` is added to the off-topic label."""

    words: float
    meaning: float
    spelling: float
    off_topic: float


WEIGHTS = Weights(words=0.98, meaning=0.19, spelling=10.64, off_topic=-0.15)
"""The likeliest of a conditional logit on the development questions."""


class Reading(NamedTuple):
    """A folded and mended text, its language, and its vector."""

    text: str
    language: LanguageGuess
    vector: NDArray[np.float32]


class Scored(NamedTuple):
    """A label, the logarithms of its probability by words and by meaning, and its utterance of the likest spelling."""

    label: str
    words: float
    meaning: float
    neighbour: Neighbour


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be asked for, its probability over all labels, and why."""

    entry: str
    probability: float
    scored: Scored


@dataclass(frozen=True, slots=True)
class Ranking:
    """The entries by probability, best first, and the probability that the question is about something else."""

    candidates: tuple[Candidate, ...]
    off_topic: float

    def favouring(self, entries: Collection[str], factor: float, *, without: str) -> "Ranking":
        """Return the ranking with `entries` `factor` times as likely, and as if the entry `without` did not exist."""
        rest = {candidate.entry: candidate for candidate in self.candidates if candidate.entry != without}
        probability = {
            entry: candidate.probability * (factor if entry in entries else 1) for entry, candidate in rest.items()
        }
        return _ranking(rest, probability, self.off_topic)


def blended(first: Ranking, second: Ranking) -> Ranking:
    """Return the mean of the rankings of two forms of one question; reasons are those of the first that has any."""
    reasons = {candidate.entry: candidate for ranking in (second, first) for candidate in ranking.candidates}
    probability = dict.fromkeys(reasons, 0.0)
    for ranking in (first, second):
        for candidate in ranking.candidates:
            probability[candidate.entry] += candidate.probability
    return _ranking(reasons, probability, first.off_topic + second.off_topic)


def _ranking(reasons: Mapping[str, Candidate], probability: Mapping[str, float], off_topic: float) -> Ranking:
    """Return the candidates with their probabilities scaled to a sum of 1."""
    total = sum(probability.values()) + off_topic
    candidates = [replace(reasons[entry], probability=value / total) for entry, value in probability.items()]
    return Ranking(tuple(sorted(candidates, key=lambda candidate: -candidate.probability)), off_topic / total)


class Matcher:
    """Ranks the entries of one index."""

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        identifier: LanguageIdentifier,
        guard: NameGuard,
        weights: Weights = WEIGHTS,
    ) -> None:
        self._index = index
        self._neighbours = Neighbours(index.utterances)
        self._encoder = encoder
        self._identifier = identifier
        self._guard = guard
        self._weights = weights
        self._speller = Speller(index.vocabulary)
        # The pieces of one message overlap, and its ways to be cut share most of them.
        self._mended = lru_cache(PIECES)(self._mend)
        self._weighed = lru_cache(PIECES)(self._weigh_ngrams)
        self._words = lru_cache(PIECES)(self._score_words)

    def read(self, text: str) -> Reading:
        """Fold a text, mend its spelling, tell its language and encode it: the slow half of ranking."""
        mended = self._mended(text)
        language = self._identifier.identify(self._weighed(mended))
        return Reading(mended, language, self._encoder.encode([mended])[0])

    def rank_piece(self, piece: str, whole: Reading) -> Ranking:
        """Rank the entries against a piece of a text by the piece's words and the whole's meaning.

        Encoding each piece too took longer than all the rest, and no question set was answered better for it.
        """
        return self.rank(whole._replace(text=self._mended(piece)))

    def asks(self, piece: str) -> str | None:
        """Return the label that a piece of a message asks for by its words alone, if they are clear: a quick look."""
        words = self._words(self._mended(piece))
        best = int(words.argmax())
        return self._index.labels[best] if words[best] >= ASKS_FROM else None

    def scores(self, reading: Reading) -> list[Scored]:
        """Return how each label on a text's shortlist scores."""
        words, meaning = self._words(reading.text), self._index.meaning.scores(reading.vector)
        language = reading.language.number if reading.language.is_sure else None
        return [
            Scored(
                self._index.labels[label],
                float(words[label]),
                float(meaning[label]),
                self._neighbours.nearest(label, reading.text, language),
            )
            for label in self._shortlist(words * self._weights.words + meaning * self._weights.meaning)
        ]

    def _mend(self, text: str) -> str:
        return self._speller.correct(fold(text))

    def _weigh_ngrams(self, text: str) -> Weighted:
        return self._index.vocabulary.weigh(count_ngrams(text))

    def _score_words(self, text: str) -> NDArray[np.float32]:
        return self._index.words.scores(self._weighed(text))

    def rank(self, reading: Reading) -> Ranking:
        """Rank the entries against a text."""
        scored = self.scores(reading)
        guard = self._guard.factors(reading.text, [score.label for score in scored])
        probability = _softmax([self._weigh(score) for score in scored]) * np.array(guard)
        probability /= probability.sum()
        candidates: list[Candidate] = []
        off_topic = 0.0
        for score, p in zip(scored, probability.tolist(), strict=True):
            if score.label == OFF_TOPIC:
                off_topic = p
            else:
                candidates.append(Candidate(score.label, p, score))
        return Ranking(tuple(sorted(candidates, key=lambda candidate: -candidate.probability)), off_topic)

    def _weigh(self, score: Scored) -> float:
        weights = self._weights
        return (
            weights.words * score.words
            + weights.meaning * score.meaning
            + weights.spelling * score.neighbour.likeness
            + weights.off_topic * (score.label == OFF_TOPIC)
        )

    @staticmethod
    def _shortlist(score: NDArray[np.floating]) -> list[int]:
        """Return the labels that are likeliest by words and meaning together, and the off-topic one."""
        count = min(SHORTLIST, len(score))
        best = np.argpartition(-score, count - 1)[:count]
        return sorted({*best.tolist(), len(score) - 1})


def _softmax(scores: Sequence[float]) -> NDArray[np.float64]:
    exponentials = np.exp(np.array(scores) - max(scores))
    return exponentials / exponentials.sum()
