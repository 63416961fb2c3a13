"""Ask the one answering function, from wherever a person asks."""

import asyncio
import datetime
import hashlib
import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TypeAlias

from cachetools import LRUCache

from bot.answering.answerer import next_turn
from bot.answering.conversation import Turn
from bot.answering.reply import Reply
from bot.answering.testigo import Testigo
from bot.chat.codes import code
from bot.chat.conversations import Conversation, Conversations, Place
from bot.chat.limits import Admission, Cooldown, RefusedError
from bot.chat.records import Records
from bot.chat.withdrawals import Withdrawals
from bot.knowledge.model import Language
from bot.storage.questions import Asked
from bot.telemetry.meters import Meters, timed

MAX_SLASH = 300
MAX_MESSAGE = 500
"""Characters of a question; nothing is done with a longer one."""

REMEMBERED = 10_000
"""Replies kept in memory by what was asked, half a kilobyte each: a question asked again takes no computing."""


_Key: TypeAlias = tuple[bytes, Language | None, Turn | None]


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks, and where; `id` is the message's or the interaction's.

    `language` is the one asked for explicitly; `expected` is the one that the person's client or server suggests, and
    `is_chosen` whether that is somebody's choice, not what clients come with.
    """

    id: int
    guild: int | None
    text: str
    place: Place
    expected: Language
    is_chosen: bool = False
    language: Language | None = None
    previous: Turn | None = None


class Asking:
    """Answers questions away from the event loop, and remembers conversations."""

    def __init__(
        self,
        testigo: Testigo,
        *,
        conversations: Conversations,
        cooldown: Cooldown,
        admission: Admission,
        executor: Executor,
        owners: frozenset[int],
        withdrawals: Withdrawals,
        records: Records | None,
        meters: Meters,
        now: Callable[[], datetime.datetime],
    ) -> None:
        self._testigo = testigo
        self._replies: LRUCache[_Key, Reply] = LRUCache(REMEMBERED)
        self._secret = secrets.token_bytes()
        self._conversations = conversations
        self._cooldown = cooldown
        self._admission = admission
        self._executor = executor
        self._owners = owners
        self._withdrawals = withdrawals
        self._records = records
        self._meters = meters
        self._now = now

    async def ask(self, question: Question, limit: int) -> Reply:
        """Return the reply to a question of at most `limit` characters.

        Raises:
            RefusedError: it is too long, or one too many, or the bot is busy.
        """
        if len(question.text) > limit:
            raise RefusedError("too-long", limit=limit)
        if question.place.person not in self._owners:
            self._cooldown.spend(question.place.person)
        before = self._conversations.at(question.place)
        language = question.language or before.language or (question.expected if question.is_chosen else None)
        # Where the question's own language is not clear, that of the turn before counts.
        previous = question.previous or before.turn or Turn(None, question.expected)
        reply = await self._reply(question.text, language, previous)
        self._remember(question.place, reply, question.language or before.language, previous)
        self._record(question, reply)
        return self._withdrawals.applied(reply, self._testigo)

    async def _reply(self, text: str, language: Language | None, previous: Turn) -> Reply:
        """Return the reply: from memory where the same was asked, as whoever picks a suggestion asks the same."""
        turn = self._testigo.answerer.relevant(text, previous)
        # What people wrote is kept nowhere, not even in memory.
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=self._secret).digest()
        key = (digest, language, turn)
        reply = self._replies.get(key)
        if reply is None:
            with self._admission.enter():
                reply = await asyncio.get_running_loop().run_in_executor(
                    self._executor, self._answer, text, language, turn
                )
            self._replies[key] = reply
        return reply

    def _answer(self, text: str, language: Language | None, turn: Turn | None) -> Reply:
        with timed(self._meters.matching.observe):
            return self._testigo.answerer.answer(text, language, turn)

    def pick(self, entry: str, language: Language, place: Place) -> Reply:
        """Return the reply with an entry that was picked."""
        before = self._conversations.at(place)
        reply = self._testigo.answerer.reply_with([entry], language)
        self._remember(place, reply, before.language, before.turn)
        return self._withdrawals.applied(reply, self._testigo)

    def again(self, entries: Sequence[str], language: Language, corrections: Sequence[str]) -> Reply:
        """Return the reply with entries that were answered before; `corrections` are codes of what it began with."""
        answerer = self._testigo.answerer
        known = [each for each in answerer.corrections(language) if code(each.text) in corrections]
        return self._withdrawals.applied(answerer.reply_with(entries, language, known), self._testigo)

    def _remember(self, place: Place, reply: Reply, language: Language | None, previous: Turn | None) -> None:
        self._conversations.keep(place, Conversation(next_turn(reply, previous), language))

    def _record(self, question: Question, reply: Reply) -> None:
        """Write down what was asked; nobody waits for it."""
        self._meters.questions.labels(reply.outcome.value).inc()
        if self._records is None:
            return
        asked = Asked(
            id=question.id,
            guild=question.guild,
            person=question.place.person,
            text=question.text,
            language=reply.language,
            outcome=reply.outcome,
            entries=reply.entries,
            at=self._now(),
        )
        self._records.recorder.asked(asked)
