"""The secret behind the keyed hashes, kept in a file where none is given."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from bot.errors import StorageError
from bot.storage.hashing import MIN_SECRET


def kept_secret(path: Path) -> bytes:
    """Return the secret in the file, which is made at the first call and which only its owner may read.

    Raises:
        StorageError: it can be neither read nor made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        secret = path.read_bytes().strip()
    except OSError as error:
        raise StorageError(f"{path}: the store's secret cannot be kept: {error.strerror}") from error
    if len(secret) < MIN_SECRET:
        raise StorageError(f"{path}: this is not the store's secret")
    return secret


def _make(path: Path) -> None:
    """Write a new secret whole or not at all; of two processes that start together, the first one's stays."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            path.hardlink_to(part)
    finally:
        part.unlink(missing_ok=True)
