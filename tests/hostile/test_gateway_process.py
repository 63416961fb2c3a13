"""The real process takes a thousand broken events in a row, and answers the next question."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from bot.answering.testigo import Testigo
from tests.conftest import LIGHTHOUSE
from tests.hostile.examining import collected
from tests.hostile.gateway import ANSWERED, LOGGED, QUESTION
from tests.hostile.mutations import spoilt
from tests.hostile.strategies import MARK
from tests.wire.description import IS_PRESENT, problems
from tests.wire.payloads import snowflake
from tests.wire.reading import parts, said
from tests.wire.service import new_cache, serving
from tests.wire.simulator import SimulatedDiscord
from tests.wire.world import Interaction

Event = tuple[str, Any]

EVENTS = 1000


async def _events(discord: SimulatedDiscord) -> Sequence[Event]:
    """Return an event of each kind, as Discord sends it."""
    text, options = f"{MARK} {QUESTION}", {"question": f"{MARK} {QUESTION}"}
    posted = await discord.message(text, mentions_bot=True)
    direct = await discord.message(text, dm=True)
    [reply] = await direct.reply()
    acted = [
        await discord.slash("ask", options),
        await discord.autocomplete("ask", options),
        await discord.message_command("Answer this question", posted),
        *[await discord.press(part["custom_id"], reply) for part in parts(reply) if "custom_id" in part],
    ]
    for each in acted:
        await each.response()
    guild = discord.guild
    return (
        *(("INTERACTION_CREATE", each.payload) for each in acted),
        ("MESSAGE_CREATE", {**posted.payload, "guild_id": guild.id, "member": guild.member(discord.user())}),
        ("MESSAGE_CREATE", direct.payload),
        ("GUILD_CREATE", guild.payload(discord.bot)),
        ("GUILD_DELETE", {"id": "1", "unavailable": False}),
        ("CHANNEL_UPDATE", discord.channel.payload),
        ("SOMETHING_OF_NEXT_YEAR", posted.payload),
    )


def _spoilt(events: Sequence[Event]) -> st.SearchStrategy[Event]:
    numbers = st.sampled_from(range(len(events)))
    return numbers.flatmap(lambda number: st.tuples(st.just(events[number][0]), spoilt(events[number][1])))


def _frame(discord: SimulatedDiscord, event: Event) -> str:
    """Return an event as a frame, as if it came for the first time; without a number, so that the session goes on."""
    name, payload = event
    if isinstance(payload, dict) and isinstance(payload.get("id"), str) and name.endswith("_CREATE"):
        payload = {**payload, "id": snowflake()} if not name.startswith("GUILD") else payload
        if isinstance(payload.get("token"), str):
            payload["token"] = f"interaction-{payload['id']}"
            whole = list(discord.interactions.values())[-1].payload  # a press, which has a message too
            interaction = Interaction(payload["id"], payload["token"], whole, discord.user(), discord.channel)
            discord.interactions[interaction.token] = interaction
    return json.dumps({"op": 0, "s": None, "t": name, "d": payload})


@pytest.mark.asyncio
async def test_the_process_lives_through_a_thousand_broken_events(
    cache: Path, tmp_path: Path, lighthouse: Testigo
) -> None:
    del lighthouse  # its index is cached
    async with SimulatedDiscord() as discord:
        settings = {"TESTIGO_DATA": str(LIGHTHOUSE), "TESTIGO_LOG_FORMAT": "json"}
        async with serving(discord, new_cache(cache, tmp_path / "cache"), **settings) as process:
            for event in collected(_spoilt(await _events(discord)), EVENTS):
                await discord.send_raw(_frame(discord, event))
            posted = await discord.message(QUESTION, user=discord.user("next"), dm=True)
            assert ANSWERED in said((await posted.reply(timeout=40))[0])
            assert (len(discord.identifies), discord.resumes) == (1, [])
            errors = [json.loads(line) for line in process.errors if '"level": "error"' in line]
            assert [error for error in errors if not error["event"].startswith(LOGGED)] == []
            assert [line for line in process.lines if MARK in line] == []
        bodies = json.dumps([request.body for request in discord.requests])
        assert MARK not in bodies
        if IS_PRESENT:
            assert problems(discord.requests) == []
