"""The commands for curators, run as a person runs them: real processes on a copy of the invented event."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answering.testigo import Testigo
from bot.curation.drafts import Draft, DraftKind, draft_line
from tests.conftest import LIGHTHOUSE

Run = Callable[..., subprocess.CompletedProcess[bytes]]

SWAM = Draft(DraftKind.PHRASING, "which of them swam ashore", "en", "keepers-escaped")


@pytest.fixture
def event(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LIGHTHOUSE, tmp_path / "event"))


@pytest.fixture
def run(lighthouse: Testigo, own_cache: Path, event: Path, tmp_path: Path) -> Run:  # noqa: ARG001 - its index is cached
    """Return a function that runs `curate` on the copy."""

    def call(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TESTIGO_")}
        return subprocess.run(
            [sys.executable, "-c", "from bot.terminal.curate import curate; curate()", *arguments],
            input=stdin,
            capture_output=True,
            env=kept
            | {
                "PYTHONPATH": str(Path(__file__).parents[2]),
                "PYTHONIOENCODING": "utf-8",
                "TESTIGO_DATA": str(event),
                "TESTIGO_CACHE": str(own_cache),
            }
            | environment,
            cwd=tmp_path,
            timeout=60,
            check=False,
        )

    return call


@pytest.fixture
def stored(tmp_path: Path) -> str:
    """Return a file of stored questions."""

    def line(q: str, kind: str, must: list[str]) -> str:
        fields = {"q": q, "lang": "en", "kind": kind, "must": must, "passages": [], "style": "plain"}
        return json.dumps(fields) + "\n"

    path = tmp_path / "stored.jsonl"
    path.write_text(
        line("how many keepers escaped", "answer", [r"\b4\b"])
        + line("number of keepers who fled in the boat", "answer", [r"\b4\b"])
        + line("which of them swam ashore?", "answer", [r"\b4\b"])
        + line("who won the match today", "off_topic", [])
    )
    return str(path)


def written(path: Path, *drafts: Draft) -> str:
    path.write_text("".join(draft_line(draft) + "\n" for draft in drafts), "utf-8")
    return str(path)


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_drafts_are_shown_asked_for_and_written(run: Run, event: Path, tmp_path: Path, stored: str) -> None:
    before = contents(event)
    file = written(tmp_path / "drafts.jsonl", SWAM, Draft(DraftKind.GAP, "who lit it", "en"))
    done = run("apply", file, "--questions", stored, stdin=b"n\n")
    assert (done.returncode, contents(event)) == (1, before)
    assert b"not applied: nothing was written" in done.stderr
    done = run("apply", file, "--questions", stored, stdin=b"y\n")
    output = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert "+++ b/utterances/en/fire.txt\n" in output
    assert "\n+which of them swam ashore\n" in output
    assert "The proofs hold." in output
    assert "4 stored questions" in output
    assert "Better: 1\n    (en) 'which of them swam ashore?': " in output
    assert "Broken: 0" in output
    assert "which of them swam ashore\n" in (event / "utterances/en/fire.txt").read_text("utf-8")
    assert "[entries.gap-who-lit-it]" in (event / "proposals.toml").read_text("utf-8")
    after = contents(event)
    again = run("apply", file, "--yes")
    assert (again.returncode, contents(event)) == (0, after)
    assert again.stdout.decode() == "0 drafts to apply, 2 there already.\n"


def test_a_draft_that_breaks_a_stored_question_is_refused(run: Run, event: Path, tmp_path: Path, stored: str) -> None:
    before = contents(event)
    question = "number of keepers who fled in the boat"
    file = written(tmp_path / "drafts.jsonl", Draft(DraftKind.OFF_TOPIC, question, "en"))
    done = run("apply", file, "--yes", "--questions", stored)
    assert (done.returncode, contents(event)) == (1, before)
    assert "Broken: 1" in done.stdout.decode()
    assert (
        f"refused: a stored question breaks: (en) '{question}': right [answer keepers-escaped], then "
        in done.stderr.decode()
    )


def test_broken_proofs_are_refused(run: Run, event: Path, tmp_path: Path) -> None:
    file = event / "entries/fire.toml"
    file.write_text(file.read_text("utf-8").replace("{keepers.escaped} keepers", "9 keepers", 1), "utf-8")
    before = contents(event)
    done = run("apply", written(tmp_path / "drafts.jsonl", SWAM), "--yes")
    assert (done.returncode, contents(event)) == (1, before)
    assert b"refused: entries/fire.toml: keepers-escaped (en): the number 9 does not come from a fact" in done.stderr


def test_one_refused_draft_refuses_all_unless_it_may_be_left_out(run: Run, event: Path, tmp_path: Path) -> None:
    before = contents(event)
    taken = Draft(DraftKind.PHRASING, "Date of the blaze?", "en", "keepers-escaped")
    file = written(tmp_path / "drafts.jsonl", taken, SWAM)
    reason = "phrasing of keepers-escaped (en): 'Date of the blaze?': is a wording of fire-when already"
    done = run("apply", file, "--yes")
    assert (done.returncode, contents(event)) == (1, before)
    assert f"refused: {reason}" in done.stderr.decode()
    done = run("apply", file, "--yes", "--skip-refused")
    assert done.returncode == 0
    assert f"left out: {reason}" in done.stderr.decode()
    assert "1 draft to apply, 1 left out." in done.stdout.decode()
    assert "which of them swam ashore\n" in (event / "utterances/en/fire.txt").read_text("utf-8")


def test_a_dry_run_writes_nothing(run: Run, event: Path) -> None:
    before = contents(event)
    done = run("apply", "-", "--dry-run", stdin=draft_line(SWAM).encode())
    assert (done.returncode, contents(event)) == (0, before)
    assert "+which of them swam ashore" in done.stdout.decode()
    assert "No stored question was asked" in done.stdout.decode()


def test_an_import_prints_drafts_that_can_be_applied(run: Run, event: Path, tmp_path: Path) -> None:
    file = tmp_path / "questions.csv"
    file.write_bytes(
        "\ufeffQuestion;Language;Entry\r\n"
        '"which of them; swam ""ashore""?";en;keepers-escaped\r\n'
        "qué pirámide es más alta;es;off-topic\r\n"
        "who lit it;en;\r\n".encode()
    )
    done = run("import", str(file))
    assert done.returncode == 0
    assert done.stderr.decode() == f"{file}:4: has no entry: 'who lit it'\n"
    assert [json.loads(line)["kind"] for line in done.stdout.splitlines()] == ["phrasing", "off_topic"]
    applied = run("apply", "-", "--yes", stdin=done.stdout)
    assert applied.returncode == 0, applied.stderr
    assert 'which of them; swam "ashore"?\n' in (event / "utterances/en/fire.txt").read_text("utf-8")
    after = contents(event)
    again = run("import", str(file), "--apply", "--yes")
    assert (again.returncode, contents(event)) == (0, after)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("apply", "nowhere.jsonl"), "nowhere.jsonl: No such file"),
        (("apply", str(LIGHTHOUSE)), "Is a directory"),
        (("apply", str(LIGHTHOUSE / "article.txt")), "article.txt:1: not JSON"),
        (("apply", "-"), "drafts from standard input need --yes or --dry-run"),
        (("import", "-", "--apply"), "drafts from standard input need --yes or --dry-run"),
        (("import", str(LIGHTHOUSE / "article.txt")), "article.txt:1: lacks the column question"),
        (("apply", "-", "--yes", "--data", "nowhere"), "no data folder at nowhere"),
        (("apply", "-", "--yes", "--questions", "nowhere.jsonl"), "nowhere.jsonl: cannot be read"),
        (("apply",), "Missing argument"),
        (("apply", "x", "--nonsense"), "No such option"),
    ],
)
def test_a_wrong_call_is_told_in_words_with_status_2(run: Run, arguments: tuple[str, ...], message: str) -> None:
    done = run(*arguments, stdin=draft_line(SWAM).encode() if "--yes" in arguments else b"")
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr
