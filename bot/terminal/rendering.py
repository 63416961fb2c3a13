"""Show replies in a terminal."""

import json
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.answering.reply import Reply
from bot.knowledge.strings import Strings


def reply_json(question: str, reply: Reply) -> str:
    """Return a reply as one line of JSON, as the contract of a reply says."""
    fields: dict[str, Any] = {
        "question": question,
        "outcome": reply.outcome.value,
        "language": reply.language,
        "text": reply.text,
        "citations": [{"passage": citation.passage, "url": citation.url} for citation in reply.citations],
        "entries": list(reply.entries),
        "confidence": round(reply.confidence, 4),
        "suggestions": [suggestion.question for suggestion in reply.suggestions],
    }
    # A lone surrogate cannot be written as UTF-8; JSON's own escape can.
    line = json.dumps(fields, ensure_ascii=False)
    return line if _is_writable(line) else json.dumps(fields)


def print_reply(console: Console, reply: Reply, strings: Strings) -> None:
    """Print a reply: notes, answers under their questions, citations with addresses, suggestions by number."""
    for note in reply.notes:
        console.print(Text(note, style="italic"))
    for part in reply.parts:
        if len(reply.parts) > 1:
            console.print(Text(part.heading, style="bold"))
        console.print(Text(part.text))
    if reply.citations:
        console.print(Text(f"\n{strings.text('sources')}", style="bold"))
    for number, citation in enumerate(reply.citations, start=1):
        console.print(Text(f"[{number}] {citation.gist}"))
        if citation.quote is not None:
            console.print(Padding(Text(f"“{citation.quote}”", style="italic"), (0, 0, 0, 4)))
        console.print(Text(f"    {citation.url}", style="dim"), soft_wrap=True)
    if reply.as_of is not None:
        console.print(Text(reply.as_of, style="dim"))
    if reply.suggestions:
        if reply.parts:
            console.print(Text(f"\n{strings.text('related')}", style="bold"))
        for number, suggestion in enumerate(reply.suggestions, start=1):
            console.print(Text(f"  {number}. {suggestion.question}"))


def _is_writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
