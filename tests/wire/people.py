"""People act: commands, buttons, menus, forms and messages."""

from collections.abc import Awaitable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from tests.wire.payloads import (
    ALL_PERMISSIONS,
    Channel,
    Guild,
    Payload,
    User,
    make_message,
    snowflake,
)
from tests.wire.responses import Responses
from tests.wire.world import Interaction

GUILD, BOT_DM, PRIVATE_CHANNEL = 0, 1, 2  # contexts of an interaction
COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5  # types of an interaction
_OPTION_TYPES: Mapping[type, int] = {str: 3, int: 4, bool: 5, User: 6, Channel: 7, float: 10}


class Situation(TypedDict, total=False):
    """Who acts, where, and in which language; each part has a usual value."""

    user: User
    guild: Guild | bool  # False: direct messages with the bot; `discord.elsewhere`: a server without the bot
    channel: Channel
    locale: str
    guild_locale: str
    context: int  # 2: a conversation with somebody else, where only a user-installed bot is met
    interaction_id: str  # known beforehand, so that `fail` can be aimed at it
    owners: Mapping[str, str]  # authorizing_integration_owners; {"1": user.id}: installed by the user


@dataclass(frozen=True)
class Posted:
    """A person's message."""

    payload: Payload
    channel: Channel
    people: "People"

    def reply(self, timeout: float = 10.0) -> Awaitable[list[Payload]]:
        """Wait for the bot's next message in the channel, and return all of them since."""
        return self.people.sent(self.channel, after=self.payload, timeout=timeout)


class People(Responses):
    """What people do to the bot."""

    async def slash(
        self, name: str, options: Mapping[str, Any] | None = None, **situation: Unpack[Situation]
    ) -> Interaction:
        """Use a slash command; a subcommand is named with its parents, as in "faq add"."""
        return await self._act(COMMAND, self._command_data(name, options or {}, situation), situation)

    async def autocomplete(
        self, name: str, options: Mapping[str, Any], *, focused: str = "", **situation: Unpack[Situation]
    ) -> Interaction:
        """Type into an option, by default the last one."""
        data = self._command_data(name, options, situation, focused or list(options)[-1])
        return await self._act(AUTOCOMPLETE, data, situation)

    async def message_command(self, name: str, target: Payload | Posted, **situation: Unpack[Situation]) -> Interaction:
        """Use a command of a message's context menu."""
        message = target.payload if isinstance(target, Posted) else target
        resolved = {"messages": {message["id"]: message}}
        data = {"id": self.command_id(name, 3), "name": name, "type": 3, "target_id": message["id"]}
        situation.setdefault("channel", self.channels[message["channel_id"]])
        return await self._act(COMMAND, {**data, "resolved": resolved}, situation)

    async def press(self, custom_id: str, message: Payload, **situation: Unpack[Situation]) -> Interaction:
        """Press a button of a message."""
        return await self._act(COMPONENT, {"component_type": 2, "custom_id": custom_id}, situation, message)

    async def choose(
        self, custom_id: str, values: Sequence[str], message: Payload, **situation: Unpack[Situation]
    ) -> Interaction:
        """Choose from a menu of a message."""
        data = {"component_type": 3, "custom_id": custom_id, "values": list(values)}
        return await self._act(COMPONENT, data, situation, message)

    async def submit(
        self,
        custom_id: str,
        fields: Mapping[str, Any],
        message: Payload | None = None,
        **situation: Unpack[Situation],
    ) -> Interaction:
        """Fill in and send the form that the bot showed last under this id; other fields are left as they were."""
        modal = self.modals[custom_id]
        components = _filled(modal["components"], fields)
        unknown = set(fields) - set(_field_ids(modal["components"]))
        if unknown:
            raise KeyError(f"the form {custom_id} has no {', '.join(sorted(unknown))}")
        return await self._act(SUBMIT, {"custom_id": custom_id, "components": components}, situation, message)

    async def message(
        self,
        content: str,
        *,
        user: User | None = None,
        channel: Channel | None = None,
        dm: bool = False,
        mentions_bot: bool = False,
        reference: Payload | Posted | None = None,
    ) -> Posted:
        """Write a message; a reply with `mentions_bot` pings the bot as Discord's replies do, without a word of it."""
        author = user or self.user()
        target = reference.payload if isinstance(reference, Posted) else reference
        if channel is None and target is not None:
            channel = self.channels[target["channel_id"]]
        channel = channel or (self.private_channel(author) if dm else self.channel)
        more = self.reply_to(channel, {"message_id": target["id"]} if target else None)
        if mentions_bot and target is None and f"<@{self.bot.id}>" not in content:
            content = f"<@{self.bot.id}> {content}"
        if mentions_bot or f"<@{self.bot.id}>" in content:
            member = {"member": channel.guild.member(self.bot)} if channel.guild else {}
            more["mentions"] = [{**self.bot.payload, **member}]
        payload = make_message(channel, author, {"content": content}, nonce=snowflake(), **more)
        channel.messages[payload["id"]] = payload
        await self.publish(channel, payload)
        return Posted(payload, channel, self)

    def _command_data(self, path: str, options: Mapping[str, Any], situation: Situation, focused: str = "") -> Payload:
        name, *nested = path.split(" ")
        guild = self._place(situation, None).guild
        resolved: dict[str, Payload] = {}
        filled: list[Payload] = []
        for option, value in options.items():
            made: Payload = {"name": option, "type": _OPTION_TYPES[type(value)], "value": value}
            if isinstance(value, User):
                made["value"] = value.id
                resolved.setdefault("users", {})[value.id] = value.payload
                if guild is not None:
                    member = {**guild.member(value), "permissions": str(guild.permissions(value))}
                    resolved.setdefault("members", {})[value.id] = member
            elif isinstance(value, Channel):
                made["value"] = value.id
                resolved.setdefault("channels", {})[value.id] = {**value.payload, "permissions": "0"}
            if option == focused:
                made["focused"] = True
            filled.append(made)
        for depth, part in enumerate(reversed(nested)):
            filled = [{"name": part, "type": 1 if depth == 0 else 2, "options": filled}]
        data: Payload = {"id": self.command_id(name, 1), "name": name, "type": 1, "options": filled}
        return {**data, "resolved": resolved} if resolved else data

    def _place(self, situation: Situation, message: Payload | None) -> Channel:
        """Return the channel in which a situation is."""
        if "channel" in situation:
            return situation["channel"]
        if message is not None:
            return self.channels[message["channel_id"]]
        guild = situation.get("guild", "context" not in situation or situation["context"] == GUILD)
        if isinstance(guild, Guild):
            return guild.channels[0]
        user = situation.get("user") or self.user()
        is_open = situation.get("context", BOT_DM) == BOT_DM
        return self.channel if guild else self.private_channel(user, is_open=is_open)

    async def _act(self, kind: int, data: Payload, situation: Situation, message: Payload | None = None) -> Interaction:
        channel, user = self._place(situation, message), situation.get("user") or self.user()
        guild, interaction_id = channel.guild, situation.get("interaction_id") or snowflake()
        usual = GUILD if guild else BOT_DM if channel.is_open else PRIVATE_CHANNEL
        context = situation.get("context", usual)
        owners = situation.get("owners") or _owners(channel, user)
        may = guild.permissions(user) if guild else ALL_PERMISSIONS
        bot_may = guild.permissions(self.bot) if guild else ALL_PERMISSIONS
        payload: Payload = {
            "id": interaction_id,
            "application_id": self.application_id,
            "type": kind,
            "token": f"interaction-{interaction_id}",
            "version": 1,
            "data": data,
            "channel_id": channel.id,
            "channel": {**channel.payload, "permissions": str(may)} if guild else channel.payload,
            "locale": situation.get("locale", "en-US"),
            "app_permissions": str(bot_may),
            "entitlements": [],
            "authorizing_integration_owners": dict(owners),
            "context": context,
            "attachment_size_limit": 10_485_760,
        }
        if guild is not None:
            payload["guild_id"] = guild.id
            payload["guild"] = {"id": guild.id, "locale": guild.locale, "features": []}
            payload["guild_locale"] = situation.get("guild_locale", guild.locale)
            payload["member"] = {**guild.member(user), "user": user.payload, "permissions": str(may)}
        else:
            payload["user"] = user.payload
        if message is not None:
            # A message of an earlier run is known from now on, so that the bot can edit it.
            payload["message"] = channel.messages.setdefault(message["id"], message)
        interaction = Interaction(interaction_id, payload["token"], payload, user, channel)
        self.interactions[interaction.token] = interaction
        await self.dispatch("INTERACTION_CREATE", payload)
        return interaction


def _owners(channel: Channel, user: User) -> dict[str, str]:
    """Return who usually has brought the bot to such a channel."""
    if not channel.is_open:
        return {"1": user.id}
    return {"0": channel.guild.id if channel.guild else "0"}


def _filled(components: Iterable[Payload], fields: Mapping[str, Any]) -> list[Payload]:
    """Return a form's components as Discord sends them back, in labels or in action rows."""
    done: list[Payload] = []
    for number, component in enumerate(components, 1):
        made: Payload = {"type": component["type"], "id": component.get("id", number)}
        match component:
            case {"type": 1, "components": inner}:
                made["components"] = _filled(inner, fields)
            case {"type": 18, "component": inner}:
                [made["component"]] = _filled([inner], fields)
            case {"type": kind, "custom_id": custom_id}:
                made["custom_id"] = custom_id
                key = "value" if kind in (4, 21, 23) else "values"
                made[key] = fields.get(custom_id, _left_alone(component))
        done.append(made)
    return done


def _left_alone(component: Payload) -> Any:
    """Return the value of a field that nobody touched."""
    chosen = [option["value"] for option in component.get("options") or () if option.get("default")]
    match component["type"]:
        case 4:
            return component.get("value") or ""
        case 21:
            return chosen[0] if chosen else None
        case 23:
            return bool(component.get("default"))
        case _:
            return chosen


def _field_ids(components: Iterable[Payload]) -> list[str]:
    found: list[str] = []
    for component in components:
        inner = [component["component"]] if "component" in component else component.get("components", [])
        found += [component["custom_id"]] if "custom_id" in component else _field_ids(inner)
    return found
