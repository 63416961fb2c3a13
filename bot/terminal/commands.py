"""The command line: finds each command when it is called, so that none waits for what another needs."""

import importlib

import click

from bot import __version__

COMMANDS = {
    "ask": "bot.terminal.asking:ask",
    "chat": "bot.terminal.asking:chat",
    "check": "bot.terminal.proving:check",
    "curate": "bot.terminal.kept:curate",
    "db": "bot.terminal.database:db",
    "demo": "bot.terminal.service:demo",
    "eval": "bot.terminal.proving:evaluate",
    "health": "bot.terminal.health:health",
    "new": "bot.terminal.new:new",
    "run": "bot.terminal.service:run",
    "stats": "bot.terminal.kept:stats",
    "sync": "bot.terminal.service:sync",
    "topics": "bot.terminal.asking:topics",
}
"""Where each command is."""


class Group(click.Group):
    """Loads a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        del ctx
        module, _, name = COMMANDS.get(cmd_name, "").partition(":")
        return getattr(importlib.import_module(module), name) if module else None


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="testigo")
def main() -> None:
    """Answer questions about one event from one article, each answer with the passage that says so."""
