"""Show figures on a page: in words, and as a picture where it can be drawn."""

import asyncio
import logging
from io import BytesIO

import discord

from bot.answering.figures import FiguresReply
from bot.chat.page import Page
from bot.chat.responder import Attachment
from bot.drawing.pictures import Pictures
from bot.errors import DrawingError

_log = logging.getLogger(__name__)


def list_sections(page: Page, figures: FiguresReply) -> None:
    """Add every section in words."""
    for section in figures.sections:
        page.strong(section.title)
        page.listed([f"{row.text} {row.label}" for row in section.rows])


async def illustrate(
    page: Page, figures: FiguresReply, pictures: Pictures, *, key: str, filename: str
) -> Attachment | None:
    """Add the picture kept under `key`; return what attaches it, or None where it cannot be drawn."""
    try:
        path = await pictures.picture(figures, key)
    except DrawingError as error:
        _log.error("picture not drawn", exc_info=error)
        return None
    drawn = await asyncio.to_thread(path.read_bytes)
    page.picture(filename, figures.alt)
    return lambda: discord.File(BytesIO(drawn), filename, description=figures.alt)
