"""Patterns of words in which a question says something, as the data writes them.

A pattern is folded words with single spaces, e.g. ``all ... identified``. A word may end in ``*`` for any ending;
``a/b`` is either word; ``<name>`` one of the words listed under that name; ``...`` up to three words; ``#`` a number,
``####`` a year.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import DataError

GAP = "..."
NUMBERS = {"#": r"(?!(?:19|20)\d\d )(\d{1,9})", "####": r"((?:19|20)\d\d)"}
_GAP = r"(?:\w+ ){0,3}"
_LIST = re.compile(r"<([a-z0-9-]+)>")

Lists = Mapping[str, Sequence[str]]
"""Words, or phrases of them, by the name under which a pattern has them."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One pattern, ready to be looked for; `needed` are words of which a text that matches has at least one."""

    pattern: re.Pattern[str]
    needed: frozenset[str]

    def is_said(self, folded: str, words: Collection[str], right: Collection[int]) -> bool:
        """Whether a folded text of `words` says so, with a number that is not `right` where it has numbers."""
        if self.needed and self.needed.isdisjoint(words):
            return False
        found = (list(map(int, match.groups())) for match in self.pattern.finditer(folded))
        return any(not numbers or not right or any(n not in right for n in numbers) for numbers in found)

    @property
    def has_number(self) -> bool:
        """Whether there is a number in it."""
        return self.pattern.groups > 0


def phrase(text: str, lists: Lists) -> Phrase:
    """Return the pattern that `text` writes.

    Raises:
        DataError: it is no pattern; the message says why.
    """
    parts = text.split(" ")
    if GAP in (parts[0], parts[-1]):
        raise DataError(f"'{text}' begins or ends with {GAP}")
    written = "".join(_GAP if part == GAP else f"{_expression(part, text, lists)} " for part in parts)
    needed = [_words(part, lists) for part in parts]
    return Phrase(
        re.compile(rf"(?<!\S){written[:-1]}(?!\S)"),
        min((words for words in needed if words), key=len, default=frozenset[str]()),
    )


def phrases(texts: Iterable[str], lists: Lists) -> tuple[Phrase, ...]:
    """Return the patterns that `texts` write.

    Raises:
        DataError: one of them is no pattern; the message says why.
    """
    return tuple(phrase(text, lists) for text in texts)


def _expression(part: str, text: str, lists: Lists) -> str:
    """Return the regular expression of one part of a pattern."""
    if part in NUMBERS:
        return NUMBERS[part]
    named = _LIST.fullmatch(part)
    if named and named[1] not in lists:
        raise DataError(f"'{text}': there is no list of words <{named[1]}>")
    options = lists[named[1]] if named else part.split("/")
    for word in (word for option in options for word in option.split(" ")):
        if not _is_folded(word.removesuffix("*")):
            raise DataError(f"'{text}': '{word}' is no folded word (lower case, no accents, no punctuation)")
    return f"(?:{'|'.join(option.replace('*', chr(92) + 'w*') for option in options)})"


def _words(part: str, lists: Lists) -> frozenset[str]:
    """Return the words of which a text has one where it matches `part`; none where that cannot be told."""
    if part == GAP or part in NUMBERS:
        return frozenset()
    named = _LIST.fullmatch(part)
    firsts = {option.split(" ")[0] for option in (lists[named[1]] if named else part.split("/"))}
    return frozenset() if any(word.endswith("*") for word in firsts) else frozenset(firsts)


def _is_folded(word: str) -> bool:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return word.isalnum() and decomposed == word
