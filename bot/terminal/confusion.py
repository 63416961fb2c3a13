"""Tell which entries are confused with which: what a question wanted, and what was given instead."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.answering.answerer import MAX_LENGTH
from bot.answering.reply import Outcome, Reply
from bot.answering.testigo import Testigo
from bot.terminal.evaluation import Judged, Verdict, judge

NO_ENTRY = "(no single entry)"
"""Stands for what was wanted where no entry is a right reply by itself."""


class Confusion(NamedTuple):
    """What a question wanted, and the outcome and the entries that it was given instead."""

    outcome: Outcome
    wanted: str
    given: tuple[str, ...]


@dataclass(slots=True)
class EntryTally:
    """How often an entry was asked for, was given rightly, and had other entries given in its place."""

    asked_for: int = 0
    right: int = 0
    taken_for_another: int = 0


@dataclass(frozen=True, slots=True)
class Confusions:
    """How often each confusion came about, and how each entry went."""

    times: Counter[Confusion] = field(default_factory=Counter[Confusion])
    entries: dict[str, EntryTally] = field(default_factory=dict[str, EntryTally])

    @property
    def most_often_first(self) -> Sequence[tuple[Confusion, int]]:
        """Every confusion and its number; of those with the same number, answers come first."""
        return sorted(self.times.items(), key=lambda row: (-row[1], row[0]))

    @property
    def worst_first(self) -> Mapping[str, EntryTally]:
        """Every entry, first those that most often were not given rightly, then those that most often were."""
        return dict(
            sorted(self.entries.items(), key=lambda row: (row[1].right - row[1].asked_for, -row[1].right, row[0]))
        )


def confusions(testigo: Testigo, judged: Iterable[Judged]) -> Confusions:
    """Count what was wanted, and what was given instead."""
    found = Confusions()
    for one in judged:
        wanted, given = _wanted(testigo, one), _given(one.reply)
        tally = found.entries.setdefault(wanted, EntryTally())
        tally.asked_for += 1
        if one.verdict is Verdict.RIGHT:
            tally.right += 1
            continue
        tally.taken_for_another += bool(one.reply.entries) and wanted not in given
        found.times[Confusion(one.reply.outcome, wanted, given)] += 1
    return found


def _wanted(testigo: Testigo, one: Judged) -> str:
    """Return the entry that a question wanted, or its kind where any reply of that kind will do, or none.

    A question set does not name entries. The one wanted is the first of those rightly given that is a right reply by
    itself; where the reply was not right, the likeliest of the ranking that would have been.
    """
    question, given = one.question, one.reply.entries
    if question.kind not in {Outcome.ANSWER, Outcome.GAP}:
        return f"({question.kind.value})"
    if one.verdict is Verdict.RIGHT and len(given) == 1:
        return given[0]
    tried = given if one.verdict is Verdict.RIGHT else _ranked(testigo, question.text)
    # In the language of the reply: the question's may be none of the knowledge base.
    replies = ((entry, testigo.answerer.reply_with([entry], one.reply.language)) for entry in tried)
    return next((entry for entry, reply in replies if judge(testigo, question, reply) is Verdict.RIGHT), NO_ENTRY)


def _ranked(testigo: Testigo, question: str) -> Iterator[str]:
    """Return the entries that a question may ask for, likeliest first."""
    reading = testigo.matcher.read(question[:MAX_LENGTH])
    return (candidate.entry for candidate in testigo.matcher.rank(reading).candidates)


def _given(reply: Reply) -> tuple[str, ...]:
    """Return the entries that were answered, or else offered to choose from, in the order of the alphabet."""
    offered = (suggestion.entry for suggestion in reply.suggestions) if reply.is_choice else ()
    return tuple(sorted(reply.entries or offered))
