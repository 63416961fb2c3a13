"""Notice what a question wrongly takes for granted, and correct it."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.model import Contradiction, Entry, Kind, Knowledge, Language
from bot.knowledge.templates import Wording
from bot.matching.numbers import NumberReader
from bot.matching.text import fold

YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Correction:
    """What is said of something wrongly taken for granted, and the keys of the facts that it states."""

    text: str
    facts: tuple[str, ...]


class PremiseChecker:
    """Compares a question with the facts behind its answers."""

    def __init__(self, knowledge: Knowledge, wordings: Mapping[Language, Wording], numbers: NumberReader) -> None:
        self._premises = knowledge.premises
        self._contradictions = [(_pattern(premise), premise) for premise in knowledge.premises.contradictions]
        self._wordings = wordings
        self._numbers = numbers
        self._known = _numbers_of(knowledge)

    def check(self, question: str, entries: Sequence[Entry], language: Language) -> list[Correction]:
        """Return the corrections for `question`."""
        asked = [entry for entry in entries if entry.kind is not Kind.META]
        folded = fold(question)
        numbers = [number for number in self._numbers.read(folded) if number.value not in self._known]
        found = [premise for pattern, premise in self._contradictions if pattern.search(folded)]
        found += [premise for premise in self._premises.counts if any(n.next_word in premise.words for n in numbers)]
        if self._premises.years is not None and any(number.value in YEARS for number in numbers):
            found.append(self._premises.years)
        found = [premise for premise in found if any(entry.topic in premise.topics for entry in asked)]
        return self._worded(found, language)

    def all(self, language: Language) -> list[Correction]:
        """Return every correction there is."""
        premises = self._premises
        years = [premises.years] if premises.years is not None else []
        return self._worded([*premises.contradictions, *premises.counts, *years], language)

    def _worded(self, premises: Sequence[Contradiction], language: Language) -> list[Correction]:
        fill = self._wordings[language].fill
        return [Correction(fill(premise.correction[language]), premise.facts) for premise in premises]


def _pattern(premise: Contradiction) -> re.Pattern[str]:
    """Return the pattern of a text that holds one of the premise's words."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, premise.words))})\b")


def _numbers_of(knowledge: Knowledge) -> frozenset[int]:
    """Return every number that a fact gives, those of its dates included."""
    numbers: set[int] = {0, 1}
    for fact in knowledge.facts.values():
        match fact.value:
            case int() | float() as value:
                numbers.add(round(value))
            case datetime.date() as date:
                numbers |= {date.year, date.month, date.day}
            case _:
                pass
    return frozenset(numbers)
