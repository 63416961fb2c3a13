"""A simulated Discord with one server, some people and the bot, and how to read what the bot says."""

import contextlib
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import discord
import simcord
from simcord.actors import MemberActor, _dispatch_actor_interaction
from simcord.builders import ChannelHandle, GuildHandle, UserHandle
from simcord.enums import InteractionType
from simcord.results import InteractionResult, ResponseMessage, to_discord_message
from simcord.types import HttpLogEntry

from bot.answering.feedback import FeedbackMemory
from bot.answering.testigo import Testigo
from bot.chat.client import Rooms, TestigoClient
from bot.chat.conversations import Conversations
from bot.chat.limits import Admission, Cooldown
from bot.drawing.pictures import Pictures
from bot.rooms import Lasting, build_rooms
from bot.settings import Settings
from tests.chat.payloads import BUTTON, MENU, TEXT_DISPLAY, components, problems

COMPONENTS_V2 = 1 << 15

Message = ResponseMessage | discord.Message


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


@dataclass
class Wire:
    """What interactions come with; simcord has but one locale and context."""

    fields: dict[str, Any] = field(default_factory=dict)

    @contextlib.contextmanager
    def sends(self, **fields: Any) -> Generator[None, None, None]:
        """Let interactions come with these fields; a field that is None does not come."""
        before, self.fields = self.fields, {**self.fields, **fields}
        try:
            yield
        finally:
            self.fields = before


@dataclass
class World:
    """One server with a channel, three people, and the bot."""

    env: simcord.Env
    rooms: Rooms
    testigo: Testigo
    feedback: FeedbackMemory
    wire: Wire
    clock: Clock
    guild: GuildHandle
    channel: ChannelHandle
    ada: MemberActor
    ben: MemberActor

    async def ask(self, question: str, **options: Any) -> ResponseMessage:
        """Let Ada ask by command, and return the answer."""
        return answered(await self.ada.slash(self.channel, "ask", question=question, **options))

    async def press(self, custom_id: str, person: MemberActor | None = None) -> InteractionResult:
        """Let somebody press a button with this custom id, which an older version of the bot may have sent."""
        row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "A button", "custom_id": custom_id}]}
        message = self.env.backend.create_message(
            self.channel.id, self.env.backend.bot_user.id, components=[row], flags=COMPONENTS_V2
        )
        return await (person or self.ada).click(to_discord_message(self.env, message), custom_id=custom_id)

    async def choose(self, custom_id: str, value: str) -> InteractionResult:
        """Let Ada choose a value of a menu with this custom id, which an older version of the bot may have sent."""
        menu = {"type": 3, "custom_id": custom_id, "options": [{"label": "An option", "value": value}]}
        message = self.env.backend.create_message(
            self.channel.id,
            self.env.backend.bot_user.id,
            components=[{"type": 1, "components": [menu]}],
            flags=COMPONENTS_V2,
        )
        return await self.ada.select(to_discord_message(self.env, message), [value], custom_id=custom_id)

    async def interact(self, kind: int, data: dict[str, Any]) -> InteractionResult:
        """Let Ada send an interaction as it stands, past what a client checks."""
        return await _dispatch_actor_interaction(self.ada, kind, self.channel, data)

    async def submit(self, custom_id: str, **fields: str) -> InteractionResult:
        """Let Ada send in a form with this custom id."""
        labels = [
            {"type": 18, "id": number, "component": {"type": 4, "id": 50 + number, "custom_id": name, "value": value}}
            for number, (name, value) in enumerate(fields.items(), start=1)
        ]
        return await self.interact(InteractionType.MODAL_SUBMIT, {"custom_id": custom_id, "components": labels})

    def command(self, name: str) -> dict[str, Any]:
        """Return a command as it is registered."""
        return next(each for each in self.registered if each["name"] == name)

    def command_id(self, name: str) -> str:
        """Return the id that Discord gave a command."""
        found = self.env.backend.find_command(name, None, type=1)
        assert found is not None
        return found["id"]

    @property
    def registered(self) -> list[dict[str, Any]]:
        """The registration of the commands."""
        return self.requests("PUT", "/commands")[-1]

    def watch(self, watcher: Callable[[HttpLogEntry], None]) -> None:
        """Let `watcher` hear of each further request."""
        self.env.backend.http_requests = _Watched(self.env.http_requests, watcher)

    def newcomer(self, name: str = "Cleo") -> MemberActor:
        """Return one more member of the server."""
        return self.guild.add_member(self.env.create_user(name))

    @property
    def me(self) -> str:
        """The mention of the bot."""
        return f"<@{self.env.backend.bot_user.id}>"

    @property
    def said(self) -> list[discord.Message]:
        """What the bot wrote in the channel, private answers aside."""
        return self.written_in(self.channel)

    def written_in(self, channel: ChannelHandle) -> list[discord.Message]:
        """Return what the bot wrote in a channel, private answers aside."""
        me = self.env.backend.bot_user.id
        return [message for message in channel.history() if message.author.id == me and not message.flags.ephemeral]

    def mail_of(self, person: MemberActor | UserHandle) -> list[discord.Message]:
        """Return what the bot wrote to a person directly."""
        user = person.user if isinstance(person, MemberActor) else person
        return self.written_in(user.dm_channel)

    def requests(self, method: str, ending: str) -> list[Any]:
        """Return the bodies of the requests to paths with this ending."""
        return [r.json for r in self.env.http_requests if r.method == method and r.path.endswith(ending)]

    @property
    def bodies(self) -> list[Any]:
        """All that the bot sent, the registration of the commands aside."""
        return [r.json for r in self.env.http_requests if r.json is not None and not r.path.endswith("/commands")]

    @property
    def callbacks(self) -> list[int]:
        """The types of the responses to interactions."""
        return [body["type"] for body in self.requests("POST", "/callback")]


class _Watched(list[HttpLogEntry]):
    """Requests, each told to somebody."""

    def __init__(self, requests: list[HttpLogEntry], watcher: Callable[[HttpLogEntry], None]) -> None:
        super().__init__(requests)
        self._watcher = watcher

    def append(self, request: HttpLogEntry, /) -> None:
        """Keep a request, and tell of it."""
        super().append(request)
        self._watcher(request)


def answered(result: InteractionResult) -> ResponseMessage:
    """Return the message that an interaction was responded to with, or the one that followed it."""
    message = result.followups[-1] if result.followups else result.response
    assert message is not None, f"nothing was said: {result!r}"
    return message


def asked_by(message: ResponseMessage) -> int:
    """Return the id of the interaction that a message responds to, under which its question is known."""
    metadata = message.message.interaction_metadata
    assert metadata is not None
    return metadata.id


def raw(message: Message) -> list[dict[str, Any]]:
    """Return the components of a message, inner ones after outer ones."""
    if isinstance(message, ResponseMessage):
        return list(components(message.components))
    return list(components([component.to_dict() for component in message.components]))


def text_of(message: Message) -> str:
    """Return all text of a message."""
    return "\n".join(part["content"] for part in raw(message) if part["type"] == TEXT_DISPLAY)


def buttons(message: Message) -> dict[str, str]:
    """Return the custom ids of the buttons by their labels."""
    return {part["label"]: part["custom_id"] for part in raw(message) if part["type"] == BUTTON}


def menus(message: Message) -> list[dict[str, Any]]:
    """Return the menus."""
    return [part for part in raw(message) if part["type"] == MENU]


def options(message: Message, menu: int = 0) -> dict[str, str]:
    """Return the values of a menu's options by their labels."""
    return {option["label"]: option["value"] for option in menus(message)[menu]["options"]}


def strip(text: str) -> str:
    """Return a text of a message without Discord's markdown, for comparing it with the core's."""
    return text.replace("\\", "")


@contextlib.contextmanager
def rooms_by_hand(
    testigo: Testigo,
    cache: Path,
    feedback: FeedbackMemory,
    *,
    clock: Callable[[], float],
    cooldown: Cooldown | None = None,
    admission: Admission | None = None,
    executor: Executor | None = None,
    pictures: Pictures | None = None,
    owners: frozenset[int] = frozenset(),
    default: str = "en",
) -> Iterator[Rooms]:
    """Build what `bot.rooms.open_rooms` builds, with a clock and limits of the test's own."""
    # A copy takes the owners as they are, who may be known only once the world is built.
    settings = Settings(_env_file=None, cache=cache, language=default).model_copy(update={"owners": owners})
    with ThreadPoolExecutor(max_workers=1) as pool:
        kept = Lasting(
            executor or pool,
            Conversations(clock),
            cooldown or Cooldown(0, 10, clock),
            admission or Admission(150),
            pictures or Pictures(cache),
        )
        yield build_rooms(settings, testigo, kept, feedback, None)


def hosts_of(testigo: Testigo) -> frozenset[str]:
    """Return the hosts that messages may link to."""
    urls = (testigo.knowledge.record.url, *(link.url for link in testigo.knowledge.links))
    return frozenset(urlsplit(url).hostname or "" for url in urls)


@contextlib.asynccontextmanager
async def world_of(
    testigo: Testigo, rooms: Rooms, feedback: FeedbackMemory, wire: Wire, clock: Clock, description: Any
) -> AsyncGenerator[World, None]:
    """Run the bot in a simulated Discord; at the end, check every payload that it sent."""
    # A drawing takes a process of its own, which a busy machine is slow to start.
    env = simcord.Env(TestigoClient(rooms), settle_timeout=30)
    await env.start()
    try:
        guild = env.create_guild("A server")
        channel = guild.create_text_channel("general")
        ada, ben = (guild.add_member(env.create_user(name)) for name in ("Ada", "Ben"))
        yield World(env, rooms, testigo, feedback, wire, clock, guild, channel, ada, ben)
    finally:
        await env.shutdown()
    env._raise_errors_since(env._errors_acknowledged)
    hosts = hosts_of(testigo)
    found = [p for r in env.http_requests for p in problems(r.method, r.path, r.json, hosts, description)]
    assert not found, "\n".join(found)
