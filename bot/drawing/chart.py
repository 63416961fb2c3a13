"""Draw the figures: a title, horizontal bars, groups of large numbers, the source."""

import re
from collections.abc import Sequence

from bot.answering.figures import FigureBar, FigureRow, FigureSection, FiguresReply
from bot.drawing.page import Page, Style

WIDTH = 1200
MARGIN = 64
INSIDE = WIDTH - 2 * MARGIN
PAPER, INK, SOFT_INK, RULE, BAR = "#f1f0ec", "#1f2326", "#50565b", "#c3c1ba", "#4b6072"
TITLE = Style(44, 56, INK, is_bold=True)
HEADING = Style(34, 42, INK, is_bold=True)
LABEL = Style(30, 36, INK)
BAR_VALUE = Style(34, 42, INK, is_bold=True)
NUMBER = Style(54, 62, BAR, is_bold=True)
QUALIFIER = Style(28, 34, SOFT_INK)
SOURCE = Style(26, 32, SOFT_INK)

BAR_LABELS = 440
BAR_HEIGHT = 38
BAR_GAP = 12
COLUMNS = 3
COLUMN_GAP = 36


def draw(figures: FiguresReply) -> bytes:
    """Return the picture as a PNG."""
    page = Page(WIDTH, PAPER)
    y = page.write(MARGIN, 44, page.wrap(figures.title, TITLE, INSIDE), TITLE) + 22
    y = _bars(page, _heading(page, y, figures.bars_title), figures.bars) + 14
    for section in figures.sections:
        y = _section(page, _heading(page, y, section.title), section) + 12
    page.box(MARGIN, y, INSIDE, 2, fill=RULE)
    y = page.write(MARGIN, y + 22, page.wrap(figures.source, SOURCE, INSIDE), SOURCE)
    return page.png(y + 36)


def _heading(page: Page, y: float, title: str) -> float:
    page.box(MARGIN, y, INSIDE, 2, fill=RULE)
    return page.write(MARGIN, y + 18, page.wrap(title, HEADING, INSIDE), HEADING) + 12


def _bars(page: Page, y: float, bars: Sequence[FigureBar]) -> float:
    """Draw the bars in the order given; a calculated one is an outline, for the article does not say it."""
    labels = [page.wrap(bar.label, LABEL, BAR_LABELS) for bar in bars]
    left = MARGIN + max(page.measure(line, LABEL) for label in labels for line in label) + 28
    longest = MARGIN + INSIDE - left - 16 - max(page.measure(bar.text, BAR_VALUE) for bar in bars)
    unit = longest / (max(bar.value for bar in bars) or 1)
    for bar, label in zip(bars, labels, strict=True):
        height = max(BAR_HEIGHT, len(label) * LABEL.leading)
        page.write(MARGIN, y + (height - len(label) * LABEL.leading) / 2, label, LABEL)
        fill, edge = (None, BAR) if bar.is_calculated else (BAR, None)
        page.box(left, y + (height - BAR_HEIGHT) / 2, bar.value * unit, BAR_HEIGHT, fill=fill, edge=edge)
        page.write(left + bar.value * unit + 16, y + (height - BAR_VALUE.leading) / 2, [bar.text], BAR_VALUE)
        y += height + BAR_GAP
    return y


def _section(page: Page, y: float, section: FigureSection) -> float:
    columns = min(COLUMNS, len(section.rows))
    for start in range(0, len(section.rows), columns):
        y = _numbers(page, y, section.rows[start : start + columns], columns) + 14
    return y


def _numbers(page: Page, y: float, rows: Sequence[FigureRow], columns: int) -> float:
    """Write figures side by side: qualifiers before their numbers where all fit, else above; below, what they count."""
    width = (INSIDE + COLUMN_GAP) / columns - COLUMN_GAP
    lefts = [MARGIN + column * (width + COLUMN_GAP) for column in range(columns)]
    split = [_split(row.text) for row in rows]
    indents = [page.measure(f"{qualifier} ", QUALIFIER) + 4 if qualifier else 0 for qualifier, _ in split]
    if any(indent + page.measure(number, NUMBER) > width for indent, (_, number) in zip(indents, split, strict=True)):
        indents = [0.0] * len(rows)
        above = [page.wrap(qualifier, QUALIFIER, width) if qualifier else [] for qualifier, _ in split]
        y += max(map(len, above)) * QUALIFIER.leading
        for left, lines in zip(lefts, above, strict=False):
            page.write(left, y - len(lines) * QUALIFIER.leading, lines, QUALIFIER)
    else:
        for left, (qualifier, _) in zip(lefts, split, strict=False):
            page.write(left, y + NUMBER.baseline - QUALIFIER.baseline, [qualifier], QUALIFIER)
    ends: list[float] = []
    for left, indent, row, (_, number) in zip(lefts, indents, rows, split, strict=False):
        below = page.write(left + indent, y, page.wrap(number, NUMBER, width), NUMBER)
        ends.append(page.write(left, below, page.wrap(row.label, LABEL, width), LABEL))
    return max(ends)


def _split(text: str) -> tuple[str, str]:
    """Return what stands before a number, and the number: ``more than``, ``125,000``."""
    first = re.search(r"\d", text)
    return (text[: first.start()].rstrip(), text[first.start() :]) if first else ("", text)
