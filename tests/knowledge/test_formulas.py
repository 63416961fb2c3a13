import datetime

import pytest

from bot.errors import DataError
from bot.knowledge.formulas import arithmetic, compute, operands

VALUES = {"a.total": 72, "a.missing": 11, "b.day": datetime.date(2014, 10, 7), "b.end": datetime.date(2014, 12, 7)}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("a.total - a.missing", 61),
        ("year(b.day) - 4", 2010),
        ("days(b.day, b.end)", 61),
        ("months(b.day, b.end)", 2),
        ("2 * (a.total + 1)", 146),
        ("a.total / 7", 72 / 7),
    ],
)
def test_a_formula_is_computed_from_its_facts(formula: str, value: float) -> None:
    assert compute(formula, VALUES) == value


def test_operands_are_named_once_in_order() -> None:
    assert operands("a.total - a.missing + a.total") == ("a.total", "a.missing")


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("a.total - a.missing", "72 − 11"),
        ("2 * (a.total - 1)", "2 × (72 − 1)"),
        ("a.total - (a.missing - 1)", "72 − (11 − 1)"),
        ("year(b.day) - 4", "2014 − 4"),
    ],
)
def test_arithmetic_shows_values_in_place_of_names(formula: str, shown: str) -> None:
    assert arithmetic(formula, VALUES, lambda value, _: str(value)) == shown


@pytest.mark.parametrize(
    "formula",
    ["__import__('os')", "a.total ** 9", "a.total if 1 else 2", "[x for x in a]", "'text'", "a.total -", "(" * 500],
)
def test_anything_but_arithmetic_is_refused(formula: str) -> None:
    with pytest.raises(DataError, match="formula"):
        operands(formula)


@pytest.mark.parametrize(
    ("formula", "message"), [("a.total / 0", "zero"), ("year(a.total)", "date"), ("b.day + 1", "number")]
)
def test_a_formula_that_cannot_be_computed_says_why(formula: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        compute(formula, VALUES)
