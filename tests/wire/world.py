"""What exists in the simulated Discord: one application, its guilds, people, channels and interactions."""

import base64
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.wire.payloads import (
    LOADING,
    Channel,
    Guild,
    Payload,
    User,
    make_guild,
    make_private_channel,
    make_user,
    stable_snowflake,
)
from tests.wire.waiting import Found, Signal

ANSWER_WITHIN_SECONDS = 3.0


@dataclass(frozen=True)
class Callback:
    """The bot's first response to an interaction."""

    body: Payload
    files: int
    latency: float  # seconds from the sending of the event to the arrival of the callback

    @property
    def kind(self) -> int:
        """Return 4 for a message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal."""
        return self.body["type"]

    @property
    def data(self) -> Payload:
        """Return what was answered."""
        return self.body.get("data") or {}


@dataclass(eq=False)
class Interaction:
    """Something a person did, and what the bot did about it."""

    id: str
    token: str
    payload: Payload
    user: User
    channel: Channel
    sent_at: float = field(default_factory=time.monotonic)
    callback: Callback | None = None
    original_id: str | None = None  # the message that @original means
    is_shown: bool = False  # it has been answered, not only deferred
    followup_ids: list[str] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal)

    @property
    def is_late(self) -> bool:
        """Tell whether Discord has given up on a first response."""
        return self.callback is None and time.monotonic() - self.sent_at > ANSWER_WITHIN_SECONDS

    @property
    def original(self) -> Payload | None:
        """Return the message that @original means, as it is now."""
        return self.channel.messages.get(self.original_id or "")

    @property
    def followups(self) -> list[Payload]:
        """Return the further messages, as they are now."""
        return [self.channel.messages[key] for key in self.followup_ids if key in self.channel.messages]

    def response(self, timeout: float = 5.0) -> Awaitable[Callback]:
        """Wait for the first response, a deferral too."""
        return self._until(lambda: self.callback, "response", timeout)

    def answer(self, timeout: float = 15.0) -> Awaitable[Payload]:
        """Wait for the message that the person finally sees as the answer, and return it as it is then."""
        return self._until(lambda: self.original if self.is_shown else None, "answer", timeout)

    def followup(self, count: int = 1, timeout: float = 5.0) -> Awaitable[list[Payload]]:
        """Wait for so many further messages."""
        return self._until(lambda: self.followups if len(self.followups) >= count else None, "follow-up", timeout)

    def _until(self, look: Callable[[], Found | None], what: str, seconds: float) -> Awaitable[Found]:
        return self.changed.until(look, f"{what} to interaction {self.id}", seconds)


class World:
    """Everything there is, and the means to look for it."""

    def __init__(self, *, guilds: int = 1, shards: int = 1) -> None:
        self.application_id = stable_snowflake("application")
        self.guilds = [make_guild(f"guild {number}", number) for number in range(guilds)]
        self.elsewhere = make_guild("a guild without the bot", 1000, is_open=False)
        roles = frozenset(guild.roles["bot"]["id"] for guild in self.guilds)
        self.bot = make_user("testigo", user_id=self.application_id, is_bot=True, role_ids=roles)
        self.token = ".".join((base64.b64encode(self.application_id.encode()).decode(), "simula", "x" * 38))
        self.shards = shards
        self.commands: dict[str | None, list[Payload]] = {None: []}
        self.channels = {channel.id: channel for guild in (*self.guilds, self.elsewhere) for channel in guild.channels}
        self.interactions: dict[str, Interaction] = {}
        self.modals: dict[str, Payload] = {}
        self.happened = Signal()
        self._people: dict[str, User] = {}

    @property
    def guild(self) -> Guild:
        """Return the first server."""
        return self.guilds[0]

    @property
    def channel(self) -> Channel:
        """Return the first server's first channel."""
        return self.guild.channels[0]

    def user(self, name: str = "ana", *roles: Payload) -> User:
        """Return the person of this name; given roles, as `guild.roles["moderator"]`, replace those of before."""
        if roles or name not in self._people:
            self._people[name] = make_user(name, role_ids=frozenset(role["id"] for role in roles))
        return self._people[name]

    def person(self, user_id: str) -> User | None:
        """Return the person with this id."""
        return next((user for user in self._people.values() if user.id == user_id), None)

    def private_channel(self, user: User, *, is_open: bool = True) -> Channel:
        """Return the user's direct messages with the bot, or with somebody else when it is not open."""
        channel = make_private_channel(user, is_open=is_open)
        return self.channels.setdefault(channel.id, channel)

    def sent(
        self, channel: Channel, *, after: Payload | None = None, count: int = 1, timeout: float = 10.0
    ) -> Awaitable[list[Payload]]:
        """Wait until the bot has sent so many finished messages to the channel after this one."""

        def found() -> list[Payload] | None:
            messages = self.sent_so_far(channel, after=after)
            return messages if len(messages) >= count else None

        return channel.changed.until(found, "message from the bot", timeout)

    def sent_so_far(self, channel: Channel, *, after: Payload | None = None) -> list[Payload]:
        """Return the finished messages that the bot has sent to the channel after this one, oldest first."""
        since = int(after["id"]) if after else 0
        messages: list[Payload] = []
        for message in reversed(channel.messages.values()):
            if int(message["id"]) <= since:
                break
            if message["author"]["id"] == self.bot.id and not message["flags"] & LOADING:
                messages.append(message)
        return messages[::-1]

    def until(self, look: Callable[[], Found | None], what: str = "change", timeout: float = 10.0) -> Awaitable[Found]:
        """Wait for anything else; `look` is asked again at each request, each answer and each frame of the bot."""
        return self.happened.until(look, what, timeout)
