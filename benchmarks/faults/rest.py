"""The faults of the REST interface."""

from functools import partial

from benchmarks.faults.cases import Case, Story
from benchmarks.faults.house import House, opened_house
from benchmarks.faults.stream import Stream
from tests.wire.faults import Status
from tests.wire.scenarios import ASKED, WRITTEN

PART = "REST"


def rest_stories() -> list[Story]:
    """Return the stories: each fault strikes the answer to a command, the answer to a message, or both."""
    cases = [Case(name, partial(_strike, name)) for name in dict.fromkeys([*ASKED, *WRITTEN])]
    return [Story(PART, [*cases, Case("webhook 404", _lose_webhook)], opened_house)]


async def _strike(name: str, house: House, stream: Stream) -> None:
    del house
    stream.end()
    if name in ASKED:
        faults, is_answered = ASKED[name]
        await stream.strike_command(faults, is_answered=is_answered)
    if name in WRITTEN:
        faults, answers = WRITTEN[name]
        await stream.strike_message(faults, is_answered=answers > 0)


async def _lose_webhook(house: House, stream: Stream) -> None:
    """Let somebody ask for the picture, which is promised first, and forget the promise."""
    stream.end()
    house.discord.fail("*", "/webhooks/*", *[Status(404, 10015, "Unknown Webhook")] * 9)
    asked = await stream.command(name="figures")
    asked.is_refused = True
    await house.discord.until(
        lambda: any("/webhooks/" in each.path for each in house.discord.requests), "picture", 30.0
    )
