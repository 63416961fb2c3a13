"""Run a measurement: ``python -m benchmarks NAME``."""

import click

from benchmarks.answering import time_answers, time_starts
from benchmarks.calibrate import calibrate
from benchmarks.faults.table import print_faults
from benchmarks.gateway import time_gateway
from benchmarks.load import time_load
from benchmarks.shards.measure import measure_shards
from bot.app import open_testigo
from bot.settings import read_settings


@click.group()
def main() -> None:
    """Measure Testigo."""


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


if __name__ == "__main__":
    main()
