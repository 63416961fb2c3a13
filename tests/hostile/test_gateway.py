"""Whatever the gateway sends, the next question is answered."""

from collections.abc import Generator, Mapping
from pathlib import Path

import pytest

from bot.answering.testigo import Testigo
from tests.hostile import gateway
from tests.hostile.chat import opened_chat
from tests.hostile.doors import Door
from tests.hostile.examining import EXAMPLES, assert_calm

NAMES = (
    "gateway, INTERACTION_CREATE",
    "gateway, MESSAGE_CREATE",
    "gateway, other",
)


@pytest.fixture(scope="module")
def doors(lighthouse: Testigo, cache: Path) -> Generator[Mapping[str, Door], None, None]:
    with opened_chat(lighthouse, cache) as chat:
        yield {door.name: door for door in gateway.doors(chat)}


def test_all_ways_in_are_tried(doors: Mapping[str, Door]) -> None:
    assert tuple(doors) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_bot_lives_through_broken_events(doors: Mapping[str, Door], name: str) -> None:
    assert_calm(doors[name], EXAMPLES // 3)  # the process takes a thousand
