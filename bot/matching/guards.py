"""Keep an entry about one name from answering a question about another."""

import re
from collections.abc import Iterable, Mapping

from bot.knowledge.model import Fact, Knowledge, Language
from bot.matching.text import fold

OTHER_NAME = 0.02
"""What is left of the probability of an entry about another name than the question's."""


class NameGuard:
    """Knows which of several alternative names, such as countries, each entry is about."""

    def __init__(self, knowledge: Knowledge) -> None:
        named = _alternatives(knowledge)
        self._patterns = {fact.key: re.compile(rf"\b(?:{'|'.join(map(re.escape, _words(fact)))})\b") for fact in named}
        self._group = {fact.key: fact.one_of for fact in named}
        self._names = {entry.id: frozenset(entry.facts) & self._group.keys() for entry in knowledge.entries.values()}

    def factors(self, text: str, entries: Iterable[str]) -> list[float]:
        """Return what each entry's probability is multiplied with, given a folded question."""
        asked = {key for key, pattern in self._patterns.items() if pattern.search(text)}
        groups = {self._group[key] for key in asked}
        return [OTHER_NAME if self._is_about_another(entry, asked, groups) else 1.0 for entry in entries]

    def _is_about_another(self, entry: str, asked: set[str], groups: set[str | None]) -> bool:
        names = {key for key in self._names.get(entry, ()) if self._group[key] in groups}
        return bool(names) and not names & asked


def alternative_names(knowledge: Knowledge, language: Language) -> list[str]:
    """Return the folded names of which an entry may be about one and not another, each form of each, in a language."""
    forms = [form for fact in _alternatives(knowledge) for form in fact.forms.get(language, ())]
    return list(dict.fromkeys(map(fold, forms)))


def _alternatives(knowledge: Knowledge) -> list[Fact]:
    """Return the facts that are one of several alternative names."""
    return [fact for fact in knowledge.facts.values() if fact.one_of is not None]


def _words(fact: Fact) -> list[str]:
    """Return the fact's name and its forms in every language, folded, the longest first."""
    texts = list(fact.value.values()) if isinstance(fact.value, Mapping) else []
    forms = [form for by_language in fact.forms.values() for form in by_language]
    return sorted({fold(word) for word in [*texts, *forms]}, key=lambda word: (-len(word), word))
