"""Replace ids of people, messages and questions by keyed hashes."""

import hashlib
import hmac

from bot.errors import StorageError

MIN_SECRET = 16
"""Bytes of a secret that nobody guesses."""


class Pseudonyms:
    """Hashes ids with a secret (HMAC-SHA-256, cut to 128 bits), so that the database alone tells nothing about them."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < MIN_SECRET:
            raise StorageError(f"the store's secret must have {MIN_SECRET} bytes or more")
        self._secret = secret

    @property
    def fingerprint(self) -> str:
        """What tells this secret from another."""
        return self._hash("fingerprint").hex()

    def person(self, person: int) -> str:
        """Return the hash of a person."""
        return self._hash("person", person).hex()

    def question(self, question: int) -> int:
        """Return the hash of a question's id, which is a message's or an interaction's: it would lead to its author."""
        return int.from_bytes(self._hash("question", question)[:8], "big") >> 1

    def feedback(self, guild: int, person: int, message: int, kind: str) -> str:
        """Return the hash of a kind of feedback of one person on one message."""
        return self._hash("feedback", guild, person, message, kind).hex()

    def _hash(self, purpose: str, *parts: int | str) -> bytes:
        content = "\0".join([purpose, *map(str, parts)])
        return hmac.digest(self._secret, content.encode(), hashlib.sha256)[:16]
