"""Score labels by the n-grams of a question: one linear support vector machine a label."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.ngrams import Weighted

COST = 0.5
"""The cost of a training error, liblinear's C; 0.3 to 1 were alike on the development questions, 0.1 worse."""

TOLERANCE = 0.02
"""When liblinear stops: at 0.5 a dozen utterances more or less moved the share of right answers by a point."""


@dataclass(frozen=True, slots=True)
class TrainingTexts:
    """The n-grams of all texts in a row, where each text's end, and each text's label."""

    ngrams: NDArray[np.int32]
    weights: NDArray[np.float32]
    ends: NDArray[np.int64]
    labels: NDArray[np.int64]
    vocabulary_size: int


@dataclass(frozen=True, slots=True)
class LinearClassifier:
    """One weight an n-gram and label, of shape (n-grams, labels), and one bias a label.

    Half precision: it saves 25 MB, and the scores differ in the fourth place.
    """

    weights: NDArray[np.float16]
    bias: NDArray[np.float32]

    def scores(self, question: Sequence[Weighted]) -> NDArray[np.float32]:
        """Return each label's signed distance: above zero means that it is asked for."""
        total = self.bias.copy()
        for block in question:
            total += block.weights @ self.weights[block.numbers].astype(np.float32)
        return total


def train(texts: TrainingTexts, labels: Sequence[int]) -> LinearClassifier:
    """Train one machine for each of `labels` against all other texts; deterministic."""
    # Imported here: training alone needs them, and they take 100 MB that answering does without.
    from scipy.sparse import csr_matrix
    from sklearn.svm import LinearSVC

    weights = np.zeros((texts.vocabulary_size, len(labels)), np.float16)
    bias = np.full(len(labels), -1.0, np.float32)
    present = [label for label in labels if (texts.labels == label).any()]
    other = -1
    merged = np.where(np.isin(texts.labels, present), texts.labels, other)
    if len(np.unique(merged)) > 2:  # of two classes liblinear would train one machine
        shape = (len(texts.ends), texts.vocabulary_size)
        starts = np.concatenate(([0], texts.ends))
        machines: Any = LinearSVC(C=COST, tol=TOLERANCE, random_state=0)
        machines.fit(csr_matrix((texts.weights, texts.ngrams, starts), shape), merged)
        rows = [machines.classes_.tolist().index(label) for label in present]
        columns = [list(labels).index(label) for label in present]
        weights[:, columns] = machines.coef_[rows].T
        bias[columns] = machines.intercept_[rows]
    return LinearClassifier(weights, bias)


def joined(parts: Sequence[LinearClassifier]) -> LinearClassifier:
    """Return one classifier of the labels of all `parts`, in order."""
    return LinearClassifier(
        np.concatenate([part.weights for part in parts], axis=1), np.concatenate([part.bias for part in parts])
    )
