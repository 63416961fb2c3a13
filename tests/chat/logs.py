"""Log as the bot does, into memory."""

import contextlib
import io
import logging
import sys
from collections.abc import Callable, Generator
from typing import Literal

from bot.operations.logs import configure_logs

LIBRARIES = ("discord", "aiohttp", "asyncio")


@contextlib.contextmanager
def logging_as_the_bot_does(
    level: str = "INFO", style: Literal["console", "json"] = "json"
) -> Generator[Callable[[], str], None, None]:
    """Configure the logs, and give a function that returns what was logged; at the end, put all back."""
    root, client = logging.getLogger(), logging.getLogger("discord.client")
    levels = {name: logging.getLogger(name).level for name in ("", *LIBRARIES)}
    filters, handlers, stream = client.filters[:], root.handlers[:], io.StringIO()
    with contextlib.redirect_stderr(stream):
        configure_logs(level, style)
    [ours] = root.handlers
    assert sys.stderr is not stream
    try:
        yield stream.getvalue
    finally:
        root.handlers[:] = [*handlers, *(each for each in root.handlers if each is not ours and each not in handlers)]
        client.filters[:] = filters
        for name, each in levels.items():
            logging.getLogger(name).setLevel(each)
