"""Measure the answers on a question set: the protocol's figures."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz, process

from bot.answering.reply import Outcome, Reply
from bot.answering.testigo import Testigo
from bot.matching.text import fold
from bot.terminal.questions import EvaluationQuestion

KNOWN_WORDING = 92
"""rapidfuzz ratio of the folded texts from which a question counts as one of the utterances."""


class Verdict(StrEnum):
    """What became of one question."""

    RIGHT = "right"
    WRONG = "wrong"
    CLARIFY_RIGHT = "clarify, right one offered"
    CLARIFY_WRONG = "clarify, right one missing"
    MISSED = "missed"
    FALSE_ANSWER = "false answer"
    OTHER = "other outcome"


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, its reply, and what became of it."""

    question: EvaluationQuestion
    reply: Reply
    verdict: Verdict
    is_known_wording: bool


@dataclass(slots=True)
class Tally:
    """Verdicts counted."""

    counts: Counter[Verdict] = field(default_factory=Counter[Verdict])

    @property
    def total(self) -> int:
        """How many questions were judged."""
        return self.counts.total()

    def share(self, verdict: Verdict) -> float:
        """Return a verdict's share, from 0 to 1."""
        return self.counts[verdict] / self.total if self.total else 0.0


def judge_all(testigo: Testigo, questions: Iterable[EvaluationQuestion], advance: Callable[[], None]) -> list[Judged]:
    """Ask every question by itself; `advance` is called after each."""
    known = _known_wordings(testigo)
    judged: list[Judged] = []
    for question in questions:
        reply = testigo.answerer.answer(question.text)
        folded = fold(question.text)
        is_known = process.extractOne(folded, known, scorer=fuzz.ratio, score_cutoff=KNOWN_WORDING) is not None
        judged.append(Judged(question, reply, judge(testigo, question, reply), is_known))
        advance()
    return judged


def judge(testigo: Testigo, question: EvaluationQuestion, reply: Reply) -> Verdict:
    """Return what became of one question."""
    if question.kind is not Outcome.ANSWER:
        if reply.outcome is question.kind:
            return Verdict.RIGHT
        return Verdict.FALSE_ANSWER if reply.outcome is Outcome.ANSWER else Verdict.OTHER
    match reply.outcome:
        case Outcome.ANSWER:
            return Verdict.RIGHT if question.is_answered_by(reply) else Verdict.WRONG
        case Outcome.CLARIFY:
            language = question.language if question.language in testigo.knowledge.languages else reply.language
            offered = (testigo.answerer.reply_with([choice.entry], language) for choice in reply.suggestions)
            is_there = any(question.is_answered_by(answer) for answer in offered)
            return Verdict.CLARIFY_RIGHT if is_there else Verdict.CLARIFY_WRONG
        case _:
            return Verdict.MISSED


def tallies(judged: Iterable[Judged]) -> Mapping[str, Tally]:
    """Count the verdicts by kind, by kind and language, and the answers by style; by name, in the order to print."""
    rows: dict[str, Tally] = {}
    for one in judged:
        question = one.question
        names = [question.kind.value, f"{question.kind.value} {question.language}"]
        names += [f"answer, {question.style}"] if question.kind is Outcome.ANSWER else []
        for name in names:
            rows.setdefault(name, Tally()).counts[one.verdict] += 1
    return dict(sorted(rows.items(), key=lambda row: ("," in row[0], row[0])))


def _known_wordings(testigo: Testigo) -> list[str]:
    knowledge = testigo.knowledge
    lines = [line for entry in knowledge.entries.values() for lines in entry.utterances.values() for line in lines]
    lines += [line for lines in knowledge.off_topic.values() for line in lines]
    return [fold(line) for line in lines]
