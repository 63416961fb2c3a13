"""What the bot gives back."""

from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.model import Language


class Outcome(StrEnum):
    """What kind of reply it is."""

    ANSWER = "answer"
    GAP = "gap"
    CLARIFY = "clarify"
    OFF_TOPIC = "off_topic"
    META = "meta"


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that says so: where it is, what it is about, and its words where the operator has the article."""

    passage: str
    url: str
    gist: str
    quote: str | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry the person may mean or want next, and its canonical question."""

    entry: str
    question: str


@dataclass(frozen=True, slots=True)
class Part:
    """The answer to one question: the entry, its canonical question as a heading, and the text."""

    entry: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why this reply: the utterance that matched best, the probability, and the entry that came second.

    The `utterance` is None where it is too crude to be repeated.
    `words` and `meaning` are the entry's probability by these alone; `spelling` is the utterance's likeness, 0 to 1.
    """

    utterance: str | None
    probability: float
    words: float
    meaning: float
    spelling: float
    runner_up: Suggestion | None
    runner_up_probability: float


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply, as plain text in parts; every surface renders this."""

    outcome: Outcome
    language: Language
    notes: tuple[str, ...]
    parts: tuple[Part, ...]
    as_of: str | None
    citations: tuple[Citation, ...]
    suggestions: tuple[Suggestion, ...]
    confidence: float
    explanation: Explanation | None

    @property
    def entries(self) -> tuple[str, ...]:
        """The ids of the entries that are answered."""
        return tuple(part.entry for part in self.parts)

    @property
    def is_choice(self) -> bool:
        """Whether entries are offered because it is not clear which one is meant, perhaps after a correction."""
        return not self.parts and self.outcome in {Outcome.CLARIFY, Outcome.ANSWER}

    @property
    def text(self) -> str:
        """The whole reply as plain text, without the citations."""
        lines = [*self.notes, *(part.text for part in self.parts)]
        if not self.parts:
            lines += [f"{number}. {suggestion.question}" for number, suggestion in enumerate(self.suggestions, start=1)]
        if self.as_of is not None:
            lines.append(self.as_of)
        return "\n".join(lines)
