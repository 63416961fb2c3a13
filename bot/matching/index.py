"""Everything computed from the knowledge base ahead of a question."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import Kind, Knowledge, Language
from bot.matching.classifier import TRAINED, TrainingTexts, WordClassifier, average_words, learn_words
from bot.matching.encoder import UniversalSentenceEncoder, Vectors
from bot.matching.guards import alternative_names
from bot.matching.language import language_log_probability
from bot.matching.meaning import MeaningClassifier, learn_meaning
from bot.matching.neighbours import Utterances
from bot.matching.ngrams import Vocabulary, build_vocabulary, count_ngrams
from bot.matching.text import fold
from bot.matching.workers import worker_processes

OFF_TOPIC = "off_topic"
"""The label of the counter-examples, beside the entries' ids."""

ENCODED = 30
"""Utterances of a label and language whose meaning is learned; all of them were a little better and took 20 s more."""

ENCODED_AT_MOST = 300_000
"""Utterances whose meaning is learned in all: of very many labels fewer of each."""

MENTION_EVERY = 4
"""Of so many utterances one is learned with the event's name behind it."""

PROCESSES = 2

Progress = Callable[[int, int], None]
"""Is told how many tasks are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Index:
    """What questions are looked up in.

    `labels` are the entries' ids, and `OFF_TOPIC` last.
    """

    labels: tuple[str, ...]
    utterances: Utterances
    vocabulary: Vocabulary
    words: WordClassifier
    meaning: MeaningClassifier
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
    labels = len(collected.labels)
    group_of_text = np.repeat(np.arange(len(collected.groups)), [len(group) for group in collected.groups])
    label_of_text, language_of_text = np.divmod(group_of_text, len(collected.languages))
    texts = _with_mentions(collected, knowledge)
    encoded = _encoded(collected)
    with worker_processes(PROCESSES) as pool:
        share = max(1, -(-len(encoded) // PROCESSES))  # one a process: each loads the encoder
        parts = [encoded[first : first + share] for first in range(0, len(encoded), share)]
        encoding = [pool.submit(_encode, [texts[i] for i in part]) for part in parts]
        vocabulary = build_vocabulary(texts)
        training = _training_texts(texts, label_of_text, vocabulary)
        words = pool.submit(learn_words if labels <= TRAINED else average_words, training, labels)
        _follow(encoding, progress, 0, len(encoding) + 2)
        vectors = np.concatenate([part.result() for part in encoding])
        meaning = pool.submit(learn_meaning, vectors, label_of_text[encoded], labels)
        _follow([words, meaning], progress, len(encoding), len(encoding) + 2)
    return Index(
        labels=collected.labels,
        utterances=_utterances(collected),
        vocabulary=vocabulary,
        words=words.result(),
        meaning=meaning.result(),
        language_log_probability=language_log_probability(training, language_of_text, len(collected.languages)),
    )


def _follow(tasks: Sequence[Future[Any]], progress: Progress | None, before: int, total: int) -> None:
    """Wait for tasks and tell of each that ends, `before` others being done already."""
    for done, _ in enumerate(as_completed(tasks), start=before + 1):
        if progress is not None:
            progress(done, total)


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


def _encoded(collected: _Collected) -> list[int]:
    """Return the numbers of the texts whose meaning is learned, spread over each group.

    Of the off-topic examples, which are many and unlike, ten times as many are taken as of an entry.
    """
    each = min(ENCODED, max(1, ENCODED_AT_MOST // len(collected.groups)))
    chosen: list[int] = []
    first = 0
    for number, group in enumerate(collected.groups):
        is_off_topic = number // len(collected.languages) == len(collected.labels) - 1
        wanted = min(each * (10 if is_off_topic else 1), len(group))
        chosen += [first + int(len(group) / wanted * i) for i in range(wanted)]
        first += len(group)
    return chosen


def _encode(texts: Sequence[str]) -> Vectors:
    return UniversalSentenceEncoder().encode(texts)


def _utterances(collected: _Collected) -> Utterances:
    texts = ["\n".join(group).encode() for group in collected.groups]
    return Utterances(len(collected.languages), b"".join(texts), np.cumsum([0, *map(len, texts)]))
