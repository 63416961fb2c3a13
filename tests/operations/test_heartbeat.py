"""The event loop's heartbeat is seen from outside, and stops with it."""

import asyncio
import sys
import time
from asyncio.subprocess import PIPE, STDOUT
from contextlib import suppress
from pathlib import Path

import pytest

from bot.operations.heartbeat import beat, is_fresh

pytestmark = pytest.mark.asyncio


async def begun(path: Path, late: asyncio.Queue[float]) -> asyncio.Task[None]:
    """Begin a heartbeat, and wait for the first beat that is shown."""
    task = asyncio.create_task(beat(path, late.put_nowait, 0.01))
    for _ in range(2):
        await late.get()
    return task


async def ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_loop_that_beats_is_alive_until_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "heartbeat"
    assert not is_fresh(path), "there is none yet"
    task = await begun(path, asyncio.Queue())
    assert is_fresh(path)
    await ended(task)
    assert not is_fresh(path), "a process that has ended leaves none"


async def test_a_loop_that_is_held_up_is_late_and_then_ill(tmp_path: Path) -> None:
    path, late = tmp_path / "heartbeat", asyncio.Queue[float]()
    task = await begun(path, late)
    time.sleep(0.2)  # noqa: ASYNC251 - what a bug would do
    assert not is_fresh(path, 0.15)
    while await late.get() < 0.1:
        pass
    await ended(task)


async def test_a_heartbeat_of_before_the_machine_started_is_none(tmp_path: Path) -> None:
    path = tmp_path / "heartbeat"
    path.write_text(f"{time.monotonic() + 1000:020.3f}")
    assert not is_fresh(path)
    path.write_text("nonsense")
    assert not is_fresh(path)


async def test_a_folder_that_cannot_be_written_ends_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    late = asyncio.Queue[float]()
    task = asyncio.create_task(beat(tmp_path / "file" / "heartbeat", late.put_nowait, 0.001))
    await late.get()
    await ended(task)
    assert "heartbeat not shown" in caplog.text


async def test_the_command_tells_by_its_status(tmp_path: Path) -> None:
    async def status() -> tuple[int, str]:
        settings = {"TESTIGO_CACHE": str(tmp_path), "TESTIGO_SHARD_ID": "testigo-0"}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "health", env=settings, stdout=PIPE, stderr=STDOUT
        )
        told, _ = await process.communicate()
        return process.returncode or 0, told.decode().strip()

    assert await status() == (1, "no heartbeat")
    task = await begun(tmp_path / "heartbeat-0", asyncio.Queue())
    assert await status() == (0, "alive")
    await ended(task)
