"""The REST interface: the application, its commands, channels and messages."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.wire.payloads import (
    COMPONENTS_V2,
    EPHEMERAL,
    LOADING,
    Channel,
    Payload,
    make_message,
    now,
    shown,
    snowflake,
    stable_snowflake,
)
from tests.wire.requests import Answer, ApiError, Request, Requests


class Rest(Requests):
    """Messages are written here."""

    def _add_routes(self, app: web.Application) -> None:
        commands = "/applications/{application_id}/commands"
        guild_commands = "/applications/{application_id}/guilds/{guild_id}/commands"
        message = "/channels/{channel_id}/messages/{message_id}"
        routes = {
            ("GET", "/users/@me"): self._get_me,
            ("POST", "/users/@me/channels"): self._open_private_channel,
            ("GET", "/users/{user_id}"): self._get_user,
            ("GET", "/oauth2/applications/@me"): self._get_application,
            ("GET", "/applications/@me"): self._get_application,
            ("GET", "/gateway"): self._get_gateway,
            ("GET", "/gateway/bot"): self._get_gateway_bot,
            ("GET", commands): self._get_commands,
            ("PUT", commands): self._put_commands,
            ("GET", guild_commands): self._get_commands,
            ("PUT", guild_commands): self._put_commands,
            ("GET", "/channels/{channel_id}"): self._get_channel,
            ("POST", "/channels/{channel_id}/typing"): self._type,
            ("POST", "/channels/{channel_id}/messages"): self._create_message,
            ("GET", message): self._get_message,
            ("PATCH", message): self._edit_message,
            ("DELETE", message): self._delete_message,
        }
        self._route(app, routes)

    async def _get_me(self, _request: Request) -> Answer:
        return {**self.bot.payload, "mfa_enabled": True, "verified": True, "locale": "en-US", "email": None}

    async def _get_user(self, _request: Request, user_id: str) -> Answer:
        user = self.person(user_id)
        if user is None:
            raise ApiError(404, 10013, "Unknown User")
        return user.payload

    async def _get_application(self, _request: Request) -> Answer:
        return {
            "id": self.application_id,
            "name": "testigo",
            "icon": None,
            "description": "",
            "type": None,
            "bot": self.bot.payload,
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "flags": 1 << 23,
            "flags_new": str(1 << 23),
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "owner": self.guild.owner.payload,
            "approximate_guild_count": len(self.guilds),
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "team": None,
            "integration_types_config": {"0": {}, "1": {}},
            "eligible_oauth2_scopes": [],
        }

    async def _get_gateway(self, _request: Request) -> Answer:
        return {"url": self.gateway}

    async def _get_gateway_bot(self, _request: Request) -> Answer:
        starts = {"total": 1000, "remaining": 1000 - len(self.identifies), "reset_after": 0, "max_concurrency": 1}
        return {"url": self.gateway, "shards": self.shards, "session_start_limit": starts}

    async def _get_commands(self, _request: Request, application_id: str, guild_id: str | None = None) -> Answer:
        self._must_be(application_id == self.application_id, 403, 20012, "You are not authorized")
        return self.commands.get(guild_id, [])

    async def _put_commands(self, request: Request, application_id: str, guild_id: str | None = None) -> Answer:
        self._must_be(application_id == self.application_id, 403, 20012, "You are not authorized")
        self.commands[guild_id] = [
            {
                "type": 1,
                "description": "",
                "default_member_permissions": None,
                "nsfw": False,
                **command,
                "integration_types": command.get("integration_types") or [0],
                **({"guild_id": guild_id} if guild_id else {}),
                "id": self.command_id(command["name"], command.get("type", 1)),
                "application_id": self.application_id,
                "version": snowflake(),
            }
            for command in request.body
        ]
        return self.commands[guild_id]

    def command_id(self, name: str, kind: int) -> str:
        """Return the id of the command of this name and type, registered or not."""
        return stable_snowflake(f"command {kind} {name}")

    async def _get_channel(self, _request: Request, channel_id: str) -> Answer:
        return self._channel(channel_id).payload

    async def _open_private_channel(self, request: Request) -> Answer:
        user = self.person(str(request.body["recipient_id"]))
        if user is None:
            raise ApiError(400, 50033, "Invalid Recipient(s)")
        return self.private_channel(user).payload

    async def _type(self, _request: Request, channel_id: str) -> Answer:
        self._channel(channel_id)

    async def _create_message(self, request: Request, channel_id: str) -> Answer:
        channel, body = self._channel(channel_id), request.body
        self._check(body, request.files)
        nonce = body.get("nonce")
        self._must_be(len(str(nonce or "")) <= 25, 400, 50035, "Invalid Form Body: nonce")
        if body.get("enforce_nonce") and nonce in channel.nonces:
            return channel.messages[channel.nonces[nonce]]
        more = self.reply_to(channel, body.get("message_reference"))
        if nonce is not None:
            more["nonce"] = nonce
        message = make_message(channel, self.bot, body, **more)
        if nonce is not None:
            channel.nonces[nonce] = message["id"]
        await self._post(channel, message)
        return message

    def reply_to(self, channel: Channel, reference: Mapping[str, Any] | None) -> Payload:
        """Return what a message holds because it replies to another."""
        if reference is None:
            return {}
        target = channel.messages.get(str(reference["message_id"]))
        if target is None:
            self._must_be(reference.get("fail_if_not_exists") is False, 400, 50035, "Unknown message")
            return {}
        link = {"type": 0, "message_id": target["id"], "channel_id": channel.id}
        if channel.guild is not None:
            link["guild_id"] = channel.guild.id
        return {"type": 19, "message_reference": link, "referenced_message": target}

    async def _get_message(self, _request: Request, channel_id: str, message_id: str) -> Answer:
        return self._message(self._channel(channel_id), message_id)

    async def _edit_message(self, request: Request, channel_id: str, message_id: str) -> Answer:
        return await self._edit(self._channel(channel_id), message_id, request.body, request.files)

    async def _delete_message(self, _request: Request, channel_id: str, message_id: str) -> Answer:
        await self._delete(self._channel(channel_id), message_id)

    def _channel(self, channel_id: str) -> Channel:
        channel = self.channels.get(channel_id)
        if channel is None:
            raise ApiError(404, 10003, "Unknown Channel")
        self._must_be(channel.is_open, 403, 50001, "Missing Access")
        return channel

    def _message(self, channel: Channel, message_id: str) -> Payload:
        message = channel.messages.get(message_id)
        if message is None:
            raise ApiError(404, 10008, "Unknown Message")
        return message

    async def _post(self, channel: Channel, message: Payload) -> None:
        channel.messages[message["id"]] = message
        channel.changed.notify()
        if not message["flags"] & EPHEMERAL:
            await self.publish(channel, message)

    async def _edit(self, channel: Channel, message_id: str, body: Payload, files: int) -> Payload:
        before = self._message(channel, message_id)
        self._check(body, files, is_edit=True)
        flags = (before["flags"] & ~LOADING) | ((body.get("flags") or 0) & COMPONENTS_V2)
        after = {**before, **shown(body, before), "flags": flags, "edited_timestamp": now()}
        channel.messages[message_id] = after
        channel.changed.notify()
        if not flags & EPHEMERAL:
            await self.publish(channel, after, "MESSAGE_UPDATE")
        return after

    async def _delete(self, channel: Channel, message_id: str) -> None:
        message = self._message(channel, message_id)
        del channel.messages[message_id]
        channel.changed.notify()
        if channel.is_open and not message["flags"] & EPHEMERAL:
            place = {"guild_id": channel.guild.id} if channel.guild else {}
            await self.dispatch("MESSAGE_DELETE", {"id": message_id, "channel_id": channel.id, **place})

    def _check(self, body: Mapping[str, Any], files: int, *, is_edit: bool = False) -> None:
        """Refuse what Discord refuses first; the schema in ../shared knows the rest."""
        self._must_be(len(body.get("content") or "") <= 2000, 400, 50035, "Invalid Form Body: content is too long")
        is_v2 = (body.get("flags") or 0) & COMPONENTS_V2
        self._must_be(not (is_v2 and (body.get("content") or body.get("embeds"))), 400, 50035, "Invalid Form Body")
        parts = ("content", "embeds", "components", "poll", "sticker_ids")
        has_part = is_edit or files or any(body.get(part) for part in parts)
        self._must_be(bool(has_part), 400, 50006, "Cannot send an empty message")

    def _must_be(self, is_so: bool, status: int, code: int, message: str) -> None:
        if not is_so:
            raise ApiError(status, code, message)
