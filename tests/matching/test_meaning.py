import numpy as np
import pytest

from bot.matching import meaning
from bot.matching.meaning import learn_meaning

GROUPS = 3
EACH = 8


def vectors_of(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return vectors of length 1 around one direction a label, and each vector's label."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(GROUPS), EACH)
    vectors = np.eye(meaning.PROJECTED + 1, dtype=np.float32)[labels * 7]
    vectors += random.normal(0, 0.02, vectors.shape).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), labels


@pytest.mark.parametrize("trained", [1000, 0])
def test_learned_weights_and_centroids_tell_vectors_apart(monkeypatch: pytest.MonkeyPatch, trained: int) -> None:
    monkeypatch.setattr(meaning, "TRAINED", trained)
    vectors, labels = vectors_of(1)
    classifier = learn_meaning(vectors, labels, GROUPS)
    others, _ = vectors_of(2)
    for vector, label in zip(others, labels, strict=True):
        scores = classifier.scores(vector)
        assert scores.argmax() == label
        assert np.exp(scores).sum() == pytest.approx(1)


def test_learning_is_the_same_each_time() -> None:
    vectors, labels = vectors_of(1)
    first, second = (learn_meaning(vectors, labels, GROUPS) for _ in range(2))
    assert np.array_equal(first.directions, second.directions)
    assert np.array_equal(first.weights, second.weights)
