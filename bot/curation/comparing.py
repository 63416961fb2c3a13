"""Compare what became of the stored questions before an edit and after it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.model import Language


@dataclass(frozen=True, slots=True)
class Measured:
    """A stored question and what became of it.

    `rank` orders what can become of a question, the better the higher; `reply` tells the outcome and its entries.
    """

    question: str
    language: Language
    verdict: str
    rank: int
    is_right: bool
    reply: str


@dataclass(frozen=True, slots=True)
class Change:
    """A question with which it went differently after the edit."""

    before: Measured
    after: Measured

    @property
    def is_broken(self) -> bool:
        """Whether it was right and is not any more."""
        return self.before.is_right and not self.after.is_right

    @property
    def is_better(self) -> bool:
        """Whether it went better after."""
        return self.after.rank > self.before.rank

    def __str__(self) -> str:
        before, after = self.before, self.after
        return (
            f"({before.language}) '{before.question}': {before.verdict} [{before.reply}], "
            f"then {after.verdict} [{after.reply}]"
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """All stored questions before and after."""

    before: tuple[Measured, ...]
    after: tuple[Measured, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The questions with which it went better or worse."""
        both = (Change(*pair) for pair in zip(self.before, self.after, strict=True))
        return tuple(change for change in both if change.is_broken or change.before.rank != change.after.rank)

    @property
    def better(self) -> tuple[Change, ...]:
        """The questions with which it went better."""
        return tuple(change for change in self.changes if change.is_better)

    @property
    def broken(self) -> tuple[Change, ...]:
        """The questions that were right and are not any more."""
        return tuple(change for change in self.changes if change.is_broken)

    @property
    def worse(self) -> tuple[Change, ...]:
        """The questions with which it went worse, though they had not been right."""
        return tuple(change for change in self.changes if not change.is_better and not change.is_broken)


def verdicts(measured: Sequence[Measured]) -> Counter[str]:
    """Count what became of the questions."""
    return Counter(one.verdict for one in measured)
