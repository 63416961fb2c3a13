"""Open the store with the secret that is given, or with the one that is kept beside it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.storage.secret import kept_secret
from bot.storage.store import Store, open_store
from bot.telemetry.meters import Meters


@asynccontextmanager
async def opened_store(
    address: str, secret: bytes | None, folder: Path, meters: Meters | None = None
) -> AsyncGenerator[Store, None]:
    """Open the store; without a `secret`, with that of the file in `folder`, made at the first time.

    Raises:
        StorageError: the database or the secret cannot be used.
    """
    async with open_store(address, secret or kept_secret(folder / "secret"), meters=meters) as store:
        yield store
