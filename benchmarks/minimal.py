"""The smallest knowledge base around given wordings: labels are entries, everything else is empty."""

import datetime
from collections.abc import Mapping, Sequence

from bot.knowledge.model import Entry, Kind, Knowledge, Language, Record
from bot.matching.encoder import Encoder
from bot.matching.guards import NameGuard
from bot.matching.index import Index
from bot.matching.language import LanguageIdentifier
from bot.matching.matcher import Matcher

Wordings = Mapping[Language, Sequence[str]]


def minimal_knowledge(
    languages: tuple[Language, ...], wordings: Mapping[str, Wordings], off_topic: Wordings | None = None
) -> Knowledge:
    """Return a knowledge base whose entries are the keys of `wordings`; the first wording is the canonical question."""
    day = datetime.date(2020, 1, 1)
    empty: dict[Language, str] = dict.fromkeys(languages, "")
    entries = {
        label: Entry(
            id=label,
            topic="",
            kind=Kind.ANSWER,
            question={language: said[language][0] for language in languages},
            answer=empty,
            utterances={language: tuple(said[language][1:]) for language in languages},
            facts=(),
            related=(),
            names={},
            links=False,
        )
        for label, said in wordings.items()
    }
    return Knowledge(
        record=Record("", "", (), "", day, None, languages, {}, empty),
        passages={},
        facts={},
        topics={},
        entries=entries,
        off_topic={language: tuple((off_topic or {}).get(language, ())) for language in languages},
        links=(),
        premises=(),
        figures=None,
        version="",
    )


def minimal_matcher(index: Index, encoder: Encoder, knowledge: Knowledge) -> Matcher:
    """Return the matcher of a minimal knowledge base."""
    identifier = LanguageIdentifier(knowledge.languages, index.language_log_probability)
    return Matcher(index, encoder, identifier, NameGuard(knowledge))
