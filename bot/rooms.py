"""Build the rooms that serve Discord, and wire them."""

import datetime
from collections.abc import Generator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.answering.completion import Completer
from bot.answering.feedback import FeedbackSink
from bot.answering.testigo import Testigo
from bot.chat.asking import Asking
from bot.chat.client import Rooms
from bot.chat.commands import Commands
from bot.chat.conversations import Conversations
from bot.chat.desk import Desk
from bot.chat.figures import FiguresPanel
from bot.chat.limits import Admission, Cooldown
from bot.chat.listing import Listing
from bot.chat.locales import CommandTranslator, Languages
from bot.chat.management import Management
from bot.chat.management_commands import ManagementCommands
from bot.chat.markup import Markup
from bot.chat.messages import Messages, Seen
from bot.chat.panels import Panels
from bot.chat.presses import Presses
from bot.chat.privacy_panel import PrivacyPanel
from bot.chat.records import Records
from bot.chat.replies import ReplyLayout
from bot.chat.review_panel import ReviewPanel
from bot.chat.server_panel import ServerPanel
from bot.chat.statistics_panel import StatisticsPanel
from bot.chat.syncing import CommandSync
from bot.chat.underway import Underway
from bot.chat.withdrawals import Withdrawals
from bot.drawing.pictures import Pictures
from bot.knowledge.model import Knowledge
from bot.settings import Settings
from bot.telemetry.meters import Meters

CAPACITY = 90
"""Questions answered or waiting at a time; at 5 ms each the last one waits for half a second."""

BURST = 10
"""Questions that a person may ask at once before the cooldown counts."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """What stays when the knowledge base is exchanged."""

    executor: Executor
    conversations: Conversations
    cooldown: Cooldown
    admission: Admission
    pictures: Pictures
    meters: Meters = field(default_factory=Meters)
    underway: Underway = field(default_factory=Underway)
    seen: Seen = field(default_factory=Seen)
    withdrawals: Withdrawals = field(default_factory=Withdrawals)


@contextmanager
def lasting(settings: Settings, meters: Meters | None = None) -> Generator[Lasting, None, None]:
    """Build what stays; questions are answered in a thread of its own while this is open."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="answers") as executor:
        kept = Lasting(
            executor,
            Conversations(),
            Cooldown(settings.cooldown, BURST),
            Admission(CAPACITY),
            Pictures(settings.cache),
            meters or Meters(),
        )
        kept.meters.in_flight.set_function(lambda: len(kept.underway))
        yield kept


@contextmanager
def open_rooms(
    settings: Settings, testigo: Testigo, feedback: FeedbackSink, records: Records | None = None
) -> Generator[Rooms, None, None]:
    """Build everything that serves Discord.

    Raises:
        DataError: two ids of the knowledge base share a code.
    """
    with lasting(settings) as kept:
        yield build_rooms(settings, testigo, kept, feedback, records)


def build_rooms(
    settings: Settings, testigo: Testigo, kept: Lasting, feedback: FeedbackSink, records: Records | None
) -> Rooms:
    """Build the rooms of one knowledge base; without `records`, those of managers and curators are left out.

    Raises:
        DataError: two ids of the knowledge base share a code.
    """
    markup = Markup(_hosts(testigo.knowledge))
    languages = Languages(testigo.knowledge.languages, settings.language or testigo.knowledge.languages[0])
    layout, panels = ReplyLayout(testigo, markup), Panels(testigo, markup)
    desk = Desk(testigo.strings, markup, kept.underway, kept.meters)
    asking = Asking(
        testigo,
        conversations=kept.conversations,
        cooldown=kept.cooldown,
        admission=kept.admission,
        executor=kept.executor,
        owners=settings.owners,
        withdrawals=kept.withdrawals,
        records=records,
        meters=kept.meters,
        now=_now,
    )
    listing = Listing(testigo.strings[testigo.knowledge.languages[0]], Completer(testigo.knowledge), languages)
    commands = Commands(
        testigo,
        desk=desk,
        asking=asking,
        layout=layout,
        panels=panels,
        figures=FiguresPanel(testigo, markup, kept.pictures),
        languages=languages,
        listing=listing,
        records=records,
    ).all()
    management = None
    if records is not None:
        management = _management(settings, testigo, kept, markup, records)
        commands = (
            *commands,
            *ManagementCommands(management, records, desk=desk, languages=languages, listing=listing).all(),
        )
    return Rooms(
        underway=kept.underway,
        meters=kept.meters,
        version=testigo.knowledge.version,
        desk=desk,
        messages=Messages(
            testigo,
            asking=asking,
            layout=layout,
            markup=markup,
            languages=languages,
            records=records,
            seen=kept.seen,
            underway=kept.underway,
            meters=kept.meters,
        ),
        presses=Presses(testigo, asking, layout, panels, feedback),
        management=management,
        records=records,
        commands=commands,
        languages=languages,
        translator=CommandTranslator(testigo.strings),
        sync=CommandSync(settings.cache),
    )


def _management(settings: Settings, testigo: Testigo, kept: Lasting, markup: Markup, records: Records) -> Management:
    owners = settings.owners
    review = ReviewPanel(testigo, markup, records, kept.executor, owners)
    return Management(
        testigo,
        markup,
        records,
        server=ServerPanel(testigo, markup, records),
        review=review,
        statistics=StatisticsPanel(
            testigo,
            markup,
            records=records,
            pictures=kept.pictures,
            review=review,
            owners=owners,
            today=lambda: _now().date(),
        ),
        privacy=PrivacyPanel(markup, records),
        withdrawals=kept.withdrawals,
        owners=owners,
    )


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def _hosts(knowledge: Knowledge) -> frozenset[str]:
    """Return the hosts that messages may link to: the article's and those the operator chose."""
    urls = (knowledge.record.url, *(link.url for link in knowledge.links))
    return frozenset(host for url in urls if (host := urlsplit(url).hostname) is not None)
