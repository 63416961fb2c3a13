"""Buttons and menus that keep nothing in memory."""

import re
from collections.abc import Sequence
from typing import Any, Self, TypeAlias

import discord

from bot.chat.actions import Action, encode

MAX_LABEL = 80
MAX_OPTION = 100

Item: TypeAlias = "discord.ui.Button[Any] | discord.ui.Select[Any]"


class ActionItem(discord.ui.DynamicItem[Item], template=re.compile(r"^[a-z-]+:[a-z0-9.:-]*$")):
    """A button or a menu whose custom id tells what it does; the client hears of it as the event ``action``."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Take the item of a message as it is."""
        del interaction, match
        assert isinstance(item, discord.ui.Button | discord.ui.Select)
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
        discord.ui.Select(
            custom_id=encode(action),
            placeholder=shortened(placeholder, MAX_OPTION),
            options=[
                discord.SelectOption(value=value, label=shortened(label, MAX_OPTION), default=value == chosen)
                for value, label in options
            ],
        )
    )


def shortened(text: str, limit: int) -> str:
    """Return `text` cut at a word to at most `limit` characters."""
    if len(text) <= limit:
        return text
    return f"{text[: limit - 1].rsplit(' ', 1)[0].rstrip(',;:')}…"
