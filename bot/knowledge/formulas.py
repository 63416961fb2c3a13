"""Compute derived facts, and show their arithmetic."""

import ast
import datetime
from collections.abc import Callable, Mapping
from typing import TypeAlias

from bot.errors import DataError
from bot.knowledge.model import Scalar

Number: TypeAlias = int | float

_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
_PRECEDENCE: dict[type[ast.operator], int] = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2}


def operands(formula: str) -> tuple[str, ...]:
    """Return the keys of the facts that `formula` uses, in order, each once.

    Raises:
        DataError: the formula is not made of fact keys, numbers, + - * /, year(), months() and days().
    """
    keys: dict[str, None] = {}

    def visit(node: ast.expr) -> None:
        match node:
            case ast.Constant(value=int() | float()):
                pass
            case ast.Name() | ast.Attribute():
                keys[_key(node)] = None
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div(), right=right):
                visit(left)
                visit(right)
            case ast.Call(func=ast.Name(id="year" | "months" | "days"), args=arguments, keywords=[]):
                for argument in arguments:
                    visit(argument)
            case _:
                raise DataError(
                    f"formula '{formula}': only fact keys, numbers, + - * /, year(), months() and days() are understood"
                )

    visit(_parse(formula))
    return tuple(keys)


def compute(formula: str, values: Mapping[str, Scalar]) -> Number:
    """Return what `formula` is worth; whole numbers stay whole.

    Raises:
        DataError: an operand is of the wrong type, or a division is by zero.
    """

    def visit(node: ast.expr) -> Number:
        match node:
            case ast.Constant(value=int() | float() as value):
                return value
            case ast.Call(func=ast.Name(id="year"), args=[argument]):
                return _date(argument).year
            case ast.Call(func=ast.Name(id="months"), args=[first, last]):
                return (_date(last).year - _date(first).year) * 12 + _date(last).month - _date(first).month
            case ast.Call(func=ast.Name(id="days"), args=[first, last]):
                return (_date(last) - _date(first)).days
            case ast.BinOp(left=left, op=op, right=right):
                return _apply(op, visit(left), visit(right), formula)
            case _:
                value = values[_key(node)]
                if not isinstance(value, int | float):
                    raise DataError(f"formula '{formula}': {_key(node)} is not a number")
                return value

    def _date(node: ast.expr) -> datetime.date:
        value = values[_key(node)]
        if not isinstance(value, datetime.date):
            raise DataError(f"formula '{formula}': {_key(node)} is not a date")
        return value

    result = visit(_parse(formula))
    return int(result) if float(result).is_integer() else result


def arithmetic(formula: str, values: Mapping[str, Scalar], number: Callable[[Number, str | None], str]) -> str:
    """Write `formula` with its facts' values in place of their keys, e.g. ``72 − 11``.

    `number` formats a value; its second argument is the fact's key, or None for a constant or a year.
    """

    def visit(node: ast.expr, outer: int) -> str:
        match node:
            case ast.Constant(value=int() | float() as value):
                return number(value, None)
            case ast.Call():
                return str(compute(ast.unparse(node), values))
            case ast.BinOp(left=left, op=op, right=right):
                inner = _PRECEDENCE[type(op)]
                text = f"{visit(left, inner)} {_SIGNS[type(op)]} {visit(right, inner + 1)}"
                return f"({text})" if inner < outer else text
            case _:
                value = values[_key(node)]
                assert isinstance(value, int | float)
                return number(value, _key(node))

    return visit(_parse(formula), 0)


def _parse(formula: str) -> ast.expr:
    try:
        return ast.parse(formula, mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise DataError(f"formula '{formula}' cannot be read") from error


def _key(node: ast.expr) -> str:
    return ast.unparse(node)


def _apply(op: ast.operator, left: Number, right: Number, formula: str) -> Number:
    match op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case _ if right == 0:
            raise DataError(f"formula '{formula}' divides by zero")
        case _:
            return left / right
