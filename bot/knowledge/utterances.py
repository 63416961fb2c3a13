"""Read utterance files: a ``[heading]`` line, then one utterance a line; a line that begins with ``#`` is a comment."""

import re
from pathlib import Path

from bot.errors import DataError

HEADING = re.compile(r"\[([a-z0-9-]+)\]")
"""A line that begins a block, whole and without the blanks around it."""


def read_utterances(path: Path, text: str) -> dict[str, tuple[str, ...]]:
    """Return the utterances of `text` by heading, in order; `path` is for messages.

    Raises:
        DataError: an utterance stands before the first heading, or a heading stands twice.
    """
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if heading := HEADING.fullmatch(stripped):
            if heading[1] in found:
                raise DataError(f"{path}:{number}: [{heading[1]}] stands twice in this file")
            current = found.setdefault(heading[1], [])
        elif current is None:
            raise DataError(f"{path}:{number}: an utterance stands before the first [heading]")
        else:
            current.append(stripped)
    return {heading: tuple(lines) for heading, lines in found.items()}
