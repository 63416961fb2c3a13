"""Requests to Discord are counted by route and status, and stop before Discord bans the address."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from bot.chat.rest import MOST, ROUTES, WINDOW, InvalidRequests, TooManyInvalidRequestsError, route_of, watched
from bot.telemetry.meters import Meters
from tests.chat.world import Clock

TOKEN = "aW50ZXJhY3Rpb246MTIz.secret-_token"


@pytest.mark.parametrize(
    ("method", "path", "route"),
    [
        ("POST", f"/api/v10/interactions/123/{TOKEN}/callback", "POST /interactions/:id/:token/callback"),
        ("PATCH", f"/api/v10/webhooks/123/{TOKEN}/messages/@original", "PATCH /webhooks/:id/:token/messages/@original"),
        ("POST", f"/api/v10/webhooks/123/{TOKEN}", "POST /webhooks/:id/:token"),
        ("POST", "/api/v10/channels/123/messages", "POST /channels/:id/messages"),
        ("GET", "/gateway/", "GET /gateway"),
        ("GET", f"/somewhere/{TOKEN}", "other"),
        ("TRACE", "/", "other"),
    ],
)
def test_a_route_holds_no_id_and_no_token(method: str, path: str, route: str) -> None:
    assert route_of(method, path) == route
    assert route == "other" or route in ROUTES


def test_only_what_discord_counts_is_counted() -> None:
    invalid = InvalidRequests()
    for status in (200, 204, 400, 404, 500, 503):
        invalid.add(status, None)
    invalid.add(429, "shared")
    assert len(invalid) == 0
    for status in (401, 403, 429):
        invalid.add(status, "user")
    assert len(invalid) == 3


def test_too_many_stop_everything_for_ten_minutes() -> None:
    clock = Clock()
    invalid = InvalidRequests(now=clock)
    for _ in range(MOST + 5):
        assert len(invalid) <= MOST, "memory is bounded"
        invalid.add(403, None)
    assert invalid.are_too_many
    clock.seconds += WINDOW + 1
    assert not invalid.are_too_many


@pytest_asyncio.fixture
async def address() -> AsyncIterator[str]:
    """Serve a Discord that refuses everything."""

    async def refuse(_: web.Request) -> web.Response:
        return web.Response(status=403)

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", refuse)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
def meters() -> Meters:
    """Return new meters."""
    return Meters()


@pytest.mark.asyncio
async def test_requests_are_counted_and_then_refused_here(address: str, meters: Meters) -> None:
    async with aiohttp.ClientSession(trace_configs=[watched(meters, InvalidRequests(most=3))]) as session:
        for _ in range(3):
            async with session.post(f"{address}/api/v10/channels/1/messages") as response:
                assert response.status == 403
        with pytest.raises(TooManyInvalidRequestsError):
            await session.post(f"{address}/api/v10/channels/1/messages")
    sent = {"route": "POST /channels/:id/messages", "status": "403"}
    assert meters.registry.get_sample_value("testigo_rest_requests_total", sent) == 3
    assert meters.registry.get_sample_value("testigo_invalid_requests") == 3
    assert meters.registry.get_sample_value("testigo_breaker_open") == 1


@pytest.mark.asyncio
async def test_a_request_without_an_answer_is_counted(meters: Meters) -> None:
    async with aiohttp.ClientSession(trace_configs=[watched(meters, InvalidRequests())]) as session:
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.get("http://127.0.0.1:1/api/v10/gateway/bot")
    failed = {"route": "GET /gateway/bot", "status": "failed"}
    assert meters.registry.get_sample_value("testigo_rest_requests_total", failed) == 1
