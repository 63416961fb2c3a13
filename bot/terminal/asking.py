"""The commands that answer: chat, ask, topics."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console

from bot.errors import UsageError
from bot.terminal.chat import Chat, print_topics
from bot.terminal.failures import one_line_errors
from bot.terminal.options import article_option, data_option, language_option, opened, progress
from bot.terminal.rendering import print_reply, reply_json

MAX_LINE = 100_000
"""Characters of a batch line that are read as JSON; a longer line is answered as too long a question."""


@click.command()
@data_option
@article_option
@language_option
def chat(data: Path | None, article: Path | None, language: str | None) -> None:
    """Hold a conversation; works with piped lines too."""
    with one_line_errors(), opened(data=data, article=article, language=language) as (testigo, settings):
        Chat(testigo, Console(highlight=False, soft_wrap=not sys.stdout.isatty()), settings.language).hold(
            _typed_lines()
        )


@click.command()
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


@click.command()
@data_option
@language_option
def topics(data: Path | None, language: str | None) -> None:
    """List what can be asked."""
    with one_line_errors(), opened(data=data, language=language) as (testigo, settings):
        print_topics(
            Console(highlight=False, soft_wrap=True), testigo, settings.language or testigo.knowledge.languages[0]
        )


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
