"""The command by which a container's engine looks whether the bot lives."""

import click

from bot.operations.heartbeat import is_fresh
from bot.settings import read_settings
from bot.terminal.failures import one_line_errors


@click.command()
def health() -> None:
    """Tell whether the bot's event loop is alive: status 0, or 1. That Discord is away is no illness."""
    with one_line_errors():
        if not is_fresh(read_settings().heartbeat):
            click.echo("no heartbeat", err=True)
            raise SystemExit(1)
        click.echo("alive")
