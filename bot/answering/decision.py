"""Decide from a ranking what kind of reply to give."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.knowledge.model import Kind, Knowledge
from bot.matching.matcher import Candidate, Ranking

CLEAR_FROM = 0.8
"""Probability from which an entry is the only answer. This and all below were chosen on the development questions."""

ANSWER_FROM = 0.55
"""Probability from which an entry is answered, with the second likeliest where that may be meant too."""

SECOND_FROM = 0.1
"""Probability from which a second entry is answered beside one that is not clear."""

SHARED_FROM = 0.5
"""Summed probability of two entries from which both are answered, though neither is likely enough by itself."""

GAPS_BESIDE = 0.35
"""Summed probability of all gaps up to which two entries are answered."""

PART_FROM = 0.75
"""Probability from which an entry is what one of several questions in a message asks."""

META_FROM = 0.35
GAP_FROM = 0.45
"""Summed probability of all gaps from which the reply is that the article does not say."""

OFF_TOPIC_FROM = 0.35
CLARIFY_FROM = 0.05
"""An entry less likely than this is not offered."""

MAX_CHOICES = 4


@dataclass(frozen=True, slots=True)
class Found:
    """One or more entries to answer with; `is_either` where one thing was asked, and two may be meant."""

    candidates: tuple[Candidate, ...]
    is_either: bool = False


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
        if self._kinds[best.entry] is Kind.META and best.probability >= META_FROM:
            return Found((best,))
        answers = self._answers(ranking)
        if best in answers and best.probability >= ANSWER_FROM:
            return Found(answers, is_either=len(answers) > 1)
        if ranking.off_topic >= OFF_TOPIC_FROM:
            return Elsewhere()
        gaps = [candidate for candidate in ranking.candidates if self._kinds[candidate.entry] is Kind.GAP]
        unsaid = sum(gap.probability for gap in gaps)
        if unsaid >= GAP_FROM:
            return Unsaid(gaps[0])
        if sum(answer.probability for answer in answers) >= SHARED_FROM and unsaid <= GAPS_BESIDE:
            return Found(answers, is_either=len(answers) > 1)
        choices = tuple(
            candidate for candidate in ranking.candidates[:MAX_CHOICES] if candidate.probability >= CLARIFY_FROM
        )
        return Unsure(choices) if len(choices) > 1 else Elsewhere()

    def _answers(self, ranking: Ranking) -> tuple[Candidate, ...]:
        """Return the likeliest entry that is an answer, and the second where the first is not clear."""
        answers = [candidate for candidate in ranking.candidates if self._kinds[candidate.entry] is Kind.ANSWER]
        first, second = answers[:1], answers[1:2]
        if first and first[0].probability < CLEAR_FROM:
            return (*first, *(candidate for candidate in second if candidate.probability >= SECOND_FROM))
        return tuple(first)

    def is_part(self, ranking: Ranking) -> bool:
        """Whether a piece of a message clearly asks something of its own."""
        best = ranking.candidates[0]
        return self._kinds[best.entry] is not Kind.META and best.probability >= PART_FROM

    def is_answered(self, ranking: Ranking) -> bool:
        """Whether a question's likeliest entry is one that the article answers."""
        return self._kinds[ranking.candidates[0].entry] is Kind.ANSWER and ranking.off_topic < OFF_TOPIC_FROM
