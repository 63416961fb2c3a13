"""Rank the entries against a question."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.matching.encoder import Encoder
from bot.matching.index import OFF_TOPIC, Index
from bot.matching.text import fold

SHORTLIST = 20
"""Labels compared utterance by utterance; on the development questions the right one was among them in all but 1 %."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each score counts; `off_topic` is added to the off-topic label."""

    lexical: float
    semantic: float
    fuzzy: float
    off_topic: float


WEIGHTS = Weights(lexical=7.15, semantic=1.81, fuzzy=0.41, off_topic=1.6)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be asked for, and why.

    `probability` is over all labels; `semantic` and `fuzzy` are those of the likest utterance, from 0 to 1.
    """

    entry: str
    probability: float
    utterance: str
    lexical: float
    semantic: float
    fuzzy: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """The entries by probability, best first, and the probability that the question is about something else."""

    candidates: tuple[Candidate, ...]
    off_topic: float
    known_words: float


class Matcher:
    """Ranks the entries of one index."""

    def __init__(self, index: Index, encoder: Encoder, weights: Weights = WEIGHTS) -> None:
        self._index = index
        self._encoder = encoder
        self._weights = weights
        self._off_topic = index.utterances.labels.index(OFF_TOPIC)

    def rank(self, questions: Sequence[str]) -> list[Ranking]:
        """Rank each question by itself; all are encoded at once, which costs less than one by one."""
        folded = [fold(question) for question in questions]
        return [self._rank(text, vector) for text, vector in zip(folded, self._encoder.encode(folded), strict=True)]

    def _rank(self, text: str, vector: NDArray[np.float32]) -> Ranking:
        index = self._index
        lexical = index.lexical.scores(text)
        shortlist = self._shortlist(lexical, index.centroids @ vector)
        scored = [self._compare(label, text, vector) for label in shortlist]
        weights = self._weights
        score = np.array(
            [
                weights.lexical * lexical[label]
                + weights.semantic * semantic
                + weights.fuzzy * fuzzy
                + weights.off_topic * (label == self._off_topic)
                for label, (_, semantic, fuzzy) in zip(shortlist, scored, strict=True)
            ]
        )
        probability = _softmax(score)
        candidates = [
            Candidate(index.utterances.labels[label], float(p), index.utterances.texts[row], float(lexical[label]), semantic, fuzzy)
            for label, p, (row, semantic, fuzzy) in zip(shortlist, probability, scored, strict=True)
            if label != self._off_topic
        ]
        candidates.sort(key=lambda candidate: -candidate.probability)
        return Ranking(
            tuple(candidates),
            float(sum(p for label, p in zip(shortlist, probability, strict=True) if label == self._off_topic)),
            index.lexical.known_share(text),
        )

    def _shortlist(self, lexical: NDArray[np.float32], cosines: NDArray[np.float32]) -> list[int]:
        score = self._weights.lexical * lexical + self._weights.semantic * cosines
        count = min(SHORTLIST, len(score))
        best = np.argpartition(-score, count - 1)[:count]
        return sorted({*best.tolist(), self._off_topic})

    def _compare(self, label: int, text: str, vector: NDArray[np.float32]) -> tuple[int, float, float]:
        """Return the row of the label's likest utterance, its cosine, and the best similarity of spelling."""
        start, end = self._index.utterances.starts[label : label + 2].tolist()
        if start == end:
            return 0, 0.0, 0.0
        cosines = self._index.vectors[start:end] @ vector
        spelling = process.cdist([text], self._index.utterances.texts[start:end], scorer=fuzz.ratio, dtype=np.float32)
        row = int(cosines.argmax())
        return start + row, float(cosines[row]), float(spelling.max()) / 100


def _softmax(score: NDArray[np.float64]) -> NDArray[np.float64]:
    exponentials = np.exp(score - score.max())
    return exponentials / exponentials.sum()


