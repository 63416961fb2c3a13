"""Time the service, a process of its own, against the simulated Discord in this one."""

import asyncio
import random
import time
from collections.abc import Sequence

import numpy as np
from rich.console import Console
from rich.progress import Progress

from benchmarks.crowd import (
    PATIENCE,
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
from benchmarks.processes import busy_seconds, cpu_seconds
from bot.app import data_folder, language_folders, open_testigo
from bot.knowledge.loading import load_knowledge
from bot.knowledge.model import Kind, Knowledge
from bot.knowledge.strings import load_strings
from bot.settings import Settings
from tests.wire.description import IS_PRESENT, judged
from tests.wire.requests import Request
from tests.wire.simulator import SimulatedDiscord
from tests.wire.world import Interaction

ONE_BY_ONE = 500
A_SECOND = 200
BURST = 500
SUGGESTIONS = 500
LATE = 2.5
ANEW = 20.0
"""Seconds of asking steadily with no two questions alike, where keeping replies does not help."""

WARM_UP = 20


def time_gateway(settings: Settings, seconds: float) -> None:
    """Print the figures of the service, each with its goal."""
    open_testigo(settings)  # the process finds the index in the cache
    asyncio.run(_measure(settings, seconds))


async def _measure(settings: Settings, seconds: float) -> None:
    knowledge = load_knowledge(data_folder(settings))
    strings = load_strings(language_folders(settings), knowledge.languages)
    questions = questions_that_fit(knowledge)
    rows: list[Row] = []
    async with SimulatedDiscord() as discord, running_bot(discord, settings) as process:
        crowd = Crowd(discord, [strings[language].text("busy") for language in knowledge.languages])
        with Progress(console=Console(stderr=True), transient=True) as progress:
            for asked in questions[-WARM_UP:]:
                await (await crowd.ask(asked)).response()
            rows += await _one_by_one(crowd, questions[:ONE_BY_ONE], progress)
            with without_collection():
                rows += await _steadily(crowd, repeated(questions, round(A_SECOND * seconds)), process.pid, progress)
                rows += await _steadily(
                    crowd, worded_anew(questions, round(A_SECOND * min(seconds, ANEW))), process.pid, progress
                )
                rows += await _at_once(crowd, repeated(questions, BURST))
            rows += await _suggestions(crowd, _typed(knowledge), progress)
            rows += _validity(discord.requests, progress)
    print_rows("The service at the simulated gateway", rows)


async def _one_by_one(crowd: Crowd, questions: Sequence[Asked], progress: Progress) -> list[Row]:
    latencies: list[float] = []
    for asked in progress.track(questions, description="One at a time"):
        latencies.append((await (await crowd.ask(asked)).response(PATIENCE)).latency)
    median, high = np.percentile(latencies, [50, 99]) * 1000
    distinct = len(set(questions))
    return [
        Row(
            f"/ask, {len(questions)} one at a time ({distinct} distinct): p50", "8 ms", f"{median:.1f} ms", median <= 8
        ),
        Row("  p99", "25 ms", f"{high:.1f} ms", high <= 25),
    ]


async def _steadily(crowd: Crowd, asked: Sequence[Asked], pid: int, progress: Progress) -> list[Row]:
    """Ask evenly, whether or not the questions before were answered."""
    interactions: list[Interaction] = []
    latest = 0.0
    cpu, own, machine = cpu_seconds(pid), time.process_time(), busy_seconds()
    start = time.monotonic()
    for number, question in enumerate(progress.track(asked, description=f"{A_SECOND} a second")):
        due = start + number / A_SECOND
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        interactions.append(await crowd.ask(question))
        latest = max(latest, interactions[-1].sent_at - due)
    await settled(interactions)
    elapsed = time.monotonic() - start
    cpu, own, machine = cpu_seconds(pid) - cpu, time.process_time() - own, busy_seconds() - machine
    processor = f"{cpu / elapsed:.0%}, {own / elapsed:.0%}, {(machine - cpu - own) / elapsed:.0%} of a core"
    latencies = latencies_of(interactions)
    median, high, most = np.percentile(latencies, [50, 99, 100]) * 1000
    late = sum(latency > LATE for latency in latencies) + len(interactions) - len(latencies)
    refused = sum(map(crowd.is_refused, interactions))
    return [
        Row(
            f"/ask, {A_SECOND} a second for {len(asked) / A_SECOND:g} s ({len(set(asked))} distinct): p50",
            "",
            f"{median:.1f} ms",
        ),
        Row("  p99", "100 ms", f"{high:.1f} ms", high <= 100),
        Row("  longest", "", f"{most:.0f} ms"),
        Row("  over 2.5 s", "0", str(late), late == 0),
        Row("  refused as busy", "", f"{refused} ({refused / len(asked):.1%})"),
        Row("  processor: the bot, the simulator, others", "", processor),
        Row("  latest that the simulator asked after its time", "", f"{latest * 1000:.1f} ms"),
    ]


async def _at_once(crowd: Crowd, questions: Sequence[Asked]) -> list[Row]:
    interactions = [await crowd.ask(asked) for asked in questions]
    await settled(interactions)
    first = interactions[0].sent_at
    arrived = [each.sent_at + each.callback.latency - first for each in interactions if each.callback is not None]
    refused = sum(map(crowd.is_refused, interactions))
    late = sum(latency > LATE for latency in latencies_of(interactions))
    missing = len(interactions) - len(arrived)
    return [
        Row(f"burst of {len(questions)}: last response", "2.5 s", f"{max(arrived):.2f} s", not missing and not late),
        Row(
            "  answered, refused honestly, not acknowledged",
            "the last 0",
            f"{len(arrived) - refused}, {refused}, {missing}",
            missing == 0,
        ),
    ]


async def _suggestions(crowd: Crowd, typed: Sequence[Asked], progress: Progress) -> list[Row]:
    latencies: list[float] = []
    for each in progress.track(typed, description="Suggestions"):
        latencies.append((await (await crowd.type(each)).response(PATIENCE)).latency)
    median, high = np.percentile(latencies, [50, 99]) * 1000
    return [
        Row(f"suggestions, {len(typed)} one at a time: p50", "", f"{median:.1f} ms"),
        Row("  p99", "15 ms", f"{high:.1f} ms", high <= 15),
    ]


def _validity(requests: Sequence[Request], progress: Progress) -> list[Row]:
    if not IS_PRESENT:
        return [Row("payloads that fit Discord's description", "100 %", "its copy is not at hand")]
    wrong = [found for request in progress.track(requests, description="Payloads") if (found := judged(request))]
    for problem in sorted({problem for found in wrong for problem in found}):
        print(problem)
    return [
        Row("requests checked against Discord's description", "", str(len(requests))),
        Row("  wrong", "0", str(len(wrong)), not wrong),
    ]


def _typed(knowledge: Knowledge) -> list[Asked]:
    """Return beginnings of canonical questions, every other one with a slip of the finger."""
    chance = random.Random(SEED)
    entries = [entry for entry in knowledge.entries.values() if entry.kind is not Kind.META]
    typed: list[Asked] = []
    for number in range(SUGGESTIONS):
        language = chance.choice(knowledge.languages)
        question = chance.choice(entries).question[language]
        text = question[: chance.randint(1, min(len(question), 100))]
        if number % 2 and len(text) > 3:
            place = chance.randrange(len(text) - 1)
            text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        typed.append((text, language))
    return typed
