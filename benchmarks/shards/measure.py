"""Run the processes, disturb them, and print what came of it."""

import asyncio
import itertools
import random
import tempfile
import time
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import Progress

from benchmarks.crowd import questions_that_fit
from benchmarks.figures import Row, print_rows
from benchmarks.shards.fleet import Fleet
from benchmarks.shards.traffic import Traffic
from benchmarks.shards.watch import Watch
from bot.app import data_folder, open_testigo
from bot.knowledge.loading import load_knowledge
from bot.settings import Settings
from bot.storage.identify_gate import APART
from tests.storage.servers import PostgresServer, open_postgres
from tests.wire.simulator import SimulatedDiscord

RATE = 50.0
"""Questions a second, over all shards."""

KILL_FIRST = 10.0
KILL_EVERY = 60.0
RESTART_FIRST = 20.0
LONG = 600.0
"""Seconds from which on the database is restarted twice, else once."""

SETTLED = 60.0
"""Seconds of a process's life after which its memory should not grow."""

BACK = 15.0
SECRET = "the secret of the processes that are measured"
SEED = 72


def measure_shards(settings: Settings, minutes: float, count: int) -> bool:
    """Run `count` processes for so many minutes, the start included; return whether every goal was reached."""
    open_testigo(settings)  # the processes find the index in the cache
    with open_postgres() as server:
        return asyncio.run(_measure(settings, minutes * 60, count, server))


async def _measure(settings: Settings, seconds: float, count: int, server: PostgresServer) -> bool:
    await server.run("CREATE DATABASE shards")
    began = time.monotonic()
    questions = [text for text, _ in questions_that_fit(load_knowledge(data_folder(settings)))]
    with tempfile.TemporaryDirectory(prefix="testigo-shards-") as folder:
        chosen = {
            "TESTIGO_DATABASE_URL": server.address("shards"),
            "TESTIGO_SECRET": SECRET,
            "TESTIGO_LOG_LEVEL": "WARNING",
            "TESTIGO_INDEX": str(settings.cache.resolve()),
            "XDG_DATA_HOME": folder,
        }
        async with SimulatedDiscord(guilds=4 * count, shards=count) as discord:
            fleet = Fleet(discord, Path(folder), count, chosen)
            fleet.start()
            await discord.connected(count, timeout=60 + count * 2 * APART)
            up = time.monotonic()
            traffic, watch = Traffic(discord, questions, RATE), Watch(discord, fleet)
            tasks = [asyncio.create_task(each.run()) for each in (traffic, watch)]
            with Progress(console=Console(stderr=True), transient=True) as progress:
                showing = asyncio.create_task(_show(progress, count, began, seconds))
                await _disturb(server, fleet, watch, count, began + seconds)
                showing.cancel()
            tasks[0].cancel()
            await traffic.settle()
            tasks[1].cancel()
            await asyncio.gather(*tasks, showing, return_exceptions=True)
            await fleet.stop()
            rows = [
                Row(f"{count} processes up, sessions 5 s apart", "", f"{up - began:.0f} s"),
                *_session_rows(discord, watch),
                *_answer_rows(traffic),
                *_memory_rows(fleet),
            ]
    for line in fleet.unexpected:
        print(line)
    return print_rows(f"{count} processes, {seconds / 60:g} minutes", rows)


async def _show(progress: Progress, count: int, began: float, seconds: float) -> None:
    bar = progress.add_task(f"{count} processes", total=seconds)
    while True:
        progress.update(bar, completed=time.monotonic() - began)
        await asyncio.sleep(1)


async def _disturb(server: PostgresServer, fleet: Fleet, watch: Watch, count: int, end: float) -> None:
    """Kill a process every minute, and restart the database once or, in a long run, twice."""
    start = time.monotonic()
    left, chance = end - start, random.Random(SEED)
    moments = [(start + KILL_FIRST + KILL_EVERY * number, "kill -9") for number in range(int(left / KILL_EVERY) + 1)]
    restarts = [left / 3, left * 2 / 3] if left > LONG else [RESTART_FIRST]
    moments += [(start + each, "PostgreSQL restarted") for each in restarts]
    for moment, what in sorted(moments):
        if moment > end - BACK:
            break
        await asyncio.sleep(max(0.0, moment - time.monotonic()))
        if what == "kill -9":
            shard = chance.randrange(count)
            watch.disturbed(what, frozenset({shard}))
            fleet.kill(shard)
        else:
            watch.disturbed(what, frozenset(range(count)))
            await server.restart()
    await asyncio.sleep(max(0.0, end - time.monotonic()))


def _session_rows(discord: SimulatedDiscord, watch: Watch) -> list[Row]:
    moments = sorted(each.at for each in discord.identifies)
    gap = min(later - earlier for earlier, later in itertools.pairwise(moments))
    rows = [
        Row("smallest gap between two identifies", "5 s", f"{gap:.2f} s", gap >= 5),
        Row("two processes that are one shard", "0", str(watch.double_owners), watch.double_owners == 0),
    ]
    for what in ("kill -9", "PostgreSQL restarted"):
        found = [each for each in watch.disturbances if each.what == what]
        missing = sum(len(each.shards - each.back.keys()) for each in found)
        waits = [(moment - each.at, watch.queue(each, shard)) for each in found for shard, moment in each.back.items()]
        longest, queue = max(waits, default=(0.0, 0))
        beyond = max((seconds - APART * before for seconds, before in waits), default=0.0)
        rows += [
            Row(f"{what}: how often", "", str(len(found))),
            Row("  the slowest shard was back after (behind so many)", "", f"{longest:.1f} s ({queue})"),
            Row("  the same without the queue", f"{BACK:g} s", f"{beyond:.1f} s", beyond <= BACK),
            Row("  shards that were not back", "0", str(missing), missing == 0),
        ]
    return rows


def _answer_rows(traffic: Traffic) -> list[Row]:
    numbers = [(traffic.answers(each), each.was_connected) for each in traffic.asked]
    double = sum(number > 1 for number, _ in numbers)
    answered = sum(number > 0 for number, _ in numbers)
    lost = sum(number == 0 and was_connected for number, was_connected in numbers)
    return [
        Row(f"questions at {RATE:g} a second, answered", "", f"{len(numbers)}, {answered}"),
        Row("  answered twice", "0", str(double), double == 0),
        Row("  not answered though the shard had a connection", "", str(lost)),
        Row("  asked while the shard had none", "", str(sum(not was_connected for _, was_connected in numbers))),
        Row("  messages delivered twice", "", str(traffic.repeated)),
    ]


def _memory_rows(fleet: Fleet) -> list[Row]:
    """Fit a line to the memory of each process that lived long enough."""
    most, slopes = 0.0, list[float]()
    for life in itertools.chain.from_iterable(fleet.lives.values()):
        if not life.memory:
            continue
        seconds, memory = np.array(life.memory).T
        most = max(most, float(memory.max()))
        is_settled = seconds > life.began + SETTLED
        if is_settled.any() and np.ptp(seconds[is_settled]) > LONG / 2:
            slope, _ = np.polyfit(seconds[is_settled] / 3600, memory[is_settled], 1)
            slopes.append(float(slope))
    rows = [Row("most memory of a process", "350 MB", f"{most:.0f} MB", most <= 350)]
    if slopes:
        median = float(np.median(slopes))
        told = f"{median:+.1f} MB an hour ({len(slopes)} processes: {min(slopes):+.1f} to {max(slopes):+.1f})"
        rows.append(Row("  its slope, median", "about 0", told))
    unexpected = len(fleet.unexpected)
    return [*rows, Row("processes that ended by themselves, or logged a bug", "0", str(unexpected), unexpected == 0)]
