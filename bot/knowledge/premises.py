"""Build what people wrongly take for granted from its file."""

import datetime
from collections.abc import Mapping
from pathlib import Path

from bot.errors import DataError
from bot.knowledge.model import Fact, Premise
from bot.knowledge.phrases import phrases
from bot.knowledge.schema import PremisesFile, PremiseTable
from bot.knowledge.templates import placeholders

PREMISES = Path("premises.toml")

ALWAYS_RIGHT = frozenset({0, 1})
"""Numbers that correct nothing: often no number is meant."""


def build_premises(file: PremisesFile, facts: Mapping[str, Fact]) -> tuple[Premise, ...]:
    """Return the premises.

    Raises:
        DataError: a pattern is none, or a fact that must be a number is none; the message names the premise.
    """
    try:
        phrases((f"<{name}>" for name in file.words), file.words)
    except DataError as error:
        raise DataError(f"{PREMISES}: words: {error}") from error
    return tuple(_premise(name, table, file, facts) for name, table in file.premises.items())


def _premise(name: str, table: PremiseTable, file: PremisesFile, facts: Mapping[str, Fact]) -> Premise:
    where = f"{PREMISES}: premises.{name}"
    try:
        said, unless = phrases(table.contradicted_by, file.words), phrases(table.unless, file.words)
    except DataError as error:
        raise DataError(f"{where}: {error}") from error
    if table.numbers and not any(phrase.has_number for phrase in said):
        raise DataError(f"{where}: numbers: no pattern has a number")
    for key in table.numbers:
        if not _numbers_of(facts.get(key)):
            raise DataError(f"{where}: numbers: {key} is no fact that has a number")
    counted = [facts[key] for key in table.numbers] or facts.values()
    used = [key for text in table.correction.values() for key in placeholders(text)]
    return Premise(
        name=name,
        contradicted_by=said,
        unless=unless,
        right=ALWAYS_RIGHT.union(*map(_numbers_of, counted)),
        topics=frozenset(table.topics),
        not_before=frozenset(table.not_before),
        correction=table.correction,
        facts=tuple(dict.fromkeys([table.fact, *used])),
    )


def _numbers_of(fact: Fact | None) -> frozenset[int]:
    """Return the numbers that a fact gives: of a date its year, month and day."""
    match fact.value if fact is not None else None:
        case int() | float() as value:
            return frozenset({round(value)})
        case datetime.date() as date:
            return frozenset({date.year, date.month, date.day})
        case _:
            return frozenset()
