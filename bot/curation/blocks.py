"""Where a wording goes in an utterance file: at the end of its block."""

from collections.abc import Mapping, Sequence

from bot.curation.insertions import Insertion, Line, lines_of
from bot.knowledge.utterances import HEADING


def headings(text: str) -> list[str]:
    """Return the headings of an utterance file, in order."""
    return [match[1] for line in lines_of(text) if (match := HEADING.fullmatch(line.text.strip()))]


def grown(text: str, additions: Mapping[str, Sequence[str]]) -> tuple[Insertion, ...]:
    """Return what is to be inserted so that the block of each heading ends with its additions.

    A block that is not there yet comes at the end of the file.
    """
    lines = lines_of(text)
    ends = _ends(lines)
    insertions: list[Insertion] = []
    new: list[str] = []
    for heading, wordings in additions.items():
        if heading in ends:
            insertions.append(Insertion(ends[heading], tuple(wordings)))
        else:
            new += ["", f"[{heading}]", *wordings]
    if new:
        is_apart = not lines or not lines[-1].text.strip()
        insertions.append(Insertion(len(lines), tuple(new[1:] if is_apart else new)))
    return tuple(insertions)


def _ends(lines: Sequence[Line]) -> dict[str, int]:
    """Return after how many lines each block's last wording stands, or its heading where it has none."""
    ends: dict[str, int] = {}
    current: str | None = None
    for number, line in enumerate(lines, start=1):
        stripped = line.text.strip()
        if heading := HEADING.fullmatch(stripped):
            current = heading[1]
        if current is not None and stripped and not stripped.startswith("#"):
            ends[current] = number
    return ends
