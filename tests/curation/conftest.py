"""A copy of the invented event, to be edited."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import LIGHTHOUSE


@pytest.fixture
def event(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LIGHTHOUSE, tmp_path / "event"))
