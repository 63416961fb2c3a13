"""Where an interaction comes from."""

import discord

from bot.answering.feedback import Origin
from bot.chat.conversations import Place


def guild_of(interaction: discord.Interaction) -> int | None:
    """Return the server whose interaction it is: none where the bot is only a person's app, not the server's."""
    guild = interaction.guild_id
    return guild if guild is not None and interaction.client.get_guild(guild) is not None else None


def place_of(interaction: discord.Interaction) -> Place:
    """Return where an interaction comes from."""
    return Place(interaction.channel_id or 0, interaction.user.id)


def origin_of(interaction: discord.Interaction) -> Origin:
    """Return where a press comes from, and the question that the message was about."""
    message = interaction.message
    if message is None:
        return Origin(guild_of(interaction), interaction.user.id, interaction.id)
    # The question is the command or the form that the message responds to, or the message that it replies to.
    asked = message.interaction_metadata
    replied = message.reference
    question = asked.id if asked is not None else replied.message_id if replied is not None else None
    return Origin(guild_of(interaction), interaction.user.id, message.id, question)
