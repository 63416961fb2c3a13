"""The figures: a picture, and every number in words."""

import sys
from pathlib import Path

import pytest

from bot.answering.testigo import Testigo
from bot.drawing.pictures import Pictures
from tests.chat.conftest import Serving
from tests.chat.payloads import components
from tests.chat.world import World, answered, raw, strip, text_of

pytestmark = pytest.mark.asyncio

LOCALES = [("en-US", "en"), ("es-ES", "es"), ("pt-BR", "pt")]


@pytest.mark.parametrize(("locale", "language"), LOCALES)
async def test_the_picture_comes_with_words_for_who_cannot_see_it(world: World, locale: str, language: str) -> None:
    figures = world.testigo.answerer.figures(language)
    assert figures is not None
    with world.wire.sends(locale=locale):
        answer = answered(await world.ada.slash(world.channel, "figures"))
    [gallery] = [part for part in raw(answer) if part["type"] == 12]
    assert gallery["items"][0]["description"] == figures.alt[:1024]
    assert [attachment.filename for attachment in answer.attachments] == [f"figures-{language}.png"]


@pytest.mark.parametrize(("locale", "language"), LOCALES)
async def test_every_number_is_told_in_words(world: World, locale: str, language: str) -> None:
    figures = world.testigo.answerer.figures(language)
    assert figures is not None
    with world.wire.sends(locale=locale):
        text = strip(text_of(answered(await world.ada.slash(world.channel, "figures"))))
    assert all(f"{bar.label}: {bar.text}" in text for bar in figures.bars)
    assert all(f"{row.text} {row.label}" in text for row in figures.rows)
    assert all(citation.url in text for citation in figures.citations)
    assert figures.as_of in text


async def test_a_picture_that_is_not_drawn_yet_is_promised_first(
    serving: Serving, testigo: Testigo, tmp_path: Path
) -> None:
    async with serving(testigo, pictures=Pictures(tmp_path)) as world:
        await world.ada.slash(world.channel, "figures")
        assert world.callbacks == [5]
        await world.ada.slash(world.channel, "figures")
        assert world.callbacks == [5, 4]


async def test_without_the_picture_the_words_come(
    serving: Serving,
    testigo: Testigo,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "missing"))
    async with serving(testigo, pictures=Pictures(tmp_path)) as world:
        answer = answered(await world.ada.slash(world.channel, "figures"))
        text = strip(text_of(answer))
        assert testigo.strings["en"].text("figures-no-picture") in text
        assert "Honduras: 24" in text
        assert [part for part in components(answer.components) if part["type"] == 12] == []
    assert "picture not drawn" in caplog.text


async def test_the_picture_is_drawn_once(serving: Serving, testigo: Testigo, tmp_path: Path) -> None:
    async with serving(testigo, pictures=Pictures(tmp_path)) as world:
        for person in (world.ada, world.ben):
            await person.slash(world.channel, "figures")
    assert files_in(tmp_path) == 1


async def test_the_figures_come_in_direct_messages(world: World) -> None:
    assert answered(await world.ada.user.slash("figures")).attachments


async def test_the_figures_are_sent_again_after_a_cut_connection(world: World) -> None:
    await world.ada.slash(world.channel, "figures")
    world.env.inject_error("POST", "/interactions/*/callback", status=104)
    assert answered(await world.ada.slash(world.channel, "figures")).attachments


async def test_other_figures_are_those_of_the_event(marrow: World) -> None:
    figures = marrow.testigo.answerer.figures("en")
    assert figures is not None
    assert figures.title in strip(text_of(answered(await marrow.ada.slash(marrow.channel, "figures"))))


def files_in(folder: Path) -> int:
    """Return how many files a folder has."""
    return len(list(folder.iterdir()))
