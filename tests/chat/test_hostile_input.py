"""Whatever people write: no exception, no echo, no ping, and little time."""

import logging
import time
from typing import Any

import pytest

from bot.chat.codes import code
from tests.chat.hostile import LONG, MARK, WRITTEN
from tests.chat.payloads import all_text
from tests.chat.world import World

pytestmark = pytest.mark.asyncio

EVERYTHING = {**WRITTEN, **{f"long {name}": text for name, text in LONG.items()}}
SECONDS = 0.05
"""Of processor time on every entry point, by our requirements."""

MAX_CONTENT = 1900
"""Characters of a message beside a mention."""


def assert_calm(world: World, name: str, caplog: pytest.LogCaptureFixture, *, after: int) -> None:
    """Assert that the bot answered, repeated nothing and met no bug; `after` requests had been made before."""
    text = EVERYTHING[name]
    bodies = world.bodies[after:]
    sent = all_text(bodies)
    assert bodies, f"{name}: nothing was answered"
    assert MARK not in sent, name
    assert "evil.example" not in sent, name
    assert text not in sent, name
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == [], name
    assert MARK not in caplog.text, name


async def by_command(world: World, text: str) -> None:
    await world.ask(text)


async def by_suggestion(world: World, text: str) -> None:
    await world.ada.autocomplete(world.channel, "ask", "question", text)


async def by_direct_message(world: World, text: str) -> None:
    await world.ada.send_dm(text[:MAX_CONTENT])


async def by_mention(world: World, text: str) -> None:
    await world.ada.send(world.channel, f"{world.me} {text[:MAX_CONTENT]}")
    assert world.said[-1].mentions == []
    assert not world.said[-1].mention_everyone


async def by_follow_up(world: World, text: str) -> None:
    await world.submit(f"followed-up:en:{code('victims-total')}", question=text[:4000])


async def by_report(world: World, text: str) -> None:
    await world.submit(f"reported:en:{code('victims-total')}", reason="wrong", note=text[:4000])


async def by_reason(world: World, text: str) -> None:
    await world.submit(f"reported:en:{code('victims-total')}", reason=text[:4000])


async def by_message_command(world: World, text: str) -> None:
    message = await world.ben.send(world.channel, text[:MAX_CONTENT])
    await world.ada.context_menu(world.channel, "Answer this question", message)


async def by_language(world: World, text: str) -> None:
    data: dict[str, Any] = {"id": world.command_id("ask"), "name": "ask", "type": 1}
    options = [{"name": "question", "type": 3, "value": "women"}, {"name": "language", "type": 3, "value": text}]
    await world.interact(2, {**data, "options": options})


@pytest.mark.parametrize(
    "enter",
    [
        by_command,
        by_suggestion,
        by_direct_message,
        by_mention,
        by_follow_up,
        by_report,
        by_reason,
        by_message_command,
        by_language,
    ],
)
async def test_every_way_in_takes_anything(world: World, caplog: pytest.LogCaptureFixture, enter: Any) -> None:
    caplog.set_level(logging.INFO)
    for name, text in EVERYTHING.items():
        after = len(world.bodies)
        await enter(world, text)
        assert_calm(world, name, caplog, after=after)


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
async def test_six_thousand_characters_cost_little(world: World, text: str) -> None:
    async def cost(question: str) -> float:
        start = time.process_time()
        await world.ask(question)
        return time.process_time() - start

    usual = min([await cost("x" * 301) for _ in range(3)])
    assert min([await cost(text) for _ in range(3)]) < usual + SECONDS
