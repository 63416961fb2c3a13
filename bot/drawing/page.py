"""A page of text and rectangles, in pixels from its upper left corner."""

import io
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

EDGE = 3
DOTS_PER_INCH = 72  # at as many dots as an inch has points, a font's size is in pixels
_AROUND_SIGN = re.compile(r" ?([−+=×÷≈]) ")


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks; `size` and `leading`, from one line to the next, are in pixels."""

    size: int
    leading: int
    colour: str
    is_bold: bool = False

    @property
    def font(self) -> FontProperties:
        """The font: it comes with matplotlib, and has the accents of every European language."""
        return FontProperties(family="DejaVu Sans", size=self.size, weight="bold" if self.is_bold else "normal")

    @property
    def baseline(self) -> float:
        """How far below the line's top the letters stand, so that capitals are in the middle of the line."""
        return (self.leading + 0.73 * self.size) / 2


class Page:
    """Collects what stands on the page, whose height is known last."""

    def __init__(self, width: int, paper: str) -> None:
        self.width = width
        self._paper = paper
        self._renderer: RendererBase = FigureCanvasAgg(Figure(dpi=DOTS_PER_INCH)).get_renderer()
        self._texts: list[tuple[float, float, str, Style]] = []
        self._boxes: list[tuple[float, float, float, float, str | None, str | None]] = []

    def wrap(self, text: str, style: Style, width: float) -> list[str]:
        """Return `text` in lines of at most `width`; a sum such as ``72 − 11`` stays on one line where it fits."""
        lines = [""]
        for word in self._words(text, style, width):
            longer = f"{lines[-1]} {word}".lstrip()
            if lines[-1] and self.measure(longer, style) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def measure(self, line: str, style: Style) -> float:
        """Return how wide `line` is."""
        return self._renderer.get_text_width_height_descent(line, style.font, ismath=False)[0]

    def write(self, x: float, y: float, lines: Sequence[str], style: Style) -> float:
        """Write `lines` from `y` down, and return where they end."""
        for line in lines:
            self._texts.append((x, y + style.baseline, line, style))
            y += style.leading
        return y

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str | None = None, edge: str | None = None
    ) -> None:
        """Draw a rectangle, filled or as an outline."""
        if edge:
            x, y, width, height = x + EDGE / 2, y + EDGE / 2, max(width - EDGE, 0), height - EDGE
        self._boxes.append((x, y, width, height, fill, edge))

    def png(self, height: float) -> bytes:
        """Return the page, cut at `height`, as a PNG."""
        pixels = round(height)
        figure = Figure((self.width / DOTS_PER_INCH, pixels / DOTS_PER_INCH), DOTS_PER_INCH, facecolor=self._paper)
        upright = IdentityTransform()  # matplotlib's pixels count from below
        for x, y, width, box_height, fill, edge in self._boxes:
            corner = (x, pixels - y - box_height)
            box = Rectangle(corner, width, box_height, facecolor=fill or "none", edgecolor=edge or "none")
            box.set(linewidth=EDGE, transform=upright)
            figure.add_artist(box)
        for x, y, line, style in self._texts:
            text = Text(x, pixels - y, line, color=style.colour, fontproperties=style.font, transform=upright)
            text.set_parse_math(False)  # a dollar sign is a dollar sign
            figure.add_artist(text)
        png = io.BytesIO()
        # Not savefig: it follows a matplotlibrc that may lie about.
        FigureCanvasAgg(figure).print_png(png)  # pyright: ignore[reportUnknownMemberType]
        return png.getvalue()

    def _words(self, text: str, style: Style, width: float) -> Iterator[str]:
        """Yield what a line is made of; what is wider than a line comes in pieces."""
        text = " ".join(text.split())
        for bound in _AROUND_SIGN.sub("\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}", text).split(" "):
            fits = self.measure(bound, style) <= width
            for word in [bound] if fits else bound.split("\N{NO-BREAK SPACE}"):
                while self.measure(word, style) > width:
                    end = bisect_right(range(2, len(word)), width, key=lambda end: self.measure(word[:end], style)) + 1
                    yield word[:end]
                    word = word[end:]
                yield word
