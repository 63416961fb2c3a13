"""The real process answers, wherever and however somebody asks."""

from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from bot.answering.testigo import Testigo
from tests.wire.description import IS_PRESENT, problems
from tests.wire.payloads import EPHEMERAL
from tests.wire.people import Situation
from tests.wire.reading import button, labels, menus, parts, said
from tests.wire.service import serving
from tests.wire.simulator import SimulatedDiscord

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "How many people were killed?"
LATEST = 2.5
"""Seconds to the first response; Discord gives three."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def discord(cache: Path, testigo: Testigo) -> AsyncGenerator[SimulatedDiscord, None]:
    """Open a Discord with the bot in it, which must still be there at the end."""
    del testigo  # it has filled the cache
    async with SimulatedDiscord() as simulated, serving(simulated, cache) as process:
        yield simulated
        assert not [line for line in process.lines if "error" in line or "Traceback" in line]
        assert len(simulated.identifies) == 1


def _expected(testigo: Testigo, question: str, language: str) -> str:
    """Return the heading of the answer that every surface gives."""
    return testigo.answerer.answer(question, language).parts[0].heading


PLACES = {
    "a server": Situation(),
    "direct messages": Situation(guild=False),
    "somebody else's conversation": Situation(context=2),
}


@pytest.mark.parametrize("place", PLACES)
async def test_a_command_answers_in_every_place(discord: SimulatedDiscord, testigo: Testigo, place: str) -> None:
    asked = await discord.slash("ask", {"question": QUESTION}, **PLACES[place])
    answer = await asked.answer()
    assert _expected(testigo, QUESTION, "en") in said(answer)
    assert answer["flags"] & EPHEMERAL == 0


async def test_a_person_who_installed_the_bot_is_answered_where_it_is_not(
    discord: SimulatedDiscord, testigo: Testigo
) -> None:
    user = discord.user("ben")
    asked = await discord.slash(
        "ask", {"question": QUESTION}, guild=discord.elsewhere, owners={"1": user.id}, user=user
    )
    assert _expected(testigo, QUESTION, "en") in said(await asked.answer())
    assert asked.followups == [], "a user-installed bot has five follow-ups only"


@pytest.mark.parametrize(
    ("question", "language", "locale"),
    [
        ("How many of the dead were women?", "en", "en-GB"),
        ("¿Cuántos de los muertos eran mujeres?", "es", "es-419"),
        ("Quantos dos mortos eram mulheres?", "pt", "pt-BR"),
    ],
)
async def test_an_answer_speaks_the_persons_language(
    discord: SimulatedDiscord, testigo: Testigo, question: str, language: str, locale: str
) -> None:
    asked = await discord.slash("ask", {"question": question}, user=discord.user(f"of {language}"), locale=locale)
    answer = await asked.answer()
    assert _expected(testigo, question, language) in said(answer)
    assert testigo.strings[language].text("button-sources") in labels(answer)


async def test_a_private_question_is_answered_privately(discord: SimulatedDiscord) -> None:
    asked = await discord.slash("ask", {"question": QUESTION, "private": True})
    assert (await asked.answer())["flags"] & EPHEMERAL
    assert "Share" in labels(await asked.answer())


async def test_a_direct_message_is_answered_once_and_greeted_once(discord: SimulatedDiscord, testigo: Testigo) -> None:
    user = discord.user("carla")
    greeting = testigo.strings["en"].text("first-contact")[:20]
    posted = await discord.message(QUESTION, user=user, dm=True)
    [first] = await posted.reply()
    assert _expected(testigo, QUESTION, "en") in said(first)
    assert greeting in said(first)
    assert first["message_reference"]["message_id"] == posted.payload["id"]
    [second] = await (await discord.message("Where?", user=user, dm=True)).reply()
    assert greeting not in said(second)


async def test_a_mention_is_answered_and_other_talk_is_not(discord: SimulatedDiscord, testigo: Testigo) -> None:
    channel = discord.guild.channels[1]
    ignored = await discord.message(QUESTION, channel=channel)
    mention = await discord.message(QUESTION, channel=channel, mentions_bot=True)
    [answer] = await mention.reply()
    assert _expected(testigo, QUESTION, "en") in said(answer)
    assert discord.sent_so_far(channel, after=ignored.payload) == [answer]


async def test_a_reply_that_pings_the_bot_is_a_further_question(discord: SimulatedDiscord, testigo: Testigo) -> None:
    user, channel = discord.user("dora"), discord.guild.channels[1]
    [answer] = await (await discord.message(QUESTION, user=user, channel=channel, mentions_bot=True)).reply()
    further = "How many of the dead were women?"
    reply = await discord.message(further, user=user, reference=answer, mentions_bot=True)
    assert _expected(testigo, further, "en") in said((await reply.reply())[-1])


async def test_suggestions_come_while_somebody_types(discord: SimulatedDiscord) -> None:
    for typed in ("", "how many wome", "how manny women"):
        found = await (await discord.autocomplete("ask", {"question": typed})).response()
        assert found.kind == 8
        names = [choice["name"] for choice in found.data["choices"]]
        assert 0 < len(names) <= 25
        assert typed == "" or any("women" in name for name in names)


async def test_a_message_of_somebody_else_is_answered_privately(discord: SimulatedDiscord, testigo: Testigo) -> None:
    posted = await discord.message(QUESTION, user=discord.user("emil"))
    asked = await discord.message_command("Answer this question", posted, user=discord.user("flora"))
    answer = await asked.answer()
    assert _expected(testigo, QUESTION, "en") in said(answer)
    assert answer["flags"] & EPHEMERAL


async def test_a_button_shows_the_sources_and_another_why(discord: SimulatedDiscord) -> None:
    answer = await (await discord.slash("ask", {"question": QUESTION})).answer()
    sources = await (await discord.press(button(answer, "Sources"), answer)).answer()
    assert "https://" in said(sources)
    why = await (await discord.press(button(answer, "Why this answer"), answer)).answer()
    assert "%" in said(why)
    assert sources["flags"] & why["flags"] & EPHEMERAL


async def test_a_related_question_is_chosen_from_a_menu(discord: SimulatedDiscord) -> None:
    answer = await (await discord.slash("ask", {"question": QUESTION})).answer()
    related = await (await discord.press(button(answer, "Related"), answer)).answer()
    [menu] = menus(related)
    option = menu["options"][0]
    chosen = await (await discord.choose(menu["custom_id"], [option["value"]], related)).answer()
    assert option["label"].rstrip("…") in said(chosen)


async def test_a_topic_leads_to_its_questions_in_place(discord: SimulatedDiscord) -> None:
    topics = await (await discord.slash("topics")).answer()
    [menu] = menus(topics)
    chosen = await discord.choose(menu["custom_id"], [menu["options"][0]["value"]], topics)
    assert len(menus(await chosen.answer())) > 1
    assert chosen.callback is not None
    assert chosen.callback.kind == 6  # the message that was there is then edited


async def test_a_follow_up_is_asked_in_a_form(discord: SimulatedDiscord, testigo: Testigo) -> None:
    answer = await (await discord.slash("ask", {"question": QUESTION})).answer()
    opened = await (await discord.press(button(answer, "Ask a follow-up"), answer)).response()
    assert opened.kind == 9
    [field] = [part for part in parts(opened.data) if part["type"] == 4]
    further = "How many of the dead were women?"
    sent = await discord.submit(opened.data["custom_id"], {field["custom_id"]: further}, message=answer)
    assert _expected(testigo, further, "en") in said(await sent.answer())


async def test_an_error_is_reported_in_a_form(discord: SimulatedDiscord, testigo: Testigo) -> None:
    answer = await (await discord.slash("ask", {"question": QUESTION})).answer()
    opened = await (await discord.press(button(answer, "Report an error"), answer)).response()
    [reason] = [part for part in parts(opened.data) if part["type"] == 21]
    filled = {reason["custom_id"]: reason["options"][0]["value"]}
    sent = await discord.submit(opened.data["custom_id"], filled, message=answer)
    assert testigo.strings["en"].text("thanks-report") in said(await sent.answer())


async def test_who_asked_can_delete_the_answer(discord: SimulatedDiscord) -> None:
    asked = await discord.slash("ask", {"question": QUESTION})
    answer = await asked.answer()
    other = await discord.press(button(answer, "Delete"), answer, user=discord.user("gerd"))
    assert (await other.answer())["flags"] & EPHEMERAL
    assert asked.original is not None
    await discord.press(button(answer, "Delete"), answer)
    await discord.until(lambda: asked.original is None, "deletion")


async def test_the_article_and_the_help_are_shown(discord: SimulatedDiscord, testigo: Testigo) -> None:
    article = await (await discord.slash("article")).answer()
    assert testigo.knowledge.record.title in said(article)
    shown = await (await discord.slash("help", locale="es-ES")).answer()
    assert testigo.strings["es"].text("help-title") in said(shown)


async def test_the_figures_come_as_a_picture_and_in_words(discord: SimulatedDiscord) -> None:
    for attempt in ("drawn", "kept"):
        asked = await discord.slash("figures")
        answer = await asked.answer(timeout=30)
        assert "72" in said(answer), attempt
        [gallery] = [part for part in parts(answer) if part["type"] == 12]
        assert gallery["items"][0]["description"]
        assert [attachment["filename"] for attachment in answer["attachments"]] == ["figures-en.png"]
    assert max(request.files for request in discord.requests) == 1


async def test_every_first_response_came_in_time(
    discord: SimulatedDiscord, record_property: Callable[[str, object], None]
) -> None:
    latencies = [asked.callback.latency for asked in discord.interactions.values() if asked.callback is not None]
    record_property("slowest_first_response_seconds", max(latencies))
    assert len(latencies) == len(discord.interactions)
    assert max(latencies) <= LATEST


@pytest.mark.skipif(not IS_PRESENT, reason="Discord's description is not beside this project")
async def test_all_that_was_sent_fits_discords_description(discord: SimulatedDiscord) -> None:
    assert problems(discord.requests) == []
    assert discord.unknown_routes == []
