"""Sending once more where the connection failed."""

import aiohttp
import discord
import pytest
from simcord.http.client import _FakeResponse

from bot.chat import delivery
from bot.chat.delivery import PAUSES, delivered

pytestmark = pytest.mark.asyncio


def refusal(status: int) -> discord.HTTPException:
    """Return the library's error for a status."""
    kind = discord.DiscordServerError if status >= 500 else discord.HTTPException
    return kind(_FakeResponse(status), "")


class Sending:
    """Fails with some errors, then sends."""

    def __init__(self, *errors: Exception) -> None:
        self._errors = list(errors)
        self.attempts = 0

    async def __call__(self) -> str:
        """Send."""
        self.attempts += 1
        if self._errors:
            raise self._errors.pop(0)
        return "sent"


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "PAUSES", tuple(0.0 for _ in PAUSES))


AGAIN = [
    refusal(503),
    ConnectionResetError(104, "Connection reset by peer"),
    BrokenPipeError(),
    OSError(101, "Network is unreachable"),
    aiohttp.ServerDisconnectedError(),
    aiohttp.ClientOSError(104, "Connection reset by peer"),
    aiohttp.ClientConnectionResetError("Cannot write to closing transport"),
]
NEVER = [refusal(status) for status in (400, 401, 403, 404, 429, 500, 502, 504)]


@pytest.mark.parametrize("error", AGAIN, ids=repr)
@pytest.mark.parametrize("times", [1, 2])
async def test_a_failed_connection_is_tried_twice_more(error: Exception, times: int) -> None:
    sending = Sending(*[error] * times)
    assert await delivered(sending) == "sent"
    assert sending.attempts == times + 1


@pytest.mark.parametrize("error", AGAIN, ids=repr)
async def test_after_three_attempts_the_error_is_told(error: Exception) -> None:
    sending = Sending(*[error] * 3)
    with pytest.raises(type(error)):
        await delivered(sending)
    assert sending.attempts == 3


@pytest.mark.parametrize("error", NEVER, ids=repr)
async def test_a_refusal_is_not_tried_again(error: Exception) -> None:
    sending = Sending(error)
    with pytest.raises(discord.HTTPException):
        await delivered(sending)
    assert sending.attempts == 1


async def test_all_attempts_fit_into_the_time_of_a_response() -> None:
    assert sum(PAUSES) < 1
