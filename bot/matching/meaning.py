"""Score labels by a question's meaning: softmax regression over its vector."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.classifier import TRAINED, log_softmax, regress
from bot.matching.encoder import Vectors

COST = 30.0
"""The cost of an error while learning, scikit-learn's C; 10 was as good on the development questions."""

PASSES = 10

PROJECTED = 128
"""Directions of the vectors' space that are looked at; 256 were a little better and took twice the time."""

PROJECTED_FOR_CENTROIDS = 32
"""The same for very many labels, of which every question visits each."""

CENTROID_SCALE = 10.0
"""What a centroid's cosine is multiplied with, so that it means about what a learned score means."""


@dataclass(frozen=True, slots=True)
class MeaningClassifier:
    """The directions in which vectors differ most, and one weight a direction and one bias a label.

    `directions` has the shape (directions, dimensions of a vector), `weights` (labels, directions).
    """

    directions: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the logarithm of each label's probability by the question's meaning alone."""
        return log_softmax(self.weights @ (self.directions @ vector) + self.bias)


def learn_meaning(vectors: Vectors, label_of_vector: NDArray[np.int64], labels: int) -> MeaningClassifier:
    """Learn the weights of so many labels from their vectors; of very many labels take the centroids."""
    directions = _directions(vectors, PROJECTED if labels <= TRAINED else PROJECTED_FOR_CENTROIDS)
    projected = vectors @ directions.T
    if labels <= TRAINED:
        return MeaningClassifier(directions, *regress(projected, label_of_vector, labels, COST, PASSES))
    centroids = np.zeros((labels, len(directions)), np.float32)
    np.add.at(centroids, label_of_vector, projected)
    length = np.linalg.norm(centroids, axis=1, keepdims=True).astype(np.float32)
    centroids *= CENTROID_SCALE / np.where(length == 0, 1, length)
    return MeaningClassifier(directions, centroids, np.zeros(labels, np.float32))


def _directions(vectors: Vectors, count: int) -> NDArray[np.float32]:
    """Return the directions of greatest spread (principal components, the mean not taken off)."""
    return np.linalg.eigh(vectors.T @ vectors)[1][:, : -count - 1 : -1].T.astype(np.float32)
