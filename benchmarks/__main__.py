"""Run the measurements: ``python -m benchmarks``, or one of them: ``python -m benchmarks NAME``."""

from collections.abc import Callable
from pathlib import Path

import click

from benchmarks.answering import time_answers, time_starts
from benchmarks.calibrate import calibrate
from benchmarks.faults.table import print_faults
from benchmarks.gateway import time_gateway
from benchmarks.growth.comparison import GROWING, measure_growth
from benchmarks.limits import measure_limits
from benchmarks.load import time_load
from benchmarks.peers.comparison import PEERS, compare_peers
from benchmarks.public.comparison import compare_public
from benchmarks.public.sets import SETS
from benchmarks.report import Chapter, show
from benchmarks.shards.measure import measure_shards
from bot.app import open_testigo
from bot.settings import read_settings

quick_option = click.option("--quick", is_flag=True, help="Measure a small part, to see that it runs; keep nothing.")
sets_option = click.option(
    "--sets",
    type=click.Path(path_type=Path),
    default=Path("../shared/eval/public"),
    show_default=True,
    help="The folder of the public question sets.",
)
charts_option = click.option(
    "--charts",
    type=click.Path(path_type=Path),
    default=Path("docs"),
    show_default=True,
    help="The folder of the page and its charts.",
)


def only_option(*keys: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the option that chooses rows."""
    return click.option(
        "--only", multiple=True, type=click.Choice(keys), help="Measure this alone (may be repeated); keep nothing."
    )


@click.group(invoke_without_command=True)
@quick_option
@sets_option
@charts_option
@click.pass_context
def main(context: click.Context, quick: bool, sets: Path, charts: Path) -> None:
    """Measure Testigo; without a command: peers, public, growth and limits."""
    if context.invoked_subcommand is None:
        folder = None if quick else charts
        show(compare_peers(is_quick=quick), folder)
        _show_public(compare_public(sets, is_quick=quick), sets, folder)
        show(measure_growth(is_quick=quick), folder)
        show(measure_limits(is_quick=quick), folder)


@main.command("peers")
@quick_option
@charts_option
@only_option(*PEERS)
def peers_command(quick: bool, charts: Path, only: tuple[str, ...]) -> None:
    """Compare with what a bot's author would use instead, on our own questions."""
    show(compare_peers(only, is_quick=quick), None if quick or only else charts)


@main.command("public")
@quick_option
@sets_option
@charts_option
@only_option(*SETS)
def public_command(quick: bool, sets: Path, charts: Path, only: tuple[str, ...]) -> None:
    """Measure on public question sets, beside published figures."""
    _show_public(compare_public(sets, only, is_quick=quick), sets, None if quick or only else charts)


@main.command("growth")
@quick_option
@charts_option
@only_option(*GROWING)
@click.option(
    "--entries",
    type=click.IntRange(10, 100_000),
    multiple=True,
    help="Measure these sizes alone, however long it takes.",
)
def growth_command(quick: bool, charts: Path, only: tuple[str, ...], entries: tuple[int, ...]) -> None:
    """Measure time, memory and recall as the knowledge base grows."""
    show(measure_growth(only, entries, is_quick=quick), None if quick or only else charts)


@main.command("limits")
@quick_option
@charts_option
def limits_command(quick: bool, charts: Path) -> None:
    """Compare a question's time with the encoder's, and tell each module's share."""
    show(measure_limits(is_quick=quick), None if quick else charts)


@main.command("answering")
def answering_command() -> None:
    """Time questions and starts."""
    time_answers(open_testigo(read_settings()))
    time_starts()


@main.command("calibrate")
def calibrate_command() -> None:
    """Fit the matcher's weights to the development questions."""
    calibrate(open_testigo(read_settings()))


@main.command("gateway")
@click.option(
    "--seconds", type=click.FloatRange(min=1), default=60, show_default=True, help="How long to ask steadily."
)
def gateway_command(seconds: float) -> None:
    """Time the service against the simulated Discord."""
    time_gateway(read_settings(), seconds)


@main.command("load")
@click.option(
    "--questions", type=click.IntRange(min=2000), default=100_000, show_default=True, help="How many, for the memory."
)
def load_command(questions: int) -> None:
    """Load the service, one process on one core, to its limit and beyond."""
    if not time_load(read_settings(), questions):
        raise SystemExit(1)


@main.command("shards")
@click.option(
    "--minutes", type=click.FloatRange(min=2), default=15, show_default=True, help="How long, the start included."
)
@click.option("--processes", type=click.IntRange(2, 16), default=8, show_default=True)
def shards_command(minutes: float, processes: int) -> None:
    """Run many processes on one PostgreSQL while they are killed and it restarts."""
    if not measure_shards(read_settings(), minutes, processes):
        raise SystemExit(1)


@main.command("faults")
@click.option("--only", metavar="PART", default="", help="Only the faults whose name holds this.")
@click.option("--quick", is_flag=True, help="Leave out what takes longer than 15 s.")
def faults_command(only: str, quick: bool) -> None:
    """Inject every fault into the service; ends with status 1 where it did not survive one."""
    if not print_faults(read_settings(), only=only, is_quick=quick):
        raise SystemExit(1)


def _show_public(chapter: Chapter | None, sets: Path, folder: Path | None) -> None:
    if chapter is None:
        print(f"Public sets: skipped, there are none in {sets} (--sets FOLDER)\n")
    else:
        show(chapter, folder)


if __name__ == "__main__":
    main()
