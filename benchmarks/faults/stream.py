"""A light stream of questions, and what became of each."""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.wire.faults import Fault
from tests.wire.payloads import Payload, User, snowflake
from tests.wire.people import Posted
from tests.wire.reading import said
from tests.wire.simulator import SimulatedDiscord
from tests.wire.waiting import Signal
from tests.wire.world import ANSWER_WITHIN_SECONDS, Interaction

QUESTION = "How many people were killed?"
HONEST = ("72", "being restarted")
"""What an answer holds, and what somebody is told who asks while the bot stops; all else counts as no answer."""

MESSAGE_SECONDS = 8.0
"""How long the answer to a message is waited for at the end, with all attempts to send it."""

FOREVER = 3600.0


@dataclass(eq=False)
class Question:
    """What one person asked, by command or in a direct message."""

    asked: Interaction | Posted
    had_session: bool  # Discord could deliver it at once or later
    is_refused: bool = False  # Discord lets no answer arrive
    at: float = field(default_factory=time.monotonic)
    answered_at: float | None = None

    @property
    def hopeless_at(self) -> float:
        """Return the moment from which no answer is expected any more."""
        return self.at + (ANSWER_WITHIN_SECONDS if isinstance(self.asked, Interaction) else FOREVER)

    async def answer(self, discord: SimulatedDiscord) -> None:
        """Wait for the answer, and keep when it came."""
        if isinstance(self.asked, Interaction):
            message = await self.asked.answer(timeout=FOREVER)
        else:
            [message, *_] = await discord.sent(self.asked.channel, after=self.asked.payload, timeout=FOREVER)
        if any(part in said(message) for part in HONEST):
            self.answered_at = time.monotonic()

    def messages(self, discord: SimulatedDiscord) -> Sequence[Payload]:
        """Return all that the person got."""
        if isinstance(self.asked, Interaction):
            return [*filter(None, [self.asked.original]), *self.asked.followups]
        return discord.sent_so_far(self.asked.channel, after=self.asked.payload)


@dataclass(frozen=True)
class Tally:
    """What became of the questions of one stream."""

    asked: int
    impossible: int
    lost: int
    twice: int


class Stream:
    """Questions of many people, each asked once and by somebody else."""

    def __init__(self, discord: SimulatedDiscord, a_second: float) -> None:
        self.questions: list[Question] = []
        self.awaited: list[Question] = []
        self.outages: list[tuple[float, float]] = []
        self.ended_at: float | None = None
        self._discord = discord
        self._seconds = 1 / a_second
        self._changed = Signal()
        self._waiting: dict[asyncio.Task[None], Question] = {}

    async def write(self, user: User | None = None) -> Question:
        """Let somebody write a direct message."""
        had_session = bool(self._discord.sessions)
        user = user or self._discord.user(snowflake())
        return self._keep(await self._discord.message(QUESTION, user=user, dm=True), had_session)

    async def command(self, interaction_id: str = "", name: str = "ask") -> Question:
        """Let somebody use a command."""
        had_session = bool(self._discord.sessions)
        options = {"question": QUESTION} if name == "ask" else {}
        key, user = interaction_id or snowflake(), self._discord.user(snowflake())
        asked = await self._discord.slash(name, options, user=user, interaction_id=key)
        return self._keep(asked, had_session)

    async def strike_command(self, faults: Sequence[Fault], *, is_answered: bool) -> None:
        """Let somebody use a command, with faults in the way of the answer."""
        key = snowflake()
        self._discord.fail("POST", f"/interactions/{key}/*", *faults)
        self._struck(await self.command(key), is_answered=is_answered)

    async def strike_message(self, faults: Sequence[Fault], *, is_answered: bool) -> None:
        """Let somebody write, with faults in the way of the answer."""
        user = self._discord.user(snowflake())
        self._discord.fail("POST", f"/channels/{self._discord.private_channel(user).id}/messages", *faults)
        self._struck(await self.write(user), is_answered=is_answered)

    def end(self) -> None:
        """Say that the fault is over."""
        if self.ended_at is None:
            self.ended_at = time.monotonic()

    async def recovery(self, seconds: float) -> float:
        """Return how long after the fault's end the first question asked since is answered, or all that were struck."""
        assert self.ended_at is not None
        since = self.ended_at

        def answered() -> float | None:
            after = self.awaited or [question for question in self.questions if question.at >= since]
            times = [question.answered_at for question in after if question.answered_at is not None]
            if not times or (self.awaited and len(times) < len(after)):
                return None
            return max(times) if self.awaited else min(times)

        return await self._changed.until(answered, "answer", seconds) - since

    @asynccontextmanager
    async def flowing(self) -> AsyncGenerator[None, None]:
        """Let people ask, by command and in messages in turn, and at the end wait for the last answers."""
        asking = asyncio.create_task(self._flow(), name="stream")
        try:
            yield
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
        until = time.monotonic() + MESSAGE_SECONDS
        while (seconds := self._open_until(until) - time.monotonic()) > 0:
            await asyncio.wait(self._waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)

    def close(self) -> None:
        """Wait for no answer any more."""
        for task in self._waiting:
            task.cancel()

    def tally(self, *, ends_session: bool) -> Tally:
        """Count what became of the questions; with `ends_session`, Discord dropped those that it had no session for."""
        open_ = [question for question in self.questions if question.answered_at is None]
        impossible = [each for each in open_ if self._is_impossible(each, ends_session=ends_session)]
        twice = sum(len(question.messages(self._discord)) > 1 for question in self.questions)
        return Tally(len(self.questions), len(impossible), len(open_) - len(impossible), twice)

    def _is_impossible(self, question: Question, *, ends_session: bool) -> bool:
        if question.is_refused or (ends_session and not question.had_session):
            return True
        return any(start <= question.at and question.hopeless_at < end for start, end in self.outages)

    def _open_until(self, latest: float) -> float:
        """Return until when an answer may still come."""
        times = [each.hopeless_at for each in self._waiting.values() if not each.is_refused]
        return min(latest, max(times, default=0.0))

    def _struck(self, question: Question, *, is_answered: bool) -> None:
        if is_answered:
            self.awaited.append(question)
        else:
            question.is_refused = True

    def _keep(self, asked: Interaction | Posted, had_session: bool) -> Question:
        question = Question(asked, had_session)
        self.questions.append(question)
        task = asyncio.create_task(question.answer(self._discord), name="answer")
        self._waiting[task] = question
        task.add_done_callback(self._answered)
        return question

    def _answered(self, task: asyncio.Task[None]) -> None:
        del self._waiting[task]
        self._changed.notify()

    async def _flow(self) -> None:
        while True:
            await self.command()
            await asyncio.sleep(self._seconds)
            await self.write()
            await asyncio.sleep(self._seconds)
