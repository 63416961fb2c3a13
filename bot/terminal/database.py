"""The command that looks after the database."""

import asyncio
from pathlib import Path

import click

from bot.settings import read_settings
from bot.storage.backup import back_up
from bot.storage.backup import restore as put_back
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


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy the SQLite database into a new FILE, also while the bot runs."""
    with one_line_errors():
        settings = read_settings()
        back_up(settings.database_address, file)
        click.echo(f"Database copied to {file}.")
        if settings.given_secret is None:
            # The store refuses a database that was made with another secret.
            click.echo(f"Keep {settings.state / 'secret'} too: without it the copy cannot be used.")


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put a copy back in the place of the SQLite database; the bot must not run."""
    with one_line_errors():
        put_back(read_settings().database_address, file)
        click.echo("Database restored.")
