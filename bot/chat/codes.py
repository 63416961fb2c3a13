"""Short codes for ids, for a custom id has room for 100 characters."""

import base64
import hashlib
from collections.abc import Iterable

from bot.errors import DataError

LENGTH = 5
"""Characters of a code. With 200 ids the chance that two share one is 6 in 10,000, and the start then says so."""


def code(text: str) -> str:
    """Return the code of an id, the same in every process and version."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).digest()
    return base64.b32encode(digest).decode()[:LENGTH].lower()


class Codes:
    """Finds ids by their codes.

    Raises:
        DataError: two ids share a code.
    """

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids: dict[str, str] = {}
        for each in ids:
            other = self._ids.setdefault(code(each), each)
            if other != each:
                raise DataError(f"the ids {other} and {each} share a code: rename one")

    def find(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of `codes` that there still are, in order."""
        return tuple(self._ids[each] for each in codes if each in self._ids)
