"""Draw the figures given as JSON on standard input, and write the PNG to standard output."""

import sys

from pydantic import TypeAdapter

from bot.answering.figures import FiguresReply
from bot.drawing.chart import draw

if __name__ == "__main__":
    figures = TypeAdapter(FiguresReply).validate_json(sys.stdin.buffer.read())
    sys.stdout.buffer.write(draw(figures))
