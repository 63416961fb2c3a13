"""Score labels by the n-grams of a question: one linear machine a label."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.matching.ngrams import Weighted

COST = 0.5
"""The cost of a training error, liblinear's C; 0.3 to 1 were alike on the development questions, 0.1 worse."""

TOLERANCE = 0.02
"""When liblinear stops: at 0.5 a dozen utterances more or less moved the share of right answers by a point."""

LEAST_WEIGHT = 0.01
"""A smaller weight is left out: a third of those above nothing are, and no answer changes."""

MACHINES = 1000
"""Labels up to which each has a machine trained against all others; the time it takes grows with their square."""

KEPT_BY_CENTROID = 150
"""N-grams of a label whose centroid keeps them, those of most weight."""

COMMON = 0.05
"""Share of the labels above which an n-gram tells too little to be kept by their centroids."""

CENTROID_SCALE = 3.0
"""What a centroid's cosine is multiplied with, so that it means what a machine's score means."""


@dataclass(frozen=True, slots=True)
class TrainingTexts:
    """The n-grams of all texts in a row, where each text's end, and each text's label."""

    ngrams: NDArray[np.int32]
    weights: NDArray[np.float32]
    ends: NDArray[np.int64]
    labels: NDArray[np.int64]
    vocabulary_size: int


class Trained(NamedTuple):
    """The weights of some labels that are not nothing, each with its n-gram and label, and the labels' biases."""

    ngrams: NDArray[np.int32]
    labels: NDArray[np.int32]
    weights: NDArray[np.float16]
    bias: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinearClassifier:
    """A weight for an n-gram and a label where it is not nothing, and one bias a label.

    Those of n-gram `i` are ``weights[starts[i]:starts[i + 1]]``, of the labels at the same places.
    """

    starts: NDArray[np.int64]
    labels: NDArray[np.int32]
    weights: NDArray[np.float16]
    bias: NDArray[np.float32]

    def scores(self, question: Weighted) -> NDArray[np.float32]:
        """Return each label's signed distance: above zero means that it is asked for."""
        first = self.starts[question.numbers]
        count = self.starts[question.numbers + 1] - first
        ends = count.cumsum()
        places = np.arange(int(count.sum()), dtype=np.int64) + np.repeat(first - ends + count, count)
        added = np.repeat(question.weights, count) * self.weights[places]
        return self.bias + np.bincount(self.labels[places], added, len(self.bias)).astype(np.float32)


def train(texts: TrainingTexts, labels: Sequence[int]) -> Trained:
    """Train one support vector machine for each of `labels` against all other texts; deterministic."""
    # Imported here: training alone needs it, and it takes 100 MB that answering does without.
    from sklearn.svm import LinearSVC

    weights = np.zeros((texts.vocabulary_size, len(labels)), np.float32)
    bias = np.full(len(labels), -1.0, np.float32)
    present = [label for label in labels if (texts.labels == label).any()]
    other = -1
    merged = np.where(np.isin(texts.labels, present), texts.labels, other)
    if len(np.unique(merged)) > 2:  # of two classes liblinear would train one machine
        machines: Any = LinearSVC(C=COST, tol=TOLERANCE, random_state=0)
        machines.fit(_matrix(texts), merged)
        rows = [machines.classes_.tolist().index(label) for label in present]
        columns = [list(labels).index(label) for label in present]
        weights[:, columns] = machines.coef_[rows].T
        bias[columns] = machines.intercept_[rows]
    ngrams, columns = np.nonzero(abs(weights) >= LEAST_WEIGHT)
    kept = weights[ngrams, columns].astype(np.float16)
    return Trained(ngrams.astype(np.int32), np.array(labels, np.int32)[columns], kept, bias)


def train_centroids(texts: TrainingTexts, labels: int) -> Trained:
    """Take as weights of each label the mean of its texts (Rocchio's classifier): for very many labels."""
    from scipy.sparse import csr_matrix

    belongs = np.ones(len(texts.labels), np.float32), (texts.labels, np.arange(len(texts.labels)))
    sums: Any = csr_matrix(belongs, (labels, len(texts.labels))) @ _matrix(texts)
    label = np.repeat(np.arange(labels), np.diff(sums.indptr))
    telling = np.bincount(sums.indices, minlength=texts.vocabulary_size)[sums.indices] <= max(1, COMMON * labels)
    label, ngrams, weights = label[telling], sums.indices[telling], sums.data[telling]
    order = np.lexsort((ngrams, -weights, label))
    first_of_label = np.searchsorted(label, np.arange(labels))
    kept = order[np.arange(len(order)) - first_of_label[label] < KEPT_BY_CENTROID]
    label, ngrams, weights = label[kept], ngrams[kept], weights[kept]
    # A question's n-grams have length 1 in words and in letters: their cosine with a unit vector is at most √2.
    length = np.sqrt(2 * np.bincount(label, weights**2, labels))
    weights = CENTROID_SCALE / length[label] * weights
    return Trained(
        ngrams.astype(np.int32), label.astype(np.int32), weights.astype(np.float16), np.full(labels, -1.0, np.float32)
    )


def assembled(parts: Sequence[Trained], vocabulary_size: int) -> LinearClassifier:
    """Return the classifier of the labels of all `parts`, in order."""
    ngrams = np.concatenate([part.ngrams for part in parts])
    order = np.argsort(ngrams, kind="stable")
    starts = np.concatenate(([0], np.bincount(ngrams, minlength=vocabulary_size).cumsum()))
    return LinearClassifier(
        starts,
        np.concatenate([part.labels for part in parts])[order],
        np.concatenate([part.weights for part in parts])[order],
        np.concatenate([part.bias for part in parts]),
    )


def _matrix(texts: TrainingTexts) -> Any:
    """Return the texts' weights, of shape (texts, n-grams)."""
    from scipy.sparse import csr_matrix

    starts = np.concatenate(([0], texts.ends))
    return csr_matrix((texts.weights, texts.ngrams, starts), (len(texts.ends), texts.vocabulary_size))
