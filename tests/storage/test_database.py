"""An error tells what is wrong with the database, and nothing of what was written."""

import traceback
from contextlib import suppress

import pytest
from sqlalchemy import select, text

from bot.errors import StorageError
from bot.storage.address import read_address
from bot.storage.database import open_database
from bot.storage.tables import Server

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize(
    "statement",
    [
        text("SELECT CAST(:value AS INTEGER) FROM nowhere"),
        select(Server.guild).where(Server.guild == "a secret"),
        select(Server.guild).where(Server.language == "a secret \ud800"),
        text("SELECT 1 / 0, 'x' || :value FROM nowhere"),
    ],
    ids=["no table", "wrong type", "half a surrogate", "division"],
)
async def test_no_error_shows_a_value(address: str, statement: object) -> None:
    values = {"value": "a secret"} if ":value" in str(statement) else {}
    shown = ""
    async with open_database(read_address(address)) as database:
        try:
            async with database.writing() as connection:
                await connection.execute(statement, values)  # type: ignore[call-overload]
        except StorageError as error:
            # The traceback quotes this file's own lines, which hold nothing of the value.
            shown = "".join(traceback.format_exception(error))
    assert "secret" not in shown


async def test_what_fails_is_rolled_back(address: str) -> None:
    async with open_database(read_address(address)) as database:
        async with database.writing() as connection:
            await connection.execute(text("CREATE TABLE tried (number INTEGER)"))
        with suppress(ZeroDivisionError):
            async with database.writing() as connection:
                await connection.execute(text("INSERT INTO tried VALUES (1)"))
                raise ZeroDivisionError
        async with database.reading() as connection:
            assert (await connection.execute(text("SELECT count(*) FROM tried"))).scalar() == 0
