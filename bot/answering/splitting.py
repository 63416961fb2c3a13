"""Cut a message into the questions it may contain."""

import re
from collections.abc import Iterable, Mapping

from bot.knowledge.model import Language
from bot.knowledge.words import LanguageWords
from bot.matching.text import fold

MAX_PIECES = 5
MIN_LETTERS = 6
"""A piece with fewer letters asks nothing by itself."""

_SENTENCE = re.compile(r"(?<=[.?!;:\n…])\s+|\n+|(?=[¿¡])|\s[-–—]\s")
_COMMA = re.compile(r",\s+")


class Splitter:
    """Cuts messages at the ends of sentences, and before a connector or a comma that a question word follows."""

    def __init__(self, words: Mapping[Language, LanguageWords]) -> None:
        connectors = _alternatives(word for language in words.values() for word in language.connectors)
        question_words = _alternatives(word for language in words.values() for word in language.question_words)
        self._connector = re.compile(rf"\b(?:{connectors})\s+(?=¿?(?:{question_words})\b)", re.IGNORECASE)
        self._bare_connector = re.compile(rf"[\s,]+(?:{connectors})\s+", re.IGNORECASE)
        self._question = re.compile(rf"(?:{question_words})\b", re.IGNORECASE)

    def sentences(self, message: str) -> list[str]:
        """Return the sentences of a message and the questions joined inside them, in order."""
        pieces: list[str] = []
        for sentence in _SENTENCE.split(message):
            for joined in self._connector.split(_plain(sentence)):
                pieces += self._at_commas(joined)
        return [piece for piece in pieces if _is_worth_asking(piece)][-MAX_PIECES:]

    def halves(self, message: str) -> list[tuple[str, str]]:
        """Return each way to cut a message in two at a connector, wherever it stands."""
        plain = _plain(message)
        cuts = [(plain[: match.start()], plain[match.end() :]) for match in self._bare_connector.finditer(plain)]
        return [cut for cut in cuts if all(map(_is_worth_asking, cut))][:MAX_PIECES]

    def _at_commas(self, sentence: str) -> list[str]:
        pieces = [""]
        for clause in _COMMA.split(sentence):
            if pieces[-1] and self._question.match(clause):
                pieces.append(clause)
            else:
                pieces[-1] = f"{pieces[-1]}, {clause}" if pieces[-1] else clause
        return pieces


def _plain(text: str) -> str:
    """Return `text` without accents, for the patterns are folded; its punctuation stays."""
    return " ".join(part if part in ",¿" else fold(part) or part for part in re.split(r"([,¿])", text) if part.strip())


def _is_worth_asking(piece: str) -> bool:
    return sum(character.isalpha() for character in piece) >= MIN_LETTERS


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
