"""Structured logs: only keys that are known to hold nothing of what people write."""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog
from structlog.typing import ExcInfo

ALLOWED = (
    "code",
    "deferred",
    "definition",
    "entries",
    "guilds",
    "has_note",
    "helpful",
    "kind",
    "language",
    "left",
    "reason",
    "reference",
    "shard",
    "status",
)
"""Keys beside the message, the time, the level, the logger and the traceback."""

QUIETER = {"DEBUG": "INFO", "INFO": "WARNING"}
"""Levels of the libraries' logs, by the level of our own."""

_SECRET = re.compile(
    r"(?<=/webhooks/)(\d+)/[\w.-]+|(?<=/interactions/)(\d+)/[\w.-]+|\b[\w-]{23,28}\.[\w-]{6}\.[\w-]{27,}\b"
)
"""Tokens: of webhooks and interactions in an address, and of a bot."""


def configure_logs(level: str, style: Literal["console", "json"]) -> None:
    """Send all logs to standard error, one line of JSON each or readable in a terminal."""
    render: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if style == "console":
        render = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow=ALLOWED),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(traceback_of),
            redact,
            render,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # At DEBUG discord.py logs whole payloads, which hold tokens and what people wrote.
    for library in ("discord", "aiohttp", "aiosqlite", "alembic", "asyncio", "asyncpg"):
        logging.getLogger(library).setLevel(QUIETER.get(level, level))
    # At INFO it logs every statement, which hides all else.
    logging.getLogger("sqlalchemy").setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    logging.getLogger("discord.client").addFilter(_is_not_about_voice)


def _is_not_about_voice(record: logging.LogRecord) -> bool:
    """Keep discord.py from warning that it cannot speak: the bot never does."""
    return "voice will NOT be supported" not in record.getMessage()


def traceback_of(exc_info: ExcInfo) -> str:
    """Return where an exception and its causes were raised, without their messages: those may hold what was typed."""
    lines: list[str] = []
    error: BaseException | None = exc_info[1]
    while error is not None:
        told = {name: getattr(error, name, None) for name in ("errno", "status", "code")}
        numbers = "".join(f" {name}={value}" for name, value in told.items() if isinstance(value, int))
        lines = [
            *traceback.format_list(traceback.extract_tb(error.__traceback__)),
            f"{type(error).__name__}{numbers}\n",
            *lines,
        ]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "".join(lines).rstrip()


def redact(logger: Any, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put an ellipsis in the place of every token (a structlog processor)."""
    del logger, name
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _SECRET.sub(lambda match: f"{match[1] or match[2] or ''}…", value)
    return event
