"""Cut a message into the questions it may contain."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.knowledge.model import Language
from bot.knowledge.words import LanguageWords
from bot.matching.text import fold

MAX_PIECES = 5
MAX_CUTS = 3
MIN_LETTERS = 5
"""A piece with fewer letters asks nothing by itself."""

ELLIPTICAL = 3
"""Words up to which a piece rests on what stands before it."""

_SENTENCE = re.compile(r"(?<=[.?!;:\n…])\s+|\n+|(?=[¿¡])|\s[-–—]\s")
_COMMA = re.compile(r",\s+")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What joins questions in one language."""

    joint: re.Pattern[str]
    connector: re.Pattern[str]
    question: re.Pattern[str]


class Splitter:
    """Cuts messages at the ends of sentences, and before a connector or a comma that a question word follows."""

    def __init__(self, words: Mapping[Language, LanguageWords]) -> None:
        self._patterns = {language: _patterns(found) for language, found in words.items()}

    def sentences(self, message: str) -> list[str]:
        """Return the sentences of a message that ask, in order.

        Where one ends with a question mark, those that do not are its story.
        """
        sentences = [sentence for sentence in _SENTENCE.split(message) if _is_worth_asking(sentence)]
        asked = [sentence for sentence in sentences if sentence.rstrip().endswith("?")]
        return (asked or sentences)[-MAX_PIECES:]

    def questions(self, message: str, language: Language) -> list[str]:
        """Return the questions of a message, in order: its asking sentences, cut where questions are joined in them."""
        patterns = self._patterns[language]
        pieces: list[str] = []
        for sentence in self.sentences(message):
            for joined in patterns.joint.split(_plain(sentence)):
                pieces += _at_commas(joined, patterns.question)
        return [piece for piece in pieces if _is_worth_asking(piece)][-MAX_PIECES:]

    def halves(self, message: str, language: Language) -> list[tuple[str, str]]:
        """Return each way to cut a message in two at a connector, wherever it stands."""
        plain = _plain(message)
        cuts = [
            (plain[: match.start()], plain[match.end() :])
            for match in self._patterns[language].connector.finditer(plain)
        ]
        return [cut for cut in cuts if all(map(_is_worth_asking, cut))][:MAX_CUTS]


def _patterns(words: LanguageWords) -> _Patterns:
    connectors, question_words = _alternatives(words.connectors), _alternatives(words.question_words)
    return _Patterns(
        joint=re.compile(rf"\b(?:{connectors})\s+(?=¿?(?:{question_words})\b)"),
        connector=re.compile(rf"[\s,]+(?:{connectors})\s+"),
        question=re.compile(rf"(?:{question_words})\b"),
    )


def _at_commas(sentence: str, question: re.Pattern[str]) -> list[str]:
    pieces = [""]
    for clause in _COMMA.split(sentence):
        if pieces[-1] and question.match(clause):
            pieces.append(clause)
        else:
            pieces[-1] = f"{pieces[-1]}, {clause}" if pieces[-1] else clause
    return pieces


def _plain(text: str) -> str:
    """Return `text` word by word without accents, for the patterns are folded; commas stay.

    A short word keeps its accent: Portuguese "é" (is) is not "e" (and).
    """
    words = [(fold(word) if len(word) > 2 else word.casefold(), word.endswith(",")) for word in text.split()]
    return " ".join(f"{word}," if has_comma else word for word, has_comma in words if word)


def is_elliptical(piece: str) -> bool:
    """Whether a piece, such as "and when?", asks nothing without what stands before it."""
    return len(piece.split()) <= ELLIPTICAL


def _is_worth_asking(piece: str) -> bool:
    return sum(character.isalpha() for character in piece) >= MIN_LETTERS


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
