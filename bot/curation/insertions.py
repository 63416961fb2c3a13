"""Insert lines into a text and leave every other byte as it is; tell the difference as a patch."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

CONTEXT = 3
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n)|([^\r\n]+)\Z")
_NO_END = "\\ No newline at end of file\n"


@dataclass(frozen=True, slots=True)
class Line:
    """A line's text, and the characters that end it: none where the file ends without."""

    text: str
    end: str


@dataclass(frozen=True, slots=True)
class Insertion:
    """Lines to come after so many lines of the old text."""

    after: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileEdit:
    """What is inserted into one file of the data folder; `old` is None where there is no such file yet."""

    path: Path
    old: str | None
    insertions: tuple[Insertion, ...]

    @property
    def new(self) -> str:
        """The whole file, with what is inserted."""
        merged = _merged(lines_of(self.old or ""), self.insertions)
        return "".join(line.text + line.end for sign, line in merged if sign != "-")

    @property
    def diff(self) -> str:
        """The difference, as `git apply` takes it: only lines are added, but for a last one that gets an end."""
        name = self.path.as_posix()
        head = f"--- {'/dev/null' if self.old is None else f'a/{name}'}\n+++ b/{name}\n"
        if self.old is None:
            head = f"diff --git a/{name} b/{name}\nnew file mode 100644\n{head}"
        return head + "".join(_hunks(lines_of(self.old or ""), self.insertions))


def lines_of(text: str) -> list[Line]:
    """Split a text where Python's own reading of text files does."""
    return [Line(match[3] or match[1] or "", match[2] or "") for match in _LINE.finditer(text)]


def _merged(old: Sequence[Line], insertions: Sequence[Insertion]) -> list[tuple[str, Line]]:
    """Return the lines of the new text, each with the sign that a patch puts before it.

    An inserted line ends as the one before it; behind a last line that has no end, the new last one has none.
    """
    usual = next((line.end for line in old if line.end), "\n")
    by_place: dict[int, list[str]] = {}
    for insertion in insertions:
        by_place.setdefault(insertion.after, []).extend(insertion.texts)
    merged: list[tuple[str, Line]] = []
    for place in range(len(old) + 1):
        before = old[place - 1] if place else None
        texts = by_place.get(place, [])
        if before is not None and texts and not before.end:
            merged += [("-", before), ("+", Line(before.text, usual))]
            merged += [("+", Line(text, usual)) for text in texts[:-1]] + [("+", Line(texts[-1], ""))]
            continue
        if before is not None:
            merged.append((" ", before))
        merged += [("+", Line(text, before.end if before is not None else usual)) for text in texts]
    return merged


def _hunks(old: Sequence[Line], insertions: Sequence[Insertion]) -> Iterator[str]:
    merged = _merged(old, insertions)
    changed = [number for number, (sign, _) in enumerate(merged) if sign != " "]
    apart = [(first, second) for first, second in pairwise(changed) if second - first > 2 * CONTEXT]
    starts = [changed[0], *(second for _, second in apart)]
    ends = [*(first for first, _ in apart), changed[-1]]
    for start, end in zip(starts, ends, strict=True):
        first = max(0, start - CONTEXT)
        hunk = merged[first : end + 1 + CONTEXT]
        yield f"@@ -{_span(merged[:first], hunk, '+')} +{_span(merged[:first], hunk, '-')} @@\n"
        for sign, line in hunk:
            yield f"{sign}{line.text}{line.end}" if line.end else f"{sign}{line.text}\n{_NO_END}"


def _span(before: Sequence[tuple[str, Line]], hunk: Sequence[tuple[str, Line]], other: str) -> str:
    """Return where a hunk begins on one side, and how many lines it has there; `other` marks the other side's lines."""
    start = sum(sign != other for sign, _ in before)
    length = sum(sign != other for sign, _ in hunk)
    return f"{start + 1 if length else start},{length}"
