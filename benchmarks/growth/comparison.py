"""Measure how time, memory and recall change with the number of entries."""

import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.charts import Chart, Line, line_chart
from benchmarks.figures import Row, Sheet, goal_sheet, memory, milliseconds, percent
from benchmarks.growth.invented import LANGUAGES, PHRASINGS, invent
from benchmarks.growth.testigo import ask_index, build_own
from benchmarks.growth.varied import questions
from benchmarks.peers.asking import Asked, ask, build
from benchmarks.peers.catalogue import BM25, SCAN, Method
from benchmarks.peers.peer import Wordings
from benchmarks.processes import alone
from benchmarks.report import Chapter, progress_bar
from bot.matching.text import fold

SIZES = (100, 1_000, 10_000, 100_000)
QUICK_SIZES = (100,)
QUESTIONS = 600
QUICK_QUESTIONS = 60
GREATEST = 100_000
P99, LOAD, MEMORY = 0.010, 3.0, 700
"""The goals at the greatest size: seconds, seconds, megabytes."""

OWN = "testigo"
GROWING = (OWN, SCAN.key, BM25.key)
COMMAND = "python -m benchmarks growth"
COUNT = sum(map(len, PHRASINGS.values()))
METHOD = (
    f"Invented entries (what people ask about services in towns that do not exist), always the same, of {COUNT}"
    f" phrasings ({', '.join(LANGUAGES)}). Asked in varied wordings: a slip of the finger, words left out,"
    " neighbours that change places, or all three, of a phrasing or of a wording like none. Recall is the share of"
    " questions whose entry comes first. Each method is built and kept in one process, and loaded and asked in"
    " another, whose whole memory is given; Testigo's is built by its own indexing and kept in its own cache. Its"
    " time is that of reading and ranking; the others' that of folding and looking up."
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A method at one size."""

    key: str
    title: str
    size: int
    asked: Asked
    recall: float
    build_seconds: float


def measure_growth(only: Collection[str] = (), entries: Collection[int] = (), *, is_quick: bool = False) -> Chapter:
    """Measure each method at each size."""
    sizes = sorted(entries) or (QUICK_SIZES if is_quick else SIZES)
    methods = [method for method in (None, SCAN, BM25) if not only or (method.key if method else OWN) in only]
    found: list[Measured] = []
    notes: list[str] = []
    with progress_bar() as progress, tempfile.TemporaryDirectory(prefix="testigo-growth-") as folder:
        task = progress.add_task("Growth", total=len(methods) * len(sizes))
        for size in sizes:
            asked = list(questions(invent(size), QUICK_QUESTIONS if is_quick else QUESTIONS))
            for method in methods:
                title = method.title if method else "Testigo"
                progress.update(task, description=f"Growth: {title}, {size:,} entries")
                try:
                    found.append(_measured(method, size, asked, Path(folder)))
                except ModuleNotFoundError:
                    if method is None or method.package is None:
                        raise
                    notes.append(f"{title}: skipped, it is not installed: pip install '.[bench]'.")
                progress.advance(task)
    sheets = [_table(found, list(dict.fromkeys(notes))), *_goals(found)]
    return Chapter("Growth", COMMAND, METHOD, sheets, _chart(found))


def _measured(method: Method | None, size: int, asked: Sequence[tuple[str, str]], folder: Path) -> Measured:
    texts = [text for text, _ in asked]
    if method is None:
        path = folder / f"{OWN}-{size}"
        seconds = alone(build_own, size, path)
        found = alone(ask_index, path, texts)
        labels: list[str] = list(found.answers)
    else:
        path = folder / method.key
        seconds = alone(_build, method, size, path)
        found = alone(ask, path, texts, is_cut_short=True)
        labels = [guess.label for guess in found.answers]
    right = [label == wanted for label, (_, wanted) in zip(labels, asked, strict=False)]
    key, title = (method.key, method.title) if method else (OWN, "Testigo")
    return Measured(key, title, size, found, sum(right) / len(right), seconds)


def _build(method: Method, size: int, path: Path) -> float:
    pairs = [
        (fold(text), entry.label)
        for entry in invent(size)
        for language in LANGUAGES
        for text in entry.phrasings(language)
    ]
    return build(method, Wordings(tuple(text for text, _ in pairs), tuple(label for _, label in pairs)), path)


def _table(found: Sequence[Measured], notes: Sequence[str]) -> Sheet:
    columns = ("method", "entries", "recall", "median", "99th percentile", "questions", "built once", "load", "memory")
    rows: list[list[str]] = []
    for one in sorted(found, key=lambda one: one.key != OWN):
        median, high = np.percentile(one.asked.seconds, [50, 99])
        rows.append(
            [
                one.title,
                f"{one.size:,}",
                percent(one.recall),
                milliseconds(median),
                milliseconds(high),
                str(len(one.asked.seconds)),
                f"{one.build_seconds:,.1f} s",
                f"{one.asked.load_seconds:.2f} s",
                memory(one.asked.megabytes),
                f"{COMMAND} --only {one.key} --entries {one.size}",
            ]
        )
    return Sheet("Growth: invented knowledge bases", (*columns, "command"), rows, notes)


def _goals(found: Sequence[Measured]) -> list[Sheet]:
    """Return the goals of the greatest size, where it was measured."""
    for one in found:
        if one.key == OWN and one.size == GREATEST:
            high, load, size = float(np.percentile(one.asked.seconds, 99)), one.asked.load_seconds, one.asked.megabytes
            rows = [
                Row("a question, 99th percentile", f"{P99 * 1000:g} ms", milliseconds(high), high <= P99),
                Row("load from the cache", f"{LOAD:g} s", f"{load:.2f} s", load <= LOAD),
                Row("memory", f"{MEMORY} MB", memory(size), size <= MEMORY),
            ]
            return [goal_sheet(f"Growth: Testigo with {GREATEST:,} entries", rows)]
    return []


def _chart(found: Sequence[Measured]) -> Chart | None:
    if not found:
        return None
    colours = {OWN: "good", SCAN.key: "bad", BM25.key: "other"}
    points: dict[str, list[tuple[float, float]]] = {}
    names = {one.key: one.title.split(",")[0] for one in found}
    for one in found:
        points.setdefault(one.key, []).append((one.size, float(np.median(one.asked.seconds)) * 1000))
    lines = [Line(names[key], colours[key], tuple(placed)) for key, placed in points.items()]
    return line_chart("growth.svg", "Time of a question as the knowledge base grows", "entries", "median, ms", lines)
