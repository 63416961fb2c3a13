"""The commands that prove and measure: check, eval."""

import json
from pathlib import Path

import click

from bot.checking import check_data
from bot.settings import read_settings
from bot.terminal.confusion import confusions
from bot.terminal.evaluation import judge_all
from bot.terminal.failures import one_line_errors
from bot.terminal.figures import MAX_ROWS, figures_json, print_confusions, print_failures, print_figures
from bot.terminal.options import article_option, data_option, opened, progress
from bot.terminal.questions import read_questions, shipped_questions


@click.command()
@data_option
@article_option
def check(data: Path | None, article: Path | None) -> None:
    """Prove that nothing is said without a passage behind it."""
    with one_line_errors():
        settings = read_settings(data=data, article=article)
        problems = check_data(settings)
        for problem in problems:
            click.echo(problem, err=True)
        if problems:
            raise SystemExit(1)
        click.echo(
            "Every statement has its passage."
            if settings.article
            else "Every statement has its passage (article not compared)."
        )


@click.command(name="eval")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--failures", is_flag=True, help="Print every question that did not go right.")
@click.option("--entries", is_flag=True, help="Print every confusion and every entry, not only the first.")
@data_option
def evaluate(files: tuple[Path, ...], as_json: bool, failures: bool, entries: bool, data: Path | None) -> None:
    """Measure the answers on question sets; without FILES, on tests/questions."""
    with one_line_errors():
        questions = list(read_questions(files or shipped_questions()))
        with opened(data=data) as (testigo, _):
            with progress("Asking", len(questions)) as advance:
                judged = judge_all(testigo, questions, advance)
            confused = confusions(testigo, judged)
            if as_json:
                click.echo(json.dumps(figures_json(judged, confused), ensure_ascii=False, indent=1))
            else:
                print_figures(judged)
                print_confusions(confused, None if entries else MAX_ROWS)
            if failures:
                print_failures(judged)
