"""Find what a message asks: one thing, several, or what the question before left open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.answering.conversation import FollowUps, Turn
from bot.answering.decision import ANSWER_FROM, Decider, Decision, Elsewhere, Found, Unsure
from bot.answering.splitting import Splitter, is_elliptical
from bot.knowledge.model import Knowledge, Language
from bot.matching.matcher import Candidate, Matcher, Ranking, Reading, blended

BARE = 2
"""Words up to which a follow-up is looked at only together with the question before it."""

RELATED = 3.0
"""How much likelier a follow-up makes an entry that is related to the one before."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a message asks, and the ranking of the message as a whole."""

    decision: Decision
    ranking: Ranking


class Interpreter:
    """Interprets messages of one knowledge base."""

    def __init__(self, knowledge: Knowledge, matcher: Matcher, splitter: Splitter, follow_ups: FollowUps) -> None:
        self._entries = knowledge.entries
        self._matcher = matcher
        self._splitter = splitter
        self._follow_ups = follow_ups
        self._decider = Decider(knowledge)

    def read(self, question: str) -> Reading:
        """Read `question`: all that is computed of it whatever is asked before."""
        return self._matcher.read(question)

    def interpret(self, question: str, reading: Reading, language: Language, previous: Turn | None) -> Interpretation:
        """Return what `question`, read as `reading`, asks; a follow-up continues the `previous` turn."""
        whole = self._rank(question, reading, language, previous)
        several = self._several(self._splitter.questions(question, language), reading)
        several = several or self._halves(question, language, reading)
        if several:
            return Interpretation(Found(several), whole)
        decision = self._decider.decide(whole)
        if isinstance(decision, Unsure | Elsewhere):
            decision = self._without_story(question, reading) or decision
        return Interpretation(decision, whole)

    def relevant(self, question: str, previous: Turn | None) -> Turn | None:
        """Return what of the `previous` turn counts for `question`: its entry, where there still is one to continue."""
        if previous is None or previous.entry is None:
            return previous
        if previous.entry in self._entries and self._follow_ups.continues(question):
            return previous
        return replace(previous, entry=None)

    def _rank(self, question: str, reading: Reading, language: Language, previous: Turn | None) -> Ranking:
        alone = self._matcher.rank(reading)
        previous = self.relevant(question, previous)
        if previous is None or previous.entry is None:
            return alone
        if self._repeats(alone.candidates[0], previous.entry):
            return alone
        before = self._entries[previous.entry]
        joined = self._matcher.rank(self._matcher.read(self._follow_ups.join(question, before.question[language])))
        # A bare "why?" says nothing alone.
        whole = joined if len(question.split()) <= BARE else blended(joined, alone)
        return whole.favouring(before.related, RELATED, without=before.id)

    @staticmethod
    def _repeats(best: Candidate, before: str) -> bool:
        """Whether a message asks the same again, perhaps in another language: then it continues nothing."""
        return best.entry == before and best.probability >= ANSWER_FROM

    def _without_story(self, question: str, whole: Reading) -> Decision | None:
        """Return what the one sentence asks that is clear by itself, where the message as a whole is not."""
        sentences = [sentence for sentence in self._splitter.sentences(question) if not is_elliptical(sentence)]
        rankings = [self._matcher.rank_piece(sentence, whole) for sentence in sentences]
        clear = [ranking for ranking in rankings if self._decider.is_part(ranking)]
        return self._decider.decide(clear[0]) if len(clear) == 1 else None

    def _several(self, pieces: Sequence[str], whole: Reading) -> tuple[Candidate, ...]:
        """Return what the pieces of a message clearly ask, if that is more than one thing.

        An elliptical piece counts only where all others are answered: "and when?" after a gap is no new question.
        """
        if len({label for label in map(self._matcher.asks, pieces) if label is not None}) < 2:
            return ()
        rankings = [self._matcher.rank_piece(piece, whole) for piece in pieces]
        full = [ranking for piece, ranking in zip(pieces, rankings, strict=True) if not is_elliptical(piece)]
        counted = rankings if all(map(self._decider.is_answered, full)) else full
        clear = _distinct(ranking.candidates[0] for ranking in counted if self._decider.is_part(ranking))
        return clear if len(clear) > 1 else ()

    def _halves(self, question: str, language: Language, whole: Reading) -> tuple[Candidate, ...]:
        """Return what the halves of a message clearly ask, cut at the connector where they are clearest."""
        found = [self._several(cut, whole) for cut in self._splitter.halves(question, language)]
        return max(found, key=lambda halves: min((half.probability for half in halves), default=0.0), default=())


def _distinct(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates whose entries are different, in order."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        found.setdefault(candidate.entry, candidate)
    return tuple(found.values())
