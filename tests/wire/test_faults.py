"""The real process survives what Discord and the network do to it, and loses nothing that need not be lost."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import pytest
import pytest_asyncio

from bot.answering.testigo import Testigo
from tests.wire.compression import GARBAGE
from tests.wire.description import IS_PRESENT, problems
from tests.wire.faults import Fault, Status
from tests.wire.payloads import Channel, Payload, snowflake
from tests.wire.process import Process
from tests.wire.reading import said
from tests.wire.scenarios import (
    ASKED,
    BAD_JSON,
    WRITTEN,
    interaction_without_id,
    message_without_author,
    unknown_events,
)
from tests.wire.service import serving, started
from tests.wire.simulator import SimulatedDiscord

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION, ANSWERED = "How many people were killed?", "72"
WITHIN = 60.0
"""Seconds within which the bot answers again, the pauses of the supervisor and of discord.py included."""

Scenario = Callable[[SimulatedDiscord, Process], Awaitable[None]]


async def _answers(discord: SimulatedDiscord) -> None:
    """See that the bot answers a new question."""
    posted = await discord.message(QUESTION, user=discord.user(snowflake()), dm=True)
    [reply] = await posted.reply(timeout=WITHIN)
    assert ANSWERED in said(reply)


async def _connects_anew(discord: SimulatedDiscord, act: Callable[[], Awaitable[None]]) -> None:
    """Act, wait for another connection, and see that a question asked there is answered."""
    before = {id(session.connection) for session in discord.sessions_online()}
    await act()
    await discord.until(
        lambda: [on for on in discord.sessions_online() if id(on.connection) not in before], "connection", WITHIN
    )
    await _answers(discord)


async def _drop(discord: SimulatedDiscord, _: Process) -> None:
    discord.refuse_connections()
    await discord.drop()
    await discord.until(lambda: not discord.sessions_online())
    missed = await discord.message(QUESTION, dm=True)
    asked = await discord.slash("ask", {"question": QUESTION})
    discord.refuse_connections(0)
    assert ANSWERED in said((await missed.reply(timeout=WITHIN))[0])
    assert ANSWERED in said(await asked.answer())
    await _answers(discord)
    _resumed(discord)


def _resumed(discord: SimulatedDiscord) -> None:
    assert [resume.is_accepted for resume in discord.resumes] == [True]
    assert len(discord.identifies) == 1


def _resumes_after(act: Callable[[SimulatedDiscord], Awaitable[None]]) -> Scenario:
    async def scenario(discord: SimulatedDiscord, _: Process) -> None:
        accepted, identified = len(discord.resumes), len(discord.identifies)
        await _connects_anew(discord, lambda: act(discord))
        assert [resume.is_accepted for resume in discord.resumes[accepted:]] == [True]
        assert len(discord.identifies) == identified

    return scenario


def _in_turn(*scenarios: Scenario) -> Scenario:
    async def scenario(discord: SimulatedDiscord, process: Process) -> None:
        for each in scenarios:
            await each(discord, process)

    return scenario


def _begins_anew_after(act: Callable[[SimulatedDiscord], Awaitable[None]]) -> Scenario:
    async def scenario(discord: SimulatedDiscord, _: Process) -> None:
        await _connects_anew(discord, lambda: act(discord))
        assert len(discord.identifies) == 2

    return scenario


async def _dead_heartbeats(discord: SimulatedDiscord, process: Process) -> None:
    events = asyncio.create_task(_chatter(discord))
    try:
        discord.stop_acks()
        await discord.until(lambda: discord.resumes, "resume", WITHIN)
        discord.start_acks()
        await process.line("heartbeats not answered")
        await _answers(discord)
        assert discord.resumes[0].is_accepted
        assert len(discord.identifies) == 1
    finally:
        events.cancel()


async def _chatter(discord: SimulatedDiscord) -> None:
    """Let events flow: a heartbeat of the bot is the clock, so that nothing sleeps."""
    while True:
        count = len(discord.heartbeats)
        await discord.message("talk among people")
        await discord.until(lambda count=count: len(discord.heartbeats) > count, "heartbeat", WITHIN)


def _after_event(send: Callable[[SimulatedDiscord], Awaitable[None]]) -> Scenario:
    async def scenario(discord: SimulatedDiscord, process: Process) -> None:
        connection = discord.sessions_online()[0].connection
        await send(discord)
        # It either stays, or comes back: a question is only put once that is decided.
        posted = await discord.message(QUESTION, dm=True)
        session = discord.sessions_online()
        if session and session[0].connection is connection:
            replied = asyncio.ensure_future(posted.reply(timeout=WITHIN))
            ended = asyncio.ensure_future(discord.until(lambda: _is_gone(discord, connection), "end", WITHIN))
            await asyncio.wait([replied, ended], return_when=asyncio.FIRST_COMPLETED)
            ended.cancel()
            is_answered = replied.done() and replied.exception() is None
            replied.cancel()
            await asyncio.gather(ended, replied, return_exceptions=True)
            if is_answered:
                return
        await discord.connected(timeout=WITHIN)
        await _answers(discord)
        assert not [line for line in process.lines if QUESTION in line]

    return scenario


def _is_gone(discord: SimulatedDiscord, connection: object) -> bool:
    return all(session.connection is not connection for session in discord.sessions_online())


async def _unknown_event(discord: SimulatedDiscord, _: Process) -> None:
    await unknown_events(discord)
    await _answers(discord)
    assert len(discord.identifies) == 1


async def _duplicated(discord: SimulatedDiscord, _: Process) -> None:
    posted = await discord.message(QUESTION, user=discord.user("twice"), dm=True)
    await discord.publish(posted.channel, posted.payload)
    asked = await discord.slash("ask", {"question": QUESTION})
    await discord.dispatch("INTERACTION_CREATE", asked.payload)
    await asked.answer()
    await posted.reply()
    await discord.request("POST", f"/interactions/{asked.id}/*", count=2)
    await _answers(discord)
    assert len(discord.sent_so_far(posted.channel)) == 1
    assert len(discord.requested("POST", f"/channels/{posted.channel.id}/messages")) == 1
    assert len([message for message in discord.sent_so_far(asked.channel) if message["id"] == asked.original_id]) == 1
    assert len(asked.followups) == 0, "the person sees one answer, and no word of an error"


# The ways to which a gateway may go, each in a process of its own.
GATEWAY: Mapping[str, Scenario] = {
    "a drop": _in_turn(
        _drop,
        _resumes_after(lambda discord: discord.send_op(7)),
        _resumes_after(lambda discord: discord.invalid_session(resumable=True)),
        _resumes_after(lambda discord: discord.close(1000)),
        _resumes_after(lambda discord: discord.close(1001)),
        _resumes_after(lambda discord: discord.close(4000)),
        _resumes_after(lambda discord: discord.close(4008)),
        _unknown_event,
        _duplicated,
    ),
    "op 9 false": _begins_anew_after(lambda discord: discord.invalid_session(resumable=False)),
    "close 4007": _begins_anew_after(lambda discord: discord.close(4007)),
    "close 4009": _begins_anew_after(lambda discord: discord.close(4009)),
    "dead heartbeats": _dead_heartbeats,
    "a frame that is no JSON": _resumes_after(lambda discord: discord.send_raw(BAD_JSON)),
    "a frame that cannot be decompressed": _resumes_after(lambda discord: discord.send_bytes(GARBAGE)),
    "an interaction without its id": _after_event(interaction_without_id),
    "a message without its author": _after_event(message_without_author),
    "a first connection refused": _in_turn(),
}


async def _ask(discord: SimulatedDiscord, *faults: Fault) -> tuple[Payload | None, int, float]:
    """Ask with faults in the way; return the answer if there is one, the attempts, and the seconds until both stand."""
    key = snowflake()
    discord.fail("POST", f"/interactions/{key}/*", *faults)
    started_at = time.monotonic()
    user = discord.user(f"asks {key}")
    asked = await discord.slash("ask", {"question": QUESTION}, interaction_id=key, user=user, guild=False)
    try:
        answer = await asked.answer(timeout=4.0)
    except TimeoutError:
        answer = None
    assert len(discord.sent_so_far(asked.channel)) <= 1, "never twice"
    attempts = discord.requested("POST", f"/interactions/{key}/*")
    return answer, len(attempts), max(attempt.at for attempt in attempts) - started_at


async def _write(discord: SimulatedDiscord, *faults: Fault) -> tuple[list[Payload], int]:
    """Send a direct message with faults in the way; return the answers, and the attempts."""
    user = discord.user(f"writes {snowflake()}")
    path = f"/channels/{discord.private_channel(user).id}/messages"
    discord.fail("POST", path, *faults)
    posted = await discord.message(QUESTION, user=user, dm=True)
    with suppress(TimeoutError):
        await posted.reply(timeout=12.0)
    return discord.sent_so_far(posted.channel), len(discord.requested("POST", path))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worlds() -> list[SimulatedDiscord]:
    """Return every Discord of this module, for what was sent there."""
    return []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def gateway(
    cache: Path, testigo: Testigo, worlds: list[SimulatedDiscord]
) -> AsyncGenerator[Mapping[str, asyncio.Task[None]], None]:
    """Go through the scenarios of the gateway at the same time, for most of each is waiting."""
    del testigo
    free = asyncio.Semaphore(3)

    async def through(name: str, scenario: Scenario) -> None:
        seconds = 0.4 if name == "dead heartbeats" else 41.25
        async with SimulatedDiscord(heartbeat_seconds=seconds) as discord:
            worlds.append(discord)
            if name == "a first connection refused":
                discord.refuse_connections(1)
            async with AsyncExitStack() as stack:
                async with free:
                    process = await stack.enter_async_context(started(discord, cache))
                    await discord.connected(timeout=WITHIN)
                await scenario(discord, process)
                await _answers(discord)
                assert not [line for line in process.lines if discord.token in line]

    tasks = {name: asyncio.create_task(through(name, scenario)) for name, scenario in GATEWAY.items()}
    yield tasks
    for task in tasks.values():
        task.cancel()
    await asyncio.gather(*tasks.values(), return_exceptions=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def discord(
    cache: Path, testigo: Testigo, worlds: list[SimulatedDiscord]
) -> AsyncGenerator[SimulatedDiscord, None]:
    """Open a Discord whose REST interface fails, with a bot that must still be there at the end."""
    del testigo
    async with SimulatedDiscord(guilds=3) as simulated, serving(simulated, cache):
        worlds.append(simulated)
        yield simulated
        await _answers(simulated)
        assert len(simulated.identifies) == 1


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def asked(discord: SimulatedDiscord) -> AsyncGenerator[Mapping[str, asyncio.Task[tuple]], None]:
    """Ask with each fault in the way, all at the same time."""
    tasks = {name: asyncio.create_task(_ask(discord, *faults)) for name, (faults, _) in ASKED.items()}
    yield tasks
    await asyncio.gather(*tasks.values(), return_exceptions=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def written(discord: SimulatedDiscord) -> AsyncGenerator[Mapping[str, asyncio.Task[tuple]], None]:
    """Write with each fault in the way, all at the same time."""
    tasks = {name: asyncio.create_task(_write(discord, *faults)) for name, (faults, _) in WRITTEN.items()}
    yield tasks
    await asyncio.gather(*tasks.values(), return_exceptions=True)


@pytest.mark.parametrize("name", ASKED)
async def test_a_command_is_answered_or_lost_in_time_and_never_answered_twice(
    gateway: object, written: object, asked: Mapping[str, asyncio.Task[tuple]], name: str
) -> None:
    del gateway, written  # they go on meanwhile
    answer, attempts, seconds = await asked[name]
    assert (answer is not None and ANSWERED in said(answer)) == ASKED[name][1]
    assert seconds <= 2.5, "no attempt after Discord has given up"
    if name in ("10062", "40060"):
        assert attempts == 1, "counted, and not tried again"


@pytest.mark.parametrize("name", WRITTEN)
async def test_a_message_is_answered_or_lost_and_never_answered_twice(
    written: Mapping[str, asyncio.Task[tuple]], name: str
) -> None:
    answers, attempts = await written[name]
    assert len(answers) == WRITTEN[name][1]
    assert attempts <= 4


@pytest.mark.parametrize(("code", "guild"), [(50001, 0), (50013, 1)])
async def test_where_the_bot_may_not_write_the_person_is_told_privately(
    discord: SimulatedDiscord, testigo: Testigo, code: int, guild: int
) -> None:
    channel: Channel = discord.guilds[guild].channels[0]
    user = discord.user(f"mentions {code}")
    discord.fail("POST", f"/channels/{channel.id}/messages", *[Status(403, code)] * 3)
    posted = await discord.message(QUESTION, user=user, channel=channel, mentions_bot=True)
    why, answer = await discord.sent(discord.private_channel(user), count=2)
    assert testigo.strings["en"].text("cannot-write")[:30] in said(why)
    assert ANSWERED in said(answer)
    assert discord.sent_so_far(channel, after=posted.payload) == []


async def test_who_takes_no_direct_messages_is_left_alone(discord: SimulatedDiscord) -> None:
    channel, user = discord.guilds[2].channels[0], discord.user("closed")
    private = f"/channels/{discord.private_channel(user).id}/messages"
    discord.fail("POST", f"/channels/{channel.id}/messages", *[Status(403, 50013)] * 3)
    discord.fail("POST", private, *[Status(403, 50007)] * 3)
    await discord.message(QUESTION, user=user, channel=channel, mentions_bot=True)
    await discord.request("POST", private)
    await _answers(discord)
    assert len(discord.requested("POST", private)) == 1


@pytest.mark.parametrize("name", GATEWAY)
async def test_the_process_survives_the_gateway(gateway: Mapping[str, asyncio.Task[None]], name: str) -> None:
    await gateway[name]


@pytest.mark.skipif(not IS_PRESENT, reason="Discord's description is not beside this project")
async def test_all_that_was_sent_fits_discords_description(worlds: list[SimulatedDiscord]) -> None:
    assert problems(request for discord in worlds for request in discord.requests) == []
    assert [request for discord in worlds for request in discord.unknown_routes] == []
