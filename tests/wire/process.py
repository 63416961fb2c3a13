"""Run a program against the simulated Discord, as a process of its own."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.wire.waiting import Signal

ROOT = Path(__file__).parents[2]
REDIRECT = Path(__file__).parent / "redirect"


class Process:
    """A program under test, with the lines it has written on both outputs, and those on standard error alone."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.pid = process.pid
        self.lines: list[str] = []
        self.errors: list[str] = []
        self._process = process
        self._changed = Signal()
        self._has_exited = False

    async def line(self, part: str, within_seconds: float = 30.0) -> str:
        """Return the first line that holds this text, as soon as it is written."""

        def found() -> str | None:
            return next((line for line in self.lines if part in line), None)

        line = await self._changed.until(found, f"line with {part!r}", within_seconds)
        assert line is not None
        return line

    async def exited(self, within_seconds: float = 30.0) -> int:
        """Return the exit status, once it has ended and all it wrote is read; -9 means killed."""
        await self._changed.until(lambda: self._has_exited, "end of the process", within_seconds)
        assert self._process.returncode is not None
        return self._process.returncode

    @property
    def is_running(self) -> bool:
        """Tell whether it has not ended yet."""
        return not self._has_exited

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    async def read(self) -> None:
        """Collect what it writes until it ends."""
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        await asyncio.gather(
            self._collect(self._process.stdout, self.lines),
            self._collect(self._process.stderr, self.lines, self.errors),
        )
        await self._process.wait()
        self._has_exited = True
        self._changed.notify()

    async def _collect(self, stream: asyncio.StreamReader, *places: list[str]) -> None:
        async for line in stream:
            for place in places:
                place.append(line.decode(errors="replace").rstrip("\n"))
            self._changed.notify()


@asynccontextmanager
async def running(
    args: Sequence[str], env: Mapping[str, str] | None = None, folder: Path = ROOT
) -> AsyncGenerator[Process, None]:
    """Start a program whose discord.py is led astray; it and all it started are killed at the end."""
    path = os.pathsep.join(filter(None, [str(REDIRECT), os.environ.get("PYTHONPATH")]))
    started = await asyncio.create_subprocess_exec(
        *args,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **(env or {}), "PYTHONPATH": path},
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
        limit=1 << 20,
    )
    process = Process(started)
    reading = asyncio.create_task(process.read())
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        await reading
