"""Who may do what: checked anew at every click."""

import discord

from bot.chat.limits import RefusedError
from bot.storage.servers import ServerSettings


def required_guild(interaction: discord.Interaction) -> int:
    """Return the id of the server that the interaction comes from.

    Raises:
        RefusedError: it comes from none.
    """
    if interaction.guild_id is None:
        raise RefusedError("only-in-server")
    return interaction.guild_id


def require_manager(interaction: discord.Interaction) -> int:
    """Return the id of the server that the person may manage, as Discord tells with this very interaction.

    Raises:
        RefusedError: they may not.
    """
    guild = required_guild(interaction)
    if not interaction.permissions.manage_guild:
        raise RefusedError("settings-forbidden")
    return guild


def require_curator(interaction: discord.Interaction, settings: ServerSettings, owners: frozenset[int]) -> int | None:
    """Return the id of the server that the person may curate; None for an owner in a direct message.

    Raises:
        RefusedError: they may not.
    """
    if interaction.guild_id is None:
        require_owner(interaction, owners)
        return None
    user = interaction.user
    role = settings.curator_role
    is_curator = role is not None and isinstance(user, discord.Member) and user.get_role(role) is not None
    if not (is_curator or interaction.permissions.manage_guild):
        raise RefusedError("curate-forbidden")
    return interaction.guild_id


def require_owner(interaction: discord.Interaction, owners: frozenset[int]) -> None:
    """Let only those pass who run the bot.

    Raises:
        RefusedError: the person does not.
    """
    if interaction.user.id not in owners:
        raise RefusedError("owner-forbidden")
