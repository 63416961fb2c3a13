"""Notice what a question wrongly takes for granted, and correct it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.model import Entry, Knowledge, Language, Premise
from bot.knowledge.templates import Wording
from bot.matching.numbers import NumberReader
from bot.matching.text import fold

MAX_CORRECTIONS = 2
"""Corrections before a reply: with more it would be about nothing else."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is said of something wrongly taken for granted, and the keys of the facts that it states."""

    text: str
    facts: tuple[str, ...]


class PremiseChecker:
    """Looks in questions for what people wrongly take for granted."""

    def __init__(
        self,
        knowledge: Knowledge,
        wordings: Mapping[Language, Wording],
        numbers: Mapping[Language, NumberReader],
    ) -> None:
        self._premises = knowledge.premises
        self._by_word = _by_word(knowledge.premises)
        self._wordings = wordings
        self._numbers = numbers

    def check(
        self, question: str, entries: Sequence[Entry], language: Language, *, are_given: bool = True
    ) -> list[Correction]:
        """Return the corrections for `question`, whose answer are `entries`, or one of them where none is given yet."""
        folded = fold(question)
        texts = dict.fromkeys([folded, self._numbers[language].in_digits(folded)])
        forms = [(text, frozenset(text.split())) for text in texts]
        said = frozenset(word for _, words in forms for word in words)
        possible = self._by_word[None].union(*(self._by_word[word] for word in said & self._by_word.keys()))
        found: dict[str, Premise] = {}
        for number in sorted(possible):
            premise = self._premises[number]
            if premise.concerns(entries, are_given=are_given) and any(_says(premise, *form) for form in forms):
                found.setdefault(premise.facts[0], premise)
        return self._worded(list(found.values())[:MAX_CORRECTIONS], language)

    def all(self, language: Language) -> list[Correction]:
        """Return every correction there is, each text once."""
        return list({correction.text: correction for correction in self._worded(self._premises, language)}.values())

    def _worded(self, premises: Sequence[Premise], language: Language) -> list[Correction]:
        fill = self._wordings[language].fill
        return [Correction(fill(premise.correction[language]), premise.facts) for premise in premises]


def _by_word(premises: Sequence[Premise]) -> Mapping[str | None, set[int]]:
    """Return the numbers of the premises that a question with a word may say; under None those that need no word."""
    found: dict[str | None, set[int]] = {None: set()}
    for number, premise in enumerate(premises):
        for phrase in premise.contradicted_by:
            for word in phrase.needed or (None,):
                found.setdefault(word, set()).add(number)
    return found


def _says(premise: Premise, folded: str, words: frozenset[str]) -> bool:
    """Whether a folded text of `words` takes the premise for granted."""
    return any(phrase.is_said(folded, words, premise.right) for phrase in premise.contradicted_by) and not any(
        phrase.is_said(folded, words, ()) for phrase in premise.unless
    )
