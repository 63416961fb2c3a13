"""Send wild input through a door."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests.hostile.doors import Came, Door, faults

EXAMPLES = 300
"""Wild inputs of each door in the tests; `python -m tests.hostile` takes as many as wanted."""


def examine(door: Door, examples: int, look: Callable[[Any], None], *, key: int | None = None) -> None:
    """Give `look` the fixed inputs of a door and so many wild ones: the same each time, or others for each `key`."""
    for fixed in door.fixed:
        look(fixed)

    @settings(
        max_examples=examples,
        derandomize=key is None,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(door.inputs)
    def wild(example: Any) -> None:
        look(example)

    (wild if key is None else seed(key)(wild))()


def assert_calm(door: Door, examples: int = EXAMPLES) -> None:
    """Assert that no input does harm."""

    def look(given: Any) -> None:
        found = faults(door, door.enter(given)).all
        assert found == [], f"{door.name}: {given!a}"

    examine(door, examples, look)


def collected(inputs: SearchStrategy[Any], examples: int) -> list[Any]:
    """Return so many wild inputs, the same each time."""
    found: list[Any] = []
    examine(Door("", inputs, lambda _: Came()), examples, found.append)
    return found
