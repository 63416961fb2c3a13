"""Run a measurement: ``python -m benchmarks NAME``."""

import click

from benchmarks.calibrate import calibrate
from bot.app import open_testigo
from bot.settings import read_settings


@click.group()
def main() -> None:
    """Measure Testigo."""


@main.command("calibrate")
def calibrate_command() -> None:
    """Fit the matcher's weights to the development questions."""
    calibrate(open_testigo(read_settings()))


main()
