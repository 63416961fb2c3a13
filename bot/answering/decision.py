"""Decide from a ranking what kind of reply to give."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.knowledge.model import Kind, Knowledge
from bot.matching.matcher import Candidate, Ranking

ANSWER_FROM = 0.5
"""Probability from which an entry is answered. Chosen on the development questions."""

PART_FROM = 0.75
"""The same for one of several questions in a message."""

META_FROM = 0.35
GAP_FROM = 0.5
"""Summed probability of all gaps from which the reply is that the article does not say."""

SHARED_FROM = 0.6
"""Summed probability of two answers from which both are given, where neither is likely enough by itself."""

OFF_TOPIC_FROM = 0.35
CLARIFY_FROM = 0.05
"""An entry less likely than this is not offered."""

MAX_CHOICES = 4


@dataclass(frozen=True, slots=True)
class Found:
    """One or more entries to answer with."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Unsaid:
    """The article does not say; `candidate` is the likeliest gap."""

    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Unsure:
    """Entries to pick from."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The question is about something else."""


Decision: TypeAlias = Found | Unsaid | Unsure | Elsewhere


class Decider:
    """Turns probabilities into a decision."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._kinds = {entry.id: entry.kind for entry in knowledge.entries.values()}

    def decide(self, ranking: Ranking) -> Decision:
        """Decide for one question."""
        best = ranking.candidates[0]
        kind = self._kinds[best.entry]
        if kind is Kind.META and best.probability >= META_FROM:
            return Found((best,))
        if kind is Kind.ANSWER and best.probability >= ANSWER_FROM:
            return Found((best,))
        if ranking.off_topic >= OFF_TOPIC_FROM:
            return Elsewhere()
        gaps = [candidate for candidate in ranking.candidates if self._kinds[candidate.entry] is Kind.GAP]
        if sum(gap.probability for gap in gaps) >= GAP_FROM:
            return Unsaid(gaps[0])
        answers = tuple(c for c in ranking.candidates if self._kinds[c.entry] is Kind.ANSWER)[:2]
        if sum(answer.probability for answer in answers) >= SHARED_FROM:
            return Found(answers)
        choices = tuple(
            candidate for candidate in ranking.candidates[:MAX_CHOICES] if candidate.probability >= CLARIFY_FROM
        )
        return Unsure(choices) if len(choices) > 1 else Elsewhere()

    def is_part(self, ranking: Ranking) -> bool:
        """Whether a piece of a message clearly asks something of its own."""
        best = ranking.candidates[0]
        return self._kinds[best.entry] is not Kind.META and best.probability >= PART_FROM

    def is_answered(self, ranking: Ranking) -> bool:
        """Whether a question's likeliest entry is one that the article answers."""
        return self._kinds[ranking.candidates[0].entry] is Kind.ANSWER and ranking.off_topic < OFF_TOPIC_FROM
