"""Complete what somebody is typing to canonical questions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein, Prefix

from bot.knowledge.model import Kind, Knowledge, Language
from bot.matching.text import fold

MAX_TYPED = 100
"""Characters that are looked at of what is typed; no canonical question is longer."""

MAX_WORDS = 12

ALIKE = 0.7
"""Likeness of spelling from which a typed word counts as one of a question's: one slip in a word of four letters."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The questions of a language, their distinct words, and which of them each question holds (questions × words)."""

    questions: tuple[str, ...]
    words: tuple[str, ...]
    holds: np.ndarray[tuple[int, int], np.dtype[np.float32]]


class Completer:
    """Finds canonical questions by their words, typed in any order, with slips, the last one perhaps unfinished."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._tables = {language: _table(knowledge, language) for language in knowledge.languages}

    def complete(self, typed: str, language: Language, limit: int) -> Sequence[str]:
        """Return up to `limit` canonical questions, best first; those of the first topics where nothing is typed."""
        table = self._tables[language]
        words = fold(typed[:MAX_TYPED]).split()[:MAX_WORDS]
        if not words:
            return table.questions[:limit]
        likeness = process.cdist(words, table.words, scorer=Levenshtein.normalized_similarity, dtype=np.float32)
        begun = process.cdist(words[-1:], table.words, scorer=Prefix.similarity, dtype=np.float32)[0] >= len(words[-1])
        likeness[-1][begun] = 1.0
        likeness[likeness < ALIKE] = 0.0
        # For each question, the likeness of each typed word to the question's word that is most like it.
        found = np.stack([(table.holds * row).max(axis=1) for row in likeness], axis=1)
        rarity = 1.0 / np.maximum(found.sum(axis=0), 1.0)
        scores = found @ rarity
        order = np.argsort(-scores, kind="stable")[:limit]
        return [table.questions[int(index)] for index in order.tolist() if scores[index] > 0]


def _table(knowledge: Knowledge, language: Language) -> _Table:
    asked = [entry for entry in knowledge.entries.values() if entry.kind is not Kind.META]
    asked.sort(key=lambda entry: entry.kind is Kind.GAP)
    questions = tuple(entry.question[language] for entry in asked)
    tokens = [fold(question).split() for question in questions]
    words = tuple(sorted({word for question in tokens for word in question}))
    place = {word: index for index, word in enumerate(words)}
    holds = np.zeros((len(questions), len(words)), dtype=np.float32)
    for row, question in enumerate(tokens):
        holds[row, [place[word] for word in question]] = 1.0
    return _Table(questions, words, holds)
