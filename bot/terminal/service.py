"""The commands that need Discord: run, sync, demo."""

from pathlib import Path

import click

from bot.operations.logs import configure_logs
from bot.service import run_service, sync_commands
from bot.settings import Settings, read_settings, read_token
from bot.terminal.demo import hold_demo
from bot.terminal.failures import one_line_errors
from bot.terminal.options import article_option, data_option, opened


def _told_settings() -> str:
    """Return every setting with what it is, for the help."""
    lines = [
        f"  {field.validation_alias or f'TESTIGO_{name.upper()}'}: {field.description}"
        for name, field in Settings.model_fields.items()
    ]
    return "\b\nSettings, from the environment or a file .env:\n" + "\n".join(lines)


@click.command(epilog=_told_settings())
@click.option("--check", is_flag=True, help="Only check settings and data, without connecting.")
@click.option("--shard-id", type=int, help="Which of several processes this is, from 0 (TESTIGO_SHARD_ID).")
@click.option("--shard-count", type=int, help="How many processes there are (TESTIGO_SHARD_COUNT).")
@data_option
@article_option
def run(check: bool, shard_id: int | None, shard_count: int | None, data: Path | None, article: Path | None) -> None:
    """Serve Discord: slash commands, direct messages, mentions. Ends with SIGTERM or Ctrl-C."""
    with one_line_errors():
        given = {"data": data, "article": article, "shard_id": shard_id, "shard_count": shard_count}
        settings = read_settings(**given)
        read_token(settings)
        configure_logs(settings.log_level, settings.log_format)
        with opened(**given) as (testigo, settings):
            if check:
                click.echo("Settings and data are in order.")
                return
            run_service(settings, testigo)


@click.command()
@data_option
def sync(data: Path | None) -> None:
    """Register the commands with Discord, changed or not."""
    with one_line_errors():
        settings = read_settings(data=data)
        read_token(settings)
        configure_logs(settings.log_level, settings.log_format)
        with opened(data=data) as (testigo, settings):
            sync_commands(settings, testigo)
        click.echo("Commands registered.")


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The port on this machine; without it, a free one.")
@click.option("--direct", is_flag=True, help="Show a direct message instead of a server's channel.")
@click.option("--browser/--no-browser", default=True, help="Open the browser.")
@data_option
@article_option
def demo(port: int | None, direct: bool, browser: bool, data: Path | None, article: Path | None) -> None:
    """Try the same bot in a local browser, without Discord (extra demo)."""
    with one_line_errors(), opened(data=data, article=article) as (testigo, settings):
        hold_demo(settings, testigo, port=port, is_direct=direct, opens_browser=browser)
