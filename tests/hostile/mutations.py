"""Spoil what Discord sends."""

import copy
from collections.abc import Iterator, MutableMapping, MutableSequence
from typing import Any

from hypothesis import strategies as st

from tests.hostile.strategies import wild_values

Place = tuple[Any, Any]
"""A container, and a key or number in it."""


@st.composite
def spoilt(draw: st.DrawFn, payload: Any) -> Any:
    """Return `payload` with one to three of its fields dropped, emptied, retyped, nested, doubled or made huge."""
    changed = copy.deepcopy(payload)
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(changed))
        if places:
            container, key = draw(st.sampled_from(places))
            _spoil(draw, container, key)
    return changed


def _spoil(draw: st.DrawFn, container: Any, key: Any) -> None:
    value = container[key]
    match draw(st.integers(0, 8)):
        case 0:
            del container[key]
        case 1:
            container[key] = None
        case 2:
            container[key] = [value]
        case 3:
            container[key] = {"id": value, "type": value}
        case 4:
            container[key] = str(value) if isinstance(value, int) else 7
        case 5:
            container[key] = draw(st.sampled_from((-1, 2**31, 2**63, 2**64, 10**400, "9" * 400)))
        case 6:
            container[key] = draw(st.integers(-2, 200))
        case 7:
            container[key] = value * 3 if isinstance(value, str | list) else [value] * 3
        case _:
            container[key] = draw(wild_values)


def _places(node: Any) -> Iterator[Place]:
    if isinstance(node, MutableMapping):
        keys: Any = list(node)
    elif isinstance(node, MutableSequence):
        keys = range(len(node))
    else:
        return
    for key in keys:
        yield node, key
        yield from _places(node[key])
