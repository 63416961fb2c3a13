"""Run a measurement: ``python -m benchmarks NAME``."""

import click

from benchmarks.answering import time_answers, time_starts
from benchmarks.calibrate import calibrate
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


if __name__ == "__main__":
    main()
