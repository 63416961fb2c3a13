"""What a button, a menu or a form does, written into its custom id so that it works after a restart.

A custom id is the action's name and its fields, separated by colons: ``rate:es:k3fza:1``. Entries, passages and
topics are codes.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

MAX_LENGTH = 100
"""Characters of a custom id, by Discord's rules."""


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


Action: TypeAlias = (
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

_NAMES: dict[str, type[Action]] = {
    "sources": ShowSources,
    "why": Explain,
    "related": ShowRelated,
    "follow-up": OpenFollowUp,
    "followed-up": SubmitFollowUp,
    "share": Share,
    "report": OpenReport,
    "reported": SubmitReport,
    "rate": Rate,
    "delete": Delete,
    "pick": Pick,
    "none": PickNone,
    "entry": ChooseEntry,
    "topics": OpenTopics,
    "topic": ChooseTopic,
    "page": TurnPage,
}
_TYPES = {kind: name for name, kind in _NAMES.items()}

_WRITE: dict[type, Callable[[Any], str]] = {str: str, int: str, bool: lambda value: str(int(value)), tuple: ".".join}
_READ: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: int,
    bool: lambda text: bool(int(text)),
    tuple[str, ...]: lambda text: tuple(text.split(".")) if text else (),
}


def encode(action: Action) -> str:
    """Return the custom id of an action; where it would be too long, its last list is cut to what has room."""
    values = [getattr(action, field.name) for field in fields(action)]
    while True:
        custom_id = ":".join([_TYPES[type(action)], *(_WRITE[type(value)](value) for value in values)])
        if len(custom_id) <= MAX_LENGTH:
            return custom_id
        last = max(index for index, value in enumerate(values) if isinstance(value, tuple) and value)
        values[last] = values[last][:-1]


def decode(custom_id: str) -> Action | None:
    """Return the action of a custom id, or None where this version knows no such action."""
    name, *texts = custom_id.split(":")
    kind = _NAMES.get(name)
    if kind is None or len(texts) > len(fields(kind)):
        return None
    try:
        return kind(*(_READ[field.type](text) for field, text in zip(fields(kind), texts, strict=False)))
    except (TypeError, ValueError):
        return None
