"""Everything computed from the knowledge base ahead of a question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import Knowledge, Language
from bot.matching.encoder import Vectors
from bot.matching.lexical import LexicalModel, build_lexical_model
from bot.matching.text import fold

OFF_TOPIC = "off_topic"
"""The label of the counter-examples, beside the entries' ids."""


@dataclass(frozen=True, slots=True)
class Utterances:
    """The folded utterances, those of one label after another.

    Those of label `i` are rows ``starts[i]`` to ``starts[i + 1]``; `languages` has one language a row.
    """

    labels: tuple[str, ...]
    starts: NDArray[np.int64]
    texts: tuple[str, ...]
    languages: tuple[Language, ...]

    def label_numbers(self) -> NDArray[np.int64]:
        """Return each row's label, as a number."""
        return np.repeat(np.arange(len(self.labels)), np.diff(self.starts))


@dataclass(frozen=True, slots=True)
class Index:
    """What the matcher looks questions up in.

    `centroids` has one unit vector a label; `lexical` scores labels, `language` scores languages.
    """

    utterances: Utterances
    vectors: Vectors
    centroids: Vectors
    lexical: LexicalModel
    language: LexicalModel


def collect_utterances(knowledge: Knowledge) -> Utterances:
    """Fold every canonical question and utterance; the off-topic examples come last."""
    labels: list[str] = []
    starts = [0]
    texts: list[str] = []
    languages: list[Language] = []
    sources = [
        (entry.id, {language: (entry.question[language], *entry.utterances.get(language, ())) for language in knowledge.languages})
        for entry in knowledge.entries.values()
    ]
    for label, by_language in [*sources, (OFF_TOPIC, knowledge.off_topic)]:
        labels.append(label)
        for language, lines in by_language.items():
            folded = [text for text in dict.fromkeys(map(fold, lines)) if text]
            texts += folded
            languages += [language] * len(folded)
        starts.append(len(texts))
    return Utterances(tuple(labels), np.array(starts), tuple(texts), tuple(languages))


def build_index(knowledge: Knowledge, encode: Callable[[Sequence[str]], Vectors]) -> Index:
    """Compute the index; `encode` is given every folded utterance at once."""
    utterances = collect_utterances(knowledge)
    vectors = encode(utterances.texts)
    labels = utterances.label_numbers()
    lexical = build_lexical_model(utterances.texts, labels.tolist(), len(utterances.labels))
    numbers = [knowledge.languages.index(language) for language in utterances.languages]
    language = build_lexical_model(utterances.texts, numbers, len(knowledge.languages))
    return Index(utterances, vectors, _centroids(vectors, utterances.starts), lexical, language)


def _centroids(vectors: Vectors, starts: NDArray[np.int64]) -> Vectors:
    centroids = np.zeros((len(starts) - 1, vectors.shape[1]), np.float32)
    for label, (start, end) in enumerate(zip(starts, starts[1:], strict=False)):
        if end > start:
            centroids[label] = vectors[start:end].mean(axis=0)
    norms = np.linalg.norm(centroids, axis=1, keepdims=True)
    return centroids / np.where(norms > 0, norms, 1)
