"""The address of the database."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StorageError

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
"""The driver for each beginning of an address."""


def is_shared(address: str) -> bool:
    """Tell whether several processes on several machines may use the database.

    Raises:
        StorageError: it is none.
    """
    return not read_address(address).drivername.startswith("sqlite")


def read_address(address: str) -> URL:
    """Return the parsed address of a SQLite file or a PostgreSQL database.

    Raises:
        StorageError: it is neither; the message does not show it, for it may hold a password.
    """
    try:
        url = make_url(address)
        driver = DRIVERS[url.drivername]
    except (ArgumentError, KeyError, ValueError):
        raise StorageError(
            "the database's address must look like sqlite:////folder/testigo.db or postgresql://user:password@host/name"
        ) from None
    if driver.startswith("sqlite") and (not url.database or ":memory:" in url.database):
        raise StorageError("the database's address must name a file: nothing in memory is kept")
    # libpq's name, which hosts give in the addresses they hand out; asyncpg has another for the same values.
    if (mode := url.query.get("sslmode")) is not None:
        url = url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
    return url.set(drivername=driver)
