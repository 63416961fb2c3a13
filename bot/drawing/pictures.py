"""Keep the pictures of the figures: each is drawn once, in a process of its own."""

import asyncio
import hashlib
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

from bot.answering.figures import FiguresReply
from bot.errors import DrawingError

DRAWING_SECONDS = 60
"""A drawing takes about a second; the first on a machine a few more, while matplotlib lists the fonts."""


class Pictures:
    """A folder of pictures, each one file, written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawing = asyncio.Lock()

    def is_drawn(self, key: str) -> bool:
        """Return whether the picture is there already, so that it takes no time."""
        return self._path(key).is_file()

    async def picture(self, figures: FiguresReply, key: str) -> Path:
        """Return the picture kept under `key`; where there is none, draw `figures` first.

        Whatever changes the picture must change the key. Callers wait for a drawing that is under way.

        Raises:
            DrawingError: it cannot be drawn or kept; the next caller tries again.
        """
        path = self._path(key)
        async with self._drawing:
            if not await asyncio.to_thread(path.is_file):
                png = await _draw(figures)
                await asyncio.to_thread(_write, path, png)
        return path

    def _path(self, key: str) -> Path:
        return self._folder / f"figures-{hashlib.sha256(key.encode()).hexdigest()[:32]}.png"


async def _draw(figures: FiguresReply) -> bytes:
    """Draw in a process that ends, so that matplotlib's memory does not stay in this one."""
    content = TypeAdapter(FiguresReply).dump_json(replace(figures, citations=()))
    pipe = asyncio.subprocess.PIPE
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.drawing", stdin=pipe, stdout=pipe, stderr=pipe
        )
    except OSError as error:
        raise DrawingError(f"the figures cannot be drawn: {error}") from error
    try:
        async with asyncio.timeout(DRAWING_SECONDS):
            png, complaint = await process.communicate(content)
    except TimeoutError as error:
        raise DrawingError(f"the figures are not drawn after {DRAWING_SECONDS} s") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        last = complaint.decode(errors="replace").strip().splitlines()[-1:]
        raise DrawingError(f"the figures cannot be drawn: {' '.join(last) or f'status {process.returncode}'}")
    return png


def _write(path: Path, png: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(png)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise DrawingError(f"{path.parent}: the picture cannot be kept: {error.strerror}") from error
