"""Another process sees whether the bot lives, and what it does."""

import asyncio
import signal
import sys
import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.answering.testigo import Testigo
from tests.wire.databases import unused_port
from tests.wire.service import serving, started
from tests.wire.simulator import SimulatedDiscord

pytestmark = pytest.mark.asyncio

HEALTH = (sys.executable, "-m", "bot", "health")


async def health(discord: SimulatedDiscord, cache: Path) -> int:
    """Return what a container's engine would be told."""
    async with started(discord, cache, HEALTH) as process:
        return await process.exited()


async def meters(port: int) -> dict[tuple[str, ...], float]:
    """Read the meters as Prometheus does."""
    with await asyncio.to_thread(urllib.request.urlopen, f"http://127.0.0.1:{port}/metrics", timeout=10) as response:
        families = list(text_string_to_metric_families(response.read().decode()))
    return {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}


async def test_a_bot_is_alive_and_measured_also_while_discord_is_away(cache: Path, testigo: Testigo) -> None:
    port = unused_port()
    async with SimulatedDiscord() as discord, serving(discord, cache, TESTIGO_METRICS_PORT=str(port)) as process:
        await (await discord.slash("ask", {"question": "How many people were killed?"})).answer()
        await (await discord.message("How many people were killed?", dm=True)).reply()
        found = await meters(port)
        assert found["testigo_interactions_total", "command", "answered"] == 1
        assert found["testigo_questions_total", "answer"] == 2
        assert found["testigo_rest_requests_total", "POST /interactions/:id/:token/callback", "200"] == 1
        assert found["testigo_rest_requests_total", "POST /channels/:id/messages", "200"] == 1
        assert (found["testigo_connected",], found["testigo_identifies_total",]) == (1, 1)
        assert found["testigo_acknowledgement_seconds_count",] == found["testigo_matching_seconds_count",] == 1
        assert found["testigo_identifies_left",] == 999
        assert ("testigo_knowledge_info", testigo.knowledge.version) in found
        assert await health(discord, cache) == 0

        discord.refuse_connections()
        await discord.close(4000)
        await discord.until(lambda: not discord.sessions_online())
        async with asyncio.timeout(10):
            while (found := await meters(port))["testigo_connected",]:
                pass
        assert found["testigo_reconnects_total", "4000"] == 1
        assert await health(discord, cache) == 0, "an outage of Discord is no illness"

        process.send_signal(signal.SIGTERM)
        assert await process.exited() == 0
        assert await health(discord, cache) == 1


async def test_a_port_that_is_taken_ends_the_start_with_one_line(cache: Path, testigo: Testigo) -> None:
    del testigo
    async with SimulatedDiscord() as discord:
        taken = discord.api.rpartition(":")[2].partition("/")[0]
        async with started(discord, cache, TESTIGO_METRICS_PORT=taken) as process:
            assert await process.exited() == 2
    assert process.lines[-1].startswith("testigo: TESTIGO_METRICS_PORT: ")
