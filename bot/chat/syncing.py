"""Register the commands with Discord when they have changed."""

import hashlib
import json
import logging
from pathlib import Path

import discord
from discord import app_commands

_log = logging.getLogger(__name__)


class CommandSync:
    """Registers the commands, unless Discord still has the registration of the same definition."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def sync(self, tree: app_commands.CommandTree[discord.Client], *, is_forced: bool = False) -> bool:
        """Register the commands if needed; return whether it was.

        Raises:
            discord.HTTPException: Discord refused.
        """
        definition = await _definition(tree)
        record = self._folder / f"commands-{tree.client.application_id}.json"
        if not is_forced and _read(record) == [definition, await _registered(tree)]:
            return False
        await tree.sync()
        _write(record, [definition, await _registered(tree)])
        _log.info("commands registered", extra={"definition": definition[:12]})
        return True


async def _definition(tree: app_commands.CommandTree[discord.Client]) -> str:
    """Return the hash of all that is registered, translations included."""
    translator = tree.translator
    commands = tree.get_commands()
    payload = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in commands
    ]
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()


async def _registered(tree: app_commands.CommandTree[discord.Client]) -> list[int]:
    """Return the ids of the commands that Discord has; none where it does not tell."""
    try:
        return sorted(command.id for command in await tree.fetch_commands())
    except discord.NotFound:
        return []


def _read(record: Path) -> list[object] | None:
    try:
        return json.loads(record.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _write(record: Path, content: list[object]) -> None:
    """Keep the record; without it the commands are registered at the next start again."""
    try:
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text(json.dumps(content), "utf-8")
    except OSError as error:
        _log.warning("record of commands not kept", exc_info=error)
