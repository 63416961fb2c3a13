"""Build one message: the only way text leaves for Discord."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import discord

from bot.answering.reply import Citation
from bot.chat.items import ActionItem
from bot.chat.markup import Markup

MAX_TEXT = 4000
"""Characters of all texts of a message with components, by Discord's rules."""

KEPT = 300
"""Characters that quotes leave for the lines after the citations."""


@dataclass(slots=True)
class _Block:
    """Lines that stand close together."""

    lines: list[str] = field(default_factory=list[str])
    is_below_rule: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


class Page:
    """A message in the making: texts from top to bottom, then rows of buttons and menus."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._blocks: list[_Block] = [_Block()]
        self._rows: list[discord.ui.ActionRow[Any]] = []
        self._picture: discord.ui.MediaGallery[Any] | None = None
        self._file: discord.ui.File[Any] | None = None

    @property
    def length(self) -> int:
        """Characters of the texts so far."""
        return sum(len(block.text) for block in self._blocks)

    def rule(self) -> None:
        """Draw a thin line."""
        self._blocks.append(_Block(is_below_rule=True))

    def gap(self) -> None:
        """Leave a small space."""
        self._blocks.append(_Block())

    def heading(self, text: str) -> None:
        """Add a heading."""
        self._blocks[-1].lines.append(f"### {self._line(text)}")

    def text(self, text: str) -> None:
        """Add a paragraph."""
        self._blocks[-1].lines.append(self._markup.escaped(text))

    def mentions(self, template: str, mentions: Sequence[str], none: str) -> None:
        """Add a paragraph with channels or roles, written as Discord shows them, in the place of ``{}``.

        They ping nobody, for a message's allowed mentions are none.
        """
        before, after = map(self._markup.escaped, template.split("{}", 1))
        self._blocks[-1].lines.append(f"{before}{', '.join(mentions) or self._markup.escaped(none)}{after}")

    def strong(self, text: str) -> None:
        """Add a line in bold."""
        self._blocks[-1].lines.append(f"**{self._line(text)}**")

    def small(self, text: str) -> None:
        """Add a line in small print."""
        self._blocks[-1].lines.append(f"-# {self._line(text)}")

    def listed(self, lines: Sequence[str]) -> None:
        """Add a list, an item a line."""
        self._blocks[-1].lines += [f"- {self._line(line)}" for line in lines]
        self.gap()

    def citations(self, citations: Sequence[Citation], first: int = 1) -> None:
        """Add numbered passages with gist and link, and as many of their quotes as have room, whole, from the first."""
        lines = [self._citation(number, citation) for number, citation in enumerate(citations, start=first)]
        room = MAX_TEXT - self.length - sum(map(len, lines)) - KEPT
        for line, citation in zip(lines, citations, strict=True):
            self._blocks[-1].lines.append(line)
            quoted = f"> {self._line(citation.quote)}" if citation.quote else ""
            if quoted and len(quoted) < room:
                self._blocks[-1].lines.append(quoted)
                room -= len(quoted) + 1
            self.gap()

    def link(self, label: str, url: str) -> None:
        """Add a line that is a link."""
        self._blocks[-1].lines.append(self._markup.link(label, url))

    def picture(self, filename: str, alt: str) -> None:
        """Show the attached picture below the texts, with words for who cannot see it."""
        self._picture = discord.ui.MediaGallery(
            discord.MediaGalleryItem(f"attachment://{filename}", description=alt[:1024])
        )

    def file(self, filename: str) -> None:
        """Show the attached file below the texts."""
        self._file = discord.ui.File(f"attachment://{filename}")

    def row(self, *items: ActionItem) -> None:
        """Add a row of up to five buttons, or of one menu."""
        self._rows.append(discord.ui.ActionRow[Any](*cast("Sequence[discord.ui.Item[Any]]", items)))

    def view(self) -> discord.ui.LayoutView:
        """Return the message.

        It is marked as finished, so that discord.py keeps no copy: a press is understood from its custom id alone.
        """
        assert self.length <= MAX_TEXT, "a message is longer than Discord takes"
        view = discord.ui.LayoutView(timeout=None)
        children: list[discord.ui.Item[Any]] = []
        for block in self._blocks:
            if block.is_below_rule:
                children.append(discord.ui.Separator())
            if block.lines:
                children.append(discord.ui.TextDisplay(block.text))
        children += [each for each in (self._picture, self._file) if each is not None]
        view.add_item(discord.ui.Container(*children, *self._rows))
        view.stop()
        return view

    def _citation(self, number: int, citation: Citation) -> str:
        link = self._markup.link(citation.passage, citation.url)
        return f"**{number}.** {self._line(citation.gist)} {link}"

    def _line(self, text: str) -> str:
        return " ".join(self._markup.escaped(text).split())


def notice(markup: Markup, text: str) -> discord.ui.LayoutView:
    """Return a message of one paragraph."""
    page = Page(markup)
    page.text(text)
    return page.view()
