"""Questions and people who ask them at the simulated Discord, of which the bot is a process of its own."""

import gc
import random
import signal
import time
from collections.abc import AsyncGenerator, Generator, Iterable, Sequence
from contextlib import asynccontextmanager, contextmanager

from bot.knowledge.model import Knowledge, Language
from bot.settings import Settings
from bot.terminal.questions import read_questions, shipped_questions
from tests.wire.process import Process
from tests.wire.reading import said
from tests.wire.service import serving
from tests.wire.simulator import SimulatedDiscord
from tests.wire.world import Interaction

LONGEST = 300
"""Characters of a question that the command takes."""

PEOPLE = 3000
PATIENCE = 6.0
"""Seconds after which a first response that has not come does not come any more."""

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


@asynccontextmanager
async def running_bot(discord: SimulatedDiscord, settings: Settings, **chosen: str) -> AsyncGenerator[Process, None]:
    """Start the bot; it is asked to end, so that a profiler around it can write what it saw."""
    settings.cache.mkdir(parents=True, exist_ok=True)
    async with serving(discord, settings.cache.resolve(), TESTIGO_LOG_LEVEL="WARNING", **chosen) as process:
        yield process
        process.send_signal(signal.SIGTERM)
        await process.exited()
        for line in process.lines:
            print(line)


async def settled(interactions: Sequence[Interaction]) -> None:
    """Wait until each has its first response, or can have none any more."""
    for each in interactions:
        if each.callback is None:
            left = each.sent_at + PATIENCE - time.monotonic()
            try:
                await each.response(max(0.01, left))
            except TimeoutError:
                continue


def latencies_of(interactions: Iterable[Interaction]) -> list[float]:
    """Return the seconds to each first response that came."""
    return [each.callback.latency for each in interactions if each.callback is not None]


def questions_that_fit(knowledge: Knowledge) -> list[Asked]:
    """Return the evaluation's questions that fit into the command, in a fixed random order."""
    read = read_questions(shipped_questions())
    asked = list(dict.fromkeys((each.text, each.language) for each in read if len(each.text) <= LONGEST))
    assert {language for _, language in asked} <= set(knowledge.languages)
    random.Random(SEED).shuffle(asked)
    return asked


def repeated(questions: Sequence[Asked], count: int) -> list[Asked]:
    """Return so many questions, the same ones again and again."""
    return [questions[number % len(questions)] for number in range(count)]


def worded_anew(questions: Sequence[Asked], count: int) -> list[Asked]:
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


@contextmanager
def without_collection() -> Generator[None, None, None]:
    """Keep this process from stopping for its own garbage while it measures the other."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
