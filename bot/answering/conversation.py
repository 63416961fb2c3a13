"""What a follow-up needs of the turn before it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.knowledge.model import Language
from bot.knowledge.words import LanguageWords
from bot.matching.text import fold

MAX_WORDS = 5
"""A follow-up is short; a longer question stands on its own."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The entry answered last and the language it was answered in."""

    entry: str | None
    language: Language


class FollowUps:
    """Recognises questions that continue the one before."""

    def __init__(self, words: Mapping[Language, LanguageWords]) -> None:
        openers = {opener for language in words.values() for opener in language.follow_ups}
        self._openers = tuple(f"{opener} " for opener in sorted(openers, key=len, reverse=True))
        self._opening_words = {word for opener in openers for word in opener.split()}

    def continues(self, question: str) -> bool:
        """Whether a question reads as a follow-up: short, and opened by ``and``, ``why`` and the like."""
        folded = fold(question)
        return len(folded.split()) <= MAX_WORDS and f"{folded} ".startswith(self._openers)

    def join(self, question: str, before: str) -> str:
        """Return a follow-up joined to the question `before` it.

        A bare question word takes the place of the other's: "why?" after "How many have no name?" is "why have no
        name".
        """
        folded, rest = fold(question), f"{fold(before)} "
        if not all(word in self._opening_words for word in folded.split()):
            return f"{before} {question}"
        opening = next((opener for opener in self._openers if rest.startswith(opener)), "")
        return f"{folded} {rest.removeprefix(opening)}"
