"""The gateway: sessions that identify, resume and receive events."""

import json
import math
import time
from collections.abc import Awaitable
from typing import Any, TypedDict, Unpack

from aiohttp import WSMsgType, web

from tests.wire.compression import STREAMS
from tests.wire.faults import cut
from tests.wire.payloads import Channel, Payload, snowflake
from tests.wire.sessions import Connection, Heartbeat, Identify, Resume, Session
from tests.wire.world import World

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 0, 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT  # members, presences, message content
ENDS_SESSION = {1000, 1001, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014}


class Options(TypedDict, total=False):
    """What can be chosen about a simulated Discord."""

    guilds: int  # servers with the bot in them; 1
    shards: int  # the number that /gateway/bot recommends; 1
    heartbeat_seconds: float  # 41.25
    privileged_intents: int  # those granted to the bot; none


class Gateway(World):
    """Events go out here."""

    def __init__(self, **options: Unpack[Options]) -> None:
        super().__init__(guilds=options.get("guilds", 1), shards=options.get("shards", 1))
        self.gateway = ""
        self.heartbeat_seconds = options.get("heartbeat_seconds", 41.25)
        self.privileged_intents = options.get("privileged_intents", 0)
        self.identifies: list[Identify] = []
        self.resumes: list[Resume] = []
        self.heartbeats: list[Heartbeat] = []
        self.sessions: dict[str, Session] = {}
        self.is_acknowledging = True
        self._refusals: float = 0
        self._identify_code = 0
        self._connections: list[Connection] = []

    async def dispatch(self, event: str, data: Payload) -> None:
        """Send an event to the sessions that it concerns; those without a connection get it when they resume."""
        guild_id = data.get("guild_id") or (data.get("id") if event.startswith("GUILD_") else None)
        encoded: dict[bool, str] = {}
        for session in list(self.sessions.values()):
            shard, count = session.shard
            if shard != ((int(guild_id) >> 22) % count if guild_id else 0) or not _wants(session, event, guild_id):
                continue
            is_blank = event.startswith("MESSAGE_") and not self._shows_content(session, data)
            if is_blank not in encoded:
                blank = {"content": "", "embeds": [], "attachments": [], "components": []} if is_blank else {}
                encoded[is_blank] = encode({**data, **blank})
            frame, connection = session.record(event, encoded[is_blank]), session.connection
            if connection is not None:
                async with session.sending:
                    await connection.send(frame)

    async def publish(self, channel: Channel, message: Payload, event: str = "MESSAGE_CREATE") -> None:
        """Tell the bot of a message, where it may see the channel."""
        if not channel.is_open:
            return
        more: Payload = {}
        if channel.guild is not None:
            author = self.bot if message["author"]["id"] == self.bot.id else self.person(message["author"]["id"])
            more = {"guild_id": channel.guild.id, **({"member": channel.guild.member(author)} if author else {})}
        await self.dispatch(event, {**message, **more})

    async def drop(self, shard: int | None = None) -> None:
        """Cut the connections without a closing frame."""
        for connection in self._live(shard):
            cut(connection.transport)

    async def close(self, code: int, shard: int | None = None) -> None:
        """Close the connections with this code; some codes end the session too."""
        for connection in self._live(shard):
            if code in ENDS_SESSION - {1000, 1001} and connection.session is not None:
                self.sessions.pop(connection.session.id, None)
            await connection.close(code)

    async def send_op(self, op: int, data: Any = None, shard: int | None = None) -> None:
        """Send an operation; 7 asks the bot to reconnect, 1 for a heartbeat."""
        await self.send_raw(encode({"op": op, "d": data, "s": None, "t": None}), shard)

    async def invalid_session(self, resumable: bool, shard: int | None = None) -> None:
        """Send op 9; a session that is not resumable is forgotten."""
        for connection in self._live(shard):
            if not resumable and connection.session is not None:
                self.sessions.pop(connection.session.id, None)
        await self.send_op(9, resumable, shard)

    async def send_raw(self, text: str, shard: int | None = None) -> None:
        """Send any text as a frame."""
        for connection in self._live(shard):
            await connection.send(text)

    async def send_bytes(self, frame: bytes, shard: int | None = None) -> None:
        """Send any bytes as a frame, past the connection's compression."""
        for connection in self._live(shard):
            await connection.send_bytes(frame)

    def silence(self, shard: int | None = None) -> None:
        """Leave the connections half-open: nothing comes any more, nor is anything heard; new ones are as always."""
        for connection in self._live(shard):
            connection.silence()

    def stop_acks(self) -> None:
        """Leave heartbeats without an answer from now on."""
        self.is_acknowledging = False

    def start_acks(self) -> None:
        """Answer heartbeats again."""
        self.is_acknowledging = True

    def refuse_connections(self, times: float = math.inf) -> None:
        """Refuse so many of the next connections to the gateway, with 503; 0 lets them in again."""
        self._refusals = times

    @property
    def is_refusing(self) -> bool:
        """Tell whether the next connection will be refused."""
        return self._refusals > 0

    def refuse_identifies(self, code: int) -> None:
        """Answer every IDENTIFY by closing with this code; 0 accepts them again."""
        self._identify_code = code

    def connected(self, shards: int = 1, timeout: float = 30.0) -> Awaitable[list[Session]]:
        """Wait until so many shards have a session and a connection."""

        def found() -> list[Session] | None:
            online = self.sessions_online()
            return online if len(online) >= shards else None

        return self.until(found, "connected shard", timeout)

    def sessions_online(self) -> list[Session]:
        """Return the sessions that have a connection now."""
        return [session for session in self.sessions.values() if session.connection is not None]

    def _live(self, shard: int | None) -> list[Connection]:
        return [
            connection
            for connection in self._connections
            if shard is None or (connection.session is not None and connection.session.shard[0] == shard)
        ]

    def _shows_content(self, session: Session, message: Payload) -> bool:
        """Tell whether the bot sees what a message says, as Discord has it for bots without the intent."""
        if not message.get("guild_id") or session.intents & MESSAGE_CONTENT or "author" not in message:
            return True
        if message["author"]["id"] == self.bot.id or f"<@{self.bot.id}>" in message["content"]:
            return True
        is_mentioned = any(user["id"] == self.bot.id for user in message["mentions"])
        # A reply that pings the bot shows its content only where it replies to a regular message.
        return is_mentioned and "interaction_metadata" not in (message.get("referenced_message") or {})

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        if self._refusals > 0:
            self._refusals -= 1
            self.happened.notify()
            # Not a reset: aiohttp hides the first reset of a GET by asking again.
            return web.Response(status=503)
        socket = web.WebSocketResponse(compress=False, timeout=1.0)
        await socket.prepare(request)
        stream = STREAMS.get(request.query.get("compress", ""))
        connection = Connection(socket, request.transport, stream() if stream else None)
        self._connections.append(connection)
        try:
            await connection.send(encode({"op": 10, "d": {"heartbeat_interval": int(self.heartbeat_seconds * 1000)}}))
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._receive(connection, message.data)
                    self.happened.notify()
        finally:
            self._connections.remove(connection)
            self._leave(connection)
            self.happened.notify()
        return socket

    def _leave(self, connection: Connection) -> None:
        session = connection.session
        if session is None or session.connection is not connection:
            return
        session.connection = None
        # The bot's own 1000 and 1001 end a session; any other end leaves it to be resumed.
        if connection.socket.close_code in (1000, 1001) and not connection.is_closed_by_discord:
            self.sessions.pop(session.id, None)

    async def _receive(self, connection: Connection, text: str) -> None:
        try:
            frame = json.loads(text)
            op, data = frame["op"], frame.get("d")
        except (ValueError, KeyError, TypeError):
            await connection.close(4002)
            return
        match op:
            case 1:
                self.heartbeats.append(Heartbeat(time.monotonic(), data))
                if self.is_acknowledging:
                    await connection.send('{"op":11,"d":null}')
            case 2 if connection.session is None:
                await self._identify(connection, data)
            case 2:
                await connection.close(4005)
            case 6:
                await self._resume(connection, data)
            case 3 | 4 | 8 | 31:
                pass  # presence, voice state, members, sounds: nothing comes of them here
            case _:
                await connection.close(4001)

    async def _identify(self, connection: Connection, data: Payload) -> None:
        shard, count = data.get("shard") or (0, 1)
        intents = data.get("intents", 0)
        refusal = self._refusal(data.get("token"), shard, count, intents)
        session_id = None if refusal else f"{int(snowflake()):032x}"
        self.identifies.append(Identify(time.monotonic(), (shard, count), intents, session_id))
        if session_id is None:
            await connection.close(refusal)
            return
        session = Session(session_id, (shard, count), intents, connection)
        guilds = [guild for guild in self.guilds if (int(guild.id) >> 22) % count == shard]
        ready = {
            "v": 10,
            "user": {**self.bot.payload, "verified": True, "mfa_enabled": True, "email": None},
            "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.gateway,
            "shard": [shard, count],
            "application": {"id": self.application_id, "flags": 1 << 23},
            "private_channels": [],
            "relationships": [],
            "_trace": [],
        }
        session.record("READY", encode(ready))
        for guild in guilds if intents & GUILDS else ():
            session.record("GUILD_CREATE", encode(guild.payload(self.bot)))
        connection.session = self.sessions[session.id] = session
        async with session.sending:
            for _, frame in list(session.frames):
                await connection.send(frame)

    def _refusal(self, token: str | None, shard: int, count: int, intents: int) -> int:
        if token != self.token or self._identify_code:
            return self._identify_code or 4004
        if not 0 <= shard < count:
            return 4010
        return 4014 if intents & PRIVILEGED & ~self.privileged_intents else 0

    async def _resume(self, connection: Connection, data: Payload) -> None:
        session, sequence = self.sessions.get(data["session_id"]), data["seq"]
        if data.get("token") != self.token:
            await connection.close(4004)
            return
        is_accepted = (
            session is not None
            and sequence is not None
            and sequence <= session.sequence
            and (not session.frames or session.frames[0][0] <= sequence + 1)
        )
        self.resumes.append(Resume(time.monotonic(), data["session_id"], sequence, is_accepted))
        if session is None or not is_accepted:
            await connection.send('{"op":9,"d":false}')
            return
        async with session.sending:
            session.connection, connection.session = connection, session
            session.record("RESUMED", '{"_trace":[]}')
            for _, frame in [kept for kept in session.frames if kept[0] > sequence]:
                await connection.send(frame)


def _wants(session: Session, event: str, guild_id: str | None) -> bool:
    if event.startswith("MESSAGE_"):
        return bool(session.intents & (GUILD_MESSAGES if guild_id else DIRECT_MESSAGES))
    return bool(session.intents & GUILDS) if event.startswith(("GUILD_", "CHANNEL_")) else True


def encode(data: Any) -> str:
    """Write JSON as Discord does, without spaces."""
    return json.dumps(data, separators=(",", ":"))
