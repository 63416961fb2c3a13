"""Answer direct messages, mentions and replies to the bot."""

import asyncio
import contextlib
import logging
import re

import discord
from cachetools import LRUCache

from bot.answering.testigo import Testigo
from bot.chat.asking import MAX_MESSAGE, Asking, Question
from bot.chat.conversations import Place
from bot.chat.delivery import delivered
from bot.chat.desk import new_reference
from bot.chat.limits import RefusedError
from bot.chat.locales import Languages
from bot.chat.markup import Markup
from bot.chat.page import notice
from bot.chat.records import Records, settings_of
from bot.chat.replies import Audience, ReplyLayout
from bot.chat.underway import Underway
from bot.knowledge.model import Language
from bot.telemetry.meters import Meters, timed

DEADLINE = 20.0
"""Seconds for answering one message, with every attempt to send."""

TYPING = 0.5
"""Seconds to wait for the typing indicator; an answer does not wait for it longer."""

REMEMBERED = 10_000
"""Messages and people of which it is remembered that they were answered and greeted."""

_log = logging.getLogger(__name__)


class _Recent:
    """Remembers the last keys added."""

    def __init__(self) -> None:
        self._keys: LRUCache[int, None] = LRUCache(REMEMBERED)

    def add(self, key: int) -> bool:
        """Add `key`; return whether it is new."""
        is_new = key not in self._keys
        self._keys[key] = None
        return is_new


class Seen:
    """The messages that were answered and the people who were greeted."""

    def __init__(self) -> None:
        self.messages = _Recent()
        self.people = _Recent()


class Messages:
    """Answers messages that are for the bot, each once, though Discord may deliver one twice."""

    def __init__(
        self,
        testigo: Testigo,
        *,
        asking: Asking,
        layout: ReplyLayout,
        markup: Markup,
        languages: Languages,
        records: Records | None,
        seen: Seen,
        underway: Underway,
        meters: Meters,
    ) -> None:
        self._testigo = testigo
        self._asking = asking
        self._layout = layout
        self._markup = markup
        self._languages = languages
        self._records = records
        self._seen = seen
        self._underway = underway
        self._meters = meters

    async def receive(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Answer `message` if it is for the bot; raises nothing."""
        is_for_me = message.guild is None or me in message.mentions
        if message.author.bot or message.webhook_id is not None or not is_for_me or message.is_system():
            return
        if not self._seen.messages.add(message.id):
            return
        with self._underway.entered(), timed(self._meters.answer.observe):
            try:
                async with asyncio.timeout(DEADLINE):
                    outcome = await self._answer(message, me)
            except Exception as error:  # noqa: BLE001 - whatever it is, it must not end the client
                outcome = "lost"
                _log.error("message not answered", exc_info=error, extra={"reference": new_reference()})
        self._meters.interactions.labels("message", outcome).inc()

    async def _answer(self, message: discord.Message, me: discord.ClientUser) -> str:
        """Answer, and return what came of it."""
        guild = message.guild.id if message.guild is not None else None
        settings, is_ours = await asyncio.gather(settings_of(self._records, guild), self._claim(message.id, guild))
        if settings.channels and settings.channels.isdisjoint(_places(message.channel)):
            return "left alone"
        if not is_ours:
            return "another's"
        expected = self._languages.of_message(message, settings.language)
        typing = asyncio.ensure_future(_show_typing(message.channel)) if message.guild is None else None
        view, outcome = await self._view(message, me, expected)
        if typing is not None:
            await typing
        await self._send(message, view, expected)
        return outcome

    async def _claim(self, message: int, guild: int | None) -> bool:
        return self._records is None or await self._records.claimer.may_answer(message, guild)

    async def _view(
        self, message: discord.Message, me: discord.ClientUser, expected: Language
    ) -> tuple[discord.ui.LayoutView, str]:
        text = re.sub(rf"<@!?{me.id}>", " ", message.content).strip()
        guild = message.guild.id if message.guild is not None else None
        question = Question(message.id, guild, text, Place(message.channel.id, message.author.id), expected)
        try:
            self._underway.require_open()
            reply = await self._asking.ask(question, MAX_MESSAGE)
        except RefusedError as refused:
            self._meters.refused.labels(refused.key).inc()
            return self._notice(expected, refused.key, **refused.arguments), "refused"
        except Exception as error:  # noqa: BLE001 - a bug: logged whole, told with a reference
            reference = new_reference()
            _log.error("bug", exc_info=error, extra={"reference": reference})
            return self._notice(expected, "went-wrong", reference=reference), "bug"
        is_first = message.guild is None and self._seen.people.add(message.author.id)
        notes = [self._testigo.strings[reply.language].text("first-contact")] if is_first else []
        return self._layout.message(reply, Audience(message.author.id, is_private=False), *notes), "answered"

    def _notice(self, language: Language, key: str, **arguments: str | int) -> discord.ui.LayoutView:
        return notice(self._markup, self._testigo.strings[language].text(key, **arguments))

    async def _send(self, message: discord.Message, view: discord.ui.LayoutView, expected: Language) -> None:
        """Send the answer as a reply; where the bot may not write, to the person; else not at all."""
        permissions = _permissions(message)
        if permissions is None or _may_write(message.channel, permissions):
            reference = None
            if permissions is None or permissions.read_message_history:
                reference = message.to_reference(fail_if_not_exists=False)
            with contextlib.suppress(discord.Forbidden):
                await _post(message.channel, view, str(message.id), reference)
                return
        if message.guild is None:
            return
        with contextlib.suppress(discord.Forbidden):
            await _post(message.author, self._notice(expected, "cannot-write"), f"{message.id}-why")
            await _post(message.author, view, str(message.id))


async def _post(
    where: discord.abc.Messageable,
    view: discord.ui.LayoutView,
    nonce: str,
    reference: discord.MessageReference | None = None,
) -> None:
    """Send, with a nonce: of two attempts Discord keeps one."""
    if reference is None:
        await delivered(lambda: where.send(view=view, nonce=nonce))
    else:
        await delivered(lambda: where.send(view=view, nonce=nonce, reference=reference, mention_author=False))


async def _show_typing(channel: discord.abc.Messageable) -> None:
    with contextlib.suppress(TimeoutError, discord.HTTPException, OSError):
        async with asyncio.timeout(TYPING):
            await channel.typing()


def _permissions(message: discord.Message) -> discord.Permissions | None:
    """Return what the bot may do where the message is, or None where that is not known, as in direct messages."""
    if message.guild is None or not isinstance(message.channel, discord.abc.GuildChannel | discord.Thread):
        return None
    return message.channel.permissions_for(message.guild.me)


def _places(channel: object) -> set[int]:
    """Return the ids by which a channel can be chosen: a thread by its own and by its channel's."""
    ids = {getattr(channel, "id", 0)}
    return ids | {channel.parent_id} if isinstance(channel, discord.Thread) else ids


def _may_write(channel: object, permissions: discord.Permissions) -> bool:
    writing = permissions.send_messages_in_threads if isinstance(channel, discord.Thread) else permissions.send_messages
    return permissions.view_channel and writing
