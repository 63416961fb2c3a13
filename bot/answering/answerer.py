"""Answer a question: the one function that every surface calls."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.answering.conversation import Turn
from bot.answering.decision import Elsewhere, Found, Unsaid, Unsure
from bot.answering.figures import FiguresReply, figures_reply
from bot.answering.interpretation import Interpreter
from bot.answering.premises import Correction, PremiseChecker
from bot.answering.reply import Citation, Explanation, Outcome, Part, Reply, Suggestion
from bot.knowledge.links import passage_url
from bot.knowledge.model import RECORD, Entry, Kind, Knowledge, Language
from bot.knowledge.strings import Strings
from bot.knowledge.templates import Wording
from bot.matching.matcher import Candidate, Ranking, Reading
from bot.matching.text import fold

MAX_LENGTH = 500
"""Characters in a question; a longer one is told so and not looked at."""

_OUTCOMES = {Kind.ANSWER: Outcome.ANSWER, Kind.GAP: Outcome.GAP, Kind.META: Outcome.META}


class Answerer:
    """Answers questions from one knowledge base; pure, and the same question gives the same reply."""

    def __init__(
        self,
        knowledge: Knowledge,
        interpreter: Interpreter,
        *,
        premises: PremiseChecker,
        wordings: Mapping[Language, Wording],
        strings: Mapping[Language, Strings],
        quotes: Mapping[str, str],
        crude: frozenset[str],
    ) -> None:
        self._knowledge = knowledge
        self._interpreter = interpreter
        self._premises = premises
        self._wordings = wordings
        self._strings = strings
        self._quotes = quotes
        self._crude = crude
        self._examples = tuple(entry.id for entry in knowledge.entries.values() if entry.kind is Kind.ANSWER)[:3]

    def answer(self, question: str, language: Language | None = None, previous: Turn | None = None) -> Reply:
        """Reply to `question`.

        `language` is the one asked for, if any; else the question's own counts, and where that is not clear, that of
        the `previous` turn, whose entry a follow-up continues.
        """
        if len(question) > MAX_LENGTH:
            return self._notice(Outcome.META, "too-long", self._fallback(language, previous), limit=MAX_LENGTH)
        folded = fold(question)
        if not any(character.isalnum() for character in folded):
            return self._notice(Outcome.META, "help", self._fallback(language, previous), examples=self._examples)
        reading = self._interpreter.read(question)
        language = language or _language(reading, previous)
        return self._decide(question, reading, language, previous)

    def relevant(self, question: str, previous: Turn | None) -> Turn | None:
        """Return what of the `previous` turn counts for `question`; all that has the same is answered the same."""
        return self._interpreter.relevant(question, previous)

    def reply_with(self, entry_ids: Sequence[str], language: Language, corrections: Sequence[Correction] = ()) -> Reply:
        """Reply with given entries, as when a suggestion was picked.

        Raises:
            KeyError: there is no such entry.
        """
        reply = self._answered([self._knowledge.entries[entry_id] for entry_id in entry_ids], language)
        return self._corrected(reply, corrections)

    def corrections(self, language: Language) -> Sequence[Correction]:
        """Return every correction that a reply can begin with."""
        return self._premises.all(language)

    def suggestion(self, entry_id: str, language: Language) -> Suggestion:
        """Return an entry as a suggestion in `language`."""
        return Suggestion(entry_id, self._knowledge.entries[entry_id].question[language])

    def figures(self, language: Language) -> FiguresReply | None:
        """Return the article's figures, or None where the knowledge base has none to show."""
        knowledge, wording = self._knowledge, self._wordings[language]
        if knowledge.figures is None:
            return None
        return figures_reply(
            knowledge.figures,
            knowledge.facts,
            wording,
            language,
            source=f"{knowledge.record.outlet}, {wording.date(knowledge.record.published)}",
            as_of=self.as_of(language),
            citations=self._citations(knowledge.figures.facts, language),
        )

    def _fallback(self, language: Language | None, previous: Turn | None) -> Language:
        return language or (previous.language if previous else self._knowledge.languages[0])

    def _decide(self, question: str, reading: Reading, language: Language, previous: Turn | None) -> Reply:
        interpretation = self._interpreter.interpret(question, reading, language, previous)
        ranking = interpretation.ranking
        match interpretation.decision:
            case Found(candidates, is_either):
                reply = self._found(candidates, language, question, ranking)
                return self._read_two_ways(reply) if is_either else reply
            case Unsaid(candidate):
                return self._found((candidate,), language, question, ranking)
            case Unsure(candidates):
                choices = [candidate.entry for candidate in candidates]
                confidence = sum(candidate.probability for candidate in candidates)
                explanation = self._explain(candidates[0], ranking, language)
                reply = self._notice(Outcome.CLARIFY, "clarify", language, choices, confidence, explanation)
                entries = [self._knowledge.entries[choice] for choice in choices]
                return self._corrected(reply, self._premises.check(question, entries, language, are_given=False))
            case Elsewhere():
                return self._notice(Outcome.OFF_TOPIC, "off-topic", language, self._examples, ranking.off_topic)

    def _found(self, candidates: Sequence[Candidate], language: Language, question: str, ranking: Ranking) -> Reply:
        entries = [self._knowledge.entries[candidate.entry] for candidate in candidates]
        confidence = min(candidate.probability for candidate in candidates)
        explanation = self._explain(candidates[0], ranking, language)
        reply = self._answered(entries, language, confidence, explanation)
        return self._corrected(reply, self._premises.check(question, entries, language))

    def _read_two_ways(self, reply: Reply) -> Reply:
        note = self._strings[reply.language].text("either")
        return replace(reply, notes=(*reply.notes, note))

    def _corrected(self, reply: Reply, corrections: Sequence[Correction]) -> Reply:
        """Return the reply beginning with `corrections`: these answer, even where what follows is a gap or choices."""
        if not corrections:
            return reply
        stated = self._citations((fact for each in corrections for fact in each.facts), reply.language)
        return replace(
            reply,
            outcome=Outcome.ANSWER,
            notes=(*(correction.text for correction in corrections), *reply.notes),
            as_of=self.as_of(reply.language),
            citations=tuple(dict.fromkeys([*stated, *reply.citations])),
        )

    def _answered(
        self,
        entries: Sequence[Entry],
        language: Language,
        confidence: float = 1.0,
        explanation: Explanation | None = None,
    ) -> Reply:
        kinds = {entry.kind for entry in entries}
        kind = next(kind for kind in (Kind.ANSWER, Kind.GAP, Kind.META) if kind in kinds)
        related = dict.fromkeys(entry_id for entry in entries for entry_id in entry.related)
        shown = [entry_id for entry_id in related if entry_id not in {entry.id for entry in entries}]
        return Reply(
            outcome=_OUTCOMES[kind],
            language=language,
            notes=(),
            parts=tuple(self._part(entry, language) for entry in entries),
            as_of=self.as_of(language) if kind is not Kind.META else None,
            citations=self._citations((key for entry in entries for key in entry.facts), language),
            suggestions=tuple(self.suggestion(entry_id, language) for entry_id in shown[:4]),
            confidence=confidence,
            explanation=explanation,
        )

    def _part(self, entry: Entry, language: Language) -> Part:
        text = self._wordings[language].fill(entry.answer[language])
        if entry.links:
            text = "\n".join([text, *(f"{link.title[language]}: {link.url}" for link in self._knowledge.links)])
        return Part(entry.id, entry.question[language], text)

    def as_of(self, language: Language) -> str:
        """Return the line that tells the article's date."""
        date = self._wordings[language].date(self._knowledge.record.published)
        return self._strings[language].text("as-of", date=date)

    def _citations(self, keys: Iterable[str], language: Language) -> tuple[Citation, ...]:
        """Return the passages of the facts, each once, in the order in which the text uses them."""
        ids = dict.fromkeys(passage for key in keys for passage in self._knowledge.facts[key].passages)
        return tuple(self.citation(passage, language) for passage in ids)

    def citation(self, passage_id: str, language: Language) -> Citation:
        """Return the citation of a passage.

        Raises:
            KeyError: there is no such passage.
        """
        record = self._knowledge.record
        if passage_id == RECORD:
            return Citation(RECORD, record.url, record.gist[language], None)
        passage = self._knowledge.passages[passage_id]
        return Citation(passage_id, passage_url(record, passage), passage.gist[language], self._quotes.get(passage_id))

    def _explain(self, candidate: Candidate, ranking: Ranking, language: Language) -> Explanation:
        others = [other for other in ranking.candidates if other.entry != candidate.entry]
        scored = candidate.scored
        utterance = scored.neighbour.utterance
        return Explanation(
            utterance if self._crude.isdisjoint(fold(utterance).split()) else None,
            candidate.probability,
            math.exp(scored.words),
            math.exp(scored.meaning),
            scored.neighbour.likeness,
            self.suggestion(others[0].entry, language) if others else None,
            others[0].probability if others else 0.0,
        )

    def _notice(
        self,
        outcome: Outcome,
        key: str,
        language: Language,
        examples: Sequence[str] = (),
        confidence: float = 1.0,
        explanation: Explanation | None = None,
        **arguments: str | int,
    ) -> Reply:
        return Reply(
            outcome=outcome,
            language=language,
            notes=(self._strings[language].text(key, **arguments),),
            parts=(),
            as_of=None,
            citations=(),
            suggestions=tuple(self.suggestion(entry_id, language) for entry_id in examples),
            confidence=confidence,
            explanation=explanation,
        )


def _language(reading: Reading, previous: Turn | None) -> Language:
    guess = reading.language
    return guess.language if guess.is_sure or previous is None else previous.language


def next_turn(reply: Reply, previous: Turn | None) -> Turn:
    """Return what the next question may continue: the entry just answered, else the one before."""
    answered = reply.entries[-1] if reply.entries and reply.outcome in {Outcome.ANSWER, Outcome.GAP} else None
    return Turn(answered or (previous.entry if previous else None), reply.language)
