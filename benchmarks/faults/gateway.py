"""The faults of the gateway."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial

from benchmarks.faults.cases import Case, Inject, Story
from benchmarks.faults.house import START_SECONDS, House, opened_house
from benchmarks.faults.stream import Stream
from tests.wire.compression import GARBAGE, HAS_ZSTD
from tests.wire.scenarios import BAD_JSON, interaction_without_id, message_without_author, unknown_events
from tests.wire.simulator import SimulatedDiscord

PART = "Gateway"
REFUSED = 3
"""The exit status when Discord refuses for good."""

REPLAY_SECONDS = 15.0


def gateway_stories() -> list[Story]:
    """Return the stories."""
    shared = (
        Case("TCP abort", _do(lambda discord: discord.drop())),
        Case("op 7, reconnect", _do(lambda discord: discord.send_op(7))),
        Case("op 9 true", _do(lambda discord: discord.invalid_session(resumable=True))),
        Case("op 9 false", _do(lambda discord: discord.invalid_session(resumable=False)), ends_session=True),
        *(Case(f"close {code}", _close(code)) for code in (1000, 1001, 4000, 4008)),
        *(Case(f"close {code}", _close(code), ends_session=True) for code in (4007, 4009)),
        Case("an interaction without its id", _do(interaction_without_id)),
        Case("a message without its author", _do(message_without_author)),
        Case("unknown event and operation", _do(unknown_events)),
        Case("every event twice", _duplicate),
        Case("outage of 5 s", partial(_outage, 5)),
    )
    alone = [
        Case("bad JSON", _do(lambda discord: discord.send_raw(BAD_JSON))),
        Case("bad zlib", _do(lambda discord: discord.send_bytes(GARBAGE))),
        Case("direct message replayed after a restart", _replay),
    ]
    stories = [Story(PART, shared, opened_house)]
    stories += [Story(PART, [case], opened_house) for case in alone]
    if HAS_ZSTD:
        zstd = Case("bad zstd", _do(lambda discord: discord.send_bytes(GARBAGE)))
        opened = partial(opened_house, settings={"SIMULATED_DISCORD_COMPRESSION": "zstd-stream"})
        stories.append(Story(PART, [zstd], opened))
    first = Case("first connection refused", _refuse_first, ends_session=True)
    fatal = (
        Case(f"close {code}, fatal", partial(_refuse, code), is_fatal=True) for code in (4004, 4010, 4011, 4013, 4014)
    )
    stories += [Story(PART, [case], partial(opened_house, starts=False)) for case in (first, *fatal)]
    stories += [
        Story(PART, [Case(name, inject, patience=patience, is_long=True)], opened_house, is_aside=True)
        for name, inject, patience in (
            ("silence, half-open", _silence, 120.0),
            ("outage of 60 s", partial(_outage, 60), 120.0),
            ("outage of 300 s", partial(_outage, 300), 150.0),
        )
    ]
    return stories


def _do(act: Callable[[SimulatedDiscord], Awaitable[None]]) -> Inject:
    async def inject(house: House, stream: Stream) -> None:
        stream.end()
        await act(house.discord)

    return inject


def _close(code: int) -> Inject:
    return _do(lambda discord: discord.close(code))


async def _outage(seconds: float, house: House, stream: Stream) -> None:
    began = time.monotonic()
    house.discord.refuse_connections()
    await house.discord.drop()
    await asyncio.sleep(seconds)
    house.discord.refuse_connections(0)
    stream.outages.append((began, time.monotonic()))


async def _silence(house: House, stream: Stream) -> None:
    stream.end()
    house.discord.silence()


async def _duplicate(house: House, stream: Stream) -> None:
    discord = house.discord
    for _ in range(5):
        written, asked = await stream.write(), await stream.command()
        await discord.publish(written.asked.channel, written.asked.payload)
        await discord.dispatch("INTERACTION_CREATE", asked.asked.payload)


async def _replay(house: House, stream: Stream) -> None:
    discord = house.discord
    written = await stream.write()
    await discord.sent(written.asked.channel, after=written.asked.payload, timeout=REPLAY_SECONDS)
    await house.kill()
    stream.end()
    await house.start()
    # Discord itself knows a nonce for some minutes only: the bot must not count on it.
    written.asked.channel.nonces.clear()
    await discord.publish(written.asked.channel, written.asked.payload)


async def _refuse_first(house: House, stream: Stream) -> None:
    house.discord.refuse_connections(1)
    await house.launch()
    await house.discord.until(lambda: not house.discord.is_refusing, "first connection", START_SECONDS)
    stream.end()
    await house.discord.connected(timeout=START_SECONDS)


async def _refuse(code: int, house: House, stream: Stream) -> None:
    del stream  # nobody can ask
    house.discord.refuse_identifies(code)
    await house.launch()
    status = await house.process.exited(START_SECONDS)
    told = [line for line in house.process.errors if line.startswith("testigo: ")]
    assert len(told) == 1, f"{len(told)} lines told why it ended"
    assert len(house.discord.identifies) == 1, f"it identified {len(house.discord.identifies)} times"
    assert status == REFUSED, f"it ended with status {status}, not {REFUSED}"
