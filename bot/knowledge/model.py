"""The knowledge base as frozen values: record, passages, facts, entries."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.knowledge.phrases import Phrase

Language: TypeAlias = str
"""A language's two-letter code, e.g. ``en``."""

Texts: TypeAlias = Mapping[Language, str]
"""The same text in each language."""

Scalar: TypeAlias = int | float | datetime.date | Texts
"""What a fact can be worth: a number, a date, or words in each language."""

RECORD = "record"
"""The passage id of the publication's own record, which is not part of the article's text."""


class Qualifier(StrEnum):
    """How exact a fact is, as the article words it."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ABOUT = "about"
    ESTIMATED = "estimated"


class Attribution(StrEnum):
    """Whose word a fact is."""

    ARTICLE = "article"
    ADVOCATES = "advocates"


class Kind(StrEnum):
    """What an entry is for."""

    ANSWER = "answer"
    GAP = "gap"
    META = "meta"


@dataclass(frozen=True, slots=True)
class Record:
    """What the publication says about the article, and how people name its event at the end of a question."""

    title: str
    outlet: str
    authors: tuple[str, ...]
    url: str
    published: datetime.date
    updated: datetime.date | None
    languages: tuple[Language, ...]
    mentions: Mapping[Language, tuple[str, ...]]
    gist: Texts


@dataclass(frozen=True, slots=True)
class Passage:
    """One citable unit of the article, without its words."""

    id: str
    sha256: str
    start: str
    end: str
    gist: Texts


@dataclass(frozen=True, slots=True)
class Fact:
    """One atomic statement.

    `formula` is set where it is derived from other facts; facts with the same `one_of` are names of alternatives.
    """

    key: str
    value: Scalar
    unit: str | None
    qualifier: Qualifier
    attribution: Attribution
    passages: tuple[str, ...]
    evidence: tuple[str, ...]
    forms: Mapping[Language, tuple[str, ...]]
    one_of: str | None
    formula: str | None
    operands: tuple[str, ...]

    @property
    def is_derived(self) -> bool:
        """Whether the value is computed, not said by the article."""
        return self.formula is not None


@dataclass(frozen=True, slots=True)
class Link:
    """An address the operator chose to show, with its title in each language."""

    title: Texts
    url: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of entries, as a person browses them; one file of `entries/`."""

    id: str
    title: Texts
    kind: Kind


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing people ask: a canonical question, its utterances and its answer, in each language."""

    id: str
    topic: str
    kind: Kind
    question: Texts
    answer: Texts
    utterances: Mapping[Language, tuple[str, ...]]
    facts: tuple[str, ...]
    related: tuple[str, ...]
    names: Mapping[Language, tuple[str, ...]]
    links: bool


@dataclass(frozen=True, slots=True)
class Premise:
    """Something that people wrongly take for granted, and the correction, a template in each language.

    `contradicted_by` is how a question takes it for granted: where there are numbers, with others than the `right`
    ones, and not where it says something of `unless` too. `facts` are those that the correction states, first the one
    that holds. `topics` are those of the entries it may precede; the answers of `not_before` say so themselves.
    """

    name: str
    contradicted_by: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    right: frozenset[int]
    topics: frozenset[str]
    not_before: frozenset[str]
    correction: Texts
    facts: tuple[str, ...]

    def concerns(self, entries: Iterable[Entry], *, are_given: bool = True) -> bool:
        """Whether the correction may precede `entries`, or the choice of them where none is given yet."""
        asked = [entry for entry in entries if entry.kind is not Kind.META]
        is_told = are_given and any(entry.id in self.not_before for entry in asked)
        return not is_told and any(entry.topic in self.topics for entry in asked)


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact as a figure: its `value`, e.g. ``more than {fact}``, and the `label` that tells what it counts."""

    fact: str
    value: Texts
    label: Texts


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures of one thing, under a title."""

    title: Texts
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What is shown as one picture: bars of one measure, groups of other figures, and `alt`, which says it all.

    `facts` are those used, in order.
    """

    title: Texts
    bars: FigureGroup
    groups: tuple[FigureGroup, ...]
    alt: Texts
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the bot knows, and the hash of the files it was read from."""

    record: Record
    passages: Mapping[str, Passage]
    facts: Mapping[str, Fact]
    topics: Mapping[str, Topic]
    entries: Mapping[str, Entry]
    off_topic: Mapping[Language, tuple[str, ...]]
    links: tuple[Link, ...]
    premises: tuple[Premise, ...]
    figures: Figures | None
    version: str

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the knowledge base, the first being the default."""
        return self.record.languages
