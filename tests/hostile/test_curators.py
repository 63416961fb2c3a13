"""Whatever curators send, and whatever they are shown of what people sent."""

from collections.abc import Generator, Mapping
from pathlib import Path

import pytest

from bot.answering.testigo import Testigo
from tests.hostile import curators
from tests.hostile.chat import opened_house
from tests.hostile.doors import Door
from tests.hostile.examining import EXAMPLES, assert_calm

NAMES = (
    "report, reviewed",
    "question, reviewed",
    "question, drafted",
    "curate, retract",
    "curate, restore",
    "curate, autocomplete",
    "panels",
)

SHARES = dict.fromkeys(("report, reviewed", "question, reviewed", "question, drafted"), EXAMPLES // 3)
"""Together they take as many as any other way in: to find what is like a question takes long."""


@pytest.fixture(scope="module")
def doors(
    lighthouse: Testigo, cache: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Mapping[str, Door], None, None]:
    with opened_house(lighthouse, cache, tmp_path_factory.mktemp("state")) as chat:
        yield {door.name: door for door in curators.doors(chat)}


def test_all_ways_in_are_tried(doors: Mapping[str, Door]) -> None:
    assert tuple(doors) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_curators_can_send_and_be_shown_anything(doors: Mapping[str, Door], name: str) -> None:
    assert_calm(doors[name], SHARES.get(name, EXAMPLES))
