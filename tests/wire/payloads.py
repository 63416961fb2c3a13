"""What Discord writes: ids, users, guilds, channels and messages as JSON objects."""

import hashlib
import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.wire.waiting import Signal

Payload = dict[str, Any]

ALL_PERMISSIONS = (1 << 53) - 1
# add reactions, view, send, embed, attach, read history, use commands, use external apps
EVERYONE_PERMISSIONS = 1 << 6 | 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 31 | 1 << 50
MODERATOR_PERMISSIONS = 1 << 5 | 1 << 13  # manage the server, manage messages

EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15

_DISCORD_EPOCH_MS = 1_420_070_400_000
_count = itertools.count()
# What Discord adds to a component of each type when it gives it back.
_COMPONENT_DEFAULTS: Mapping[int, Payload] = {
    3: {"min_values": 1, "max_values": 1},
    14: {"spacing": 1, "divider": True},
    17: {"accent_color": None, "spoiler": False},
}


def snowflake() -> str:
    """Return a new id that tells the present time; later ids are greater within a process."""
    return str((int(time.time() * 1000) - _DISCORD_EPOCH_MS << 22) + next(_count) % (1 << 22))


def stable_snowflake(name: str) -> str:
    """Return the id that this name has in every run, dated in the winter of 2019."""
    digest = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])
    return str((150_000_000_000 + digest % 9_000_000_000 << 22) + digest % (1 << 22))


def now() -> str:
    """Return the present time as Discord writes it."""
    return datetime.now(UTC).isoformat()


@dataclass(frozen=True)
class User:
    """A person, or the bot."""

    id: str
    payload: Payload
    role_ids: frozenset[str] = frozenset()


def make_user(name: str, *, user_id: str = "", is_bot: bool = False, role_ids: frozenset[str] = frozenset()) -> User:
    """Make the user of this name."""
    user_id = user_id or stable_snowflake(f"user {name}")
    payload = {
        "id": user_id,
        "username": name,
        "global_name": None if is_bot else name.title(),
        "discriminator": "4242" if is_bot else "0",
        "avatar": None,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
        **({"bot": True} if is_bot else {}),
    }
    return User(user_id, payload, role_ids)


@dataclass(eq=False)
class Channel:
    """A channel with its messages in order; `is_open` means that the bot may read and write there."""

    id: str
    payload: Payload
    guild: "Guild | None" = None
    is_open: bool = True
    messages: dict[str, Payload] = field(default_factory=dict)
    nonces: dict[str, str] = field(default_factory=dict)
    changed: Signal = field(default_factory=Signal)


@dataclass(eq=False)
class Guild:
    """A server with its roles by name and its text channels."""

    id: str
    name: str
    owner: User
    roles: dict[str, Payload]
    locale: str = "en-US"
    channels: list[Channel] = field(default_factory=list)

    def permissions(self, user: User) -> int:
        """Return what this user may do in every channel."""
        if user is self.owner:
            return ALL_PERMISSIONS
        held = (role for role in self.roles.values() if role["id"] == self.id or role["id"] in user.role_ids)
        permissions = 0
        for role in held:
            permissions |= int(role["permissions"])
        return permissions

    def member(self, user: User) -> Payload:
        """Return the user as a member, without the user object."""
        return {
            "avatar": None,
            "banner": None,
            "communication_disabled_until": None,
            "flags": 0,
            "joined_at": "2024-01-01T00:00:00+00:00",
            "nick": None,
            "pending": False,
            "premium_since": None,
            "roles": [role["id"] for role in self.roles.values() if role["id"] in user.role_ids],
            "mute": False,
            "deaf": False,
        }

    def payload(self, bot: User) -> Payload:
        """Return the data of GUILD_CREATE."""
        absent = ("icon", "description", "home_header", "splash", "discovery_splash", "banner", "application_id")
        absent += ("afk_channel_id", "system_channel_id", "widget_channel_id", "max_presences", "vanity_url_code")
        absent += ("rules_channel_id", "safety_alerts_channel_id", "public_updates_channel_id", "incidents_data")
        zero = ("system_channel_flags", "verification_level", "default_message_notifications", "mfa_level")
        zero += ("explicit_content_filter", "premium_tier", "premium_subscription_count", "nsfw_level")
        empty = ("features", "emojis", "stickers", "voice_states", "presences", "threads", "stage_instances")
        empty += ("guild_scheduled_events", "soundboard_sounds")
        return {
            **dict.fromkeys(absent),
            **dict.fromkeys(zero, 0),
            **{key: [] for key in empty},
            "id": self.id,
            "name": self.name,
            "owner_id": self.owner.id,
            "preferred_locale": self.locale,
            "region": "deprecated",
            "afk_timeout": 300,
            "widget_enabled": False,
            "max_members": 500_000,
            "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25,
            "premium_progress_bar_enabled": False,
            "nsfw": False,
            "roles": list(self.roles.values()),
            "channels": [channel.payload for channel in self.channels],
            "members": [{**self.member(bot), "user": bot.payload}],
            "member_count": 2,
            "joined_at": "2024-01-01T00:00:00+00:00",
            "large": False,
            "unavailable": False,
        }


def make_guild(name: str, number: int, *, is_open: bool = True) -> Guild:
    """Make a server with four roles and two text channels; in one that is not open the bot is no member."""
    # A multiple of every number of shards up to 16, so that guild n belongs to shard n % count.
    guild_id = str(151_351_200_000 + number << 22)
    permissions = {
        "@everyone": EVERYONE_PERMISSIONS,
        "bot": EVERYONE_PERMISSIONS,
        "moderator": MODERATOR_PERMISSIONS,
        "curator": 0,
    }
    roles = {
        role: _role(guild_id if role == "@everyone" else stable_snowflake(f"{name} role {role}"), role, place, allowed)
        for place, (role, allowed) in enumerate(permissions.items())
    }
    guild = Guild(guild_id, name, make_user(f"owner of {name}"), roles)
    for place, title in enumerate(("general", "questions")):
        guild.channels.append(_text_channel(guild, title, place, is_open))
    return guild


def _role(role_id: str, name: str, position: int, permissions: int) -> Payload:
    return {
        "id": role_id,
        "name": name,
        "permissions": str(permissions),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": name == "bot",
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def _text_channel(guild: Guild, name: str, position: int, is_open: bool) -> Channel:
    channel_id = stable_snowflake(f"{guild.name} channel {name}")
    payload = {
        "id": channel_id,
        "type": 0,
        "guild_id": guild.id,
        "name": name,
        "position": position,
        "topic": None,
        "nsfw": False,
        "flags": 0,
        "rate_limit_per_user": 0,
        "parent_id": None,
        "last_message_id": None,
        "permission_overwrites": [],
    }
    return Channel(channel_id, payload, guild, is_open)


def make_private_channel(user: User, *, is_open: bool = True) -> Channel:
    """Make the user's direct messages with the bot, or with somebody else when it is not open."""
    channel_id = stable_snowflake(f"private channel of {user.id} {is_open}")
    payload = {"id": channel_id, "type": 1, "flags": 0, "last_message_id": None, "recipients": [user.payload]}
    return Channel(channel_id, payload, None, is_open)


def make_message(channel: Channel, author: User, body: Mapping[str, Any], **more: Any) -> Payload:
    """Make a message from the body of a request; `more` holds the fields that Discord decides."""
    made: Payload = {
        "id": snowflake(),
        "type": 0,
        "channel_id": channel.id,
        "author": author.payload,
        "timestamp": now(),
        "edited_timestamp": None,
        "flags": body.get("flags") or 0,
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "pinned": False,
        "tts": False,
        **shown(body, {"content": "", "embeds": [], "components": [], "attachments": []}),
        **more,
    }
    return made


def shown(body: Mapping[str, Any], before: Mapping[str, Any]) -> Payload:
    """Return the visible parts of a message after this body was applied to those of before."""
    parts = {
        "content": before["content"],
        "embeds": before["embeds"],
        "components": before["components"],
        "attachments": before["attachments"],
    }
    if "content" in body:
        parts["content"] = body["content"] or ""
    if "embeds" in body:
        parts["embeds"] = [{"type": "rich", **embed} for embed in body["embeds"] or ()]
    if "components" in body:
        parts["components"] = _numbered(body["components"] or (), itertools.count(1))
    if "attachments" in body:
        parts["attachments"] = [_attachment(attachment) for attachment in body["attachments"] or ()]
    return parts


def _numbered(components: Any, numbers: "itertools.count[int]") -> list[Payload]:
    """Return the components with an id each, as Discord gives them back."""
    done = []
    for component in components:
        made = {"id": next(numbers), **_COMPONENT_DEFAULTS.get(component["type"], {}), **component}
        if "components" in made:
            made["components"] = _numbered(made["components"], numbers)
        if "accessory" in made:
            [made["accessory"]] = _numbered([made["accessory"]], numbers)
        done.append(made)
    return done


def _attachment(sent: Mapping[str, Any]) -> Payload:
    if "url" in sent:
        return dict(sent)
    name = sent.get("filename", "file")
    attachment_id = snowflake()
    address = f"https://cdn.discordapp.com/attachments/1/{attachment_id}/{name}"
    return {"id": attachment_id, "filename": name, "size": 1, "url": address, "proxy_url": address}
