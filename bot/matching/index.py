"""Everything computed from the knowledge base ahead of a question."""

from collections.abc import Callable, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import Kind, Knowledge, Language
from bot.matching.classifier import LinearClassifier, TrainingTexts, joined, train
from bot.matching.encoder import UniversalSentenceEncoder, Vectors
from bot.matching.language import language_log_probability
from bot.matching.neighbours import Utterances
from bot.matching.ngrams import Vocabulary, Weighted, build_vocabulary, count_ngrams
from bot.matching.text import fold
from bot.matching.workers import worker_processes

OFF_TOPIC = "off_topic"
"""The label of the counter-examples, beside the entries' ids."""

ENCODED = 5
"""Utterances of a label and language that get a vector: more took longer and helped no question set."""

MENTION_EVERY = 4
"""Of so many utterances one is learned with the event's name behind it."""

PROCESSES = 2
LABELS_A_TASK = 25

Progress = Callable[[int, int], None]
"""Is told how many tasks are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Index:
    """What questions are looked up in.

    `labels` are the entries' ids, and `OFF_TOPIC` last; `centroids` has one unit vector a label.
    """

    labels: tuple[str, ...]
    utterances: Utterances
    centroids: Vectors
    vocabulary: Vocabulary
    classifier: LinearClassifier
    language_log_probability: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Collected:
    """The folded texts by label, and the language of each."""

    labels: tuple[str, ...]
    starts: NDArray[np.int64]
    texts: tuple[str, ...]
    languages: tuple[Language, ...]


def build_index(knowledge: Knowledge, progress: Progress | None = None) -> Index:
    """Compute the index, mostly in processes of their own, so that this one stays small; deterministic."""
    collected = _collect(knowledge)
    chosen, vector_starts = _chosen(collected)
    with worker_processes(PROCESSES) as pool:
        encoding = pool.submit(_encode, [collected.texts[i] for i in chosen])
        counts = [count_ngrams(text) for text in _with_mentions(collected, knowledge)]
        vocabulary = build_vocabulary(counts)
        weighed = [vocabulary.weigh(count) for count in counts]
        training = _training_texts(collected, weighed, len(vocabulary.idf))
        labels = range(len(collected.labels))
        blocks = [labels[first : first + LABELS_A_TASK] for first in labels[::LABELS_A_TASK]]
        trained = [pool.submit(train, training, block) for block in blocks]
        for done, _ in enumerate(as_completed([encoding, *trained]), start=1):
            if progress is not None:
                progress(done, 1 + len(blocks))
        vectors = encoding.result()
        classifier = joined([part.result() for part in trained])
    languages = [knowledge.languages.index(language) for language in collected.languages]
    return Index(
        labels=collected.labels,
        utterances=Utterances(collected.starts, collected.texts, vector_starts, np.array(chosen), vectors),
        centroids=_centroids(vectors, vector_starts),
        vocabulary=vocabulary,
        classifier=classifier,
        language_log_probability=language_log_probability(vocabulary, weighed, languages, len(knowledge.languages)),
    )


def _with_mentions(collected: _Collected, knowledge: Knowledge) -> list[str]:
    """Return the texts to learn from: every few of an entry name the event, so that its name tells nothing."""
    mentions = {language: [fold(text) for text in texts] for language, texts in knowledge.record.mentions.items()}
    kinds = {entry.id: entry.kind for entry in knowledge.entries.values()}
    texts = list(collected.texts)
    for label, (start, end) in zip(collected.labels, pairwise(collected.starts.tolist()), strict=True):
        if kinds.get(label, Kind.META) is not Kind.META:
            for turn, i in enumerate(range(start, end, MENTION_EVERY)):
                if said := mentions.get(collected.languages[i]):
                    texts[i] = f"{texts[i]} {said[turn % len(said)]}"
    return texts


def _training_texts(
    collected: _Collected, weighed: Sequence[Sequence[Weighted]], vocabulary_size: int
) -> TrainingTexts:
    return TrainingTexts(
        ngrams=np.concatenate([block.numbers for blocks in weighed for block in blocks]),
        weights=np.concatenate([block.weights for blocks in weighed for block in blocks]),
        ends=np.cumsum([sum(len(block.numbers) for block in blocks) for blocks in weighed]),
        labels=np.repeat(np.arange(len(collected.labels)), np.diff(collected.starts)),
        vocabulary_size=vocabulary_size,
    )


def _collect(knowledge: Knowledge) -> _Collected:
    """Fold every canonical question and utterance; the off-topic examples come last."""
    sources = [
        (
            entry.id,
            {
                language: (entry.question[language], *entry.utterances.get(language, ()))
                for language in knowledge.languages
            },
        )
        for entry in knowledge.entries.values()
    ]
    labels: list[str] = []
    starts = [0]
    texts: list[str] = []
    languages: list[Language] = []
    for label, by_language in [*sources, (OFF_TOPIC, dict(knowledge.off_topic))]:
        labels.append(label)
        for language, lines in by_language.items():
            folded = [text for text in dict.fromkeys(map(fold, lines)) if text]
            texts += folded
            languages += [language] * len(folded)
        starts.append(len(texts))
    return _Collected(tuple(labels), np.array(starts), tuple(texts), tuple(languages))


def _chosen(collected: _Collected) -> tuple[list[int], NDArray[np.int64]]:
    """Return the numbers of the texts that get a vector, and where those of each label start among them.

    Of the off-topic examples, which are many and unlike, ten times as many are taken as of an entry.
    """
    chosen: list[int] = []
    starts = [0]
    languages = len(set(collected.languages))
    for label, (start, end) in zip(collected.labels, pairwise(collected.starts.tolist()), strict=True):
        wanted = ENCODED * languages * (10 if label == OFF_TOPIC else 1)
        step = max(1.0, (end - start) / wanted)
        chosen += [start + int(step * i) for i in range(min(wanted, end - start))]
        starts.append(len(chosen))
    return chosen, np.array(starts)


def _encode(texts: Sequence[str]) -> Vectors:
    return UniversalSentenceEncoder().encode(texts)


def _centroids(vectors: Vectors, starts: NDArray[np.int64]) -> Vectors:
    centroids = np.zeros((len(starts) - 1, vectors.shape[1]), np.float32)
    for label, (start, end) in enumerate(pairwise(starts.tolist())):
        if end > start:
            centroids[label] = vectors[start:end].mean(axis=0)
    norms = np.linalg.norm(centroids, axis=1, keepdims=True).astype(np.float32)
    norms[norms == 0] = 1
    return centroids / norms
