"""Draw charts as SVG that can be read on a light and on a dark page, and told in words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH = 760
LEFT = 300
RIGHT = 40
ROW = 30
TOP = 74

STYLE = """
  .page { fill: #ffffff } text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600; font-size: 15px }
  .inside { fill: #ffffff }
  .line { stroke: #8c959f; stroke-width: 1; stroke-opacity: 0.5 }
  .good { fill: #2f6f4f; stroke: #2f6f4f } .fair { fill: #8a7322; stroke: #8a7322 }
  .none { fill: #6e7681; stroke: #6e7681 } .bad { fill: #a83a3a; stroke: #a83a3a }
  .other { fill: #3a6ea8; stroke: #3a6ea8 } .more { fill: #7a559c; stroke: #7a559c }
  rect { stroke: none !important } polyline { fill: none !important; stroke-width: 2 }
  @media (prefers-color-scheme: dark) { .page { fill: #161b22 } text { fill: #d0d7de } .inside { fill: #ffffff } }
"""
"""The page is drawn too: a site can be dark where the reader's system is light."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, the name of its file, and what it says in words."""

    name: str
    text: str
    svg: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of every bar: its name and its colour's class."""

    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of parts that are shares of one."""

    name: str
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Points above zero, joined, with a name and a colour's class."""

    name: str
    colour: str
    points: tuple[tuple[float, float], ...]


def bar_chart(name: str, title: str, parts: Sequence[Part], bars: Sequence[Bar]) -> Chart:
    """Draw a bar a row, whose parts stand side by side."""
    length = WIDTH - LEFT - RIGHT
    drawn: list[str] = []
    told: list[str] = []
    for number, bar in enumerate(bars):
        y, x = TOP + number * ROW, float(LEFT)
        drawn.append(_text(LEFT - 10, y + 15, bar.name, anchor="end"))
        for part, share in zip(parts, bar.shares, strict=True):
            width = max(0.0, share) * length
            if width:
                drawn.append(f'<rect class="{part.colour}" x="{x:.1f}" y="{y}" width="{width:.1f}" height="20"/>')
            if width > 38:
                drawn.append(_text(x + width / 2, y + 15, f"{share:.0%}", "inside", "middle"))
            x += width
        shares = (f"{part.name} {share:.0%}" for part, share in zip(parts, bar.shares, strict=True))
        told.append(f"{bar.name}: {', '.join(shares)}.")
    return _chart(name, title, TOP + len(bars) * ROW + 12, [*_legend(parts), *drawn], told)


def line_chart(name: str, title: str, x_name: str, y_name: str, lines: Sequence[Line]) -> Chart:
    """Draw lines over two logarithmic scales."""
    left, right, bottom, top = 80, WIDTH - 220, 360, 90
    first_x, last_x = _powers([x for line in lines for x, _ in line.points])
    first_y, last_y = _powers([y for line in lines for _, y in line.points])

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            left + (math.log10(x) - first_x) / (last_x - first_x) * (right - left),
            bottom - (math.log10(y) - first_y) / (last_y - first_y) * (bottom - top),
        )

    drawn = [_text(10, 50, y_name), _text((left + right) / 2, bottom + 44, x_name, anchor="middle")]
    for power in range(first_x, last_x + 1):
        x, y = place(10.0**power, 10.0**first_y)
        drawn += [_rule(x, y, x, y + 5), _text(x, y + 22, f"{10.0**power:,g}", anchor="middle")]
    for power in range(first_y, last_y + 1):
        x, y = place(10.0**first_x, 10.0**power)
        drawn += [_rule(x, y, right, y), _text(x - 8, y + 4, f"{10.0**power:,g}", anchor="end")]
    label_y = 0.0
    for line in sorted(lines, key=lambda line: place(*line.points[-1])[1]):
        points = [place(x, y) for x, y in line.points]
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        drawn.append(f'<polyline class="{line.colour}" points="{joined}"/>')
        drawn += [f'<circle class="{line.colour}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points]
        label_y = max(points[-1][1] + 4, label_y + 16)
        drawn.append(_text(points[-1][0] + 10, label_y, line.name))
    told = [f"{line.name}: {', '.join(f'{y:.3g} at {x:,g}' for x, y in line.points)}." for line in lines]
    return _chart(name, title, bottom + 60, drawn, [f"{y_name} by {x_name}.", *told])


def _powers(values: Sequence[float]) -> tuple[int, int]:
    """Return the powers of ten around all values, never the same."""
    first = math.floor(math.log10(min(values)))
    return first, max(math.ceil(math.log10(max(values))), first + 1)


def _legend(parts: Sequence[Part]) -> list[str]:
    drawn: list[str] = []
    x = 10.0
    for part in parts:
        drawn.append(f'<rect class="{part.colour}" x="{x:.0f}" y="41" width="12" height="12"/>')
        drawn.append(_text(x + 18, 52, part.name))
        x += 42 + 7 * len(part.name)
    return drawn


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="line" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, text: str, style: str = "", anchor: str = "start") -> str:
    return f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _chart(name: str, title: str, height: float, drawn: Sequence[str], told: Sequence[str]) -> Chart:
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape(' '.join(told))}</desc>",
        f"<style>{STYLE}</style>",
        f'<rect class="page" width="{WIDTH}" height="{height:.0f}" rx="6"/>',
        _text(10, 24, title, "title"),
        *drawn,
        "</svg>",
    ]
    return Chart(name, " ".join([f"{title}.", *told]), "\n".join(lines) + "\n")
