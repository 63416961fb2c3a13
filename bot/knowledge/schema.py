"""The shape of the files in a data folder; an unknown key is an error."""

import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.knowledge.model import Attribution, Kind, Qualifier

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Anchor = Annotated[str, StringConstraints(pattern=r"^\S+( \S+){0,3}$")]
"""At most four words: enough for a link, too few to copy the article."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


class RecordTable(_Strict):
    """``[record]`` of article.toml."""

    title: Text
    outlet: Text
    authors: list[Text] = Field(min_length=1)
    url: Annotated[str, StringConstraints(pattern=r"^https://[^\s#]+$")]
    published: datetime.date
    updated: datetime.date | None = None
    languages: list[LanguageCode] = Field(min_length=1)
    mentions: dict[LanguageCode, list[Text]] = {}
    gist: dict[LanguageCode, Text]


class PassageTable(_Strict):
    """``[[passages]]`` of article.toml."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+$")]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    start: Anchor
    end: Anchor
    gist: dict[LanguageCode, Text]


class ArticleFile(_Strict):
    """article.toml."""

    record: RecordTable
    passages: list[PassageTable] = Field(min_length=1)


class FactTable(_Strict):
    """One fact of facts.toml."""

    value: int | float | datetime.date | str | dict[LanguageCode, Text] | None = None
    formula: str | None = None
    unit: str | None = None
    qualifier: Qualifier = Field(default=Qualifier.EXACT, strict=False)
    attribution: Attribution = Field(default=Attribution.ARTICLE, strict=False)
    passages: list[str] = []
    evidence: list[Anchor] = []
    forms: dict[LanguageCode, list[Text]] = {}
    one_of: Identifier | None = None


class EntryTable(_Strict):
    """One entry of a file in entries/."""

    question: dict[LanguageCode, Text]
    answer: dict[LanguageCode, Text]
    facts: list[str] = []
    related: list[Identifier] = []
    names: dict[LanguageCode, list[Text]] = {}
    links: bool = False


class TopicFile(_Strict):
    """A file in entries/."""

    title: dict[LanguageCode, Text]
    order: int
    kind: Kind = Field(default=Kind.ANSWER, strict=False)
    entries: dict[Identifier, EntryTable] = Field(min_length=1)


class LinkTable(_Strict):
    """``[[links]]`` of links.toml."""

    title: dict[LanguageCode, Text]
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")]


class LinksFile(_Strict):
    """links.toml."""

    links: list[LinkTable]


class FigureTable(_Strict):
    """``[[bars.figures]]`` or ``[[groups.figures]]`` of figures.toml; without `value`, the fact's own stands there."""

    fact: str
    value: dict[LanguageCode, Text] | None = None
    label: dict[LanguageCode, Text]


class FigureGroupTable(_Strict):
    """``[bars]`` or ``[[groups]]`` of figures.toml."""

    title: dict[LanguageCode, Text]
    figures: list[FigureTable] = Field(min_length=1)


class FiguresFile(_Strict):
    """figures.toml."""

    title: dict[LanguageCode, Text]
    alt: dict[LanguageCode, Text]
    bars: FigureGroupTable
    groups: list[FigureGroupTable] = []


class PremiseTable(_Strict):
    """``[premises.<name>]`` of premises.toml."""

    fact: str
    contradicted_by: list[Text] = Field(min_length=1)
    unless: list[Text] = []
    numbers: list[str] = []
    topics: list[Identifier] = Field(min_length=1)
    not_before: list[Identifier] = []
    correction: dict[LanguageCode, Text]


class PremisesFile(_Strict):
    """premises.toml."""

    words: dict[Identifier, Annotated[list[Text], Field(min_length=1)]] = {}
    premises: dict[Identifier, PremiseTable] = {}
