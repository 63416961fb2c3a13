"""What the buttons and menus of managers, of curators and of privacy do."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ChooseServerLanguage:
    """Set the server's language to the one chosen in the menu."""

    language: str


@dataclass(frozen=True, slots=True)
class ChooseChannels:
    """Answer mentions in the channels chosen in the menu alone."""

    language: str


@dataclass(frozen=True, slots=True)
class ChooseCurators:
    """Let the role chosen in the menu curate."""

    language: str


@dataclass(frozen=True, slots=True)
class SetPrivate:
    """Make the answers to commands private, or not."""

    language: str
    is_private: bool


@dataclass(frozen=True, slots=True)
class SetKeeping:
    """Keep the questions of this server, or not."""

    language: str
    keeps: bool


@dataclass(frozen=True, slots=True)
class ShowReview:
    """Show the group of like questions at a place of the review."""

    language: str
    number: int


@dataclass(frozen=True, slots=True)
class DraftPhrasing:
    """Draft a kept question, and those like it, as phrasings of the entry chosen in the menu.

    `wording` is the language that the curator says they are in; without it, each counts as in its own.
    """

    language: str
    question: int
    wording: str = ""


@dataclass(frozen=True, slots=True)
class DraftAs:
    """Draft a kept question, and those like it, as a new entry, a gap or an off-topic example."""

    language: str
    kind: str
    question: int
    wording: str = ""


@dataclass(frozen=True, slots=True)
class ChooseWording:
    """Take a kept question, and those like it, as in the language chosen in the menu."""

    language: str
    question: int


@dataclass(frozen=True, slots=True)
class Dismiss:
    """Take a kept question, and those like it, out of the review."""

    language: str
    question: int


@dataclass(frozen=True, slots=True)
class DismissReport:
    """Take a report whose question is not kept out of the review."""

    language: str
    report: str


@dataclass(frozen=True, slots=True)
class ShowMine:
    """Show what is kept of the person."""

    language: str


@dataclass(frozen=True, slots=True)
class ExportMine:
    """Give the person a file of what is kept of them."""

    language: str


@dataclass(frozen=True, slots=True)
class DeleteMine:
    """Delete what is kept of the person."""

    language: str


@dataclass(frozen=True, slots=True)
class OptOut:
    """Keep nothing of the person, anywhere; or end that."""

    language: str
    opts_out: bool


@dataclass(frozen=True, slots=True)
class Agree:
    """Keep the questions of the person's direct messages; or not."""

    language: str
    agrees: bool


ManagementAction: TypeAlias = (
    ChooseServerLanguage
    | ChooseChannels
    | ChooseCurators
    | SetPrivate
    | SetKeeping
    | ShowReview
    | DraftPhrasing
    | DraftAs
    | ChooseWording
    | Dismiss
    | DismissReport
    | ShowMine
    | ExportMine
    | DeleteMine
    | OptOut
    | Agree
)
