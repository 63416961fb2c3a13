"""Several processes share one database: who is which shard, who may identify, who answers, who hears of a change."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from bot.storage.changes import RETRACTIONS, hear_changes, server, server_of
from bot.storage.identify_gate import RESERVE, IdentifyGate
from bot.storage.servers import ServerSettings
from bot.storage.shard_lease import held_lease
from bot.storage.store import Store, open_store
from tests.storage.conftest import Clock
from tests.storage.samples import GUILD, SECRET
from tests.storage.servers import PostgresServer

pytestmark = pytest.mark.asyncio

BUDGET = 1000
HALF_A_SECOND = 0.5
on_postgresql = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)


@pytest_asyncio.fixture
async def stack() -> AsyncIterator[AsyncExitStack]:
    """Close all that a test opened."""
    async with AsyncExitStack() as stack:
        yield stack


async def disconnect_all(server: PostgresServer, address: str) -> None:
    """Cut every connection to a database, as a restart of the server does."""
    name = address.split("@/")[1].split("?")[0]
    await server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


class TestLease:
    @on_postgresql
    async def test_a_shard_is_one_process(self, address: str, stack: AsyncExitStack) -> None:
        first = AsyncExitStack()
        await first.enter_async_context(held_lease(address, 0, 2))
        second = asyncio.create_task(stack.enter_async_context(held_lease(address, 0, 2)))
        await stack.enter_async_context(held_lease(address, 1, 2))
        assert not second.done(), "the other shard is free, this one is not"
        await first.aclose()
        await second

    @on_postgresql
    async def test_another_number_of_shards_is_another_lease(self, address: str, stack: AsyncExitStack) -> None:
        await stack.enter_async_context(held_lease(address, 0, 2))
        await stack.enter_async_context(held_lease(address, 0, 4))

    @on_postgresql
    async def test_a_lost_connection_is_a_lost_lease_that_another_may_take(
        self, address: str, stack: AsyncExitStack, postgres: PostgresServer
    ) -> None:
        lease = await stack.enter_async_context(held_lease(address, 0, 1))
        other = asyncio.create_task(stack.enter_async_context(held_lease(address, 0, 1)))
        await disconnect_all(postgres, address)
        await lease.lost.wait()
        await other


class TestGate:
    @on_postgresql
    async def test_turns_are_apart_over_all_processes(self, address: str) -> None:
        moments: list[float] = []

        async def identify(shard: int) -> None:
            async with (
                held_lease(address, shard, 3) as lease,
                IdentifyGate(lease, shard, HALF_A_SECOND).turn(0, BUDGET),
            ):
                moments.append(time.monotonic())

        await asyncio.gather(identify(0), identify(1))
        assert moments[1] - moments[0] >= HALF_A_SECOND - 0.01

    @on_postgresql
    async def test_buckets_do_not_wait_for_each_other(self, address: str, stack: AsyncExitStack) -> None:
        lease = await stack.enter_async_context(held_lease(address, 0, 2))
        other = await stack.enter_async_context(held_lease(address, 1, 2))
        async with (
            IdentifyGate(lease, 0).turn(0, BUDGET) as left,
            IdentifyGate(other, 1).turn(1, BUDGET) as fewer,
        ):
            assert (left, fewer) == (BUDGET - 1, BUDGET - 2), "the day's budget is of all"

    @on_postgresql
    async def test_a_turn_ends_with_its_process(
        self, address: str, stack: AsyncExitStack, postgres: PostgresServer
    ) -> None:
        lease = await stack.enter_async_context(held_lease(address, 0, 2))
        await stack.enter_async_context(IdentifyGate(lease, 0, HALF_A_SECOND).turn(0, BUDGET))
        await disconnect_all(postgres, address)
        other = await stack.enter_async_context(held_lease(address, 1, 2))
        async with IdentifyGate(other, 1, HALF_A_SECOND).turn(0, BUDGET) as left:
            assert left == BUDGET - 2

    @on_postgresql
    async def test_the_last_identifies_of_a_day_are_left_alone(self, address: str, stack: AsyncExitStack) -> None:
        lease = await stack.enter_async_context(held_lease(address, 0, 1))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5), IdentifyGate(lease, 0).turn(0, RESERVE):
                pass
        async with IdentifyGate(lease, 0).turn(0, RESERVE + 1) as left:
            assert left == RESERVE


class TestClaims:
    async def test_a_message_is_claimed_once(self, store: Store) -> None:
        taken = await asyncio.gather(*(store.claims.take(5, GUILD) for _ in range(10)))
        assert sorted(taken) == [False] * 9 + [True]
        assert await store.claims.take(6, None)

    async def test_a_claim_is_forgotten_after_a_day_and_with_its_server(self, store: Store, clock: Clock) -> None:
        await store.claims.take(5, GUILD)
        await store.claims.take(6, None)
        await store.forget_server(GUILD)
        assert await store.claims.take(5, GUILD)
        clock.pass_days(1.1)
        await store.expire(30)
        assert await store.claims.take(6, None)


class TestChanges:
    @on_postgresql
    async def test_every_process_hears_of_what_changed(self, address: str) -> None:
        heard: asyncio.Queue[str] = asyncio.Queue()
        async with open_store(address, SECRET) as store:
            listening = asyncio.create_task(hear_changes(address, heard.put_nowait))
            assert await heard.get() == RETRACTIONS, "one may have been missed"
            await store.retractions.retract("fire", "It was wrong.", 1)
            assert await heard.get() == RETRACTIONS
            await store.servers.change(GUILD, 1, ServerSettings(answers_privately=True))
            assert server_of(await heard.get()) == GUILD
            listening.cancel()

    async def test_sqlite_has_nobody_to_tell(self, tmp_path: Path) -> None:
        await hear_changes(f"sqlite:///{tmp_path / 'testigo.db'}", print)

    @pytest.mark.parametrize("change", ["", "server", "server x", "retractions", "server -1", "server 1 2"])
    async def test_what_is_no_change_of_a_server_is_none(self, change: str) -> None:
        assert server_of(change) is None
        assert server_of(server(7)) == 7
