"""Nothing is lost by many writers, nor by a process that dies. The long form: `python -m tests.storage.endurance`."""

import pytest

from tests.storage.writing import lost_by, missing_of, prepare, write_together, write_until_killed

pytestmark = pytest.mark.asyncio


async def test_four_processes_lose_no_update(address: str) -> None:
    await prepare(address)
    written = write_together(address, processes=4, seconds=2)
    assert await lost_by(address, written) == []
    assert sum(one.rounds for one in written) > 20


async def test_a_killed_process_loses_nothing_confirmed(address: str) -> None:
    await prepare(address)
    confirmed = [number for kill in range(10) for number in write_until_killed(address, kill + 1, 3 + kill)]
    assert await missing_of(address, confirmed, kills=10) == []
