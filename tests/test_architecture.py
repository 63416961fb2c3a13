"""The house keeps its plan."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "bot").rglob("*.py"))


def test_layers_point_inward() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_a_small_room(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= 300


def test_only_the_settings_read_the_environment() -> None:
    readers = [path.name for path in MODULES if re.search(r"os\.environ|getenv|envvar=", path.read_text("utf-8"))]
    assert set(readers) <= {"settings.py"}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_code_knows_the_first_event(module: Path) -> None:
    text = module.read_text("utf-8").casefold()
    assert not [name for name in ("zetas", "tamaulipas", "tlatelolco", "honduras", "truthout") if name in text]
