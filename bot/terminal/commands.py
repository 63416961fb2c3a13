"""The command line."""

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console

from bot import __version__
from bot.checking import check_data
from bot.errors import UsageError
from bot.terminal.chat import Chat, print_topics
from bot.terminal.evaluation import judge_all
from bot.terminal.figures import figures_json, print_failures, print_figures
from bot.terminal.new import new
from bot.terminal.options import (
    article_option,
    data_option,
    language_option,
    one_line_errors,
    opened,
    progress,
    settings_with,
)
from bot.terminal.questions import read_questions
from bot.terminal.rendering import print_reply, reply_json

MAX_LINE = 100_000
"""Characters of a batch line that are read as JSON; a longer line is answered as too long a question."""


LATE = {
    "curate": "bot.terminal.kept",
    "db": "bot.terminal.database",
    "demo": "bot.terminal.service",
    "run": "bot.terminal.service",
    "stats": "bot.terminal.kept",
    "sync": "bot.terminal.service",
}
"""Where the commands are that need Discord or the database."""


class Group(click.Group):
    """Loads those commands only when one of them is called: the others start faster without."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted([*super().list_commands(ctx), *LATE])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        if cmd_name in LATE:
            return getattr(importlib.import_module(LATE[cmd_name]), cmd_name)
        return super().get_command(ctx, cmd_name)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="testigo")
def main() -> None:
    """Answer questions about one event from one article, each answer with the passage that says so."""


@main.command()
@data_option
@article_option
@language_option
def chat(data: Path | None, article: Path | None, language: str | None) -> None:
    """Hold a conversation; works with piped lines too."""
    with one_line_errors(), opened(data=data, article=article, language=language) as (testigo, settings):
        Chat(testigo, Console(highlight=False, soft_wrap=not sys.stdout.isatty()), settings.language).hold(
            _typed_lines()
        )


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the reply as one line of JSON.")
@click.option(
    "--batch",
    type=click.Path(path_type=Path),
    help="Answer a file of JSON lines with q and, if wanted, lang; - for standard input.",
)
@data_option
@article_option
@language_option
def ask(
    question: str | None,
    as_json: bool,
    batch: Path | None,
    data: Path | None,
    article: Path | None,
    language: str | None,
) -> None:
    """Answer one question, or a file of them."""
    with one_line_errors():
        if (question is None) == (batch is None):
            raise UsageError("give either a question or --batch FILE")
        lines = _batch_lines(batch) if batch is not None else []
        with opened(data=data, article=article, language=language) as (testigo, settings):
            answer = testigo.answerer.answer
            if question is not None:
                reply = answer(question, settings.language)
                if as_json:
                    click.echo(reply_json(question, reply))
                else:
                    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
                    print_reply(console, reply, testigo.strings[reply.language])
            with progress("Answering", len(lines)) as advance:
                for number, line in enumerate(lines, start=1):
                    text, asked = _batch_question(line, f"{batch}:{number}")
                    if asked is not None and asked not in testigo.knowledge.languages:
                        raise UsageError(
                            f"{batch}:{number}: lang: the languages are {', '.join(testigo.knowledge.languages)}"
                        )
                    click.echo(reply_json(text, answer(text, asked or settings.language)))
                    advance()


@main.command()
@data_option
@language_option
def topics(data: Path | None, language: str | None) -> None:
    """List what can be asked."""
    with one_line_errors(), opened(data=data, language=language) as (testigo, settings):
        print_topics(
            Console(highlight=False, soft_wrap=True), testigo, settings.language or testigo.knowledge.languages[0]
        )


@main.command()
@data_option
@article_option
def check(data: Path | None, article: Path | None) -> None:
    """Prove that nothing is said without a passage behind it."""
    with one_line_errors():
        settings = settings_with(data=data, article=article)
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


@main.command(name="eval")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--failures", is_flag=True, help="Print every question that did not go right.")
@data_option
def evaluate(files: tuple[Path, ...], as_json: bool, failures: bool, data: Path | None) -> None:
    """Measure the answers on question sets; without FILES, on tests/questions."""
    with one_line_errors():
        questions = list(read_questions(files or _shipped_questions()))
        with opened(data=data) as (testigo, _):
            with progress("Asking", len(questions)) as advance:
                judged = judge_all(testigo, questions, advance)
            if as_json:
                click.echo(json.dumps(figures_json(judged), ensure_ascii=False, indent=1))
            else:
                print_figures(judged)
            if failures:
                print_failures(judged)


def _typed_lines() -> Iterator[str]:
    """Yield what is typed, behind a prompt where it is a terminal."""
    if not sys.stdin.isatty():
        for line in sys.stdin.buffer:
            yield line.decode("utf-8", "replace")
        return
    while True:
        try:
            yield input("> ")
        except EOFError:
            return


def _batch_lines(path: Path) -> list[str]:
    """Return the lines of a batch file.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or 'cannot be read'}") from error
    return [line for line in content.decode("utf-8", "replace").split("\n") if line.strip()]


def _batch_question(line: str, where: str) -> tuple[str, str | None]:
    """Return the question of a line and the language it asks for.

    Raises:
        UsageError: it is not a JSON object with a text q.
    """
    if len(line) > MAX_LINE:
        return line[:MAX_LINE], None
    try:
        fields = json.loads(line)
        text, language = fields["q"], fields.get("lang")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"{where}: not a JSON object with q") from error
    if not isinstance(text, str) or not isinstance(language, str | None):
        raise UsageError(f"{where}: q and lang must be texts")
    return text, language


def _shipped_questions() -> list[Path]:
    """Return the question sets of the checkout.

    Raises:
        UsageError: there are none, as in an installed wheel.
    """
    found = sorted((Path(__file__).resolve().parents[2] / "tests" / "questions").glob("*.jsonl"))
    if not found:
        raise UsageError("there is no tests/questions here; name the question files")
    return found


main.add_command(new)
