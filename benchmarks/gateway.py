"""Time the service, a process of its own, against the simulated Discord in this one."""

import asyncio
import gc
import os
import random
import signal
import time
from collections.abc import AsyncGenerator, Generator, Iterable, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import Progress

from benchmarks.figures import Row, print_rows
from bot.app import data_folder, language_folders, open_testigo
from bot.knowledge.loading import load_knowledge
from bot.knowledge.model import Kind, Knowledge, Language
from bot.knowledge.strings import load_strings
from bot.settings import Settings
from bot.terminal.questions import read_questions
from tests.wire.description import IS_PRESENT, judged
from tests.wire.reading import said
from tests.wire.requests import Request
from tests.wire.service import serving
from tests.wire.simulator import SimulatedDiscord
from tests.wire.world import Interaction

QUESTIONS = Path(__file__).resolve().parent.parent / "tests" / "questions"
LONGEST = 300
"""Characters of a question that the command takes."""

ONE_BY_ONE = 500
A_SECOND = 200
BURST = 500
SUGGESTIONS = 500
PEOPLE = 3000
LATE = 2.5
PATIENCE = 6.0
"""Seconds after which a first response that has not come does not come any more."""

ANEW = 20.0
"""Seconds of asking steadily with no two questions alike, where keeping replies does not help."""

WARM_UP = 20
SEED = 20100822
LOCALES = {"en": "en-US", "es": "es-ES", "pt": "pt-BR"}

Asked = tuple[str, Language]


class Crowd:
    """Many people who ask at once or in turn, each of whom is somebody else."""

    def __init__(self, discord: SimulatedDiscord, busy: Iterable[str]) -> None:
        self._discord = discord
        self._busy = frozenset(busy)
        self._people = [discord.user(f"person {number}") for number in range(PEOPLE)]
        self._count = 0

    async def ask(self, asked: Asked) -> Interaction:
        """Let the next person ask."""
        self._count += 1
        user = self._people[self._count % PEOPLE]
        text, language = asked
        return await self._discord.slash("ask", {"question": text}, user=user, locale=LOCALES[language])

    async def type(self, typed: Asked) -> Interaction:
        """Let the next person type."""
        self._count += 1
        user = self._people[self._count % PEOPLE]
        text, language = typed
        return await self._discord.autocomplete("ask", {"question": text}, user=user, locale=LOCALES[language])

    def is_refused(self, interaction: Interaction) -> bool:
        """Tell whether somebody was told that the bot is busy."""
        return interaction.callback is not None and any(busy in said(interaction.callback.data) for busy in self._busy)


def time_gateway(settings: Settings, seconds: float) -> None:
    """Print the figures of the service, each with its goal."""
    open_testigo(settings)  # the process finds the index in the cache
    asyncio.run(_measure(settings, seconds))


async def _measure(settings: Settings, seconds: float) -> None:
    knowledge = load_knowledge(data_folder(settings))
    strings = load_strings(language_folders(settings), knowledge.languages)
    questions = questions_that_fit(knowledge)
    rows: list[Row] = []
    async with SimulatedDiscord() as discord, _bot(discord, settings) as pid:
        crowd = Crowd(discord, [strings[language].text("busy") for language in knowledge.languages])
        with Progress(console=Console(stderr=True), transient=True) as progress:
            for asked in questions[-WARM_UP:]:
                await (await crowd.ask(asked)).response()
            rows += await _one_by_one(crowd, questions[:ONE_BY_ONE], progress)
            with _without_collection():
                rows += await _steadily(crowd, _repeated(questions, round(A_SECOND * seconds)), pid, progress)
                rows += await _steadily(
                    crowd, _worded_anew(questions, round(A_SECOND * min(seconds, ANEW))), pid, progress
                )
                rows += await _at_once(crowd, _repeated(questions, BURST))
            rows += await _suggestions(crowd, _typed(knowledge), progress)
            rows += _validity(discord.requests, progress)
    print_rows("The service at the simulated gateway", rows)


@asynccontextmanager
async def _bot(discord: SimulatedDiscord, settings: Settings) -> AsyncGenerator[int, None]:
    """Start the bot; it is asked to end, so that a profiler around it can write what it saw."""
    settings.cache.mkdir(parents=True, exist_ok=True)
    async with serving(discord, settings.cache.resolve(), TESTIGO_LOG_LEVEL="WARNING") as process:
        yield process.pid
        process.send_signal(signal.SIGTERM)
        await process.exited()
        for line in process.lines:
            print(line)


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
    cpu, own, machine = _cpu_seconds(pid), time.process_time(), _busy_seconds()
    start = time.monotonic()
    for number, question in enumerate(progress.track(asked, description=f"{A_SECOND} a second")):
        due = start + number / A_SECOND
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        interactions.append(await crowd.ask(question))
        latest = max(latest, interactions[-1].sent_at - due)
    await _settled(interactions)
    elapsed = time.monotonic() - start
    cpu, own, machine = _cpu_seconds(pid) - cpu, time.process_time() - own, _busy_seconds() - machine
    processor = f"{cpu / elapsed:.0%}, {own / elapsed:.0%}, {(machine - cpu - own) / elapsed:.0%} of a core"
    latencies = _latencies(interactions)
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
    await _settled(interactions)
    first = interactions[0].sent_at
    arrived = [each.sent_at + each.callback.latency - first for each in interactions if each.callback is not None]
    refused = sum(map(crowd.is_refused, interactions))
    late = sum(latency > LATE for latency in _latencies(interactions))
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


async def _settled(interactions: Sequence[Interaction]) -> None:
    """Wait until each has its first response, or can have none any more."""
    for each in interactions:
        if each.callback is None:
            left = each.sent_at + PATIENCE - time.monotonic()
            try:
                await each.response(max(0.01, left))
            except TimeoutError:
                continue


def _latencies(interactions: Iterable[Interaction]) -> list[float]:
    return [each.callback.latency for each in interactions if each.callback is not None]


def questions_that_fit(knowledge: Knowledge) -> list[Asked]:
    """Return the evaluation's questions that fit into the command, in a fixed random order."""
    read = read_questions(sorted(QUESTIONS.glob("*.jsonl")))
    asked = list(dict.fromkeys((each.text, each.language) for each in read if len(each.text) <= LONGEST))
    assert {language for _, language in asked} <= set(knowledge.languages)
    random.Random(SEED).shuffle(asked)
    return asked


def _repeated(questions: Sequence[Asked], count: int) -> list[Asked]:
    return [questions[number % len(questions)] for number in range(count)]


def _worded_anew(questions: Sequence[Asked], count: int) -> list[Asked]:
    """Return so many questions of which no two are the same, nor one of `questions`: people type as they like."""
    greetings = {
        "en": ("hi", "sorry", "please"),
        "es": ("hola", "perdona", "por favor"),
        "pt": ("oi", "desculpa", "olá"),
    }
    ends = ("", "?", "??", " ?", "...", "!", "?!")
    short = [(text, language) for text, language in questions if len(text) < LONGEST - 20]
    made = (
        (f"{greeting}, {text.rstrip('?.! ')}{end}", language)
        for end in ends
        for number in range(3)
        for text, language in short
        for greeting in [greetings[language][number]]
    )
    found = list(dict.fromkeys(made))[:count]
    assert len(found) == count, "there are not so many"
    return found


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


def _cpu_seconds(pid: int) -> float:
    """Return the processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _busy_seconds() -> float:
    """Return the processor time of all processes of the machine so far."""
    user, nice, system = map(int, Path("/proc/stat").read_text("ascii").split()[1:4])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _without_collection() -> Generator[None, None, None]:
    """Keep this process from stopping for its own garbage while it measures the other."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
