"""What each wording stands under, so that none is written twice."""

import unicodedata
from pathlib import Path

from bot.errors import DataError
from bot.knowledge.model import Knowledge, Language
from bot.knowledge.utterances import read_utterances
from bot.matching.text import fold

OFF_TOPIC = "off-topic"
"""What a counter-example stands under."""

_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}


def cleaned(text: str) -> str:
    """Return `text` as one line of what a person can see, without the marks of a heading in front."""
    # Line and paragraph separators are blanks to split(), which goes first: some are control characters too.
    line = " ".join(text.split())
    seen = "".join(character for character in line if unicodedata.category(character) not in _DROPPED)
    return " ".join(seen.lstrip("# ").split())


def is_a_line(text: str) -> bool:
    """Whether the reader of utterances takes `text` for one wording, not for a heading or a comment."""
    try:
        return read_utterances(Path(), f"[label]\n{text}") == {"label": (text,)}
    except DataError:
        return False


class Wordings:
    """The wordings of a knowledge base and what is added to them, compared as the matcher compares them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._owners: dict[tuple[Language, str], str] = {}
        for entry in knowledge.entries.values():
            for language in knowledge.languages:
                # A canonical question is learned as a wording too.
                for text in (entry.question.get(language, ""), *entry.utterances.get(language, ())):
                    self.add(language, text, entry.id)
        for language, texts in knowledge.off_topic.items():
            for text in texts:
                self.add(language, text, OFF_TOPIC)

    def owner(self, language: Language, text: str) -> str | None:
        """Return what a wording stands under, None where it is new."""
        return self._owners.get((language, fold(text)))

    def add(self, language: Language, text: str, owner: str) -> None:
        """Note what a wording stands under; the first to have it keeps it."""
        self._owners.setdefault((language, fold(text)), owner)
