"""Fit the matcher's weights to the development questions: the most likely ones of a conditional logit."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.answering.reply import Outcome
from bot.answering.testigo import Testigo
from bot.matching.index import OFF_TOPIC
from bot.terminal.questions import EvaluationQuestion, read_questions

DEVELOPMENT = Path(__file__).resolve().parent.parent / "tests" / "development"
NAMES = ("words", "meaning", "spelling", "off_topic")
FOLDS = 5


def calibrate(testigo: Testigo) -> None:
    """Print the weights, and the likelihood and accuracy on questions left out of the fit."""
    matcher = testigo.matcher
    questions = [q for q in read_questions(sorted(DEVELOPMENT.glob("*.jsonl"))) if q.style != "multi"]
    samples: list[tuple[NDArray[np.float64], NDArray[np.bool_]]] = []
    for question in questions:
        scored = matcher.scores(matcher.read(question.text))
        labels = [score.label for score in scored]
        right = _right_labels(testigo, question, labels)
        features = [
            [score.words, score.meaning, score.neighbour.likeness, score.label == OFF_TOPIC] for score in scored
        ]
        if any(right):
            samples.append((np.array(features, float), np.array(right)))
    print(f"{len(samples)} of {len(questions)} questions have a right label on the shortlist")
    weights = _fit(samples)
    for name, weight in zip(NAMES, weights, strict=True):
        print(f"{name}={weight:.2f}")
    losses = [
        _loss(_fit([s for i, s in enumerate(samples) if i % FOLDS != fold_number]), samples[fold_number::FOLDS])
        for fold_number in range(FOLDS)
    ]
    loss, accuracy = np.mean(losses, axis=0)
    print(f"left out: loss {loss:.4f}, accuracy {accuracy:.4f}")


def _right_labels(testigo: Testigo, question: EvaluationQuestion, labels: Sequence[str]) -> list[bool]:
    if question.kind is Outcome.OFF_TOPIC:
        return [label == OFF_TOPIC for label in labels]
    entries = testigo.knowledge.entries
    return [
        label != OFF_TOPIC
        and entries[label].kind.value == question.kind.value
        and (
            question.kind is not Outcome.ANSWER
            or question.is_answered_by(testigo.answerer.reply_with([label], question.language))
        )
        for label in labels
    ]


def _fit(samples: Sequence[tuple[NDArray[np.float64], NDArray[np.bool_]]]) -> NDArray[np.float64]:
    spread = np.concatenate([features for features, _ in samples]).std(axis=0)

    def cost(scaled: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.0, np.zeros_like(scaled)
        for features, right in samples:
            x = features / spread
            p = _softmax(x @ scaled)
            mass = (p * right).sum()
            total -= np.log(mass + 1e-12)
            gradient += x.T @ (p - p * right / (mass + 1e-12))
        penalty = 1e-3
        return total / len(samples) + penalty * scaled @ scaled, gradient / len(samples) + 2 * penalty * scaled

    return minimize(cost, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B").x / spread


def _loss(
    weights: NDArray[np.float64], samples: Sequence[tuple[NDArray[np.float64], NDArray[np.bool_]]]
) -> tuple[float, float]:
    masses, hits = [], []
    for features, right in samples:
        p = _softmax(features @ weights)
        masses.append(-np.log((p * right).sum() + 1e-12))
        hits.append(bool(right[p.argmax()]))
    return float(np.mean(masses)), float(np.mean(hits))


def _softmax(x: NDArray[np.float64]) -> NDArray[np.float64]:
    exponentials = np.exp(x - x.max())
    return exponentials / exponentials.sum()
