"""The composition root of the Discord service: build its rooms, wire them, run them."""

import asyncio
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlsplit

from bot.answering.feedback import FeedbackLog, FeedbackSink
from bot.answering.testigo import Testigo
from bot.chat.asking import Asking
from bot.chat.client import Rooms
from bot.chat.commands import Commands
from bot.chat.conversations import Conversations
from bot.chat.desk import Desk
from bot.chat.figures import FiguresPanel
from bot.chat.limits import Admission, Cooldown
from bot.chat.locales import CommandTranslator, Languages
from bot.chat.markup import Markup
from bot.chat.messages import Messages
from bot.chat.panels import Panels
from bot.chat.presses import Presses
from bot.chat.replies import ReplyLayout
from bot.chat.supervision import Supervisor, sync_once
from bot.chat.syncing import CommandSync
from bot.drawing.pictures import Pictures
from bot.knowledge.model import Knowledge
from bot.settings import Settings, read_token

CAPACITY = 90
"""Questions answered or waiting at a time; at 5 ms each the last one waits for less than a second."""

BURST = 10
"""Questions that a person may ask at once before the cooldown counts."""


@contextmanager
def open_rooms(settings: Settings, testigo: Testigo, feedback: FeedbackSink) -> Generator[Rooms, None, None]:
    """Build everything that serves Discord; questions are answered in a thread of its own while this is open.

    Raises:
        DataError: two ids of the knowledge base share a code.
    """
    markup = Markup(_hosts(testigo.knowledge))
    languages = Languages(testigo.knowledge.languages, settings.language or testigo.knowledge.languages[0])
    layout, panels = ReplyLayout(testigo, markup), Panels(testigo, markup)
    desk = Desk(testigo.strings, markup)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="answers") as executor:
        asking = Asking(
            testigo,
            conversations=Conversations(),
            cooldown=Cooldown(settings.cooldown, BURST),
            admission=Admission(CAPACITY),
            executor=executor,
            owners=settings.owners,
        )
        yield Rooms(
            desk=desk,
            messages=Messages(testigo, asking, layout, markup, languages),
            presses=Presses(testigo, asking, layout, panels, feedback),
            commands=Commands(
                testigo,
                desk=desk,
                asking=asking,
                layout=layout,
                panels=panels,
                figures=FiguresPanel(testigo, markup, Pictures(settings.cache)),
                languages=languages,
            ),
            languages=languages,
            translator=CommandTranslator(testigo.strings),
            sync=CommandSync(settings.cache),
        )


def _hosts(knowledge: Knowledge) -> frozenset[str]:
    """Return the hosts that messages may link to: the article's and those the operator chose."""
    urls = (knowledge.record.url, *(link.url for link in knowledge.links))
    return frozenset(host for url in urls if (host := urlsplit(url).hostname) is not None)


def run_service(settings: Settings, testigo: Testigo) -> None:
    """Serve Discord until SIGTERM or SIGINT.

    Raises:
        UsageError: there is no token.
        DiscordError: Discord refuses the bot, or cannot be reached at the start.
    """
    token = read_token(settings)
    with open_rooms(settings, testigo, FeedbackLog()) as rooms:
        asyncio.run(Supervisor(rooms).run(token))


def sync_commands(settings: Settings, testigo: Testigo) -> None:
    """Register the commands with Discord, changed or not.

    Raises:
        UsageError: there is no token.
        DiscordError: Discord refuses the bot, or cannot be reached.
    """
    token = read_token(settings)
    with open_rooms(settings, testigo, FeedbackLog()) as rooms:
        asyncio.run(sync_once(rooms, token))
