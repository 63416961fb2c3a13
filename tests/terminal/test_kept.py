"""The commands that read what is kept: on an empty store, on a filled one, and on one that is gone."""

import asyncio
import datetime
import itertools
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.answering.reply import Outcome
from bot.answering.testigo import Testigo
from bot.curation.drafts import DraftKind
from bot.curation.reading import read_drafts
from bot.storage.drafts import Draft
from bot.storage.migration import upgrade
from bot.storage.store import Store, open_store
from bot.terminal.commands import main
from tests.conftest import LIGHTHOUSE
from tests.storage.samples import BEN, CURATOR, GUILD, HELPFUL, KEEPING, NOT_HELPFUL, OTHER_GUILD, SECRET, asked, origin
from tests.storage.servers import PostgresServer

PASSWORD = "hunter2"
DRAFTS = {
    DraftKind.PHRASING: ("¿Cuándo «ardió»?\nDime", "es", "fire-when"),
    DraftKind.OFF_TOPIC: ("Who won the cup?", "en", None),
}

Run = Callable[..., Result]

_numbers = itertools.count()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'testigo.db'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"kept{next(_numbers)}"
    asyncio.run(server.run(f"CREATE DATABASE {name}"))
    return server.address(name)


@pytest.fixture
def run(address: str, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command on the database."""
    monkeypatch.chdir(tmp_path)
    environment = {
        "TESTIGO_DATABASE_URL": address,
        "TESTIGO_SECRET": SECRET.decode(),
        "TESTIGO_DATA": str(LIGHTHOUSE),
        "TESTIGO_CACHE": str(cache),
    }

    def call(*arguments: str, **changed: str) -> Result:
        return CliRunner(env=environment | changed).invoke(main, arguments)

    return call


@pytest.fixture
def filled(address: str, lighthouse: Testigo) -> str:
    """Fill the database with what two servers asked today and what one asked long ago."""
    del lighthouse  # its index is then cached
    asyncio.run(_fill(address))
    return address


async def _fill(address: str) -> None:
    async with open_store(address, SECRET) as store:
        today = datetime.datetime.now(datetime.UTC)
        await store.servers.change(GUILD, CURATOR, KEEPING)
        for outcome, text in (
            (Outcome.ANSWER, "What happened?"),
            (Outcome.META, "Hello"),
            (Outcome.CLARIFY, "Who paid for the [b]oil[/b]?"),
            (Outcome.CLARIFY, "Who paid for the [b]oil[/b]?"),
        ):
            entries = ("keepers-escaped",) if outcome is Outcome.ANSWER else ()
            question = asked(text, outcome, at=today, entries=entries)
            await store.questions.record(question)
            if outcome is Outcome.ANSWER:
                await store.feedback.record(HELPFUL, origin(question))
                await store.feedback.record(NOT_HELPFUL, origin(question, BEN))
        await store.questions.record(asked("¿Qué?", Outcome.GAP, guild=OTHER_GUILD, language="es", at=today))
        await store.questions.record(asked("Before?", Outcome.GAP, at=today - datetime.timedelta(days=20)))
        for kind, (text, language, entry) in DRAFTS.items():
            await store.drafts.add(Draft(kind, text, language, entry, GUILD, CURATOR, ()))


def look(address: str, what: Callable[[Store], Any]) -> Any:
    """Return what is found in the store."""

    async def find() -> Any:
        async with open_store(address, SECRET) as store:
            return await what(store)

    return asyncio.run(find())


def told(done: Result) -> str:
    """Return the one line that an error ends with."""
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert done.stderr.startswith("testigo: ")
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_statistics_of_an_empty_store_are_naught(run: Run) -> None:
    done = run("stats")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "0 questions in the last 30 days\n", "")
    told = json.loads(run("stats", "--json").stdout)
    assert (told["questions"], told["share_answered"], told["unanswered"]) == (0, None, {})


@pytest.mark.usefixtures("filled")
def test_statistics_are_told_in_words(run: Run) -> None:
    done = run("stats")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("6 questions in the last 30 days\n20% answered\n50% rated helpful\n")
    rows = {tuple(part.strip() for part in line.strip("│┃ ").split("│")) for line in done.stdout.splitlines()}
    expected = {("clarify", "2"), ("es", "1"), ("keepers-escaped", "1"), ("rating helpful", "1")}
    assert expected | {("Who paid for the [b]oil[/b]?", "2")} <= rows, "markup is shown as it was typed"


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("filled")
def test_statistics_are_of_a_server_and_of_some_days(run: Run) -> None:
    def figures(*options: str) -> tuple[int, int]:
        done = run("stats", "--json", *options)
        assert done.exit_code == 0, done.output
        told = json.loads(done.stdout)
        return told["questions"], sum(told["unanswered"].values())

    assert figures() == (6, 4)
    assert figures("--days", "7") == (5, 3)
    assert figures("--server", str(GUILD)) == (5, 4)
    assert figures("--server", str(GUILD), "--days", "7") == (4, 3)
    assert figures("--server", str(OTHER_GUILD)) == (1, 0)
    assert figures("--server", "1") == (0, 0)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("server", ["0", "-5", str(2**63), "9" * 30])
def test_a_number_that_is_no_servers_is_told(run: Run, server: str) -> None:
    assert "--server" in told(run("stats", "--server", server))


def test_an_empty_store_has_no_drafts(run: Run) -> None:
    for options in ((), ("--taken",)):
        done = run("curate", "export", *options)
        assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


def test_drafts_are_printed_until_they_are_taken(run: Run, filled: str) -> None:
    printed = [run("curate", "export", *options) for options in ((), ("--taken",), ())]
    assert [done.exit_code for done in printed] == [0, 0, 0]
    assert printed[0].stdout == printed[1].stdout, "they wait until they are taken"
    assert printed[2].stdout == ""
    drafts = read_drafts("export", printed[0].stdout_bytes)
    assert {draft.kind: (draft.text, draft.language, draft.entry) for draft in drafts} == DRAFTS
    assert look(filled, lambda store: store.drafts.everywhere()) == []


def test_drafts_that_could_not_be_printed_are_not_taken(filled: str, tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "curate", "export", "--taken"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={
                "TESTIGO_DATABASE_URL": filled,
                "TESTIGO_SECRET": SECRET.decode(),
                "PYTHONPATH": str(Path(__file__).parents[2]),
            },
            cwd=tmp_path,
            check=False,
        )
    assert done.returncode != 0
    assert len(look(filled, lambda store: store.drafts.everywhere())) == len(DRAFTS)


def test_the_database_is_upgraded_once(run: Run, address: str) -> None:
    done = [run("db", "upgrade") for _ in range(2)]
    assert [one.stdout for one in done] == ["Database upgraded.\n", "The database is up to date.\n"]
    assert not asyncio.run(upgrade(address))


COMMANDS = [("stats",), ("stats", "--json"), ("curate", "export"), ("curate", "export", "--taken"), ("db", "upgrade")]
GONE = {
    "a refused connection": f"postgresql://root:{PASSWORD}@127.0.0.1:1/testigo",
    "a file in the way": "sqlite:///{folder}/taken/testigo.db",
    "no database": "sqlite:///{folder}/taken",
    "a malformed address": f"postgresql://root:{PASSWORD}@host:port/testigo",
}


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("gone", GONE)
def test_a_store_that_is_gone_is_told_in_one_line(
    run: Run, tmp_path: Path, command: tuple[str, ...], gone: str
) -> None:
    (tmp_path / "taken").write_text("This is no database.\n" * 100)
    line = told(run(*command, TESTIGO_DATABASE_URL=GONE[gone].format(folder=tmp_path)))
    assert "database" in line
    assert PASSWORD not in line


@pytest.mark.parametrize("command", COMMANDS[:3], ids=" ".join)
def test_another_secret_is_told_in_one_line(run: Run, filled: str, command: tuple[str, ...]) -> None:
    del filled
    assert "not the one that this database was made with" in told(
        run(*command, TESTIGO_SECRET="another, as long as it")
    )
