"""The ways in which Discord's REST interface can fail a request."""

import math
import socket
import struct
from asyncio import BaseTransport
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True)
class RateLimited:
    """429; without `via` it is Cloudflare's ban, which discord.py does not wait for."""

    retry_after: float
    scope: Literal["user", "global", "shared"] = "user"
    via: bool = True

    def headers(self) -> dict[str, str]:
        """Return the headers that tell of the limit."""
        headers = {"Retry-After": str(math.ceil(self.retry_after)), "X-RateLimit-Scope": self.scope}
        if self.scope == "global":
            headers["X-RateLimit-Global"] = "true"
        return {**headers, "Via": "1.1 google"} if self.via else headers


@dataclass(frozen=True)
class Status:
    """An error status, with Discord's own code if there is one."""

    status: int
    code: int = 0
    message: str = "simulated"


@dataclass(frozen=True)
class Reset:
    """A TCP reset instead of an answer; aiohttp hides the first one of a GET by asking again."""


@dataclass(frozen=True)
class Hang:
    """Nothing for so many seconds; then the request is served, unless the client has left."""

    seconds: float


@dataclass(frozen=True)
class Accepted:
    """The request takes effect, but the answer fails."""

    answer: "RateLimited | Status | Reset | Hang"


Fault: TypeAlias = RateLimited | Status | Reset | Hang | Accepted


def cut(transport: BaseTransport | None) -> None:
    """Reset a TCP connection."""
    if transport is None or transport.is_closing():
        return
    connection = transport.get_extra_info("socket")
    # A lingering time of zero makes the kernel send RST in place of FIN.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()  # type: ignore[attr-defined]
