"""Every interaction is acknowledged in time, whatever takes long.

simcord waits for threads before its clock goes on, so that here interactions of discord.py's meet a slow Discord of
our own, in real time.
"""

import asyncio
import datetime
import threading
import time
from collections.abc import Awaitable, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import discord
import pytest
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.answering.testigo import Testigo
from bot.chat import desk as desks
from bot.chat import questions, responder
from bot.chat.asking import Asking, Question
from bot.chat.conversations import Conversations, Place
from bot.chat.desk import ACKNOWLEDGE, Desk
from bot.chat.limits import Admission, Cooldown
from bot.chat.markup import Markup
from bot.chat.questions import PATIENCE, answer_interaction
from bot.chat.replies import ReplyLayout
from bot.chat.responder import Responder
from bot.chat.underway import Underway
from bot.chat.withdrawals import Withdrawals
from bot.telemetry.meters import Meters
from tests.chat.test_errors import QUESTION, with_answers
from tests.chat.world import Clock, hosts_of
from tests.metering import numbers

pytestmark = pytest.mark.asyncio

DISCORDS_PATIENCE = 3.0


class SlowDiscord(AsyncWebhookAdapter):
    """Takes what is sent in response to interactions; `hangs` tells which requests are never answered."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[tuple[float, str, Any]] = []
        self.hangs: Callable[[str, Any], bool] = lambda *_: False

    async def request(self, route: Any, session: Any, *, payload: Any = None, **_: Any) -> Any:
        """Take a request."""
        del session
        if self.hangs(route.method, payload):
            await asyncio.Event().wait()
        self.taken.append((time.monotonic(), route.method, payload))
        message = {
            "id": "5",
            "channel_id": "3",
            "type": 0,
            "content": "",
            "author": {"id": "9", "username": "Testigo", "discriminator": "0", "avatar": None},
            "attachments": [],
            "embeds": [],
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "pinned": False,
            "tts": False,
            "timestamp": "2026-01-01T00:00:00+00:00",
            "edited_timestamp": None,
            "components": [],
        }
        if route.path.endswith("/callback"):
            return {"interaction": {"id": "1", "type": 2}, "resource": {"type": 4, "message": message}}
        return message

    @property
    def types(self) -> list[Any]:
        """The types of the responses, or the methods of what followed them."""
        return [(payload or {}).get("type", method) for _, method, payload in self.taken]


@pytest.fixture
def slow_discord() -> Generator[SlowDiscord, None, None]:
    """Let discord.py send to a slow Discord."""
    adapter = SlowDiscord()
    token = async_context.set(adapter)
    yield adapter
    async_context.reset(token)


def interaction() -> discord.Interaction:
    """Return an interaction as Discord sends it."""
    client = discord.Client(intents=discord.Intents.none())
    payload: Any = {
        "id": "1",
        "application_id": "2",
        "type": 2,
        "token": "token",
        "version": 1,
        "data": {"id": "4", "name": "ask", "type": 1},
        "channel_id": "3",
        "channel": {"id": "3", "type": 1, "recipients": []},
        "user": {"id": "6", "username": "Ada", "discriminator": "0", "avatar": None},
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {},
        "context": 1,
        "attachment_size_limit": 0,
    }
    return discord.Interaction(data=payload, state=client._connection)


async def serve(testigo: Testigo, work: Callable[[Responder], Awaitable[None]]) -> tuple[Meters, float]:
    """Serve one interaction; return what was counted and the seconds that it took."""
    meters = Meters()
    desk = Desk(testigo.strings, Markup(hosts_of(testigo)), Underway(), meters)
    start = time.monotonic()
    await desk.serve(interaction(), "en", work)
    return meters, time.monotonic() - start


@pytest.fixture
def asked(lighthouse: Testigo) -> Generator[Callable[..., Callable[[Responder], Awaitable[None]]], None, None]:
    """Return a function that makes the work of answering with a function."""
    with ThreadPoolExecutor(max_workers=1) as executor:

        def ask(answer: Callable[[str], Any], *, is_private: bool = False) -> Callable[[Responder], Awaitable[None]]:
            asking = Asking(
                with_answers(lighthouse, answer),
                conversations=Conversations(Clock()),
                cooldown=Cooldown(0, 1),
                admission=Admission(1),
                executor=executor,
                owners=frozenset(),
                withdrawals=Withdrawals(),
                records=None,
                meters=Meters(),
                now=lambda: datetime.datetime.now(datetime.UTC),
            )
            layout = ReplyLayout(lighthouse, Markup(hosts_of(lighthouse)))
            question = Question(1, None, QUESTION, Place(3, 6), "en")

            async def work(responder: Responder) -> None:
                await answer_interaction(responder, asking, layout, question, limit=300, is_private=is_private)

            return work

        yield ask


def answering_after(event: threading.Event, testigo: Testigo) -> Callable[[str], Any]:
    """Return a function that answers once something has happened."""

    def answer(question: str) -> Any:
        assert event.wait(10), "it never happened"
        return testigo.answerer.answer(question)

    return answer


async def test_the_numbers_leave_room(lighthouse: Testigo) -> None:
    assert PATIENCE < ACKNOWLEDGE <= 2.5 < DISCORDS_PATIENCE
    assert lighthouse


async def test_a_slow_answer_is_promised_in_time_and_then_sent(
    lighthouse: Testigo, slow_discord: SlowDiscord, asked: Any
) -> None:
    promised = threading.Event()
    slow_discord.hangs = lambda *_: promised.set() is not None
    start = time.monotonic()
    await serve(lighthouse, asked(answering_after(promised, lighthouse)))
    assert slow_discord.types == [5, "PATCH"]
    assert slow_discord.taken[0][0] - start < ACKNOWLEDGE
    assert "4 keepers escaped" in str(slow_discord.taken[1][2])


@pytest.mark.parametrize("is_private", [True, False])
async def test_a_promise_is_as_private_as_the_answer(
    lighthouse: Testigo,
    slow_discord: SlowDiscord,
    asked: Any,
    monkeypatch: pytest.MonkeyPatch,
    is_private: bool,
) -> None:
    monkeypatch.setattr(questions, "PATIENCE", 0.01)
    promised = threading.Event()
    slow_discord.hangs = lambda *_: promised.set() is not None
    await serve(lighthouse, asked(answering_after(promised, lighthouse), is_private=is_private))
    assert bool(slow_discord.taken[0][2].get("data", {}).get("flags", 0) & 64) is is_private


async def test_a_quick_answer_is_not_promised(lighthouse: Testigo, slow_discord: SlowDiscord, asked: Any) -> None:
    await serve(lighthouse, asked(lighthouse.answerer.answer))
    assert slow_discord.types == [4]


async def test_a_discord_that_hangs_is_left_in_time(
    lighthouse: Testigo, slow_discord: SlowDiscord, asked: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "ACKNOWLEDGE", 0.2)
    slow_discord.hangs = lambda *_: True
    meters, seconds = await serve(lighthouse, asked(lighthouse.answerer.answer))
    assert numbers(meters.lost) == {"too late": 1}
    assert slow_discord.taken == []
    assert seconds < 1


async def test_an_answer_that_never_comes_is_told_so(
    lighthouse: Testigo, slow_discord: SlowDiscord, asked: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "PATIENCE", 0.01)
    monkeypatch.setattr(responder, "LATER", 0.1)
    given_up = threading.Event()
    meters, _ = await serve(lighthouse, asked(answering_after(given_up, lighthouse)))
    given_up.set()
    assert numbers(meters.lost) == {"too late": 1}
    assert (slow_discord.types[0], slow_discord.types[-1]) == (5, "POST")
    assert "That took too long" in str(slow_discord.taken[-1][2])


async def test_a_bug_after_the_promise_is_told(
    lighthouse: Testigo, slow_discord: SlowDiscord, asked: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "PATIENCE", 0.01)
    promised = threading.Event()
    slow_discord.hangs = lambda *_: promised.set() is not None

    def fail(_: str) -> Any:
        assert promised.wait(10)
        raise RuntimeError("a bug")

    await serve(lighthouse, asked(fail))
    assert "Something went wrong" in str(slow_discord.taken[-1][2])


async def test_an_error_after_a_public_promise_is_not_shown_to_everybody(
    lighthouse: Testigo, slow_discord: SlowDiscord, asked: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "PATIENCE", 0.01)
    promised = threading.Event()
    slow_discord.hangs = lambda *_: promised.set() is not None

    def fail(_: str) -> Any:
        assert promised.wait(10)
        raise RuntimeError("a bug")

    await serve(lighthouse, asked(fail))
    # The first message after a promise takes its place, and is as public: the promise is to be deleted before.
    assert slow_discord.types == [5, "DELETE", "POST"]


async def test_two_interactions_do_not_wait_for_each_other(
    lighthouse: Testigo, slow_discord: SlowDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "ACKNOWLEDGE", 0.2)

    async def hang(_: Responder) -> None:
        await asyncio.Event().wait()

    async def tell(served: Responder) -> None:
        await served.tell("thanks-rating")

    start = time.monotonic()
    await asyncio.gather(serve(lighthouse, hang), serve(lighthouse, tell))
    assert slow_discord.types == [4]
    assert slow_discord.taken[0][0] - start < 0.2
