"""The README is true."""

import re
from pathlib import Path

import click

from bot.settings import Settings
from bot.terminal.commands import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_two_commands_are_there() -> None:
    assert "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/testigo chat" in README
    assert "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest" in README


def test_every_setting_is_told() -> None:
    for name, field in Settings.model_fields.items():
        assert f"`{field.validation_alias or f'TESTIGO_{name.upper()}'}`" in README


def test_every_command_told_exists_and_every_one_that_exists_is_told() -> None:
    told = set(re.findall(r"`testigo (\w+)", README))
    assert told == set(main.list_commands(click.Context(main)))


def test_every_file_linked_is_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
