"""Fill the templates of answers from facts, worded for each language."""

import datetime
import re
from collections.abc import Iterable, Mapping

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.knowledge.formulas import Number, arithmetic
from bot.knowledge.model import Fact, Language, Scalar

PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")
ARITHMETIC = ".arithmetic"
_SENTENCE_END = re.compile(r"(^|[.!?]\s)[\s\"«“¿¡]*$")

LOCALES = {"en": "en_US", "es": "es_MX", "pt": "pt_BR"}
"""The region whose number and date forms a language takes; another language takes its own default."""


def placeholders(template: str) -> tuple[str, ...]:
    """Return the fact keys that `template` names, in order, each once, without ``.arithmetic``."""
    return tuple(dict.fromkeys(key.removesuffix(ARITHMETIC) for key in PLACEHOLDER.findall(template)))


class Wording:
    """Words facts for one language: numbers, shares, dates, sums."""

    def __init__(self, language: Language, facts: Mapping[str, Fact]) -> None:
        self._language = language
        self._locale = Locale.parse(LOCALES.get(language, language))
        self._facts = facts
        self._values: dict[str, Scalar] = {key: fact.value for key, fact in facts.items()}

    def fill(self, template: str) -> str:
        """Return `template` with every placeholder replaced, with a capital where one begins a sentence.

        Raises:
            KeyError: a placeholder names no fact.
        """
        return PLACEHOLDER.sub(lambda match: self._in_place(match), template)

    def value(self, key: str) -> str:
        """Return the fact's value in words or digits."""
        fact = self._facts[key]
        match fact.value:
            case int() | float() as value:
                return self.number(value, fact.unit)
            case datetime.date() as value:
                return self.date(value)
            case texts:
                return texts[self._language]

    def date(self, value: datetime.date) -> str:
        """Return a date in the language's long form, e.g. ``October 7, 2014``."""
        return format_date(value, "long", locale=self._locale)

    def arithmetic(self, key: str) -> str:
        """Return a derived fact's sum, e.g. ``72 − 11 = 61``; a rounded result stands after ``≈``."""
        fact = self._facts[key]
        if fact.formula is None or not isinstance(fact.value, int | float):
            raise KeyError(key)
        left = arithmetic(fact.formula, self._values, self._operand)
        shown = self.number(fact.value, fact.unit)
        is_exact = isinstance(fact.value, int)
        return f"{left} {'=' if is_exact else '≈'} {shown}"

    def _in_place(self, match: re.Match[str]) -> str:
        text = self._placeholder(match[1])
        begins_sentence = _SENTENCE_END.search(match.string[: match.start()]) is not None
        return text[:1].upper() + text[1:] if begins_sentence else text

    def _placeholder(self, key: str) -> str:
        if key.endswith(ARITHMETIC):
            return self.arithmetic(key.removesuffix(ARITHMETIC))
        return self.value(key)

    def _operand(self, value: Number, key: str | None) -> str:
        unit = self._facts[key].unit if key is not None else None
        return self.number(value, unit)

    def number(self, value: Number, unit: str | None = None) -> str:
        """Return a number as the language writes it."""
        match unit:
            case "year":
                return str(value)
            case "percent":
                return f"{format_decimal(round(value), locale=self._locale)}%"
            case _:
                return format_decimal(round(value, 1), locale=self._locale)


def wordings(languages: Iterable[Language], facts: Mapping[str, Fact]) -> dict[Language, Wording]:
    """Return a `Wording` for each language."""
    return {language: Wording(language, facts) for language in languages}
