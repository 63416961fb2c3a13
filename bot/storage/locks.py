"""The locks that PostgreSQL needs, by name.

They are taken in the order of this module, so that nobody waits in a circle. A text is written while its guild and its
person are held shared: whoever switches keeping off or deletes holds one of them alone, so that no text comes after.
"""

import hashlib

ROWS = "rows"
"""Held alone by whoever changes many rows that another may be changing in another order."""


def guild(number: int) -> str:
    """Return the lock of whoever changes a guild."""
    return f"guild {number}"


def person(pseudonym: str) -> str:
    """Return the lock of whoever changes what is kept about a person."""
    return f"person {pseudonym}"


def shared(lock: str) -> str:
    """Return the form of a lock that many may hold at a time."""
    return f"shared {lock}"


def key(lock: str) -> int:
    """Return the number by which PostgreSQL knows a lock, of 64 bits."""
    return int.from_bytes(hashlib.sha256(lock.encode()).digest()[:8], "big", signed=True)
