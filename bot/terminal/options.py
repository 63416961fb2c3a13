"""What the commands share: options, settings, progress bars."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from bot.answering.testigo import Testigo
from bot.app import open_testigo
from bot.settings import Settings, read_settings

data_option = click.option("--data", type=click.Path(path_type=Path), help="The data folder (TESTIGO_DATA).")
article_option = click.option(
    "--article", type=click.Path(path_type=Path), help="A copy of the article's text, to quote from (TESTIGO_ARTICLE)."
)
language_option = click.option("--lang", "language", help="Answer in this language, e.g. es (TESTIGO_LANGUAGE).")


@contextmanager
def opened(**given: Any) -> Generator[tuple[Testigo, Settings], None, None]:
    """Open Testigo, with a progress bar while its index is computed."""
    settings = read_settings(**given)
    with progress("Preparing the index (once)", None) as update:
        testigo = open_testigo(settings, update)
    yield testigo, settings


@contextmanager
def progress(title: str, total: int | None) -> Generator[Callable[..., None], None, None]:
    """Yield what advances a progress bar on standard error, which shows only on a terminal and once there is progress.

    With a `total` each call is one step; without one the call says how many steps are done, and of how many.
    """
    if not sys.stderr.isatty() or total == 0:
        yield lambda *_: None
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total, visible=total is not None)

        def advance(*steps: int) -> None:
            if steps:
                bar.update(task, completed=steps[0], total=steps[1], visible=True)
            else:
                bar.advance(task)

        yield advance
