"""Write what a button, a menu or a form does into its custom id, so that it works after a restart.

A custom id is the action's name and its fields, separated by colons: ``rate:es:k3fza:1``.
"""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeAlias

from bot.chat.actions import (
    ChooseEntry,
    ChooseTopic,
    Delete,
    Explain,
    OpenFollowUp,
    OpenReport,
    OpenTopics,
    Pick,
    PickNone,
    Rate,
    ReadingAction,
    Share,
    ShowRelated,
    ShowSources,
    SubmitFollowUp,
    SubmitReport,
    TurnPage,
)
from bot.chat.management_actions import (
    Agree,
    ChooseChannels,
    ChooseCurators,
    ChooseServerLanguage,
    ChooseWording,
    DeleteMine,
    Dismiss,
    DismissReport,
    DraftAs,
    DraftPhrasing,
    ExportMine,
    ManagementAction,
    OptOut,
    SetKeeping,
    SetPrivate,
    ShowMine,
    ShowReview,
)

Action: TypeAlias = ReadingAction | ManagementAction

MAX_LENGTH = 100
"""Characters of a custom id, by Discord's rules."""

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
    "server-language": ChooseServerLanguage,
    "server-channels": ChooseChannels,
    "server-curators": ChooseCurators,
    "server-private": SetPrivate,
    "server-keeping": SetKeeping,
    "review": ShowReview,
    "phrasing": DraftPhrasing,
    "draft": DraftAs,
    "wording": ChooseWording,
    "dismiss": Dismiss,
    "dismiss-report": DismissReport,
    "mine": ShowMine,
    "export": ExportMine,
    "delete-mine": DeleteMine,
    "opt-out": OptOut,
    "agree": Agree,
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
