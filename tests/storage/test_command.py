"""The command line brings the database up to date."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings

pytestmark = pytest.mark.skipif(not hasattr(Settings, "database_address"), reason="the settings have no address yet")


def run_upgrade(address: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from bot.terminal.database import db; db(['upgrade'], prog_name='testigo db')"],
        env={"TESTIGO_DATABASE_URL": address, "HOME": str(folder), "PYTHONPATH": str(Path(__file__).parents[2])},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_database_is_upgraded_once(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'testigo.db'}"
    first, second = run_upgrade(address, tmp_path), run_upgrade(address, tmp_path)
    assert (first.stdout, first.stderr, first.returncode) == ("Database upgraded.\n", "", 0)
    assert (second.stdout, second.stderr, second.returncode) == ("The database is up to date.\n", "", 0)


def test_an_address_that_cannot_be_used_ends_with_one_line(tmp_path: Path) -> None:
    done = run_upgrade("mysql://root:hunter2@host/name", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("testigo: the database's address must look like")
    assert done.stderr.count("\n") == 1
    assert "hunter2" not in done.stderr
