"""Buttons and menus that keep nothing in memory."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Self, TypeAlias

import discord
from discord.ui.select import BaseSelect

from bot.chat.custom_ids import Action, encode

MAX_LABEL = 80
MAX_OPTION = 100
MAX_OPTIONS = 25

Item: TypeAlias = "discord.ui.Button[Any] | BaseSelect[Any]"


class ActionItem(discord.ui.DynamicItem[Item], template=re.compile(r"^[a-z-]+(:[a-z0-9.:-]*)?$")):
    """A button or a menu whose custom id tells what it does; the client hears of it as the event ``action``."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Take the item of a message as it is."""
        del interaction, match
        assert isinstance(item, discord.ui.Button | BaseSelect)
        return cls(item)

    async def callback(self, interaction: discord.Interaction) -> None:
        """Tell the client what was pressed, and what was chosen."""
        values: list[str] = (interaction.data or {}).get("values", [])
        interaction.client.dispatch("action", interaction, self.custom_id, values)


def button(action: Action, label: str) -> ActionItem:
    """Return a quiet button."""
    return ActionItem(discord.ui.Button(label=shortened(label, MAX_LABEL), custom_id=encode(action)))


def menu(action: Action, placeholder: str, options: Sequence[tuple[str, str]], chosen: str | None = None) -> ActionItem:
    """Return a menu of (value, label) options, 25 at most."""
    return ActionItem(
        discord.ui.Select[Any](
            custom_id=encode(action),
            placeholder=shortened(placeholder, MAX_OPTION) or None,
            options=[
                discord.SelectOption(value=value, label=shortened(label, MAX_OPTION), default=value == chosen)
                for value, label in options
            ],
        )
    )


def channel_menu(action: Action, placeholder: str, chosen: Iterable[int]) -> ActionItem:
    """Return a menu of the server's text channels, up to 25 of which can be chosen, or none."""
    defaults = [discord.SelectDefaultValue(id=each, type=discord.SelectDefaultValueType.channel) for each in chosen]
    return ActionItem(
        discord.ui.ChannelSelect[Any](
            custom_id=encode(action),
            placeholder=placeholder,
            channel_types=[discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum],
            min_values=0,
            max_values=MAX_OPTIONS,
            default_values=defaults[:MAX_OPTIONS],
        )
    )


def role_menu(action: Action, placeholder: str, chosen: int | None) -> ActionItem:
    """Return a menu of the server's roles, one of which can be chosen, or none."""
    kind = discord.SelectDefaultValueType.role
    defaults = [discord.SelectDefaultValue(id=chosen, type=kind)] if chosen is not None else []
    return ActionItem(
        discord.ui.RoleSelect[Any](
            custom_id=encode(action), placeholder=placeholder, min_values=0, max_values=1, default_values=defaults
        )
    )


def shortened(text: str, limit: int) -> str:
    """Return `text` cut at a word to at most `limit` characters."""
    if len(text) <= limit:
        return text
    return f"{text[: limit - 1].rsplit(' ', 1)[0].rstrip(',;:')}…"
