"""Everything computed from the knowledge base ahead of a question."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import Kind, Knowledge, Language
from bot.matching.classifier import (
    MACHINES,
    LinearClassifier,
    Trained,
    TrainingTexts,
    assembled,
    train,
    train_centroids,
)
from bot.matching.encoder import DIMENSIONS, UniversalSentenceEncoder, Vectors
from bot.matching.guards import alternative_names
from bot.matching.language import language_log_probability
from bot.matching.neighbours import STEP, Utterances, in_steps
from bot.matching.ngrams import Vocabulary, build_vocabulary, count_ngrams
from bot.matching.text import fold
from bot.matching.workers import worker_processes

OFF_TOPIC = "off_topic"
"""The label of the counter-examples, beside the entries' ids."""

ENCODED = 5
"""Utterances of a label and language that get a vector: more took longer and helped no question set."""

ENCODED_AT_MOST = 300_000
"""Utterances that get a vector in all, half a kilobyte each: of very many labels fewer of each."""

PROJECTED = 32
"""Directions in which labels are compared before their utterances are; 128 found no more development questions."""

MENTION_EVERY = 4
"""Of so many utterances one is learned with the event's name behind it."""

PROCESSES = 2
LABELS_A_TASK = 25
TEXTS_A_TASK = 5000

Progress = Callable[[int, int], None]
"""Is told how many tasks are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Index:
    """What questions are looked up in.

    `labels` are the entries' ids, and `OFF_TOPIC` last. `projection`, of shape (PROJECTED or fewer, DIMENSIONS), has
    the directions in which vectors differ most; `centroids` has the mean vector of each label in these, of length 1.
    """

    labels: tuple[str, ...]
    utterances: Utterances
    projection: NDArray[np.float32]
    centroids: NDArray[np.float32]
    vocabulary: Vocabulary
    classifier: LinearClassifier
    language_log_probability: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Collected:
    """The folded texts by label and language: those of label `i` in language `j` are group ``i * languages + j``."""

    labels: tuple[str, ...]
    languages: tuple[Language, ...]
    groups: tuple[tuple[str, ...], ...]


def build_index(knowledge: Knowledge, progress: Progress | None = None) -> Index:
    """Compute the index, mostly in processes of their own, so that this one stays small; deterministic."""
    collected = _collect(knowledge)
    lines = _encoded_lines(collected)
    with worker_processes(PROCESSES) as pool:
        encoding = _encoding(pool, collected, lines)
        texts = _with_mentions(collected, knowledge)
        vocabulary = build_vocabulary(texts)
        group_of_text = np.repeat(np.arange(len(collected.groups)), [len(group) for group in collected.groups])
        label_of_text, language_of_text = np.divmod(group_of_text, len(collected.languages))
        training = _training_texts(texts, label_of_text, vocabulary)
        trained = _training(pool, training, len(collected.labels))
        tasks = [*encoding, *trained]
        for done, _ in enumerate(as_completed(tasks), start=1):
            if progress is not None:
                progress(done, len(tasks))
        vectors = np.concatenate([part.result() for part in encoding])
        classifier = assembled([part.result() for part in trained], len(vocabulary.idf))
    vector_starts = np.cumsum([0, *map(len, lines)])
    projection = _projection(vectors)
    return Index(
        labels=collected.labels,
        utterances=_utterances(collected, lines, vector_starts, vectors),
        projection=projection,
        centroids=_centroids(vectors, vector_starts[:: len(collected.languages)], projection),
        vocabulary=vocabulary,
        classifier=classifier,
        language_log_probability=language_log_probability(training, language_of_text, len(collected.languages)),
    )


def _collect(knowledge: Knowledge) -> _Collected:
    """Fold every canonical question and utterance; the off-topic examples come last."""
    sources: list[Mapping[Language, Sequence[str]]] = [
        {language: (entry.question[language], *entry.utterances.get(language, ())) for language in knowledge.languages}
        for entry in knowledge.entries.values()
    ]
    sources.append({language: knowledge.off_topic.get(language, ()) for language in knowledge.languages})
    labels = (*(entry.id for entry in knowledge.entries.values()), OFF_TOPIC)
    groups: list[tuple[str, ...]] = []
    for source in sources:
        for language in knowledge.languages:
            folded = dict.fromkeys(map(fold, source[language]))
            groups.append(tuple(text for text in folded if text))
    return _Collected(labels, tuple(knowledge.languages), tuple(groups))


def _with_mentions(collected: _Collected, knowledge: Knowledge) -> list[str]:
    """Return the texts to learn from: some name the event, some gaps a country, so that such a name tells nothing."""
    mentions = {language: [fold(text) for text in texts] for language, texts in knowledge.record.mentions.items()}
    names = {language: alternative_names(knowledge, language) for language in knowledge.languages}
    kinds = {entry.id: entry.kind for entry in knowledge.entries.values()}
    texts: list[str] = []
    for number, group in enumerate(collected.groups):
        label, language = divmod(number, len(collected.languages))
        kind = kinds.get(collected.labels[label], Kind.META)
        said = mentions.get(collected.languages[language], []) if kind is not Kind.META else []
        named = names[collected.languages[language]] if kind is Kind.GAP else []
        for line, text in enumerate(group):
            turn, place = divmod(line, MENTION_EVERY)
            added = {0: said, MENTION_EVERY // 2: named}.get(place)
            texts.append(f"{text} {added[turn % len(added)]}" if added else text)
    return texts


def _training_texts(texts: Iterable[str], labels: NDArray[np.int64], vocabulary: Vocabulary) -> TrainingTexts:
    weighed = [vocabulary.weigh(count_ngrams(text)) for text in texts]
    return TrainingTexts(
        ngrams=np.concatenate([text.numbers for text in weighed]),
        weights=np.concatenate([text.weights for text in weighed]),
        ends=np.cumsum([len(text.numbers) for text in weighed]),
        labels=labels,
        vocabulary_size=len(vocabulary.idf),
    )


def _training(pool: Executor, training: TrainingTexts, labels: int) -> list[Future[Trained]]:
    if labels > MACHINES:
        return [pool.submit(train_centroids, training, labels)]
    blocks = [range(first, min(first + LABELS_A_TASK, labels)) for first in range(0, labels, LABELS_A_TASK)]
    return [pool.submit(train, training, block) for block in blocks]


def _encoded_lines(collected: _Collected) -> list[list[int]]:
    """Return the lines of each group that get a vector, spread over it.

    Of the off-topic examples, which are many and unlike, ten times as many are taken as of an entry.
    """
    each = min(ENCODED, max(1, ENCODED_AT_MOST // len(collected.groups)))
    chosen: list[list[int]] = []
    for number, group in enumerate(collected.groups):
        is_off_topic = number // len(collected.languages) == len(collected.labels) - 1
        wanted = min(each * (10 if is_off_topic else 1), len(group))
        chosen.append([int(len(group) / wanted * i) for i in range(wanted)])
    return chosen


def _encoding(pool: Executor, collected: _Collected, lines: Sequence[Sequence[int]]) -> list[Future[NDArray[np.int8]]]:
    texts = [group[line] for group, chosen in zip(collected.groups, lines, strict=True) for line in chosen]
    return [pool.submit(_encode, texts[first : first + TEXTS_A_TASK]) for first in range(0, len(texts), TEXTS_A_TASK)]


def _encode(texts: Sequence[str]) -> NDArray[np.int8]:
    return in_steps(UniversalSentenceEncoder().encode(texts))


def _utterances(
    collected: _Collected, lines: Sequence[Sequence[int]], vector_starts: NDArray[np.int64], vectors: NDArray[np.int8]
) -> Utterances:
    texts = ["\n".join(group).encode() for group in collected.groups]
    return Utterances(
        languages=len(collected.languages),
        texts=b"".join(texts),
        ends=np.cumsum([0, *map(len, texts)]),
        vector_starts=vector_starts,
        vector_lines=np.array([line for chosen in lines for line in chosen], np.int32),
        vectors=vectors,
    )


def _projection(vectors: NDArray[np.int8]) -> NDArray[np.float32]:
    """Return the directions of greatest spread (principal components, the mean not taken off)."""
    spread = np.zeros((DIMENSIONS, DIMENSIONS))
    for first in range(0, len(vectors), TEXTS_A_TASK):
        part = vectors[first : first + TEXTS_A_TASK].astype(np.float32)
        spread += part.T @ part
    return np.linalg.eigh(spread)[1][:, : -PROJECTED - 1 : -1].T.astype(np.float32)


def _centroids(vectors: NDArray[np.int8], starts: NDArray[np.int64], projection: NDArray[np.float32]) -> Vectors:
    centroids = np.zeros((len(starts) - 1, len(projection)), np.float32)
    for label, (start, end) in enumerate(pairwise(starts.tolist())):
        if end > start:
            centroids[label] = projection @ (vectors[start:end].mean(axis=0, dtype=np.float32) * STEP)
    norms = np.linalg.norm(centroids, axis=1, keepdims=True).astype(np.float32)
    norms[norms == 0] = 1
    return centroids / norms
