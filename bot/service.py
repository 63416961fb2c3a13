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
from bot.chat.sharing import Alone, Shared, Sharing
from bot.chat.supervision import Supervisor, sync_once
from bot.checking import check_data
from bot.errors import DataError, StorageError, UsageError
from bot.operations.heartbeat import beat
from bot.operations.reloading import Reloader, free_replaced
from bot.operations.upkeep import every
from bot.rooms import Lasting, build_rooms, lasting, open_rooms
from bot.settings import Settings, read_token
from bot.storage.address import is_shared
from bot.storage.changes import hear_changes, server_of
from bot.storage.opening import opened_store
from bot.telemetry.exporter import exported
from bot.telemetry.meters import Meters

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
        UsageError: there is no token, or a setting cannot be used.
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
    sharing, meters = _sharing(settings), Meters()
    async with opened_records(settings, meters) as (records, reopen):
        with lasting(settings, meters) as kept, exported(meters, settings.metrics_host, settings.metrics_port):
            rooms = build_rooms(settings, testigo, kept, records.recorder, records)
            supervisor = Supervisor(rooms, sharing)
            upkeep = _Upkeep(settings, kept, records, reopen, supervisor)
            beating = asyncio.create_task(beat(settings.heartbeat, meters.loop_lag.observe), name="heartbeat")
            tasks = [beating]
            try:
                # Before the first answer, for what is withdrawn must not be given once more after a restart.
                tasks.append(first := asyncio.create_task(upkeep.refresh(), name="first refresh"))
                await _begun(first)
                tasks += upkeep.tasks(refresh_seconds)
                await supervisor.run(token)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)


def _sharing(settings: Settings) -> Sharing:
    """Return which shard this process is.

    Raises:
        UsageError: processes cannot share the database.
    """
    if settings.shard_id is None:
        return Alone()
    if not is_shared(settings.database_address):
        raise UsageError("TESTIGO_SHARD_ID: processes share a PostgreSQL database: set TESTIGO_DATABASE_URL")
    return Shared(settings.database_address, settings.shard_id, settings.shard_count)


class _Upkeep:
    """What is done again and again while the bot serves."""

    def __init__(
        self,
        settings: Settings,
        kept: Lasting,
        records: Records,
        reopen: Callable[[], Awaitable[None]],
        supervisor: Supervisor,
    ) -> None:
        self._settings = settings
        self._kept = kept
        self._records = records
        self._reopen = reopen
        self._supervisor = supervisor
        self._has_changed = asyncio.Event()

    def tasks(self, refresh_seconds: float) -> list[asyncio.Task[None]]:
        """Begin."""
        reloader = Reloader(data_folder(self._settings), self._load, self._supervisor.tell_refusal)
        works = {
            "refresh": every(refresh_seconds, self.refresh, self._has_changed),
            "expire": every(EXPIRE, self._expire),
            "reload": every(RELOAD, reloader.check),
            "changes": hear_changes(self._settings.database_address, self._hear),
        }
        return [asyncio.create_task(work, name=name) for name, work in works.items()]

    async def refresh(self) -> None:
        """Open the store where that is not done yet, and learn from it what is withdrawn."""
        await self._reopen()
        with suppress(RefusedError):
            await self._kept.withdrawals.refresh(self._records.store)

    async def _expire(self) -> None:
        with suppress(RefusedError):
            await self._records.store.expire(self._settings.retention)

    def _hear(self, change: str) -> None:
        """Take what another process has changed into account now."""
        if (guild := server_of(change)) is not None:
            self._records.servers.forget(guild)
        else:
            self._has_changed.set()

    def _load(self) -> Callable[[], None]:
        """Prove and load the changed data, and return what puts it in force."""
        settings, records = self._settings, self._records
        if problems := check_data(settings):
            raise DataError(problems[0])
        rooms = build_rooms(settings, open_testigo(settings), self._kept, records.recorder, records)
        return functools.partial(self._exchange, rooms)

    def _exchange(self, rooms: Rooms) -> None:
        self._supervisor.use(rooms)
        asyncio.get_running_loop().call_later(RELEASE, free_replaced)


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
async def opened_records(
    settings: Settings, meters: Meters | None = None
) -> AsyncGenerator[tuple[Records, Callable[[], Awaitable[None]]], None]:
    """Yield what is kept, without a store at first, and what opens the store where that is not done yet.

    That raises a StorageError where the database is wrong, so that trying again would not help.
    """
    async with AsyncExitStack() as stack:
        records = Records(None, settings.retention, meters)
        opening = asyncio.Lock()
        is_open = False

        async def reopen() -> None:
            nonlocal is_open
            async with opening:
                if is_open:
                    return
                try:
                    store = opened_store(settings.database_address, settings.given_secret, settings.state, meters)
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
