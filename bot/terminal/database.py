"""The command that looks after the database."""

import asyncio

import click

from bot.settings import read_settings
from bot.storage.migration import upgrade as upgrade_database
from bot.terminal.failures import one_line_errors


@click.group()
def db() -> None:
    """Look after the database of feedback, settings and drafts."""


@db.command()
def upgrade() -> None:
    """Bring the database up to date; `testigo run` does the same when it starts."""
    with one_line_errors():
        is_changed = asyncio.run(upgrade_database(read_settings().database_address))
        click.echo("Database upgraded." if is_changed else "The database is up to date.")
