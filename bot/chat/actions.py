"""What the buttons, menus and forms of questions and answers do; entries, passages and topics are codes."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ShowSources:
    """Show the passages behind an answer."""

    language: str
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explain:
    """Show the utterance that matched (the code of its folded text), how sure (percent), and what came second."""

    language: str
    entry: str
    utterance: str
    percent: int
    runner_up: str
    runner_up_percent: int


@dataclass(frozen=True, slots=True)
class ShowRelated:
    """Offer related entries."""

    language: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenFollowUp:
    """Open the form for a question that continues an entry."""

    language: str
    entry: str


@dataclass(frozen=True, slots=True)
class SubmitFollowUp:
    """Answer what was typed into that form."""

    language: str
    entry: str


@dataclass(frozen=True, slots=True)
class Share:
    """Show a private answer to everybody in the channel, with the corrections that it began with."""

    language: str
    entries: tuple[str, ...]
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenReport:
    """Open the form that reports an error."""

    language: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubmitReport:
    """Take what was put into that form."""

    language: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """Take whether an answer helped."""

    language: str
    entries: tuple[str, ...]
    is_helpful: bool


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete an answer, for the person who asked."""

    language: str
    asker: int


@dataclass(frozen=True, slots=True)
class Pick:
    """Answer with the entry of the button; `is_choice` where the bot had asked which one is meant."""

    language: str
    asker: int
    is_choice: bool
    entry: str


@dataclass(frozen=True, slots=True)
class PickNone:
    """None of the entries offered was meant."""

    language: str
    asker: int
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChooseEntry:
    """Answer with the entry chosen in a menu; `menu` tells several menus of a message apart."""

    language: str
    menu: int


@dataclass(frozen=True, slots=True)
class OpenTopics:
    """Show the topics."""

    language: str


@dataclass(frozen=True, slots=True)
class ChooseTopic:
    """Show the questions of the topic chosen in a menu."""

    language: str


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Show another page of the article's passages."""

    language: str
    page: int


ReadingAction: TypeAlias = (
    ShowSources
    | Explain
    | ShowRelated
    | OpenFollowUp
    | SubmitFollowUp
    | Share
    | OpenReport
    | SubmitReport
    | Rate
    | Delete
    | Pick
    | PickNone
    | ChooseEntry
    | OpenTopics
    | ChooseTopic
    | TurnPage
)
