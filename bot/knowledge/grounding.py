"""Prove that nothing is said without a passage behind it."""

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.knowledge.figures import FIGURES
from bot.knowledge.links import passage_url
from bot.knowledge.model import (
    RECORD,
    Attribution,
    Entry,
    Fact,
    FigureGroup,
    Figures,
    Kind,
    Knowledge,
    Language,
    Qualifier,
    Texts,
)
from bot.knowledge.premises import PREMISES
from bot.knowledge.templates import ARITHMETIC, PLACEHOLDER, Wording, placeholders
from bot.knowledge.words import DERIVED, LanguageWords

MAX_QUESTION = 100
"""Characters of a canonical question: Discord's limit for an autocomplete choice."""

MAX_REPLY = 3500
"""Characters of an answer with its citations: of Discord's 4,000, the rest is for heading, corrections and date."""

MAX_ALT = 1000
"""Characters of a picture's text: of Discord's 1,024, as it may count characters otherwise."""

PRODUCT_NAMES = frozenset({"Testigo", "Discord", "I"})
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s)[\s\"«“¿¡(]*$")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something that is not proved: the file, the entry or fact, the language where it has one, and what is wrong."""

    file: str
    subject: str
    language: str
    message: str

    def __str__(self) -> str:
        where = f"{self.subject} ({self.language})" if self.language else self.subject
        return f"{self.file}: {where}: {self.message}"


def prove(
    knowledge: Knowledge, words: Mapping[Language, LanguageWords], wordings: Mapping[Language, Wording]
) -> list[Problem]:
    """Return everything that is wrong with the knowledge base, sorted; an empty list is the proof."""
    problems = list(_fact_problems(knowledge))
    problems += _passage_problems(knowledge)
    for entry in knowledge.entries.values():
        problems += _entry_problems(knowledge, entry)
        for language in knowledge.languages:
            if language in entry.answer and language in entry.question:
                problems += _answer_problems(knowledge, entry, language, words[language], wordings[language])
    problems += _correction_problems(knowledge, words)
    if knowledge.figures is not None:
        problems += _figures_problems(knowledge, knowledge.figures, words, wordings)
    return sorted(problems)


def prove_against_article(knowledge: Knowledge, quotes: Mapping[str, str]) -> list[Problem]:
    """Return the facts whose value does not stand in the words of their passages."""
    problems: list[Problem] = []
    for fact in knowledge.facts.values():
        words = " ".join(quotes.get(passage, "") for passage in fact.passages).casefold()
        if fact.is_derived or set(fact.passages) <= {RECORD}:
            continue
        problems += [
            Problem("facts.toml", fact.key, "", f"'{evidence}' does not stand in {', '.join(fact.passages)}")
            for evidence in _evidence(fact, knowledge.languages[0])
            if evidence.casefold() not in words
        ]
    return sorted(problems)


def _evidence(fact: Fact, language: Language) -> tuple[str, ...]:
    """Return the words that must stand in the fact's passages; dates have none of their own."""
    if fact.evidence:
        return fact.evidence
    match fact.value:
        case int() | float() as value:
            return (str(value) if fact.unit == "year" else f"{value:,}",)
        case datetime.date():
            return ()
        case texts:
            return (texts[language],)


def _fact_problems(knowledge: Knowledge) -> Iterator[Problem]:
    known = {*knowledge.passages, RECORD}
    for fact in knowledge.facts.values():
        if not fact.passages:
            yield Problem("facts.toml", fact.key, "", "has no passage")
        for passage in fact.passages:
            if passage not in known:
                yield Problem("facts.toml", fact.key, "", f"there is no passage {passage}")
        if isinstance(fact.value, Mapping):
            yield from _missing(knowledge, "facts.toml", fact.key, fact.value, "value")


def _passage_problems(knowledge: Knowledge) -> Iterator[Problem]:
    yield from _missing(knowledge, "article.toml", RECORD, knowledge.record.gist, "gist")
    for passage in knowledge.passages.values():
        yield from _missing(knowledge, "article.toml", passage.id, passage.gist, "gist")
    for link in knowledge.links:
        yield from _missing(knowledge, "links.toml", link.url, link.title, "title")
    for topic in knowledge.topics.values():
        yield from _missing(knowledge, f"entries/{topic.id}.toml", topic.id, topic.title, "title")


def _missing(knowledge: Knowledge, file: str, subject: str, texts: Texts, what: str) -> Iterator[Problem]:
    for language in knowledge.languages:
        if not texts.get(language, "").strip():
            yield Problem(file, subject, language, f"has no {what}")


def _entry_problems(knowledge: Knowledge, entry: Entry) -> Iterator[Problem]:
    file = f"entries/{entry.topic}.toml"
    yield from _missing(knowledge, file, entry.id, entry.question, "question")
    yield from _missing(knowledge, file, entry.id, entry.answer, "answer")
    for other in entry.related:
        if other not in knowledge.entries:
            yield Problem(file, entry.id, "", f"there is no related entry {other}")
    for key in entry.facts:
        if key not in knowledge.facts:
            yield Problem(file, entry.id, "", f"there is no fact {key}")
    yield from _uneven(file, entry.id, entry.answer)
    if entry.kind is Kind.ANSWER and not entry.facts:
        yield Problem(file, entry.id, "", "an answer without a fact has no passage behind it")
    for language in knowledge.languages:
        if not entry.utterances.get(language):
            yield Problem(f"utterances/{language}/{entry.topic}.txt", entry.id, language, "has no utterance")


def _uneven(file: str, subject: str, templates: Texts) -> Iterator[Problem]:
    """Find facts that only some of the languages use."""
    used = {language: frozenset(placeholders(text)) for language, text in templates.items()}
    everything = frozenset[str]().union(*used.values())
    for language, keys in used.items():
        for key in sorted(everything - keys):
            yield Problem(file, subject, language, f"does not use {{{key}}}, which another language does")


def _answer_problems(
    knowledge: Knowledge, entry: Entry, language: Language, words: LanguageWords, wording: Wording
) -> Iterator[Problem]:
    file = f"entries/{entry.topic}.toml"
    template = entry.answer[language]
    facts = [knowledge.facts[key] for key in entry.facts if key in knowledge.facts]
    for message in _literal_problems(template, _names(facts, language) | set(entry.names.get(language, ())), words):
        yield Problem(file, entry.id, language, message)
    for message in _marker_problems(template, knowledge.facts, words):
        yield Problem(file, entry.id, language, message)
    if len(entry.question[language]) > MAX_QUESTION:
        yield Problem(file, entry.id, language, f"the question is longer than {MAX_QUESTION} characters")
    if (
        len(facts) == len(entry.facts)
        and len(wording.fill(template)) + _citations(knowledge, facts, language) > MAX_REPLY
    ):
        yield Problem(file, entry.id, language, f"the answer and its citations are longer than {MAX_REPLY} characters")


def _citations(knowledge: Knowledge, facts: list[Fact], language: Language) -> int:
    """Return the characters that the facts' passages take: their gists and their addresses."""
    cited = {passage for fact in facts for passage in fact.passages} & knowledge.passages.keys()
    passages = [knowledge.passages[passage] for passage in cited]
    return sum(len(p.gist.get(language, "")) + len(passage_url(knowledge.record, p)) for p in passages)


def _literal_problems(template: str, names: set[str], words: LanguageWords) -> Iterator[str]:
    """Find what the template says itself, though only a fact may: digits, number words, names."""
    literal = PLACEHOLDER.sub("\0", template)
    if digits := re.search(r"\d+", literal):
        yield f"the number {digits[0]} does not come from a fact"
    allowed = {word for name in names for word in _WORD.findall(name)} | PRODUCT_NAMES
    for match in _WORD.finditer(literal):
        word = re.split("['’]", match[0])[0]
        if _plain(word) in words.numbers:
            yield f"the number '{word}' does not come from a fact"
        elif word[0].isupper() and word not in allowed and not _SENTENCE_START.search(literal[: match.start()]):
            yield f"the name '{word}' does not come from a fact of the entry"


def _names(facts: list[Fact], language: Language) -> set[str]:
    names = {form for fact in facts for form in fact.forms.get(language, ())}
    return names | {
        fact.value[language] for fact in facts if isinstance(fact.value, Mapping) and language in fact.value
    }


def _marker_problems(template: str, facts: Mapping[str, Fact], words: LanguageWords) -> Iterator[str]:
    """Find facts that the template tells as surer than they are."""
    text = template.casefold()
    used = [facts[key] for key in placeholders(template) if key in facts]
    for fact in used:
        kinds = [fact.qualifier.value] if fact.qualifier is not Qualifier.EXACT else []
        kinds += [fact.attribution.value] if fact.attribution is not Attribution.ARTICLE else []
        kinds += [DERIVED] if fact.is_derived else []
        for kind in kinds:
            if not any(marker in text for marker in words.markers[kind]):
                yield f"{{{fact.key}}} is {kind}, and the text does not say so ({' / '.join(words.markers[kind])})"
        if fact.is_derived and not _shows_arithmetic(fact, template):
            yield f"{{{fact.key}}} is derived, and the text shows neither its arithmetic nor all its operands"


def _shows_arithmetic(fact: Fact, template: str) -> bool:
    return f"{{{fact.key}{ARITHMETIC}}}" in template or set(fact.operands) <= set(placeholders(template))


def _correction_problems(knowledge: Knowledge, words: Mapping[Language, LanguageWords]) -> Iterator[Problem]:
    file = PREMISES.name
    for premise in knowledge.premises:
        yield from _missing(knowledge, file, premise.name, premise.correction, "correction")
        yield from _uneven(file, premise.name, premise.correction)
        for key in premise.facts:
            if key not in knowledge.facts:
                yield Problem(file, premise.name, "", f"there is no fact {key}")
        for topic in premise.topics - knowledge.topics.keys():
            yield Problem(file, premise.name, "", f"there is no topic {topic}")
        for entry in premise.not_before - knowledge.entries.keys():
            yield Problem(file, premise.name, "", f"there is no entry {entry}")
        for language in words.keys() & premise.correction.keys():
            template = premise.correction[language]
            facts = [knowledge.facts[key] for key in premise.facts if key in knowledge.facts]
            for message in _literal_problems(template, _names(facts, language), words[language]):
                yield Problem(file, premise.name, language, message)
            for message in _marker_problems(template, knowledge.facts, words[language]):
                yield Problem(file, premise.name, language, message)


def _figures_problems(
    knowledge: Knowledge,
    figures: Figures,
    words: Mapping[Language, LanguageWords],
    wordings: Mapping[Language, Wording],
) -> Iterator[Problem]:
    yield from _stated_problems(knowledge, words, "title", figures.title)
    yield from _stated_problems(knowledge, words, "alt", figures.alt)
    for number, group in enumerate((figures.bars, *figures.groups)):
        yield from _group_problems(knowledge, words, f"groups {number}" if number else "bars", group)
    shown = [figure.fact for group in (figures.bars, *figures.groups) for figure in group.figures]
    for language, template in figures.alt.items():
        for key in shown:
            if key not in placeholders(template):
                yield Problem(FIGURES.name, "alt", language, f"does not tell {{{key}}}, which is shown")
        if knowledge.facts.keys() >= set(placeholders(template)) and len(wordings[language].fill(template)) > MAX_ALT:
            yield Problem(FIGURES.name, "alt", language, f"is longer than {MAX_ALT:,} characters")


def _group_problems(
    knowledge: Knowledge, words: Mapping[Language, LanguageWords], subject: str, group: FigureGroup
) -> Iterator[Problem]:
    yield from _stated_problems(knowledge, words, f"{subject}: title", group.title)
    for figure in group.figures:
        whole = {language: f"{text}. {figure.label.get(language, '')}" for language, text in figure.value.items()}
        yield from _missing(knowledge, FIGURES.name, figure.fact, figure.label, "label")
        yield from _stated_problems(knowledge, words, figure.fact, whole)
        for language, text in figure.value.items():
            if figure.fact not in placeholders(text):
                yield Problem(FIGURES.name, figure.fact, language, f"the value does not show {{{figure.fact}}}")


def _stated_problems(
    knowledge: Knowledge, words: Mapping[Language, LanguageWords], subject: str, templates: Texts
) -> Iterator[Problem]:
    """Find what the templates say without a fact, or as surer than the fact is."""
    yield from _missing(knowledge, FIGURES.name, subject, templates, "text")
    yield from _uneven(FIGURES.name, subject, templates)
    for language in words.keys() & templates.keys():
        template = templates[language]
        for key in placeholders(template):
            if key not in knowledge.facts:
                yield Problem(FIGURES.name, subject, language, f"there is no fact {key}")
        facts = [knowledge.facts[key] for key in placeholders(template) if key in knowledge.facts]
        for message in _literal_problems(template, _names(facts, language), words[language]):
            yield Problem(FIGURES.name, subject, language, message)
        for message in _marker_problems(template, knowledge.facts, words[language]):
            yield Problem(FIGURES.name, subject, language, message)


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
