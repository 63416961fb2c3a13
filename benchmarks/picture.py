"""Draw the README's picture: a real conversation, as the terminal shows it."""

from pathlib import Path

from rich.console import Console
from rich.text import Text

from bot.answering.answerer import next_turn
from bot.answering.conversation import Turn
from bot.answering.testigo import Testigo
from bot.terminal.rendering import print_reply

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "chat.svg"
QUESTIONS = ("how many of the dead were women?", "¿y de qué países eran?", "quem deu a ordem?")


def draw_conversation(testigo: Testigo) -> None:
    """Write docs/chat.svg."""
    console = Console(record=True, width=178, highlight=False, force_terminal=True)
    previous: Turn | None = None
    for question in QUESTIONS:
        console.print(Text(f"> {question}", style="bold cyan"))
        reply = testigo.answerer.answer(question, previous=previous)
        previous = next_turn(reply, previous)
        print_reply(console, reply, testigo.strings[reply.language])
        console.print()
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(console.export_svg(title="testigo chat"), "utf-8")
