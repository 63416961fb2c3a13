"""Requests of the bot: how they are read, recorded and made to fail."""

import asyncio
import fnmatch
import json
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias, Unpack

from aiohttp import web

from tests.wire.faults import Accepted, Fault, Hang, RateLimited, Reset, Status, cut
from tests.wire.gateway import Gateway, Options, encode
from tests.wire.payloads import Payload

PREFIX = "/api/v10"
# These are opened by the token in their path.
WITHOUT_LOGIN = ("/interactions/", "/webhooks/")

Answer: TypeAlias = Payload | list[Payload] | None  # None: 204, no content
Act: TypeAlias = Callable[..., Awaitable[Answer]]


@dataclass(eq=False)
class Request:
    """A request as it arrived, and the status it was answered with (None: not answered yet, or reset)."""

    method: str
    path: str  # without /api/v10
    query: dict[str, str]
    body: Any
    files: int
    at: float
    status: int | None = None


class ApiError(Exception):
    """A refusal as Discord words it."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass(eq=False)
class _Failing:
    method: str
    path: re.Pattern[str]
    faults: list[Fault]


class Requests(Gateway):
    """Requests come in here."""

    def __init__(self, **options: Unpack[Options]) -> None:
        super().__init__(**options)
        self.requests: list[Request] = []
        self.unknown_routes: list[Request] = []
        self._failing: list[_Failing] = []

    def fail(self, method: str, path: str, *answers: Fault) -> None:
        """Fail the next requests that fit, one by each answer; `*` in the path stands for anything, as a method too."""
        self._failing.append(_Failing(method, re.compile(fnmatch.translate(path)), list(answers)))

    def requested(self, method: str, path: str) -> list[Request]:
        """Return the requests so far that fit; `*` in the path stands for anything."""
        pattern = re.compile(fnmatch.translate(path))
        return [request for request in self.requests if request.method == method and pattern.match(request.path)]

    def request(self, method: str, path: str, *, count: int = 1, timeout: float = 10.0) -> Awaitable[list[Request]]:
        """Wait for so many requests that fit, from the beginning."""

        def found() -> list[Request] | None:
            requests = self.requested(method, path)
            return requests if len(requests) >= count else None

        return self.until(found, f"{method} {path}", timeout)

    def _route(self, app: web.Application, routes: Mapping[tuple[str, str], Act]) -> None:
        for (method, path), act in routes.items():
            app.router.add_route(method, PREFIX + path, partial(self._serve, act=act))

    async def _serve(self, incoming: web.Request, act: Act | None = None) -> web.StreamResponse:
        at = time.monotonic()
        try:
            body, files = await _read(incoming)
        except ValueError:
            return _respond({"message": "The request body contains invalid JSON.", "code": 50109}, 400)
        path = incoming.path.removeprefix(PREFIX)
        request = Request(incoming.method, path, dict(incoming.query), body, files, at)
        self.requests.append(request)
        if act is None:
            self.unknown_routes.append(request)
        self.happened.notify()

        async def perform() -> web.Response:
            try:
                if not path.startswith(WITHOUT_LOGIN) and incoming.headers.get("Authorization") != f"Bot {self.token}":
                    raise ApiError(401, 0, "401: Unauthorized")
                if act is None:
                    raise ApiError(404, 0, "404: Not Found")
                answer = await act(request, **incoming.match_info)
            except ApiError as error:
                return _respond({"message": error.message, "code": error.code}, error.status)
            return web.Response(status=204) if answer is None else _respond(answer, 200)

        response = await self._spoil(incoming, self._next_fault(request), perform)
        request.status = response.status if response.body is not None or response.status == 204 else None
        self.happened.notify()
        return response

    def _next_fault(self, request: Request) -> Fault | None:
        for failing in self._failing:
            if failing.faults and failing.method in (request.method, "*") and failing.path.match(request.path):
                return failing.faults.pop(0)
        return None

    async def _spoil(
        self, incoming: web.Request, fault: Fault | None, perform: Callable[[], Awaitable[web.Response]]
    ) -> web.Response:
        match fault:
            case None:
                return await perform()
            case Status(status, code, message):
                return _respond({"message": message, "code": code}, status)
            case RateLimited(retry_after, scope):
                limited = {"message": "You are being rate limited.", "retry_after": retry_after, "code": 0}
                return _respond({**limited, "global": scope == "global"}, 429, fault.headers())
            case Reset():
                cut(incoming.transport)
                return web.Response()
            case Hang(seconds):
                await asyncio.sleep(seconds)
                has_left = incoming.transport is None or incoming.transport.is_closing()
                return web.Response() if has_left else await perform()
            case Accepted(answer):
                response = await perform()

                async def done() -> web.Response:
                    return response

                return await self._spoil(incoming, answer, done)


async def _read(incoming: web.Request) -> tuple[Any, int]:
    """Return the JSON of a request and the number of its files."""
    if not incoming.content_type.startswith("multipart/"):
        raw = await incoming.read()
        return (json.loads(raw) if raw else None), 0
    body, files = None, 0
    async for part in await incoming.multipart():
        raw = await part.read()  # type: ignore[union-attr]
        if part.name == "payload_json":  # type: ignore[union-attr]
            body = json.loads(raw)
        else:
            files += 1
    return body, files


def _respond(answer: Payload | list[Payload], status: int, headers: dict[str, str] | None = None) -> web.Response:
    # Discord names no charset, and discord.py reads JSON only where this header is exactly so.
    return web.Response(
        body=encode(answer).encode(), status=status, headers={**(headers or {}), "Content-Type": "application/json"}
    )
