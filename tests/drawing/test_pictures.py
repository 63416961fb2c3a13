"""The picture of the figures: drawn for real, once."""

import asyncio
import struct
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.figures import FigureBar, FigureRow, FigureSection, FiguresReply
from bot.drawing import chart
from bot.drawing.pictures import Pictures
from bot.errors import DrawingError

FIGURES = FiguresReply(
    language="es",
    title="El incendio del faro, en cifras",
    bars_title="Los fareros",
    bars=(FigureBar("escaparon", 4, "4", False), FigureBar("sin lista (calculado: 5 − 4 = 1)", 1, "1", True)),
    sections=(FigureSection("La lámpara", (FigureRow("días, según el señor Núñez", "más de 1,000"),) * 4),),
    alt="Cuatro fareros escaparon.",
    source="The Marrow Gazette, 3 de marzo de 2021",
    as_of="El artículo es del 3 de marzo de 2021.",
    citations=(),
)
UNDRAWABLE = replace(FIGURES, bars=(FigureBar("escaparon", float("nan"), "?", False),))


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.asyncio
async def test_a_picture_is_drawn_once_and_kept(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "pictures")
    assert not pictures.is_drawn("version-es")
    first, second = await asyncio.gather(*[pictures.picture(FIGURES, "version-es") for _ in range(2)])
    drawn = first.stat()
    assert first == second == await pictures.picture(UNDRAWABLE, "version-es")
    assert pictures.is_drawn("version-es")
    assert first.stat().st_mtime_ns == drawn.st_mtime_ns
    assert size_of(first.read_bytes())[0] == 1200
    assert drawn.st_size > 10_000
    assert list(first.parent.iterdir()) == [first]


@pytest.mark.asyncio
async def test_another_key_is_another_picture_and_no_key_leaves_the_folder(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path)
    paths = {await pictures.picture(FIGURES, key) for key in ("1.0+local/en", "../../1.0/es")}
    assert {path.parent for path in paths} == {tmp_path}
    assert len(paths) == 2


@pytest.mark.asyncio
async def test_a_drawing_that_failed_is_tried_again(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path)
    with pytest.raises(DrawingError, match="cannot be drawn: "):
        await pictures.picture(UNDRAWABLE, "key")
    assert not pictures.is_drawn("key")
    assert (await pictures.picture(FIGURES, "key")).is_file()


@pytest.mark.asyncio
async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_text("a file")
    with pytest.raises(DrawingError, match="pictures: the picture cannot be kept"):
        await Pictures(tmp_path / "pictures").picture(FIGURES, "key")


@pytest.mark.asyncio
async def test_a_caller_who_leaves_leaves_no_drawing_behind(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path)
    leaving = asyncio.create_task(pictures.picture(FIGURES, "key"))
    await asyncio.sleep(0.1)
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert (await pictures.picture(FIGURES, "key")).is_file()


def test_more_figures_make_a_higher_picture() -> None:
    more = replace(FIGURES, sections=FIGURES.sections * 2)
    assert size_of(chart.draw(more))[1] > size_of(chart.draw(FIGURES))[1]


@pytest.mark.parametrize("text", ["a" * 300, "1 + 2 + 3 " * 60, "$x^2$ \\frac{1}", "", "¿Añoçãü?"])
def test_no_text_breaks_the_picture(text: str) -> None:
    hostile = replace(
        FIGURES,
        title=text,
        bars=(FigureBar(text, 0, text, False),),
        sections=(FigureSection(text, (FigureRow(text, text),)),),
    )
    assert size_of(chart.draw(hostile))[0] == 1200


def luminance(colour: str) -> float:
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [chart.INK, chart.SOFT_INK, chart.BAR])
def test_everything_is_easy_to_tell_from_the_paper(colour: str) -> None:
    assert (luminance(chart.PAPER) + 0.05) / (luminance(colour) + 0.05) >= 4.5
