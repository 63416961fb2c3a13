"""What managers, curators and owners can send, and what they are shown of what people sent."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from bot.answering.feedback import Reason, Report
from bot.chat.codes import code
from bot.chat.custom_ids import _NAMES
from tests.chat.management.house import House
from tests.hostile.chat import Chat
from tests.hostile.doors import Door
from tests.hostile.strategies import wild_custom_ids, wild_text, wild_words
from tests.storage.samples import asked, origin

REASON_LIMIT = 300

PANELS = ("server-language", "server-channels", "server-curators", "server-private", "server-keeping", "review")
PANELS += ("phrasing", "draft", "wording", "dismiss", "dismiss-report", "opt-out", "agree", "mine")
assert set(PANELS) <= set(_NAMES)


def doors(chat: Chat[House]) -> Sequence[Door]:
    """Return the ways in for those who have a right."""
    entries = chat.world.testigo.knowledge.entries
    names = (*entries, *(entry.question["en"] for entry in entries.values()))
    codes = tuple(map(code, entries))
    values = st.lists(wild_words(*codes, "en", str(chat.place.role.id), "auto", most=100), min_size=1, max_size=3)
    values = values.map(lambda chosen: [value or "x" for value in chosen])
    shown: dict[str, Any] = {"answers": True, "is_shown": True}
    return (
        chat.door("report, reviewed", wild_text(1000), by_review, keep_report, **shown),
        chat.door("question, reviewed", wild_text(500), by_review, keep, **shown),
        chat.door("question, drafted", wild_text(500), by_review, keep_to_draft, **shown),
        chat.door(
            "curate, retract", st.tuples(wild_words(*names), wild_text(REASON_LIMIT)), by_retracting, answers=True
        ),
        chat.door("curate, restore", wild_words(*names), by_restoring, answers=True),
        chat.door("curate, autocomplete", wild_text(), by_suggestion, answers=True),
        chat.door("panels", st.tuples(wild_custom_ids(PANELS, codes), values), by_panel),
    )


async def keep(house: House, text: str) -> str:
    """Let a question be all that there is to review; return the custom id that shows it."""
    pending = await house.store.reviews.pending(house.guild, 10)
    await house.store.drafts.dismiss(house.guild, house.curator.id, [each.id for each in pending])
    await house.keep(text, person=house.world.ben.id)
    return "review:en:0"


async def keep_to_draft(house: House, text: str) -> str:
    """Let a question be all that there is to review; return the custom id that drafts it."""
    await keep(house, text)
    [first] = [each.id for each in await house.store.reviews.pending(house.guild, 10)] or [0]
    return f"draft:en:gap:{first}:en"


async def keep_report(house: House, text: str) -> str:
    """Let a report, whose question is not kept, be all that there is to review; return the custom id that shows it."""
    for kept in await house.store.reviews.reports(house.guild, 10):
        await house.store.drafts.dismiss_report(house.guild, house.curator.id, kept.id)
    report = Report(("fire-when",), "en", Reason.WRONG, text)
    await house.store.feedback.record(report, origin(asked(guild=house.guild)))
    return "review:en:0"


async def by_review(house: House, custom_id: str) -> None:
    await house.forge(house.curator, custom_id)


async def by_retracting(house: House, given: tuple[str, str]) -> None:
    entry, reason = given
    await house.command(house.owner, "curate", "retract", answer=entry, reason=reason)


async def by_restoring(house: House, entry: str) -> None:
    await house.command(house.owner, "curate", "restore", answer=entry)


async def by_suggestion(house: House, text: str) -> None:
    await house.owner.autocomplete(house.world.channel, "curate retract", "answer", text)


async def by_panel(house: House, given: tuple[str, list[str]]) -> None:
    custom_id, values = given
    await house.forge(house.manager, custom_id, *values)
    await house.forge(house.owner.user, custom_id)
