"""Copy a SQLite database while it is in use, and put a copy back."""

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.errors import StorageError
from bot.storage.address import read_address


def back_up(address: str, copy: Path) -> None:
    """Write the database as it is at one moment into a new file; whoever uses it goes on meanwhile.

    Raises:
        StorageError: it is not a SQLite database, or it cannot be copied there.
    """
    database = _sqlite_file(address)
    part = copy.with_name(f"{copy.name}.part")
    with _clear_errors(database):
        if not database.exists():
            raise StorageError(f"{database}: there is no database")
        if copy.exists():
            raise StorageError(f"{copy}: there is a file already")
        try:
            _make(part)
            with closing(_open(database)) as source, closing(_open(part)) as target:
                # All pages in one step: one moment, and writers do not make it begin anew.
                source.backup(target)
                # The copy says that it has a write-ahead log, as the database has; without one it is a single file.
                target.execute("PRAGMA journal_mode = DELETE")
                _prove(target, part)
            part.replace(copy)
        finally:
            part.unlink(missing_ok=True)


def restore(address: str, copy: Path) -> None:
    """Put a copy in the place of what the database holds, all of it or nothing.

    Raises:
        StorageError: it is not a SQLite database or no copy of one, or the database is in use.
    """
    database = _sqlite_file(address)
    with _clear_errors(copy), closing(_open(copy)) as source:
        _prove(source, copy)
        with _clear_errors(database):
            if not database.exists():
                database.parent.mkdir(parents=True, exist_ok=True)
                _make(database)
            with closing(_open(database)) as target:
                try:
                    # Only where nobody else has it open can the write-ahead log be left.
                    target.execute("PRAGMA journal_mode = DELETE")
                except sqlite3.OperationalError as error:
                    raise StorageError(f"{database}: the database is in use: stop the bot first") from error
                source.backup(target)


def _sqlite_file(address: str) -> Path:
    url = read_address(address)
    if not url.drivername.startswith("sqlite"):
        raise StorageError("PostgreSQL is copied with pg_dump and put back with pg_restore: docs/running.md tells how")
    return Path(url.database or "").absolute()


def _make(path: Path) -> None:
    """Make an empty file that only its owner may read."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))


def _open(path: Path) -> sqlite3.Connection:
    """Open a file that is there."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)


def _prove(connection: sqlite3.Connection, path: Path) -> None:
    """Check that it is a whole database of ours.

    Raises:
        StorageError: it is not.
    """
    complaint = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if complaint != "ok":
        raise StorageError(f"{path}: the database is damaged: {complaint}")
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        raise StorageError(f"{path}: this is no database of Testigo")


@contextmanager
def _clear_errors(path: Path) -> Generator[None, None, None]:
    """Turn what goes wrong with a file into a StorageError."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
