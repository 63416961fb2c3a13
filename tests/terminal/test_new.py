"""`testigo new`, run as a person runs it: real processes on invented articles."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from bot.app import shipped_data
from bot.checking import check_data
from bot.knowledge.loading import load_knowledge
from bot.knowledge.model import Kind
from bot.settings import Settings
from bot.terminal.commands import main
from bot.terminal.event_folder import TEMPLATES, known_languages
from bot.terminal.new import new

ROOT = Path(__file__).parents[2]
IS_REGISTERED = "new" in main.list_commands(click.Context(main))
NEW = ["-m", "bot", "new"] if IS_REGISTERED else ["-c", f"from {new.callback.__module__} import new; new()"]

ENGLISH = """Bridge at Sallow Ford Falls

By Ada Marsh

“It fell. We ran,” said Dr. J. K. Lowe, 47. The bridge at Sallow Ford had carried 1,200 people a day.

Nobody was hurt, the U.S. consul said. Why it fell is not known.
"""
SPANISH = """Cae el puente de Vado Hondo

El puente de Vado Hondo cayó el 3 de marzo, a las 5 de la tarde. «Corrimos. Nadie miró atrás», dijo la Sra. Gil.

Lo cruzaban 1.200 personas al día. ¿Por qué cayó? No se sabe.
"""
PORTUGUESE = """Cai a ponte de Vau Fundo

A ponte de Vau Fundo caiu em 3 de março, às 17h. — Corremos — disse o Sr. Reis. Ninguém se feriu.

Por ela passavam 1.200 pessoas por dia. Não se sabe por que caiu.
"""
LINES = ["The bridge at Sallow Ford fell", "in the night of 3 March. It was", "old. Nobody was hurt"]

AWKWARD = {
    "one sentence": "The bridge at Sallow Ford fell.",
    "one word": "Fallen.",
    "no final full stop": "The bridge fell. Nobody was hurt",
    "60 paragraphs": "\n\n".join(
        f"On day {day} he said that he was there. It rained on day {day}." for day in range(60)
    ),
    "quotes": '“Run!” he said. "Run," "run". \'Why?\' \\ «¿Y él?» \u2018No.’ It\'s 5" wide, {not} $said #here.',
    "line ends": "Bridge Falls\r\n\r\nIt fell.\r\nNobody was hurt.\r\n",
    "broken lines": "\r\n".join(LINES),
    "spaces": "\ufeffThe\u00a0bridge\u00a0fell.\u202fNobody\u2003was hurt.\u00a0\u00a0 It\u200b rained.\t",
    "emoji": "🌉 The bridge fell! 😱🔥 Nobody was hurt 👍🏽. 🌧️\n\n🔥🔥🔥\n\nIt rained…",
    "the same again": "It fell. " * 30 + "Nobody was hurt.",
    "control characters": "The bridge\x00 fell\x1b[31m down\x7f. It\\u0041 was old.",
}


@pytest.fixture
def run(own_cache: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Return a function that runs Python in an empty folder."""

    def call(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, *arguments],
            input=stdin,
            capture_output=True,
            env=surroundings(own_cache) | environment,
            cwd=tmp_path,
            timeout=60,
            check=False,
        )

    return call


def surroundings(cache: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TESTIGO_")}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "TESTIGO_CACHE": str(cache)}


def options(copy: Path, **changed: str | None) -> list[str]:
    """Return the options for an article, with some changed or, where None, left out."""
    told = {
        "article": str(copy),
        "title": "Bridge at Sallow Ford Falls",
        "outlet": 'The "Sallow" Post',
        "author": "Ada Marsh",
        "url": "https://post.example/bridge?a=1&b=2",
        "published": "2021-03-04",
        "languages": "en",
    } | changed
    return [part for name, value in told.items() if value is not None for part in (f"--{name}", value)]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ENGLISH, "utf-8")
    return path


def left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "article.txt")


@pytest.mark.parametrize(
    ("text", "languages", "question", "answer"),
    [
        (ENGLISH, "en,es,pt", "How does the article begin?", "begins with the words “It fell. We”"),
        (SPANISH, "es,pt", "¿Cómo empieza el artículo?", "empieza con las palabras «El puente de Vado»"),
        (PORTUGUESE, "pt", "Como começa o artigo?", "começa com as palavras “A ponte de Vau”"),
    ],
    ids=["en", "es", "pt"],
)
def test_a_new_folder_passes_the_check(
    run: Callable[..., subprocess.CompletedProcess[bytes]],
    article: Path,
    text: str,
    languages: str,
    question: str,
    answer: str,
) -> None:
    article.write_text(text, "utf-8")
    done = run(*NEW, "event", *options(article, title=text.splitlines()[0], languages=languages))
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("event: ")
    assert question in done.stdout.decode()
    folder = article.parent / "event"
    assert check_data(Settings(_env_file=None, data=folder, article=article)) == []
    knowledge = load_knowledge(folder)
    assert ",".join(knowledge.languages) == languages
    assert next(iter(knowledge.passages)) == "title"
    assert [entry.kind for entry in knowledge.entries.values()] == [Kind.ANSWER, Kind.GAP, Kind.META, Kind.META]
    assert {path.name for path in (folder / "utterances").iterdir()} == set(knowledge.languages)
    said = knowledge.entries["example-first-words"].answer[knowledge.languages[0]]
    value = knowledge.facts["example.first_words"].value
    assert isinstance(value, dict)
    assert answer in said.replace("{example.first_words}", value[knowledge.languages[0]])
    assert left_over(article.parent) == ["event"]


def test_a_new_folder_answers_in_each_language(
    run: Callable[..., subprocess.CompletedProcess[bytes]], article: Path
) -> None:
    assert run(*NEW, "event", *options(article, languages="en,es,pt")).returncode == 0
    checked = run("-m", "bot", "check", "--data", "event", "--article", str(article))
    assert checked.stdout == b"Every statement has its passage.\n"
    asked = [
        ("How does the article begin?", "en", "answer"),
        ("con qué palabras comienza el texto", "es", "answer"),
        ("quais são as palavras do começo do texto", "pt", "answer"),
        ("What happened afterwards?", "en", "gap"),
        ("¿Hay alguna noticia desde entonces?", "es", "gap"),
        ("Bom dia!", "pt", "meta"),
        ("what can I ask you", "en", "meta"),
        ("quién ganó el mundial de fútbol", "es", "off_topic"),
    ]
    batch = "".join(json.dumps({"q": question}) + "\n" for question, _, _ in asked)
    given = {"TESTIGO_DATA": "event", "TESTIGO_ARTICLE": str(article)}
    done = run("-m", "bot", "ask", "--batch", "-", stdin=batch.encode(), **given)
    replies = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [(reply["question"], reply["language"], reply["outcome"]) for reply in replies] == asked
    cited = {
        "passage": "p2s1",
        "url": "https://post.example/bridge?a=1&b=2#:~:text=%E2%80%9CIt%20fell.%20We,K.%20Lowe%2C%2047",
    }
    assert replies[0]["citations"] == [cited]
    held = run("-m", "bot", "chat", stdin="¿Cómo empieza el artículo?\n/quit\n".encode(), **given).stdout.decode()
    assert "La primera oración del texto empieza con las palabras" in held
    assert "Dr. J. K. Lowe, 47.”" in held


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_an_awkward_article_gives_a_folder_too(
    tmp_path: Path, article: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    article.write_bytes(text.encode())
    new.main(["event", *options(article, languages="pt,en")], standalone_mode=False)
    assert check_data(Settings(_env_file=None, data=tmp_path / "event", article=article)) == []


def test_the_articles_sentences_are_not_in_the_folder(article: Path) -> None:
    folder = article.parent / "event"
    new.main([str(folder), *options(article)], standalone_mode=False)
    whole = "\n".join(path.read_text("utf-8") for path in folder.rglob("*") if path.is_file())
    words = ENGLISH.split("\n", 1)[1].split()
    assert [run for run in zip(*(words[first:] for first in range(5)), strict=False) if " ".join(run) in whole] == []


def test_the_folder_tells_what_to_replace(article: Path) -> None:
    folder = article.parent / "event"
    new.main([str(folder), *options(article, languages="es,pt", updated="2021-03-05")], standalone_mode=False)
    record = (folder / "article.toml").read_text("utf-8")
    assert 'gist.es = "Párrafo 2, oración 1."  # placeholder' in record
    assert 'gist.pt = "A manchete."  # placeholder' in record
    assert "updated = 2021-03-05" in record
    assert "gist.en" not in record
    assert not [path for path in folder.rglob("*.toml") if "\nquestion.en" in path.read_text("utf-8")]
    assert "testigo check --data FOLDER --article YOUR_COPY" in (folder / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"article": "none.txt"}, "none.txt: No such file or directory"),
        ({"article": "."}, ".: Is a directory"),
        ({"article": "latin.txt"}, "latin.txt: not UTF-8 text"),
        ({"article": "empty.txt"}, "empty.txt: there are no words in it"),
        ({"title": " "}, "--title: must not be empty"),
        ({"outlet": "x" * 501}, "--outlet: is longer than 500 characters"),
        ({"author": ""}, "--author: must not be empty"),
        ({"url": "http://post.example"}, "--url: must begin with https://"),
        ({"url": "https://post.example/a b"}, "--url: must begin with https://"),
        ({"published": "7 October 2014"}, "--published: must be a date like 2014-10-07"),
        ({"published": "2014-13-07"}, "--published: must be a date like 2014-10-07"),
        ({"updated": "20210305"}, "--updated: must be a date like 2014-10-07"),
        ({"updated": "2021-03-03"}, "--updated: 2021-03-03 is before 2021-03-04"),
        ({"languages": "en,fr"}, "--languages: there is no language fr; there are en, es, pt"),
        ({"languages": "../en"}, "--languages: there is no language ../en"),
        ({"languages": ","}, "--languages: name at least one of en, es, pt"),
    ],
    ids=lambda value: str(*value.items())[:30] if isinstance(value, dict) else "",
)
def test_what_cannot_be_used_is_told_in_one_line(
    article: Path,
    changed: dict[str, str],
    message: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(article.parent)
    Path("latin.txt").write_bytes("Cayó".encode("latin-1"))
    Path("empty.txt").write_text(" \r\n🔥\n")
    before = left_over(article.parent)
    with pytest.raises(SystemExit) as ended:
        new.main(["event", *options(article, **changed)], standalone_mode=False)
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert told.startswith(f"testigo: {message}")
    assert told.count("\n") == 1
    assert left_over(article.parent) == before


def test_an_error_ends_the_program_with_status_2(
    run: Callable[..., subprocess.CompletedProcess[bytes]], article: Path
) -> None:
    done = run(*NEW, "event", *options(article, languages="xx"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"testigo: --languages: there is no language xx; there are en, es, pt\n"


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("full", "full: is there already, and is not an empty folder"),
        ("article.txt", "article.txt: is there already"),
        ("none/event", "none/event: there is no folder"),
        ("empty", "empty: is the folder you are in"),
    ],
)
def test_a_place_that_is_taken_is_refused(
    article: Path,
    folder: str,
    message: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = article.parent / folder
    kept = article.parent / "full" / "kept.txt"
    kept.parent.mkdir()
    kept.write_text("kept")
    (article.parent / "empty").mkdir()
    monkeypatch.chdir(place if folder == "empty" else article.parent)
    with pytest.raises(SystemExit) as ended:
        new.main([str(place), *options(article)], standalone_mode=False)
    assert ended.value.code == 2
    assert message in capsys.readouterr().err
    assert left_over(article.parent) == ["empty", "full"]
    assert kept.read_text() == "kept"


def test_an_empty_folder_is_filled(article: Path) -> None:
    place = article.parent / "event"
    place.mkdir()
    new.main([str(place), *options(article)], standalone_mode=False)
    assert (place / "article.toml").is_file()
    assert left_over(article.parent) == ["event"]


def test_what_no_option_tells_is_asked_for_until_it_is_right(
    run: Callable[..., subprocess.CompletedProcess[bytes]], article: Path
) -> None:
    typed = [
        "none.txt", "article.txt", "", "", "The Post", "Ada Marsh", "Bo Lowe", "",
        "http://post.example", "https://post.example/x", "yesterday", "2021-03-04", "", "en,xx", "",
    ]  # fmt: skip
    done = run(*NEW, "event", stdin="\n".join(typed).encode() + b"\n")
    assert done.returncode == 0, done.stderr
    for message in ("No such file", "must begin with https://", "must be a date", "there is no language xx"):
        assert message in (done.stdout + done.stderr).decode()
    record = load_knowledge(article.parent / "event").record
    assert (record.title, record.outlet, record.authors) == (
        "Bridge at Sallow Ford Falls",
        "The Post",
        ("Ada Marsh", "Bo Lowe"),
    )
    assert record.languages == known_languages()
    assert record.updated is None


def test_answers_that_end_too_soon_leave_nothing(
    run: Callable[..., subprocess.CompletedProcess[bytes]], article: Path
) -> None:
    done = run(*NEW, "event", stdin=b"article.txt\nTitle\n")
    assert done.returncode == 130
    assert done.stderr.decode().strip() == "testigo: stopped; nothing was written"
    assert left_over(article.parent) == []


def test_an_interruption_leaves_nothing(own_cache: Path, article: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, *NEW, "event"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(own_cache) | {"PYTHONUNBUFFERED": "1"},
        cwd=article.parent,
    )
    with program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(b"article.txt\n")
        program.stdin.flush()
        told = b""
        while b"Title" not in told:
            told += program.stdout.read(1)
        time.sleep(0.2)
        program.send_signal(signal.SIGINT)
        _, error = program.communicate(timeout=20)
    assert program.returncode == 130
    assert b"Traceback" not in error
    assert left_over(article.parent) == []


def test_every_shipped_language_has_its_templates() -> None:
    assert known_languages() == tuple(sorted(path.name for path in (shipped_data() / "languages").iterdir()))
    folders = [TEMPLATES / "utterances" / language for language in known_languages()]
    assert len({tuple(sorted(path.name for path in folder.iterdir())) for folder in folders}) == 1
