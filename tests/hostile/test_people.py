"""Whatever people send: nothing breaks, nobody is pinged, nothing is repeated."""

from collections.abc import Generator, Mapping
from pathlib import Path

import pytest

from bot.answering.testigo import Testigo
from tests.hostile import people
from tests.hostile.chat import opened_chat
from tests.hostile.doors import Door
from tests.hostile.examining import assert_calm

NAMES = (
    "ask",
    "ask, language",
    "autocomplete",
    "mention",
    "direct message",
    "form, follow-up",
    "form, note",
    "form, reason",
    "form, any",
    "message command",
    "button",
    "menu",
)


@pytest.fixture(scope="module")
def doors(lighthouse: Testigo, cache: Path) -> Generator[Mapping[str, Door], None, None]:
    with opened_chat(lighthouse, cache) as chat:
        yield {door.name: door for door in people.doors(chat)}


def test_all_ways_in_are_tried(doors: Mapping[str, Door]) -> None:
    assert tuple(doors) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_people_can_send_anything(doors: Mapping[str, Door], name: str) -> None:
    assert_calm(doors[name])
