"""What a curator decided about a question: a draft, which changes nothing until it is applied."""

import json
from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.model import Language


class DraftKind(StrEnum):
    """What is to become of the question."""

    PHRASING = "phrasing"
    ENTRY = "entry"
    GAP = "gap"
    OFF_TOPIC = "off_topic"


@dataclass(frozen=True, slots=True)
class Draft:
    """One decision.

    `entry` is the entry that a phrasing belongs to, or the id that somebody proposes for a new entry or gap.
    """

    kind: DraftKind
    text: str
    language: Language
    entry: str | None = None

    def __str__(self) -> str:
        where = f" of {self.entry}" if self.entry is not None else ""
        return f"{self.kind.value.replace('_', '-')}{where} ({self.language}): '{self.text}'"


def draft_line(draft: Draft) -> str:
    """Return a draft as the line of JSON that `read_drafts` reads."""
    fields = {"kind": draft.kind.value, "text": draft.text, "language": draft.language, "entry": draft.entry}
    # A lone surrogate cannot be written as UTF-8; its replacement happens to be JSON's own escape.
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
