"""Find the numbers in a question, in digits or in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.knowledge.model import Language
from bot.knowledge.words import LanguageWords

_JOINTS = {"and", "y", "e"}


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A number, and the folded word that follows it, if any."""

    value: int
    next_word: str | None


class NumberReader:
    """Reads numbers of all languages, ``72`` as well as ``setenta y dos``."""

    def __init__(self, words: Mapping[Language, LanguageWords]) -> None:
        self._numbers = {word: value for language in words.values() for word, value in language.numbers.items()}

    def read(self, folded: str) -> list[NumberFound]:
        """Return the numbers of a folded text, in order."""
        words = folded.split()
        found: list[NumberFound] = []
        position = 0
        while position < len(words):
            value, end = self._number_at(words, position)
            if value is not None:
                found.append(NumberFound(value, words[end] if end < len(words) else None))
            position = max(end, position + 1)
        return found

    def _number_at(self, words: list[str], start: int) -> tuple[int | None, int]:
        """Return the number that begins at `start` and where it ends."""
        if words[start].isdecimal() and len(words[start]) <= 9:
            return int(words[start]), start + 1
        total, group, position = 0, 0, start
        while position < len(words):
            value = self._numbers.get(words[position])
            if value is None:
                is_joint = position > start and words[position] in _JOINTS
                if not (is_joint and position + 1 < len(words) and words[position + 1] in self._numbers):
                    break
            elif value >= 1000:
                total, group = total + max(group, 1) * value, 0
            elif value == 100 and 0 < group < 10:
                group *= 100
            else:
                group += value
            position += 1
        return (total + group if position > start else None), position
