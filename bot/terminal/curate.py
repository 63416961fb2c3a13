"""The commands that turn curators' drafts into an edit of the data folder."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bot.app import data_folder, shipped_data
from bot.checking import check_data
from bot.curation.applying import Rehearsal, Trials, rehearse, write
from bot.curation.comparing import Measured
from bot.curation.drafts import Draft, draft_line
from bot.curation.reading import read_drafts, read_questions
from bot.curation.writing import Plan, plan_edits
from bot.errors import UsageError
from bot.settings import Settings, read_settings
from bot.terminal.differences import print_plan, print_rehearsal
from bot.terminal.evaluation import Judged, Verdict, judge_all
from bot.terminal.failures import one_line_errors
from bot.terminal.options import data_option, opened, progress
from bot.terminal.questions import EvaluationQuestion
from bot.terminal.questions import read_questions as read_stored_questions

RANKS = {
    Verdict.RIGHT: 3,
    Verdict.CLARIFY_RIGHT: 2,
    Verdict.CLARIFY_WRONG: 1,
    Verdict.MISSED: 1,
    Verdict.OTHER: 1,
    Verdict.WRONG: 0,
    Verdict.FALSE_ANSWER: 0,
}
"""What becomes of a question, from worst to best: a wrong answer is worse than none."""

STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True)
class _Wishes:
    """How the edit is to be done, as the options say."""

    data: Path | None
    questions: tuple[Path, ...]
    yes: bool
    dry_run: bool
    skip_refused: bool


def _apply_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of everything that applies drafts."""
    options: list[Callable[..., Any]] = [
        click.option("--yes", is_flag=True, help="Write without asking."),
        click.option("--dry-run", is_flag=True, help="Show everything, write nothing."),
        click.option("--skip-refused", is_flag=True, help="Leave refused drafts out instead of refusing all."),
        click.option(
            "--questions",
            multiple=True,
            type=click.Path(path_type=Path),
            help="A question set that must not get worse, again for each; without it, tests/questions for data/.",
        ),
        data_option,
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.group()
def curate() -> None:
    """Turn curators' drafts into a reviewed edit of the data folder."""


@curate.command(name="apply")
@click.argument("file", type=click.Path(path_type=Path))
@_apply_options
def apply_drafts(file: Path, **options: Any) -> None:
    """Apply the drafts of FILE, JSON lines from `curate export`; - for standard input.

    Shows the edit and how the stored questions go before and after; refuses where a proof fails or a question breaks.
    """
    with one_line_errors():
        wishes = _Wishes(**options)
        _refuse_to_ask(file, wishes)
        _apply(read_drafts(str(file), _content(file)), wishes)


@curate.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--apply", "applies", is_flag=True, help="Apply the drafts instead of printing them.")
@_apply_options
def import_questions(file: Path, applies: bool, **options: Any) -> None:
    """Turn questions of FILE into drafts, and print them as JSON lines; - for standard input.

    FILE is CSV or JSON lines with question, language and entry; the entry of an off-topic question is off-topic.
    """
    with one_line_errors():
        wishes = _Wishes(**options)
        if applies:
            _refuse_to_ask(file, wishes)
        imported = read_questions(str(file), _content(file))
        for unplaced in imported.unplaced:
            click.echo(f"{unplaced.where}: has no entry: '{unplaced.question}'", err=True)
        if applies:
            _apply(imported.drafts, wishes)
            return
        for draft in imported.drafts:
            click.echo(draft_line(draft))


def _apply(drafts: Sequence[Draft], wishes: _Wishes) -> None:
    """Plan, rehearse, show, ask and write; exit with status 1 where the edit is refused."""
    settings = read_settings(data=wishes.data)
    folder = data_folder(settings)
    stored = list(read_stored_questions(wishes.questions or _shipped_questions(folder)))
    plan = plan_edits(folder, drafts, (question.text for question in stored))
    console = Console(highlight=False, soft_wrap=True)
    if plan.refused and not wishes.skip_refused:
        _refuse([str(refusal) for refusal in plan.refused], "--skip-refused leaves these out")
    for refusal in plan.refused:
        click.echo(f"left out: {refusal}", err=True)
    print_plan(console, plan)
    if not plan.edits:
        return
    rehearsal = _rehearse(settings, folder, plan, stored)
    print_rehearsal(console, rehearsal)
    if rehearsal.reasons:
        _refuse(rehearsal.reasons, "the data folder is as it was")
    if wishes.dry_run:
        return
    if not wishes.yes and not click.confirm(f"Write this to {folder}?", err=True):
        _refuse([], "nothing was written")
    write(folder, plan)
    console.print(f"Written to {folder}.", markup=False)


def _rehearse(settings: Settings, folder: Path, plan: Plan, stored: Sequence[EvaluationQuestion]) -> Rehearsal:
    def check(data: Path) -> list[str]:
        return check_data(settings.model_copy(update={"data": data}))

    def measure(data: Path) -> list[Measured]:
        if not stored:
            return []
        with opened(data=data) as (testigo, _):
            title = "Asking before" if data == folder else "Asking after"
            with progress(title, len(stored)) as advance:
                return [_measured(judged) for judged in judge_all(testigo, stored, advance)]

    return rehearse(folder, plan, Trials(check, measure))


def _measured(judged: Judged) -> Measured:
    given = judged.reply.entries or tuple(suggestion.entry for suggestion in judged.reply.suggestions)
    return Measured(
        judged.question.text,
        judged.question.language,
        judged.verdict.value,
        RANKS[judged.verdict],
        judged.verdict is Verdict.RIGHT,
        " ".join([judged.reply.outcome.value, ", ".join(given)]).strip(),
    )


def _refuse(reasons: Sequence[str], last: str) -> None:
    for reason in reasons:
        click.echo(f"refused: {' '.join(reason.split())}", err=True)
    click.echo(f"testigo: not applied: {last}", err=True)
    raise SystemExit(1)


def _refuse_to_ask(file: Path, wishes: _Wishes) -> None:
    """Find out before the long work that nobody could be asked.

    Raises:
        UsageError: the drafts come from standard input, where the answer would have to come from.
    """
    if file == STANDARD_INPUT and not (wishes.yes or wishes.dry_run):
        raise UsageError("drafts from standard input need --yes or --dry-run")


def _content(file: Path) -> bytes:
    """Return the bytes of an input file.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        return sys.stdin.buffer.read() if file == STANDARD_INPUT else file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or 'cannot be read'}") from error


def _shipped_questions(folder: Path) -> list[Path]:
    """Return the checkout's question sets where its data is edited: about another event they tell nothing."""
    if folder.resolve() != shipped_data().resolve():
        return []
    return sorted((Path(__file__).resolve().parents[2] / "tests" / "questions").glob("*.jsonl"))
