"""Load the service, one process on one core, to its limit and beyond, and start it anew under load."""

import asyncio
import itertools
import os
import random
import signal
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import numpy as np
from prometheus_client.parser import text_string_to_metric_families
from rich.console import Console
from rich.progress import Progress

from benchmarks.crowd import (
    SEED,
    Asked,
    Crowd,
    latencies_of,
    questions_that_fit,
    repeated,
    running_bot,
    settled,
    without_collection,
    worded_anew,
)
from benchmarks.figures import Row, print_rows
from benchmarks.processes import megabytes
from bot.app import data_folder, language_folders, open_testigo
from bot.knowledge.loading import load_knowledge
from bot.knowledge.strings import load_strings
from bot.settings import Settings
from tests.wire.databases import unused_port
from tests.wire.service import started
from tests.wire.simulator import SimulatedDiscord
from tests.wire.world import Interaction

CORE = 0
"""The core of the bot; the simulated Discord takes another where there is one."""

STEPS = (100, 200, 300, 400, 500, 600)
STEP = 15.0
"""Questions a second, and seconds of each step on the way to the limit."""

ANEW = 200.0
"""Different questions a second that are more than one process answers."""

ALLOWED_REFUSALS = 0.001
STARTS = 5
RESTARTS = 3
LATE = 2.5


def time_load(settings: Settings, questions: int) -> bool:
    """Print the figures under load, each with its goal; `questions` are asked for the memory."""
    open_testigo(settings)  # the process finds the index in the cache
    return asyncio.run(_measure(settings, questions))


async def _measure(settings: Settings, count: int) -> bool:
    knowledge = load_knowledge(data_folder(settings))
    strings = load_strings(language_folders(settings), knowledge.languages)
    questions = questions_that_fit(knowledge)
    busy = [strings[language].text("busy") for language in knowledge.languages]
    rows: list[Row] = []
    with Progress(console=Console(stderr=True), transient=True) as progress, without_collection():
        rows += await _starts(settings, progress)
        port = unused_port()
        async with (
            SimulatedDiscord() as discord,
            running_bot(discord, settings, TESTIGO_METRICS_PORT=str(port)) as process,
        ):
            _take_cores(process.pid)
            load = Load(Crowd(discord, busy), process.pid, port, progress)
            await load.ask(questions[:200], 50)
            rows += await load.lag(questions)
            rows += await load.limit(questions)
            rows += await load.overload(worded_anew(questions, 12_000))
            rows += await load.memory(questions, count)
        rows += await _restarts(settings, questions, busy, progress)
    return print_rows("The service under load: one process on one core", rows)


class Load:
    """Asks one process, evenly, whether or not the questions before were answered."""

    def __init__(self, crowd: Crowd, pid: int, port: int, progress: Progress) -> None:
        self._crowd = crowd
        self._pid = pid
        self._port = port
        self._progress = progress

    async def ask(self, questions: Sequence[Asked], rate: float) -> list[Interaction]:
        """Ask so many questions a second, and wait until each has its response or can have none."""
        interactions: list[Interaction] = []
        start = time.monotonic()
        for number, question in enumerate(self._progress.track(questions, description=f"{rate:g} a second")):
            await asyncio.sleep(max(0.0, start + number / rate - time.monotonic()))
            interactions.append(await self._crowd.ask(question))
        await settled(interactions)
        return interactions

    async def lag(self, questions: Sequence[Asked]) -> list[Row]:
        """Return how late the loop is at 100 questions a second, from the bot's own meter."""
        before = await self._lags()
        await self.ask(repeated(questions, round(100 * 2 * STEP)), 100)
        after = await self._lags()
        counts = {bound: number - before[bound] for bound, number in after.items()}
        total = counts[float("inf")]

        p99, longest = (
            min(bound for bound, number in counts.items() if number >= share * total) for share in (0.99, 1)
        )
        return [
            Row("event loop's lag at 100 a second: p99 up to", "50 ms", f"{p99 * 1000:g} ms", p99 <= 0.05),
            Row("  the longest up to", "250 ms", f"{longest * 1000:g} ms", longest <= 0.25),
        ]

    async def limit(self, questions: Sequence[Asked]) -> list[Row]:
        """Return the p99 at each pace, and the greatest pace at which nobody is refused or late."""
        rows, reached = list[Row](), 0
        for rate in STEPS:
            asked = repeated(questions, round(rate * STEP))
            start = time.monotonic()
            interactions = await self.ask(asked, rate)
            refused = sum(map(self._crowd.is_refused, interactions))
            latencies = latencies_of(interactions)
            pace = len(asked) / (max(each.sent_at for each in interactions) - start)
            p99 = float(np.percentile(latencies, 99))
            late = sum(latency > LATE for latency in latencies) + len(asked) - len(latencies)
            told = f"p99 {p99 * 1000:.0f} ms, {refused} refused, {late} late; asked at {pace:.0f} a second"
            goal = ("p99 250 ms", p99 <= 0.25) if rate == 200 else ("", None)
            rows.append(Row(f"{rate} a second for {STEP:g} s", goal[0], told, goal[1]))
            if late or refused > ALLOWED_REFUSALS * len(asked):
                break
            reached = round(pace)
        return [Row("questions a second that are all answered", "300", str(reached), reached >= 297), *rows]

    async def overload(self, questions: Sequence[Asked]) -> list[Row]:
        """Find out how many different questions a second are answered, and ask three times as many."""
        tried = await self.ask(questions[: round(ANEW * STEP)], ANEW)
        answered = sum(not self._crowd.is_refused(each) and each.callback is not None for each in tried)
        capacity = answered / (tried[-1].sent_at - tried[0].sent_at)
        interactions = await self.ask(questions[len(tried) :][: round(3 * capacity * STEP)], 3 * capacity)
        admitted = [each for each in interactions if not self._crowd.is_refused(each)]
        p99 = float(np.percentile(latencies_of(admitted), 99))
        silent = len(interactions) - len(latencies_of(interactions))
        return [
            Row("different questions answered a second, no two alike", "", f"{capacity:.0f}"),
            Row("  three times as many are asked: p99 of those admitted", "2.5 s", f"{p99:.2f} s", p99 <= LATE),
            Row("  admitted, refused as busy", "", f"{len(admitted)}, {len(interactions) - len(admitted)}"),
            Row("  without any response", "0", str(silent), silent == 0),
        ]

    async def memory(self, questions: Sequence[Asked], count: int) -> list[Row]:
        """Ask until there were `count` questions, a quarter of them worded in ways of their own."""
        chance = random.Random(SEED)
        sizes: list[tuple[float, float]] = []
        part = 2000
        for done in range(0, count, part):
            asked = repeated(chance.sample(questions, len(questions)), part)
            anew = [(f"{text} {chance.randrange(10**6)}", language) for text, language in asked[: part // 4]]
            await self.ask([*anew, *asked[part // 4 :]], 200)
            sizes.append((float(done + part), megabytes(self._pid)))
        asked, memory = np.array(sizes[len(sizes) // 5 :]).T
        slope = float(np.polyfit(asked / 10_000, memory, 1)[0]) if len(asked) > 2 else 0.0
        return [
            Row(f"memory after {count:,} questions", "350 MB", f"{memory[-1]:.0f} MB", float(memory[-1]) <= 350),
            Row("  its slope after the first fifth", "about 0", f"{slope:+.2f} MB per 10,000 questions"),
        ]

    async def _lags(self) -> dict[float, float]:
        text = await asyncio.to_thread(_read, f"http://127.0.0.1:{self._port}/metrics")
        samples = itertools.chain.from_iterable(family.samples for family in text_string_to_metric_families(text))
        return {
            float(each.labels["le"]): each.value for each in samples if each.name == "testigo_loop_lag_seconds_bucket"
        }


async def _starts(settings: Settings, progress: Progress) -> list[Row]:
    """Start the process again and again, and see when it is ready."""
    seconds: list[float] = []
    for _ in progress.track(range(STARTS), description="Starts"):
        async with SimulatedDiscord() as discord:
            start = time.monotonic()
            async with started(discord, settings.cache.resolve()) as process:
                await process.line("ready")
                seconds.append(time.monotonic() - start)
    told = f"{np.median(seconds):.2f} s (longest of {STARTS}: {max(seconds):.2f} s)"
    return [Row("from the process's start to ready, median", "3 s", told, float(np.median(seconds)) <= 3)]


async def _restarts(
    settings: Settings, questions: Sequence[Asked], busy: Iterable[str], progress: Progress
) -> list[Row]:
    """Ask 100 a second while one process is told to end and the next one starts."""
    asked: list[Interaction] = []
    with tempfile.TemporaryDirectory(prefix="testigo-load-") as folder:
        database = f"sqlite:///{Path(folder) / 'testigo.db'}"
        async with SimulatedDiscord() as discord, AsyncExitStack() as stack:
            crowd = Crowd(discord, busy)

            async def ask() -> None:
                for question in itertools.cycle(questions):
                    asked.append(await crowd.ask(question))
                    await asyncio.sleep(0.01)

            cache, chosen = settings.cache.resolve(), {"TESTIGO_DATABASE_URL": database, "TESTIGO_LOG_LEVEL": "WARNING"}
            process = await stack.enter_async_context(started(discord, cache, **chosen))
            await discord.connected()
            asking = asyncio.create_task(ask())
            for _ in progress.track(range(RESTARTS), description="Restarts"):
                await asyncio.sleep(5)
                process.send_signal(signal.SIGTERM)
                assert await process.exited() == 0
                process = await stack.enter_async_context(started(discord, cache, **chosen))
                await discord.connected()
            await asyncio.sleep(5)
            asking.cancel()
            await settled(asked)
            lost = sum(each.callback is not None and not each.is_shown for each in asked)
            acknowledged = sum(each.callback is not None for each in asked)
    return [
        Row(f"{RESTARTS} restarts at 100 a second: acknowledged and then lost", "0", str(lost), lost == 0),
        Row("  acknowledged, asked while nobody was connected", "", f"{acknowledged}, {len(asked) - acknowledged}"),
    ]


def _take_cores(pid: int) -> None:
    """Give the bot a core of its own."""
    cores = sorted(os.sched_getaffinity(0))
    for thread in Path(f"/proc/{pid}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {cores[CORE]})
    if len(cores) > 1:
        os.sched_setaffinity(0, set(cores[CORE + 1 :]))


def _read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as response:
        return response.read().decode()
