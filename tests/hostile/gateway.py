"""What the gateway can send: events that are not as they should be, and a bot that answers the next question."""

import copy
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from bot.chat.codes import code
from tests.chat.world import World, text_of
from tests.hostile.chat import Chat
from tests.hostile.doors import Door
from tests.hostile.mutations import spoilt
from tests.hostile.strategies import MARK

Event = tuple[str, Any]

QUESTION, ANSWERED = "how many keepers escaped", "4 keepers"
LOGGED = ("event not understood", "bug", "not told", "message not answered", "Ignoring exception in autocomplete")
"""What may be logged of an event that is broken: that it is, or that a handler met a half of it."""


def doors(chat: Chat[World]) -> Sequence[Door]:
    """Return the ways in by each group of events."""
    events = chat.run(_heard(chat.world))
    groups = {
        "INTERACTION_CREATE": [event for event in events if event[0] == "INTERACTION_CREATE"],
        "MESSAGE_CREATE": [event for event in events if event[0] == "MESSAGE_CREATE"],
        "other": [event for event in events if event[0] not in {"INTERACTION_CREATE", "MESSAGE_CREATE"}],
    }
    more: dict[str, Any] = {"answers": True, "expected": LOGGED, "may_fail": True}
    return tuple(
        chat.door(f"gateway, {name}", _spoilt(group), by_event, fresh, fixed=group, **more)
        for name, group in groups.items()
    )


def _spoilt(events: Sequence[Event]) -> st.SearchStrategy[Event]:
    return st.sampled_from(range(len(events))).flatmap(
        lambda number: st.tuples(st.just(events[number][0]), spoilt(events[number][1]))
    )


async def _heard(world: World) -> list[Event]:
    """Return an event of each kind as Discord sends it, with the mark in what people write."""
    heard: list[Event] = []
    backend, channel = world.env.backend, world.channel
    backend.subscribers.append(lambda event, payload: heard.append((event, copy.deepcopy(payload))))
    text = f"{MARK} {QUESTION}"
    message = await world.ben.send(channel, f"{world.me} {text}")
    await world.ada.send_dm(text)
    await world.ada.slash(channel, "ask", question=text)
    await world.ada.slash(channel, "topics")
    await world.ada.autocomplete(channel, "ask", "question", text)
    await world.ada.context_menu(channel, "Answer this question", message)
    await world.press(f"sources:en:{code('s1')}")
    await world.press(f"rate:en:{code('fire-when')}:1")
    await world.choose("entry:en", code("fire-when"))
    await world.submit(f"followed-up:en:{code('fire-when')}", question=text)
    await world.submit(f"reported:en:{code('fire-when')}", reason="wrong", note=text)
    world.guild.create_text_channel("another")
    world.guild.create_role("A role")
    world.newcomer()
    world.env.create_guild("Another server")
    await world.env.settle()
    backend.subscribers.pop()
    guild = {"id": str(world.guild.id)}
    heard += [("GUILD_DELETE", {"id": "1"}), ("GUILD_DELETE", {**guild, "unavailable": True})]
    heard += [("CHANNEL_DELETE", {"id": "1", "type": 0, "guild_id": guild["id"]}), ("RESUMED", {}), ("USER_UPDATE", {})]
    heard += [("MESSAGE_DELETE", {"id": "1", "channel_id": str(channel.id)}), ("TYPING_START", {}), ("ANY_OTHER", {})]
    return heard


async def fresh(world: World, event: Event) -> Event:
    """Return the event as if it came for the first time, where it has kept its form."""
    name, payload = copy.deepcopy(event)
    if not isinstance(payload, dict) or not isinstance(payload.get("id"), str):
        return name, payload
    if name == "INTERACTION_CREATE" and "token" in payload:
        guild = world.guild.id if "guild_id" in payload else None
        record = world.env.backend.new_interaction(2, world.channel.id, world.ada.id, guild)
        payload |= {"id": str(record.id), "token": record.token}
    elif name == "MESSAGE_CREATE":
        payload["id"] = str(world.env.backend.new_interaction(2, world.channel.id, world.ada.id, None).id)
    return name, payload


async def by_event(world: World, event: Event) -> None:
    """Hand an event to discord.py as the gateway does, and ask."""
    name, payload = event
    parse = world.env.bot._connection.parsers.get(name)
    if parse is not None:
        parse(payload)
    await world.env.settle(idle=0.001)
    assert ANSWERED in text_of(await world.ask(QUESTION)), "the next question is not answered"
