"""`/stats`: what was asked here and how well it went, for curators alone."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.answering.feedback import Rating
from bot.answering.reply import Outcome
from bot.answering.testigo import Testigo
from bot.drawing.pictures import Pictures
from bot.errors import DrawingError
from tests.chat.management.house import House, house_of, told
from tests.chat.world import Wire, answered, raw, strip, text_of
from tests.storage.samples import asked, origin

pytestmark = pytest.mark.asyncio

NOW = datetime.datetime.now(datetime.UTC)


async def fill(house: House, guild: int | None, answers: int, gaps: int = 0, days_ago: int = 0) -> None:
    """Let a guild have asked."""
    at = NOW - datetime.timedelta(days=days_ago)
    for number in range(answers + gaps):
        is_answer = number < answers
        question = asked(
            "A question",
            Outcome.ANSWER if is_answer else Outcome.GAP,
            guild=guild,
            entries=("keepers-escaped",) if is_answer else ("gap-cause",),
            at=at,
        )
        await house.store.questions.record(question)
        if is_answer:
            await house.store.feedback.record(
                Rating(("keepers-escaped",), "en", is_helpful=number == 0), origin(question)
            )


async def stats(house: House) -> Any:
    """Return what a manager sees."""
    return answered(await house.manager.slash(house.world.channel, "stats"))


async def test_nothing_asked_is_told_so(house: House) -> None:
    assert text_of(await stats(house)) == house.text("stats-none", days=30)


async def test_a_server_s_numbers_in_words(house: House) -> None:
    await fill(house, house.guild, answers=3, gaps=1)
    shown = await stats(house)
    assert shown.ephemeral
    lines = strip(text_of(shown)).split("\n")
    assert lines[0] == f"### {house.text('stats-title', days=30)}"
    for line in (
        f"- 4 {house.text('stats-asked')}",
        f"- 75% {house.text('stats-answered')}",
        f"- 33% {house.text('stats-helpful')}",
        "- 4 English",
        f"- 4 {NOW.date().isoformat()}",
        "- 3 How many keepers escaped?",
        "- 1 What caused the fire?",
    ):
        assert line in [each.replace("\u00a0", "") for each in lines], line


async def test_the_picture_comes_with_the_same_in_words(house: House) -> None:
    await fill(house, house.guild, answers=3, gaps=1)
    shown = await stats(house)
    [gallery] = [part for part in raw(shown) if part["type"] == 12]
    assert gallery["items"][0]["media"]["url"].endswith("statistics.png")
    alt = gallery["items"][0]["description"]
    assert f"{house.text('outcome-answer')} 3" in alt
    assert f"{house.text('outcome-gap')} 1" in alt
    assert [each.filename for each in shown.attachments] == ["statistics.png"]
    assert shown.attachments[0].description == alt


async def test_the_picture_is_drawn(
    lighthouse: Testigo, cache: Path, wire: Wire, description: Any, folder: Path, tmp_path: Path
) -> None:
    pictures = Pictures(tmp_path / "pictures")
    async with house_of(lighthouse, cache, wire, description, folder, pictures=pictures) as house:
        await fill(house, house.guild, answers=2, gaps=1)
        shown = await stats(house)
        drawn = house.world.env.backend.cdn.get(shown.attachments[0].url)
        assert drawn is not None
        assert drawn.startswith(b"\x89PNG")
        assert len(drawn) > 2000


class Broken(Pictures):
    """Draws nothing."""

    async def picture(self, figures: Any, key: str) -> Path:
        """Fail."""
        del figures, key
        raise DrawingError("no brush")


async def test_without_the_picture_the_words_come(
    lighthouse: Testigo, cache: Path, wire: Wire, description: Any, folder: Path
) -> None:
    async with house_of(lighthouse, cache, wire, description, folder, pictures=Broken(cache)) as house:
        await fill(house, house.guild, answers=1)
        shown = await stats(house)
        assert house.text("stats-asked") in text_of(shown)
        assert shown.attachments == []


async def test_a_server_sees_its_own_numbers_only(house: House) -> None:
    await fill(house, house.guild, answers=3)
    await fill(house, house.elsewhere.id, answers=5, gaps=2)
    await fill(house, None, answers=11)
    assert f"- 3 {house.text('stats-asked')}" in strip(text_of(await stats(house)))
    there = told(await house.stranger.slash(house.channel_elsewhere, "stats"))
    assert f"- 7 {house.text('stats-asked')}" in there


async def test_who_runs_the_bot_sees_everywhere_in_a_direct_message(house: House) -> None:
    await fill(house, house.guild, answers=3)
    await fill(house, house.elsewhere.id, answers=5, gaps=2)
    await fill(house, None, answers=1)
    assert f"- 11 {house.text('stats-asked')}" in told(await house.owner.user.slash("stats"))


async def test_who_runs_the_bot_sees_what_was_not_answered_everywhere(house: House) -> None:
    await house.set(keeps_questions=True)
    await house.keep("how tall is the lighthouse", "height of the lighthouse")
    text = told(await house.owner.user.slash("stats"))
    assert f"- 2 {house.text('stats-asked')}" in text
    assert "2 × " in text


async def test_the_top_groups_of_what_was_not_answered_are_listed(house: House) -> None:
    await house.set(keeps_questions=True)
    await house.keep("how tall is the lighthouse", "height of the lighthouse", "@everyone **was** a.b@evil.example")
    shown = text_of(await stats(house))
    lines = strip(shown).split("\n")
    first = lines.index(f"**{house.text('stats-groups')}**") + 1
    assert lines[first].startswith("- 2 × ")
    assert lines[first + 1].startswith("- 1 × ")
    assert "evil.example" not in shown
    assert "**was**" not in shown


async def test_another_server_s_words_are_not_listed(house: House) -> None:
    await house.set(keeps_questions=True)
    await house.keep("how tall is the lighthouse")
    await fill(house, house.elsewhere.id, answers=1)
    assert "tall" not in told(await house.stranger.slash(house.channel_elsewhere, "stats"))


async def test_only_the_last_thirty_days_count(house: House) -> None:
    await fill(house, house.guild, answers=2, days_ago=29)
    await fill(house, house.guild, answers=5, days_ago=40)
    assert f"- 2 {house.text('stats-asked')}" in strip(text_of(await stats(house)))


async def test_what_is_asked_is_what_is_counted(house: House) -> None:
    for _ in range(2):
        answer = await house.world.ask("How many keepers escaped?")
    await house.world.ask("What caused the fire?")
    await house.world.ben.click(answer, label="Helpful")
    text = strip(text_of(await stats(house))).replace("\u00a0", "")
    assert f"- 3 {house.text('stats-asked')}" in text
    assert f"- 67% {house.text('stats-answered')}" in text
    assert f"- 100% {house.text('stats-helpful')}" in text
    assert "- 2 How many keepers escaped?" in text


async def test_entries_and_languages_that_are_gone_do_no_harm(house: House) -> None:
    await house.store.questions.record(asked("x", guild=house.guild, entries=("gone",), language="xx", at=NOW))
    text = strip(text_of(await stats(house)))
    assert "- 1 xx" in text
    assert "gone" not in text


async def test_very_much_of_everything_fits_into_a_message(house: House) -> None:
    await house.set(keeps_questions=True)
    await house.keep(
        *(f"{'_' * 490} {word}" for word in ["fire", "lamp", "tall", "pizza", "keepers", "warnings", "match", "poem"])
    )
    for days_ago in range(20):
        await fill(house, house.guild, answers=1, days_ago=days_ago)
    assert house.text("stats-asked") in text_of(await stats(house))


async def test_the_curators_may_and_nobody_else(house: House) -> None:
    await house.set(curator_role=house.role.id)
    await fill(house, house.guild, answers=1)
    assert house.text("stats-asked") in told(await house.curator.slash(house.world.channel, "stats"))
    for person in (house.world.ada, house.owner):
        result = await person.slash(house.world.channel, "stats")
        assert told(result) == house.text("curate-forbidden")
        assert answered(result).ephemeral
    for person in (house.world.ada.user, house.manager.user):
        assert told(await person.slash("stats")) == house.text("owner-forbidden")
