"""Whatever stands in a file, a setting or a terminal: it is taken, or refused in one line."""

from collections.abc import Mapping

import pytest

from bot.answering.testigo import Testigo
from tests.hostile.doors import Door
from tests.hostile.examining import assert_calm
from tests.hostile.files import Files
from tests.hostile.terminal import Terminal

NAMES = (
    "testigo ask",
    "testigo chat",
    "testigo ask --batch",
    "curate import, csv",
    "curate import, json",
    "curate apply",
    "testigo eval",
    "data files",
    "settings, environment",
    "settings, .env",
)


@pytest.fixture(scope="module")
def doors(lighthouse: Testigo, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Door]:
    folder = tmp_path_factory.mktemp("files")
    found = (*Terminal(lighthouse, folder).doors(), *Files(folder).doors())
    return {door.name: door for door in found}


def test_all_ways_in_are_tried(doors: Mapping[str, Door]) -> None:
    assert tuple(doors) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_file_or_a_setting_can_hold_anything(doors: Mapping[str, Door], name: str) -> None:
    assert_calm(doors[name])
