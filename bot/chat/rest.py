"""Watch the requests to Discord: count them, and stop before Discord bans the address they come from."""

import logging
import re
import time
from collections import deque
from collections.abc import Callable
from types import SimpleNamespace

import aiohttp

from bot.telemetry.meters import Meters

INVALID = {401, 403, 429}
"""Answers that Discord counts: after 10,000 in ten minutes it bans the address."""

WINDOW = 600.0
"""Seconds for which it counts them."""

MOST = 500
"""How many this process lets happen: twenty processes may share an address."""

ROUTES = frozenset(
    {
        "GET /applications/:id/commands",
        "PUT /applications/:id/commands",
        "GET /gateway",
        "GET /gateway/bot",
        "GET /oauth2/applications/@me",
        "GET /users/@me",
        "POST /channels/:id/messages",
        "POST /channels/:id/typing",
        "POST /interactions/:id/:token/callback",
        "POST /users/@me/channels",
        "DELETE /webhooks/:id/:token/messages/@original",
        "PATCH /webhooks/:id/:token/messages/@original",
        "POST /webhooks/:id/:token",
    }
)
STATUSES = frozenset({101, 200, 201, 204, 400, 401, 403, 404, 429, 500, 502, 503, 504})
"""What is told apart; all else is other."""

_log = logging.getLogger(__name__)


class TooManyInvalidRequestsError(aiohttp.ClientError):
    """Nothing is sent for now."""


class InvalidRequests:
    """Remembers the answers that count against the address; open while there are too many."""

    def __init__(self, most: int = MOST, seconds: float = WINDOW, now: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._now = now
        self._moments: deque[float] = deque()

    def __len__(self) -> int:
        while self._moments and self._now() - self._moments[0] > self._seconds:
            self._moments.popleft()
        return len(self._moments)

    @property
    def are_too_many(self) -> bool:
        """Whether nothing may be sent."""
        return len(self) >= self._most

    def add(self, status: int, scope: str | None) -> None:
        """Count an answer, if it is one that counts; a limit that others share does not."""
        if status in INVALID and scope != "shared" and not self.are_too_many:
            self._moments.append(self._now())
            if self.are_too_many:
                _log.error("too many invalid requests: nothing is sent for some minutes")


def watched(meters: Meters, invalid: InvalidRequests) -> aiohttp.TraceConfig:
    """Return what makes a client's requests counted, and refused while too many were invalid."""
    meters.invalid_requests.set_function(lambda: len(invalid))
    meters.breaker_open.set_function(lambda: float(invalid.are_too_many))

    async def begin(
        session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestStartParams
    ) -> None:
        del session, context, params
        if invalid.are_too_many:
            raise TooManyInvalidRequestsError

    async def end(
        session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        del session, context
        status = params.response.status
        invalid.add(status, params.response.headers.get("X-RateLimit-Scope"))
        told = str(status) if status in STATUSES else "other"
        meters.rest.labels(route_of(params.method, params.url.path), told).inc()

    async def fail(
        session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestExceptionParams
    ) -> None:
        del session, context
        meters.rest.labels(route_of(params.method, params.url.path), "failed").inc()

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(begin)
    trace.on_request_end.append(end)
    trace.on_request_exception.append(fail)
    return trace


def route_of(method: str, path: str) -> str:
    """Return the route of a request, without ids and tokens."""
    path = re.sub(r"^/api/v\d+", "", path).rstrip("/")
    path = re.sub(r"(?<=/webhooks/)(\d+)/[^/]+|(?<=/interactions/)(\d+)/[^/]+", ":id/:token", path)
    route = f"{method} {re.sub(r'/[0-9]+(?=/|$)', '/:id', path)}"
    return route if route in ROUTES else "other"
