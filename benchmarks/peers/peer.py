"""A method that guesses a label for a question. What is here is imported by every process that is measured: little."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol


class Guess(NamedTuple):
    """A label, and how sure of it a method is, on a scale of its own."""

    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Wordings:
    """Folded texts, and the label of each."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]


class Peer(Protocol):
    """Built from wordings once and pickled; loaded, then asked."""

    def guess(self, question: str) -> Guess:
        """Return the likeliest label."""
        ...
