"""The command line, run as a person runs it: real processes on the invented event."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.answering.testigo import Testigo
from bot.terminal.commands import main
from tests.conftest import LIGHTHOUSE

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def run(cache: Path, lighthouse: Testigo, tmp_path: Path) -> Run:  # noqa: ARG001 - its index is then cached
    """Return a function that runs the program in an empty folder with the invented event."""

    def call(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TESTIGO_")}
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=stdin,
            capture_output=True,
            env=kept
            | {
                "PYTHONPATH": str(Path(__file__).parents[2]),
                "PYTHONIOENCODING": "utf-8",
                "TESTIGO_DATA": str(LIGHTHOUSE),
                "TESTIGO_CACHE": str(cache),
            }
            | environment,
            cwd=tmp_path,
            timeout=60,
            check=False,
        )

    return call


@pytest.fixture
def call(
    cache: Path,
    lighthouse: Testigo,  # noqa: ARG001 - its index is then cached
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Result]:
    """Return a function that does the same within this process, which takes less time."""
    monkeypatch.chdir(tmp_path)
    environment = {"TESTIGO_DATA": str(LIGHTHOUSE), "TESTIGO_CACHE": str(cache)}
    return lambda *arguments, **more: CliRunner(env=environment | more).invoke(main, arguments)


def test_ask_prints_the_answer_with_its_address(run: Run) -> None:
    done = run("ask", "how many keepers escaped?")
    output = done.stdout.decode()
    assert done.returncode == 0
    assert output.startswith("4 keepers escaped from Cape Marrow.")
    assert "https://gazette.example/cape-marrow#:~:text=The%20lighthouse%20at,escaped%20by%20boat" in output


def test_a_copy_of_the_article_is_quoted(run: Run) -> None:
    article = str(LIGHTHOUSE / "article.txt")
    assert (
        "The lamp had stood for 120 years." in run("ask", "how old is the lamp?", "--article", article).stdout.decode()
    )
    assert "The lamp had stood" in run("ask", "how old is the lamp?", TESTIGO_ARTICLE=article).stdout.decode()


def test_json_keeps_the_contract_of_a_reply(run: Run) -> None:
    reply = json.loads(run("ask", "--json", "--lang", "es", "how many keepers escaped?").stdout)
    assert set(reply) == {
        "question",
        "outcome",
        "language",
        "text",
        "citations",
        "entries",
        "confidence",
        "suggestions",
    }
    assert (reply["outcome"], reply["language"], reply["entries"]) == ("answer", "es", ["keepers-escaped"])
    assert reply["citations"][0]["passage"] == "s1"
    assert "¿Cuándo ardió el faro?" in reply["suggestions"]


def test_a_batch_is_answered_in_order_whatever_it_holds(run: Run, tmp_path: Path) -> None:
    questions = ["how many keepers escaped?", "", "\ud800\u202e", "x" * 1_000_000, "¿Cuándo ardió el faro?"]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("".join(json.dumps({"q": question}) + "\n" for question in questions), "utf-8")
    done = run("ask", "--batch", str(batch))
    replies = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.stderr == b""
    assert [reply["outcome"] for reply in replies] == ["answer", "meta", "meta", "meta", "answer"]
    assert replies[-1]["language"] == "es"
    assert run("ask", "--batch", "-", stdin=batch.read_bytes()).stdout == done.stdout


@pytest.mark.parametrize(
    "line", ["not json", "[]", '{"question": "x"}', '{"q": 3}', '{"q": "x", "lang": "xx"}', "[" * 9999]
)
def test_a_broken_batch_line_is_named(call: Callable[..., Result], tmp_path: Path, line: str) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"q": "hello"}\n' + line, "utf-8")
    done = call("ask", "--batch", str(batch))
    assert done.exit_code == 2
    assert "batch.jsonl:2: " in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_a_conversation_can_be_piped(run: Run) -> None:
    lines = [
        "hello",
        "how many keepers escaped?",
        "/why",
        "1",
        "/lang es",
        "1",
        "/lang xx",
        "/topics",
        "/help",
        "/nonsense",
    ]
    done = run("chat", stdin="\n".join([*lines, "/quit", "never read"]).encode() + b"\n\xff\xfe\n")
    output = done.stdout.decode()
    assert done.returncode == 0
    for words in (
        "4 keepers escaped",
        "Matched phrasing:",
        "On February 9, 2019.",
        "Responderé en español",
        "El incendio",
    ):
        assert words in output
    assert output.strip().endswith("Hasta luego.")


def test_topics_lists_the_questions(run: Run) -> None:
    assert "  What caused the fire?" in run("topics").stdout.decode()
    assert "  ¿Qué causó el incendio?" in run("topics", "--lang", "es").stdout.decode()


def _question(q: str, kind: str, *must: str, **fields: object) -> str:
    """Return a line of a question set."""
    return json.dumps({"q": q, "lang": "en", "kind": kind, "must": must, "passages": [], "style": "plain"} | fields)


def _rows(output: str) -> list[list[str]]:
    """Return the cells of each row of the tables that were printed, without their heads."""
    return [[cell.strip() for cell in line.split("│")[1:-1]] for line in output.splitlines() if line.startswith("│")]


def test_eval_prints_the_protocols_figures(run: Run, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        "\n".join(
            [
                _question("what number of keepers fled in the boat", "answer", r"\b4\b", passages=["s1"]),
                _question("number of keepers who fled by boat", "answer", r"\b5\b", passages=["s1"]),
                _question("what started the blaze, was it arson?", "gap"),
                _question("how many keepers escaped?", "gap"),
            ]
        )
    )
    figures = json.loads(run("eval", str(questions), "--json").stdout)
    assert figures["all"]["answer"] == {"questions": 2, "right": 0.5, "wrong": 0.5}
    assert figures["all"]["gap"] == {"questions": 2, "right": 0.5, "false answer": 0.5}
    assert figures["known wordings"] >= 1
    instead = {"outcome": "answer", "given": ["keepers-escaped"], "times": 1}
    assert figures["confusions"] == [{"wanted": "(no single entry)"} | instead, {"wanted": "gap-cause"} | instead]
    assert figures["entries"] == {
        "gap-cause": {"asked for": 2, "right": 1, "taken for another": 1},
        "(no single entry)": {"asked for": 1, "right": 0, "taken for another": 1},
        "keepers-escaped": {"asked for": 1, "right": 1, "taken for another": 0},
    }
    assert b"Without the" in run("eval", str(questions), "--failures").stdout


def test_eval_tells_which_entries_are_confused_with_which(call: Callable[..., Result], tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        "\n".join(
            [
                *[_question("how many keepers escaped?", "answer", "warnings were ignored")] * 2,
                _question("why did it catch fire?", "answer", "February 9"),
                _question("lamp lit cause", "answer", "calculated"),
                _question("write me a poem", "gap"),
                _question("how many keepers escaped?", "off_topic"),
                _question("how many keepers escaped? and how old is the lamp?", "answer", "4 keepers", "calculated"),
            ]
        )
    )
    rows = _rows(call("eval", str(questions)).stdout)
    assert rows[rows.index(["warnings-ignored", "answer: keepers-escaped", "2"]) :] == [
        ["warnings-ignored", "answer: keepers-escaped", "2"],
        ["(off_topic)", "answer: keepers-escaped", "1"],
        ["lamp-lit", "asked back: gap-cause, lamp-lit", "1"],
        ["fire-when", "gap: gap-cause", "1"],
        ["gap-cause", "off_topic", "1"],
        # each entry: asked for, right, taken for another
        ["warnings-ignored", "2", "0", "2"],
        ["(off_topic)", "1", "0", "1"],
        ["fire-when", "1", "0", "1"],
        ["gap-cause", "1", "0", "0"],
        ["lamp-lit", "1", "0", "0"],
        ["(no single entry)", "1", "1", "0"],
    ]


WANTED = (
    ("answer", "4 keepers"),
    ("answer", "February 9"),
    ("answer", "warnings were"),
    ("answer", "calculated"),
    ("gap",),
    ("off_topic",),
    ("meta",),
)
ASKED = ("how many keepers escaped?", "when did it burn down?", "who ignored the warnings?", "how old is the lamp?")


def test_eval_prints_the_first_confusions_unless_all_are_wanted(call: Callable[..., Result], tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text("\n".join(_question(asked, *wanted) for asked in ASKED for wanted in WANTED))
    few, all_rows = call("eval", str(questions)).stdout, call("eval", str(questions), "--entries").stdout
    assert "Given instead of what was wanted, 20 of 24 rows" in few
    assert "24 rows" not in all_rows
    assert len(_rows(all_rows)) == len(_rows(few)) + 4


def test_check_tells_what_is_wrong_and_fails(run: Run, edited: Callable[[str, str, str], Path]) -> None:
    assert run("check").returncode == 0
    broken = edited("entries/fire.toml", "{keepers.escaped} keepers", "9 keepers")
    done = run("check", "--data", str(broken))
    assert done.returncode == 1
    assert b"entries/fire.toml: keepers-escaped (en): the number 9 does not come from a fact" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "environment", "message"),
    [
        (("ask", "x", "--lang", "xx"), {}, "the languages are en, es"),
        (("ask",), {}, "give either a question or --batch FILE"),
        (("ask", "x", "--batch", "y"), {}, "give either a question or --batch FILE"),
        (("ask", "--batch", "nowhere.jsonl"), {}, "nowhere.jsonl: No such file"),
        (("ask", "x", "--data", "nowhere"), {}, "no data folder at nowhere"),
        (("ask", "x"), {"TESTIGO_ARTICLE": "nowhere.txt"}, "nowhere.txt: No such file"),
        (("ask", "x", "--article", str(LIGHTHOUSE / "facts.toml")), {}, "not found as fingerprinted"),
        (("chat",), {"TESTIGO_LANGUAGE": "klingon"}, "TESTIGO_LANGUAGE"),
        (("ask", "x"), {"TESTIGO_LINKS": "nowhere.toml"}, "nowhere.toml: No such file"),
        (("ask", "x"), {"TESTIGO_LINKS": str(LIGHTHOUSE / "facts.toml")}, "facts.toml: links"),
        (("check", "--data", "nowhere"), {}, "no data folder"),
        (("eval", "nowhere.jsonl"), {}, "nowhere.jsonl: cannot be read"),
        (("ask", "x", "--nonsense"), {}, "No such option"),
        (("nonsense",), {}, "No such command"),
    ],
)
def test_a_wrong_call_is_told_in_words_with_status_2(
    call: Callable[..., Result], arguments: tuple[str, ...], environment: dict[str, str], message: str
) -> None:
    done = call(*arguments, **environment)
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit)
    assert message in done.stderr
