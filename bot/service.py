"""Run the Discord service: the store, the rooms, the connection, and what is done again and again."""

import asyncio
import functools
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from bot.answering.feedback import FeedbackLog
from bot.answering.testigo import Testigo
from bot.app import data_folder, open_testigo
from bot.chat.client import Rooms
from bot.chat.limits import RefusedError
from bot.chat.records import Records
from bot.chat.supervision import Supervisor, sync_once
from bot.checking import check_data
from bot.errors import DataError, StorageError
from bot.operations.reloading import Reloader, free_replaced
from bot.operations.upkeep import every
from bot.rooms import build_rooms, lasting, open_rooms
from bot.settings import Settings, read_token
from bot.storage.opening import opened_store

RELOAD = 3.0
REFRESH = 30.0
EXPIRE = 3600.0
"""Seconds between two looks at the data folder, at the store, at what has been kept for long enough."""

OPENING = 5.0
"""Seconds that a start waits for the store; one that takes longer is opened while the bot already answers."""

RELEASE = 60.0
"""Seconds after an exchange of the data in which what is being answered may still use the old."""

DRAIN = 5.0
"""Seconds for what is being written, at the end."""

_log = logging.getLogger(__name__)


def run_service(settings: Settings, testigo: Testigo, refresh_seconds: float = REFRESH) -> None:
    """Serve Discord until SIGTERM or SIGINT; a store that could not be opened is tried again every `refresh_seconds`.

    Raises:
        UsageError: there is no token.
        DiscordError: Discord refuses the bot, or cannot be reached at the start.
        StorageError: the database is wrong, as one that is newer than this program; one that is down is waited for.
    """
    asyncio.run(_serve(settings, testigo, read_token(settings), refresh_seconds))


def sync_commands(settings: Settings, testigo: Testigo) -> None:
    """Register the commands with Discord, changed or not.

    Raises:
        UsageError: there is no token.
        DiscordError: Discord refuses the bot, or cannot be reached.
    """
    token = read_token(settings)
    with open_rooms(settings, testigo, FeedbackLog(), Records(None, settings.retention)) as rooms:
        asyncio.run(sync_once(rooms, token))


async def _serve(settings: Settings, testigo: Testigo, token: str, refresh_seconds: float) -> None:
    async with opened_records(settings) as (records, reopen):
        with lasting(settings) as kept:
            feedback = records.recorder
            rooms = build_rooms(settings, testigo, kept, feedback, records)
            supervisor = Supervisor(rooms)

            def load() -> Callable[[], None]:
                if problems := check_data(settings):
                    raise DataError(problems[0])
                return functools.partial(
                    exchange, build_rooms(settings, open_testigo(settings), kept, feedback, records)
                )

            def exchange(rooms: Rooms) -> None:
                supervisor.use(rooms)
                asyncio.get_running_loop().call_later(RELEASE, free_replaced)

            async def refresh() -> None:
                await reopen()
                with suppress(RefusedError):
                    await kept.withdrawals.refresh(records.store)

            async def expire() -> None:
                with suppress(RefusedError):
                    await records.store.expire(settings.retention)

            reloader = Reloader(data_folder(settings), load, supervisor.tell_refusal)
            # Before the first answer, for what is withdrawn must not be given once more after a restart.
            first = asyncio.create_task(refresh(), name="first refresh")
            upkeep = [first]
            try:
                await _begun(first)
                upkeep += [
                    asyncio.create_task(every(seconds, work), name=work.__name__)
                    for seconds, work in ((refresh_seconds, refresh), (EXPIRE, expire), (RELOAD, reloader.check))
                ]
                await supervisor.run(token)
            finally:
                for task in upkeep:
                    task.cancel()
                await asyncio.gather(*upkeep, return_exceptions=True)


async def _begun(first: asyncio.Task[None]) -> None:
    """Wait for the first look at the store, but not for a store that is slow or down.

    Raises:
        StorageError: the database is wrong, so that trying again would not help.
    """
    await asyncio.wait([first], timeout=OPENING)
    if not first.done():
        _log.error("store not opened yet")
        return
    try:
        first.result()
    except StorageError as error:
        if not error.may_pass:
            raise
        _log.error("store not read", exc_info=error)


@asynccontextmanager
async def opened_records(settings: Settings) -> AsyncGenerator[tuple[Records, Callable[[], Awaitable[None]]], None]:
    """Yield what is kept, without a store at first, and what opens the store where that is not done yet.

    That raises a StorageError where the database is wrong, so that trying again would not help.
    """
    async with AsyncExitStack() as stack:
        records = Records(None, settings.retention)
        opening = asyncio.Lock()
        is_open = False

        async def reopen() -> None:
            nonlocal is_open
            async with opening:
                if is_open:
                    return
                try:
                    store = opened_store(settings.database_address, settings.given_secret, settings.state)
                    records.use(await stack.enter_async_context(store))
                    is_open = True
                except StorageError as error:
                    if not error.may_pass:
                        raise
                    _log.error("store not opened", exc_info=error)

        try:
            yield records, reopen
        finally:
            await records.close(DRAIN)
