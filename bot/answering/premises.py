"""Notice what a question wrongly takes for granted, and correct it."""

import datetime
import re
from collections.abc import Mapping, Sequence

from bot.knowledge.model import Contradiction, Entry, Kind, Knowledge, Language
from bot.knowledge.templates import Wording
from bot.matching.numbers import NumberFound, NumberReader
from bot.matching.text import fold

YEARS = range(1900, 2100)


class PremiseChecker:
    """Compares a question with the facts behind its answers."""

    def __init__(self, knowledge: Knowledge, wordings: Mapping[Language, Wording], numbers: NumberReader) -> None:
        self._premises = knowledge.premises
        self._facts = knowledge.facts
        self._wordings = wordings
        self._numbers = numbers
        self._known = _numbers_of(knowledge)

    def check(self, question: str, entries: Sequence[Entry], language: Language) -> tuple[list[str], list[str]]:
        """Return the corrections for `question`, and the keys of the facts that they state."""
        answers = [entry for entry in entries if entry.kind is Kind.ANSWER]
        folded = fold(question)
        found = [
            premise
            for premise in self._premises.contradictions
            if _is_about(premise, answers)
            and any(re.search(rf"\b{re.escape(words)}\b", folded) for words in premise.words)
        ]
        found += self._number_premises(self._numbers.read(folded), answers)
        corrections = [self._wordings[language].fill(premise.correction[language]) for premise in found]
        return corrections, [fact for premise in found for fact in premise.facts]

    def _number_premises(self, numbers: Sequence[NumberFound], answers: Sequence[Entry]) -> list[Contradiction]:
        unknown = [number for number in numbers if number.value not in self._known]
        counted, years = self._premises.counted, self._premises.years
        found: list[Contradiction] = []
        if years is not None and _is_about(years, answers) and any(number.value in YEARS for number in unknown):
            found.append(years)
        gives_numbers = any(isinstance(self._facts[key].value, int | float) for entry in answers for key in entry.facts)
        if counted is not None and gives_numbers and any(number.next_word in counted.words for number in unknown):
            found.append(counted)
        return found


def _is_about(premise: Contradiction, answers: Sequence[Entry]) -> bool:
    return any(entry.topic in premise.topics for entry in answers)


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
