"""What people can send: questions, forms, presses."""

from collections.abc import Sequence

from hypothesis import strategies as st

from bot.chat.codes import code
from bot.chat.custom_ids import _NAMES
from tests.chat.world import World
from tests.hostile.chat import Chat
from tests.hostile.corpus import ALL
from tests.hostile.doors import Door
from tests.hostile.strategies import MARK, wild_custom_ids, wild_text, wild_words

MAX_CONTENT = 1900
"""Characters of a message beside a mention."""

MAX_FIELD = 4000
"""Characters of a field of a form."""

MARKED = tuple(f"{MARK} {text}" for text in ALL)


def doors(chat: Chat[World]) -> Sequence[Door]:
    """Return the ways in for everybody."""
    names = tuple(_NAMES)
    codes = tuple(map(code, chat.world.testigo.knowledge.entries))
    custom_ids, values = wild_custom_ids(names, codes), wild_words(*codes, "en", most=100)
    return (
        chat.door("ask", wild_text(), by_command, fixed=MARKED, answers=True),
        chat.door("ask, language", wild_words("en", "es", "pt"), by_language, answers=True),
        chat.door("autocomplete", wild_text(), by_suggestion, answers=True),
        chat.door("mention", wild_text(MAX_CONTENT), by_mention, answers=True),
        chat.door("direct message", wild_text(MAX_CONTENT), by_direct_message, answers=True),
        chat.door("form, follow-up", wild_text(MAX_FIELD), by_follow_up, answers=True),
        chat.door("form, note", wild_text(MAX_FIELD), by_note, answers=True),
        chat.door("form, reason", wild_words("wrong", most=MAX_FIELD), by_reason, answers=True),
        chat.door("form, any", st.tuples(custom_ids, wild_words("question", "reason", "note")), by_form),
        chat.door("message command", wild_text(MAX_CONTENT), by_message_command, answers=True),
        chat.door("button", custom_ids, by_button),
        chat.door("menu", st.tuples(custom_ids, values), by_menu),
    )


async def by_command(world: World, text: str) -> None:
    await world.ada.slash(world.channel, "ask", question=text)


async def by_language(world: World, text: str) -> None:
    options = [{"name": "question", "type": 3, "value": "women"}, {"name": "language", "type": 3, "value": text}]
    await world.interact(2, {"id": world.command_id("ask"), "name": "ask", "type": 1, "options": options})


async def by_suggestion(world: World, text: str) -> None:
    await world.ada.autocomplete(world.channel, "ask", "question", text)


async def by_mention(world: World, text: str) -> None:
    await world.ada.send(world.channel, f"{world.me} {text[:MAX_CONTENT]}")


async def by_direct_message(world: World, text: str) -> None:
    await world.ada.send_dm(text[:MAX_CONTENT])


async def by_follow_up(world: World, text: str) -> None:
    await world.submit(f"followed-up:en:{code('fire-when')}", question=text[:MAX_FIELD])


async def by_note(world: World, text: str) -> None:
    await world.submit(f"reported:en:{code('fire-when')}", reason="wrong", note=text[:MAX_FIELD])


async def by_reason(world: World, text: str) -> None:
    await world.submit(f"reported:en:{code('fire-when')}", reason=text)


async def by_form(world: World, form: tuple[str, str]) -> None:
    custom_id, text = form
    await world.submit(custom_id, **{text: text})


async def by_message_command(world: World, text: str) -> None:
    message = await world.ben.send(world.channel, text[:MAX_CONTENT])
    await world.ada.context_menu(world.channel, "Answer this question", message)


async def by_button(world: World, custom_id: str) -> None:
    await world.press(custom_id)


async def by_menu(world: World, chosen: tuple[str, str]) -> None:
    custom_id, value = chosen
    await world.choose(custom_id, value or "x")
