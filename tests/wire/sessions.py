"""Sessions of the gateway, the connections they live on, and the records of what the bot sent."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from aiohttp import web

from tests.wire.compression import Compress

EVENTS_KEPT = 5000  # of each session, for RESUME


@dataclass(frozen=True)
class Identify:
    """A session asked for."""

    at: float
    shard: tuple[int, int]
    intents: int
    session_id: str | None  # None: it was refused


@dataclass(frozen=True)
class Resume:
    """A session to be continued."""

    at: float
    session_id: str
    sequence: int
    is_accepted: bool


@dataclass(frozen=True)
class Heartbeat:
    """A sign of life, with the last sequence number that the bot has seen."""

    at: float
    sequence: int | None


@dataclass(eq=False)
class Session:
    """A shard's stream of events, which outlives its connection."""

    id: str
    shard: tuple[int, int]
    intents: int
    connection: "Connection | None" = None
    sequence: int = 0
    frames: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=EVENTS_KEPT))
    sending: asyncio.Lock = field(default_factory=asyncio.Lock)

    def record(self, event: str, data: str) -> str:
        """Number an event, keep it and return its frame."""
        self.sequence += 1
        frame = f'{{"op":0,"s":{self.sequence},"t":"{event}","d":{data}}}'
        self.frames.append((self.sequence, frame))
        return frame


@dataclass(eq=False)
class Connection:
    """One websocket of the bot."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    compress: Compress | None = None
    session: Session | None = None
    is_closed_by_discord: bool = False
    is_silent: bool = False

    async def send(self, text: str) -> None:
        """Send a frame, unless the connection has gone."""
        if not self._is_open:
            return
        if self.compress is None:
            await self.socket.send_str(text)
        else:
            await self.socket.send_bytes(self.compress(text))

    async def send_bytes(self, frame: bytes) -> None:
        """Send a frame that is neither text nor compressed, unless the connection has gone."""
        if self._is_open:
            await self.socket.send_bytes(frame)

    def silence(self) -> None:
        """Say nothing from now on and hear nothing, not even that the bot closes it."""
        self.is_silent = True
        if self.transport is not None:
            self.transport.pause_reading()

    @property
    def _is_open(self) -> bool:
        is_there = self.transport is not None and not self.transport.is_closing()
        return is_there and not self.socket.closed and not self.is_silent

    async def close(self, code: int) -> None:
        """Close it from Discord's side."""
        self.is_closed_by_discord = True
        await self.socket.close(code=code)
