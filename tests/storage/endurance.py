"""The long form of the endurance tests: ``python -m tests.storage.endurance``."""

import asyncio
import random
import tempfile
from pathlib import Path

import click

from tests.storage.servers import open_postgres
from tests.storage.writing import lost_by, missing_of, prepare, write_together, write_until_killed


def killed(address: str, name: str, kills: int) -> bool:
    """Kill one writing process after another; return whether nothing was lost."""
    asyncio.run(prepare(address))
    confirmed: list[int] = []
    for kill in range(kills):
        confirmed += write_until_killed(address, kill + 1, random.randint(1, 40))
    wrong = asyncio.run(missing_of(address, confirmed, kills))
    click.echo(f"{name}: {kills} kills, {len(confirmed)} writes confirmed, {len(wrong)} things wrong")
    return not _tell(wrong)


def together(address: str, name: str, seconds: float) -> bool:
    """Write with 4 processes; return whether nothing was lost."""
    asyncio.run(prepare(address))
    written = write_together(address, 4, seconds)
    wrong = asyncio.run(lost_by(address, written))
    rounds, slowest = sum(one.rounds for one in written), max(one.p99_seconds for one in written)
    click.echo(f"{name}: {rounds} rounds in {seconds:g} s, p99 {slowest * 1000:.0f} ms, {len(wrong)} things wrong")
    return not _tell(wrong)


def _tell(wrong: list[str]) -> list[str]:
    for line in wrong[:20]:
        click.echo(f"  {line}", err=True)
    return wrong


@click.command()
@click.option("--seconds", default=60.0, help="How long 4 processes write.")
@click.option("--kills", default=100, help="How often a writing process is killed.")
@click.option("--database", type=click.Choice(["sqlite", "postgresql", "both"]), default="both")
def main(seconds: float, kills: int, database: str) -> None:
    """Write with 4 processes, and kill a writing process again and again."""
    went_well = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if database != "postgresql":
            went_well &= together(f"sqlite:///{folder / 'together.db'}", "SQLite", seconds)
            went_well &= killed(f"sqlite:///{folder / 'killed.db'}", "SQLite", kills)
        if database != "sqlite":
            with open_postgres() as server:
                for database_name in ("together", "killed"):
                    asyncio.run(server.run(f"CREATE DATABASE {database_name}"))
                went_well &= together(server.address("together"), "PostgreSQL", seconds)
                went_well &= killed(server.address("killed"), "PostgreSQL", kills)
    raise SystemExit(0 if went_well else 1)


if __name__ == "__main__":
    main()
