"""What Discord does to a bot, for the tests and for the table of faults."""

from collections.abc import Mapping

from tests.wire.faults import Accepted, Fault, Hang, RateLimited, Reset, Status
from tests.wire.payloads import snowflake
from tests.wire.simulator import SimulatedDiscord

BAD_JSON = '{"op":0,"s":7,"t":"MESSAGE_CREATE","d":{"id":'


async def interaction_without_id(discord: SimulatedDiscord) -> None:
    """Send an interaction that lacks most of its fields."""
    await discord.dispatch("INTERACTION_CREATE", {"type": 2, "data": {"name": "ask"}})


async def message_without_author(discord: SimulatedDiscord) -> None:
    """Send a message that lacks a field."""
    await discord.dispatch("MESSAGE_CREATE", {"id": snowflake(), "channel_id": discord.channel.id, "content": "?"})


async def unknown_events(discord: SimulatedDiscord) -> None:
    """Send an event and an operation that nobody knows yet."""
    await discord.dispatch("SOMETHING_OF_NEXT_YEAR", {"id": snowflake()})
    await discord.send_op(99, {"what": "ever"})


ASKED: Mapping[str, tuple[tuple[Fault, ...], bool]] = {
    "429 user": ((RateLimited(0.3),), True),
    "429 shared": ((RateLimited(0.3, "shared"),), True),
    "429 global": ((RateLimited(0.3, "global"),), True),
    "429 for two seconds, thrice": ((RateLimited(2), RateLimited(2), RateLimited(2)), False),
    "429 without Via": ((RateLimited(0.3, via=False),) * 9, False),
    "500 once": ((Status(500),), True),
    "502 once": ((Status(502),), True),
    "503 once": ((Status(503),), True),
    "503 always": ((Status(503),) * 9, False),
    "500 always": ((Status(500),) * 9, False),
    "a reset": ((Reset(),), True),
    "an answer that arrives though the connection is cut": ((Accepted(Reset()),), True),
    "an answer that arrives though it is 500": ((Accepted(Status(500)),), True),
    "a hang": ((Hang(6),), False),
    "slow by 2.9 s": ((Hang(2.9),), False),
    "slow by 1.5 s": ((Hang(1.5),), True),
    "10062": ((Status(404, 10062),) * 9, False),
    "40060": ((Status(400, 40060),) * 9, False),
    "403 50001": ((Status(403, 50001),) * 9, False),
    "403 50007": ((Status(403, 50007),) * 9, False),
    "403 50013": ((Status(403, 50013),) * 9, False),
}
"""Faults of the callback, and whether the person gets the answer."""

WRITTEN: Mapping[str, tuple[tuple[Fault, ...], int]] = {
    "429 user": ((RateLimited(0.3),), 1),
    "429 shared": ((RateLimited(0.3, "shared"),), 1),
    "429 global": ((RateLimited(0.3, "global"),), 1),
    "500 once": ((Status(500),), 1),
    "502 once": ((Status(502),), 1),
    "503 twice": ((Status(503), Status(503)), 1),
    "a reset": ((Reset(),), 1),
    "an answer that arrives though the connection is cut": ((Accepted(Reset()),), 1),
    "an answer that arrives though it is 503": ((Accepted(Status(503)),), 1),
    "an answer that arrives though it is 500": ((Accepted(Status(500)),), 1),
    "slow by 2.9 s": ((Hang(2.9),), 1),
    "a hang": ((Hang(6),), 1),
    "403 50007": ((Status(403, 50007),) * 9, 0),
    "429 without Via": ((RateLimited(0.3, via=False),) * 9, 0),
}
"""Faults of a message to a channel, and how many answers there are in the end."""
