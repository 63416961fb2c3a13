"""Notice changed data, prove it, and put it in the place of the old."""

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.errors import TestigoError

Print = frozenset[tuple[str, int, int]]
"""Name, time of the last change and size of each file."""

_log = logging.getLogger(__name__)


class Reloader:
    """Watches a data folder; what is loaded from it is used only when it is whole and proved."""

    def __init__(
        self,
        folder: Path,
        load: Callable[[], Callable[[], None]],
        refuse: Callable[[str], Awaitable[None]],
    ) -> None:
        self._folder = folder
        self._load = load
        self._refuse = refuse
        self._used = self._seen = fingerprint(folder)

    async def check(self) -> bool:
        """Reload where the folder has changed and has since been left alone; return whether new data is in use.

        `load` runs beside the event loop and returns what puts the new data in force; an error of ours that it raises
        is told by `refuse`, and the old data stays.
        """
        found = await asyncio.to_thread(fingerprint, self._folder)
        is_settled, self._seen = found == self._seen, found
        if found == self._used or not is_settled:
            return False
        self._used = found
        try:
            use = await asyncio.to_thread(self._load)
        except TestigoError as error:
            _log.error("data refused", extra={"reason": str(error)})
            await self._refuse(str(error))
            return False
        use()
        _log.info("data exchanged")
        return True


def fingerprint(folder: Path) -> Print:
    """Return the state of the files in a folder."""
    found: list[tuple[str, int, int]] = []
    for path in folder.rglob("*"):
        try:
            stat = path.stat()
        except OSError:
            continue
        if path.is_file():
            found.append((str(path.relative_to(folder)), stat.st_mtime_ns, stat.st_size))
    return frozenset(found)


def free_replaced() -> None:
    """Free what an exchange has replaced: 100 MB that opening the data hides from the collection of garbage."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
