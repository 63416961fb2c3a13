"""A bot that keeps records, two servers, and somebody of each right."""

import contextlib
import datetime
import sqlite3
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
from simcord.actors import MemberActor, _component_interaction, _dispatch_actor_interaction
from simcord.builders import ChannelHandle, GuildHandle, RoleHandle, UserHandle
from simcord.enums import InteractionType
from simcord.results import InteractionResult

from bot.answering.feedback import FeedbackMemory
from bot.answering.reply import Outcome
from bot.answering.testigo import Testigo
from bot.chat.client import Rooms, TestigoClient
from bot.chat.conversations import Conversations
from bot.chat.limits import Admission, Cooldown
from bot.chat.management import Management
from bot.chat.markup import plain
from bot.chat.records import Records
from bot.drawing.pictures import Pictures
from bot.rooms import Lasting, build_rooms
from bot.settings import Settings
from bot.storage.opening import opened_store
from bot.storage.servers import ServerSettings
from bot.storage.store import Store
from tests.chat.world import COMPONENTS_V2, Clock, Message, Wire, World, answered, strip, text_of, world_of
from tests.storage.samples import asked

EPHEMERAL = 1 << 6
DAYS = 30

Person = MemberActor | UserHandle
Contents = dict[str, list[tuple[Any, ...]]]


class Owners(frozenset[int]):
    """Who runs the bot; their ids are known only once the world is built."""

    def __new__(cls) -> "Owners":
        """Return nobody yet."""
        return super().__new__(cls)

    def __init__(self) -> None:
        self.ids: list[int] = []

    def __contains__(self, person: object) -> bool:
        return person in self.ids

    def __iter__(self) -> Iterator[int]:
        return iter(self.ids)


class Undrawn(Pictures):
    """Takes a picture for drawn: to draw takes seconds."""

    async def picture(self, figures: Any, key: str) -> Path:
        """Return a picture of nothing."""
        del figures
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\x89PNG")
        return path


@dataclass
class House:
    """A world whose bot keeps records: its owner, a manager, a curator by role, and another server with its own."""

    world: World
    folder: Path
    settings: Settings
    records: Records
    kept: Lasting
    role: RoleHandle
    owner: MemberActor
    manager: MemberActor
    curator: MemberActor
    elsewhere: GuildHandle
    channel_elsewhere: ChannelHandle
    stranger: MemberActor
    _stack: contextlib.AsyncExitStack

    @property
    def store(self) -> Store:
        """The store."""
        return self.records.store

    @property
    def guild(self) -> int:
        """The id of the server."""
        return self.world.guild.id

    @property
    def management(self) -> Management:
        """The bot's."""
        management = self.world.rooms.management
        assert management is not None
        return management

    def text(self, key: str, code: str = "en", /, **arguments: str | int) -> str:
        """Return a text of the bot, in English unless told otherwise."""
        return plain(self.world.testigo.strings[code].text(key, **arguments))

    async def set(self, **settings: Any) -> None:
        """Let the server's managers have chosen."""
        await self.store.servers.change(self.guild, self.manager.id, ServerSettings(**settings))
        self.records.servers.forget(self.guild)

    async def keep(self, *texts: str, person: int | None = None, guild: int | None = -1, **fields: Any) -> None:
        """Let somebody have asked what could not be answered, in the server unless told otherwise."""
        where = self.guild if guild == -1 else guild
        for text in texts:
            fields = {"outcome": Outcome.GAP, "entries": (), "at": datetime.datetime.now(datetime.UTC), **fields}
            question = asked(text, guild=where, person=person or self.world.ada.id, **fields)
            assert await self.store.questions.record(question)

    async def forge(self, person: Person, custom_id: str, *values: str, **where: ChannelHandle) -> InteractionResult:
        """Let a person send a press of a button, or a choice in a menu, past what a client checks."""
        backend = self.world.env.backend
        mail = person.dm_channel if isinstance(person, UserHandle) else self.world.channel
        options = [{"label": value, "value": value} for value in dict.fromkeys(values)]
        item = {"type": 3, "custom_id": custom_id, "options": options} if values else None
        item = item or {"type": 2, "style": 2, "label": "A button", "custom_id": custom_id}
        message = backend.create_message(
            where.get("channel", mail).id,
            backend.bot_user.id,
            components=[{"type": 1, "components": [item]}],
            flags=COMPONENTS_V2,
        )
        data = {"custom_id": custom_id, "component_type": item["type"], **({"values": list(values)} if values else {})}
        return await _component_interaction(person, message, data)

    async def command(self, person: Person, name: str, *path: str, **options: str) -> InteractionResult:
        """Let a person send a command past what a client checks, as whether they see it at all."""
        channel = person.dm_channel if isinstance(person, UserHandle) else self.channel_of(person)
        found = self.world.command(name)
        inner: list[dict[str, Any]] = [{"type": 3, "name": key, "value": value} for key, value in options.items()]
        for step in reversed(path):
            inner = [{"type": 1, "name": step, "options": inner}]
        data = {"id": self.world.command_id(name), "name": found["name"], "type": 1, "options": inner}
        return await _dispatch_actor_interaction(person, InteractionType.APPLICATION_COMMAND, channel, data)

    def channel_of(self, person: MemberActor) -> ChannelHandle:
        """Return the channel where a member writes."""
        return self.channel_elsewhere if person.guild.id == self.elsewhere.id else self.world.channel

    def contents(self) -> Contents:
        """Return all rows of all tables."""
        with contextlib.closing(sqlite3.connect(self.folder / "testigo.db")) as connection:
            tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables}

    async def restart(self) -> None:
        """Restart the bot on the same database."""
        await self.records.close(5)
        self.records = await self._stack.enter_async_context(records_in(self.folder))
        self.kept = lasting(self.kept, self.settings)
        rooms = build_rooms(self.settings, self.world.testigo, self.kept, self.records.recorder, self.records)
        await self.world.env.restart_bot(TestigoClient(rooms))
        self.world.rooms = rooms
        await self.kept.withdrawals.refresh(self.store)

    def use(self, rooms: Rooms) -> None:
        """Let the client hand its events to other rooms."""
        client = self.world.env.bot
        assert isinstance(client, TestigoClient)
        client.use(rooms)
        self.world.rooms = rooms


@contextlib.asynccontextmanager
async def records_in(folder: Path) -> AsyncGenerator[Records, None]:
    """Open the store in a folder, and what writes to it."""
    async with opened_store(f"sqlite:///{folder / 'testigo.db'}", None, folder) as store:
        records = Records(store, DAYS, linger=0)
        yield records
        await records.close(5)


def lasting(old: Lasting, settings: Settings) -> Lasting:
    """Return what a restarted bot begins with."""
    return Lasting(old.executor, Conversations(Clock()), Cooldown(0, 10), Admission(90), Undrawn(settings.cache))


@contextlib.asynccontextmanager
async def house_of(
    testigo: Testigo,
    cache: Path,
    wire: Wire,
    description: Any,
    folder: Path,
    *,
    pictures: Pictures | None = None,
    records: Records | None = None,
) -> AsyncGenerator[House, None]:
    """Run a bot that keeps records in a folder."""
    owners, clock = Owners(), Clock()
    settings = Settings(_env_file=None, cache=cache).model_copy(update={"owners": owners})
    async with contextlib.AsyncExitStack() as stack:
        executor = stack.enter_context(ThreadPoolExecutor(max_workers=1))
        records = records or await stack.enter_async_context(records_in(folder))
        drawing = pictures or Undrawn(cache)
        kept = Lasting(executor, Conversations(clock), Cooldown(0, 10, clock), Admission(90), drawing)
        rooms = build_rooms(settings, testigo, kept, records.recorder, records)
        world = await stack.enter_async_context(world_of(testigo, rooms, FeedbackMemory(), wire, clock, description))
        guild, elsewhere = world.guild, world.env.create_guild("Another server")
        manage = discord.Permissions(manage_guild=True, send_messages=True, view_channel=True)
        role = guild.create_role("Curators")
        chief = guild.create_role("Chiefs", permissions=manage)
        chief_elsewhere = elsewhere.create_role("Chiefs", permissions=manage)
        stranger = world.env.create_user("Stan")
        guild.add_member(stranger)
        owner = guild.add_member(world.env.create_user("Olga"))
        owners.ids.append(owner.id)
        yield House(
            world=world,
            folder=folder,
            settings=settings,
            records=records,
            kept=kept,
            role=role,
            owner=owner,
            manager=guild.add_member(world.env.create_user("Max"), roles=[chief]),
            curator=guild.add_member(world.env.create_user("Cora"), roles=[role]),
            elsewhere=elsewhere,
            channel_elsewhere=elsewhere.create_text_channel("general"),
            stranger=elsewhere.add_member(stranger, roles=[chief_elsewhere]),
            _stack=stack,
        )


def shown(house: House, person: Person, channel: ChannelHandle | None = None) -> Message:
    """Return what the bot said last that a person can see."""
    if channel is None:
        channel = person.dm_channel if isinstance(person, UserHandle) else house.channel_of(person)
    me = house.world.env.backend.bot_user.id
    return next(message for message in reversed(channel.history(viewer=person)) if message.author.id == me)


def told(result: InteractionResult) -> str:
    """Return what somebody was told, as it reads."""
    return strip(text_of(answered(result)))
