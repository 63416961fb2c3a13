"""Ids are hashed with a secret that is kept."""

import stat
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage.address import read_address
from bot.storage.hashing import Pseudonyms
from bot.storage.secret import kept_secret
from bot.storage.store import open_store
from tests.storage.samples import SECRET


def test_a_hash_depends_on_the_secret_and_on_what_it_is_of() -> None:
    one, other = Pseudonyms(SECRET), Pseudonyms(b"another secret, as long")
    assert one.person(5) == Pseudonyms(SECRET).person(5)
    assert len({one.person(5), one.person(6), other.person(5), one.fingerprint, other.fingerprint}) == 5
    assert one.feedback(1, 23, 4, "rating") != one.feedback(12, 3, 4, "rating")
    assert 0 <= one.question(2**63 - 1) < 2**63


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(StorageError, match="16 bytes"):
        Pseudonyms(b"short")


def test_a_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "secret"
    secret = kept_secret(path)
    assert kept_secret(path) == secret
    assert len(secret) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_secret_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "secret"):
        with pytest.raises(StorageError, match="secret"):
            kept_secret(path)


@pytest.mark.asyncio
async def test_another_secret_is_refused(address: str) -> None:
    async with open_store(address, SECRET):
        pass
    with pytest.raises(StorageError, match="not the one that this database was made with"):
        async with open_store(address, b"another secret, as long"):
            pass


@pytest.mark.parametrize(
    "address",
    ["", "nonsense", "mysql://a:hunter2@b/c", "sqlite://", "sqlite:///:memory:", "postgresql://a:hunter2@b:x/c"],
)
def test_an_address_that_cannot_be_used_is_told_without_its_password(address: str) -> None:
    with pytest.raises(StorageError, match="the database's address must") as caught:
        read_address(address)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("sqlite:////var/lib/testigo.db", "sqlite+aiosqlite:////var/lib/testigo.db"),
        ("postgres://a:b@c/d", "postgresql+asyncpg://a:b@c/d"),
        ("postgresql://a:b@c/d?sslmode=require", "postgresql+asyncpg://a:b@c/d?ssl=require"),
    ],
)
def test_the_usual_addresses_are_taken(address: str, expected: str) -> None:
    assert read_address(address).render_as_string(hide_password=False) == expected
