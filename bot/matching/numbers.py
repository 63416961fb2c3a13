"""Find the numbers in a question, in digits or in words."""

from collections.abc import Iterable

from bot.knowledge.words import LanguageWords

_JOINTS = {"and", "y", "e"}
_LARGE = 1000
_THOUSANDS = "k"


class NumberReader:
    """Reads numbers of one or more languages, ``72`` as well as ``setenta y dos``."""

    def __init__(self, words: Iterable[LanguageWords]) -> None:
        self._numbers = {word: value for language in words for word, value in language.numbers.items()}

    def in_digits(self, folded: str) -> str:
        """Return a folded text with its numbers in digits."""
        words = folded.split()
        written: list[str] = []
        position = 0
        while position < len(words):
            value, end = self._number_at(words, position)
            written.append(words[position] if value is None else str(value))
            position = max(end, position + 1)
        return " ".join(written)

    def _number_at(self, words: list[str], start: int) -> tuple[int | None, int]:
        """Return the number that begins at `start` and where it ends."""
        digits = words[start].removesuffix(_THOUSANDS)
        if digits.isdecimal() and len(digits) <= 9:
            following = self._numbers.get(words[start + 1], 1) if start + 1 < len(words) else 1
            if digits != words[start]:
                return int(digits) * 1000, start + 1
            return (int(digits) * following, start + 2) if following >= _LARGE else (int(digits), start + 1)
        total, group, position = 0, 0, start
        while position < len(words):
            value = self._numbers.get(words[position])
            if value is None:
                is_joint = position > start and words[position] in _JOINTS
                if not (is_joint and position + 1 < len(words) and words[position + 1] in self._numbers):
                    break
            elif value >= _LARGE:
                total, group = total + max(group, 1) * value, 0
            elif value == 100 and 0 < group < 10:
                group *= 100
            else:
                group += value
            position += 1
        return (total + group if position > start else None), position
