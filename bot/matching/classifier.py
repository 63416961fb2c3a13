"""Score labels by a question's words: softmax regression over its n-grams."""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.ngrams import Weighted

COST = 10.0
"""The cost of an error while learning, scikit-learn's C; 3 and 30 were a little worse on the development questions."""

PASSES = 6
"""Passes over the texts; with 12 what is left out was told no better."""

LEAST_WEIGHT = 0.2
"""A smaller weight is left out: nine in ten of those above nothing are, and questions held out are told no worse."""

TRAINED = 1000
"""Labels up to which weights are learned; beyond, centroids have to do: time grows with texts and labels."""

KEPT_BY_CENTROID = 150
"""N-grams of a label that its centroid keeps, those of most weight."""

COMMON = 0.05
"""Share of the labels above which an n-gram tells too little to be kept by their centroids."""

CENTROID_SCALE = 10.0
"""What a centroid's cosine is multiplied with, so that it means about what a learned score means."""

NEVER = -30.0
"""The bias of a label that has no texts."""


@dataclass(frozen=True, slots=True)
class TrainingTexts:
    """The n-grams of all texts in a row, where each text's end, and each text's label."""

    ngrams: NDArray[np.int32]
    weights: NDArray[np.float32]
    ends: NDArray[np.int64]
    labels: NDArray[np.int64]
    vocabulary_size: int


@dataclass(frozen=True, slots=True)
class WordClassifier:
    """A weight for an n-gram and a label where it is not nothing, and one bias a label.

    Those of n-gram `i` are ``weights[starts[i]:starts[i + 1]]``, of the labels at the same places.
    """

    starts: NDArray[np.int64]
    labels: NDArray[np.int32]
    weights: NDArray[np.float16]
    bias: NDArray[np.float32]

    def scores(self, question: Weighted) -> NDArray[np.float32]:
        """Return the logarithm of each label's probability by the question's words alone."""
        first = self.starts[question.numbers]
        count = self.starts[question.numbers + 1] - first
        ends = count.cumsum()
        places = np.arange(int(count.sum()), dtype=np.int64) + np.repeat(first - ends + count, count)
        added = np.repeat(question.weights, count) * self.weights[places]
        return log_softmax(self.bias + np.bincount(self.labels[places], added, len(self.bias)))


def log_softmax(scores: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return the logarithms of the probabilities that `scores` are, up to a constant, the logarithms of."""
    below = scores.astype(np.float32) - np.float32(scores.max())
    return below - np.log(np.exp(below).sum())


def learn_words(texts: TrainingTexts, labels: int) -> WordClassifier:
    """Learn the weights of so many labels from all texts; deterministic."""
    coefficients, bias = regress(_matrix(texts), texts.labels, labels, COST, PASSES)
    ngrams, of_labels = np.nonzero(abs(coefficients.T) >= LEAST_WEIGHT)
    return _by_ngram(ngrams, of_labels, coefficients[of_labels, ngrams], bias, texts.vocabulary_size)


def average_words(texts: TrainingTexts, labels: int) -> WordClassifier:
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
    return _by_ngram(ngrams, label, weights, np.zeros(labels, np.float32), texts.vocabulary_size)


def regress(
    features: Any,
    label_of_row: NDArray[np.int64],
    labels: int,
    cost: float,
    passes: int,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Fit a softmax regression; return coefficients of shape (labels, features) and one bias a label."""
    # Imported here: learning alone needs it, and it takes 100 MB that answering does without.
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    coefficients = np.zeros((labels, features.shape[1]), np.float32)
    bias = np.full(labels, NEVER, np.float32)
    present = np.unique(label_of_row)
    bias[present] = 0
    if len(present) > 1:
        model: Any = LogisticRegression(C=cost, solver="saga", max_iter=passes, random_state=0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # it is stopped early on purpose
            model.fit(features, label_of_row)
        of_two = len(present) == 2  # then scikit-learn has one row, that of the second label
        coefficients[present[-1:] if of_two else present] = model.coef_
        bias[present[-1:] if of_two else present] = model.intercept_
    return coefficients, bias


def _by_ngram(
    ngrams: NDArray[np.integer],
    labels: NDArray[np.integer],
    weights: NDArray[np.floating],
    bias: NDArray[np.float32],
    vocabulary_size: int,
) -> WordClassifier:
    order = np.argsort(ngrams, kind="stable")
    starts = np.concatenate(([0], np.bincount(ngrams, minlength=vocabulary_size).cumsum()))
    return WordClassifier(starts, labels[order].astype(np.int32), weights[order].astype(np.float16), bias)


def _matrix(texts: TrainingTexts) -> Any:
    """Return the texts' weights, of shape (texts, n-grams)."""
    from scipy.sparse import csr_matrix

    starts = np.concatenate(([0], texts.ends))
    return csr_matrix((texts.weights, texts.ngrams, starts), (len(texts.ends), texts.vocabulary_size))
