"""What a terminal and the files given to it can hold."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click
from click.testing import CliRunner, Result
from hypothesis import strategies as st
from rich.console import Console

from bot.answering.testigo import Testigo
from bot.curation.drafts import DraftKind
from bot.curation.reading import read_drafts
from bot.curation.writing import plan_edits
from bot.errors import UsageError
from bot.knowledge.utterances import read_utterances
from bot.terminal.asking import _batch_question
from bot.terminal.chat import Chat
from bot.terminal.confusion import confusions
from bot.terminal.curate import curate
from bot.terminal.evaluation import judge_all
from bot.terminal.questions import read_questions
from bot.terminal.rendering import print_reply, reply_json
from tests.conftest import LIGHTHOUSE
from tests.hostile.corpus import ALL
from tests.hostile.doors import Came, Door
from tests.hostile.strategies import wild_text, wild_values, wild_words

LANGUAGES = ("en", "es", "pt", "xx", "")
DEEP = (b"[" * 100_000, b'{"q":' * 20_000, b'{"question":' * 20_000, b"\xff\xfe\x00", b"")
"""What JSON readers run out of stack for, and what is no text."""

QUESTION = "how many keepers escaped"
BATCH = {"q": QUESTION, "lang": "en"}
ROW = {"question": QUESTION, "language": "en", "entry": "keepers-escaped"}
DRAFT = {"kind": "phrasing", "text": QUESTION, "language": "en", "entry": "keepers-escaped"}
EVALUATED = {"q": QUESTION, "lang": "en", "kind": "answer", "must": ["4"], "passages": ["s1"], "style": "plain"}


class Terminal:
    """The commands on the invented event, with a folder for the files that they read."""

    def __init__(self, testigo: Testigo, folder: Path) -> None:
        self._testigo = testigo
        self._file = folder / "input"

    def doors(self) -> Sequence[Door]:
        """Return the ways in."""
        entries = tuple(self._testigo.knowledge.entries)
        questions = st.one_of(wild_text(), st.sampled_from(ALL))
        languages, known = wild_words(*LANGUAGES), wild_words(*entries, "off-topic")
        cells = st.one_of(languages, known, wild_text(), st.sampled_from(ALL))
        rows = _spoilt(ROW, {"question": questions, "language": languages, "entry": known})
        drafts = _spoilt(
            DRAFT, {"kind": wild_words(*DraftKind), "text": questions, "language": languages, "entry": known}
        )
        return (
            Door("testigo ask", questions, self._entering(self._ask)),
            Door("testigo chat", st.lists(questions, min_size=1, max_size=3), self._entering(self._chat)),
            self._file_door("testigo ask --batch", _lines(_spoilt(BATCH, _BATCH)), self._batch),
            self._file_door("curate import, csv", _csv(cells), self._import),
            self._file_door("curate import, json", _lines(rows), self._import),
            self._file_door("curate apply", _lines(drafts), self._apply),
            self._file_door("testigo eval", _lines(_spoilt(EVALUATED, _EVALUATED)), self._evaluate),
        )

    def _file_door(self, name: str, inputs: st.SearchStrategy[bytes], step: Callable[[bytes], str]) -> Door:
        """Return the way in by a file; whoever gives it may read of it what is wrong there."""
        return Door(name, inputs, self._entering(step), fixed=DEEP, is_shown=True)

    def _entering(self, step: Callable[..., str]) -> Callable[[object], Came]:
        def enter(given: object) -> Came:
            if isinstance(given, bytes):
                self._file.write_bytes(given)
            came = Came()
            with came.watched():
                came.printed = step(given)
            return came

        return enter

    def _ask(self, question: str) -> str:
        reply = self._testigo.answerer.answer(question, None)
        [line] = reply_json(question, reply).split("\n")
        line.encode()
        # JSON joins two surrogates that make a character.
        assert json.loads(line)["question"] == question.encode("utf-16", "surrogatepass").decode(
            "utf-16", "surrogatepass"
        )
        console = Console(file=io.StringIO(), highlight=False)
        print_reply(console, reply, self._testigo.strings[reply.language])
        return _printed(console)

    def _chat(self, lines: list[str]) -> str:
        console = Console(file=io.StringIO(), highlight=False)
        Chat(self._testigo, console, None).hold(lines)
        return _printed(console)

    def _batch(self, content: bytes) -> str:
        lines = [line for line in content.decode("utf-8", "replace").split("\n") if line.strip()]
        return _refused(lambda: [self._answered(line) for line in lines])

    def _answered(self, line: str) -> None:
        question, language = _batch_question(line, "input:1")
        if language is None or language in self._testigo.knowledge.languages:
            reply_json(question, self._testigo.answerer.answer(question, language)).encode()

    def _import(self, content: bytes) -> str:
        del content
        done = CliRunner().invoke(curate, ["import", str(self._file)])
        return _output(done)

    def _apply(self, content: bytes) -> str:
        return _refused(lambda: self._plan(content))

    def _plan(self, content: bytes) -> None:
        plan = plan_edits(LIGHTHOUSE, read_drafts("input", content))
        assert plan.diff.count("\n") >= len(plan.edits)
        for edit in plan.edits:
            if edit.path.suffix == ".txt":
                read_utterances(edit.path, edit.new.encode().decode())

    def _evaluate(self, content: bytes) -> str:
        del content
        return _refused(self._confusions)

    def _confusions(self) -> None:
        confusions(self._testigo, judge_all(self._testigo, list(read_questions([self._file])), lambda: None))


def _printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    text.encode()
    assert "\x1b" not in text
    return text


def _refused(work: Callable[[], object]) -> str:
    """Do the work; return the line that is told where it is refused."""
    try:
        work()
    except UsageError as error:
        return str(error)
    return ""


def _output(done: Result) -> str:
    """Return what a command wrote, which ends well or with one line on standard error."""
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code in {0, 2}
    assert "\x1b" not in done.output
    if done.exit_code:
        assert done.stderr.splitlines()[-1].startswith("testigo: "), done.stderr
    return click.unstyle(done.output)


def _spoilt(whole: Mapping[str, object], wild: Mapping[str, st.SearchStrategy[object]]) -> st.SearchStrategy[object]:
    """Return `whole` with some of its values replaced by wild ones of their kind, or by anything, or taken away."""
    some = st.fixed_dictionaries({}, optional={key: st.one_of(each, each, wild_values) for key, each in wild.items()})
    return st.builds(
        lambda values, gone: {key: value for key, value in {**whole, **values}.items() if key != gone},
        some,
        st.sampled_from((None, None, None, None, *whole)),
    )


_BATCH = {"q": wild_text(), "lang": wild_words(*LANGUAGES)}
_EVALUATED = {
    "q": wild_text(),
    "lang": wild_words(*LANGUAGES),
    "kind": wild_words("answer", "gap", "off_topic", most=100),
    "must": st.lists(wild_words(r"\b4\b", most=200), max_size=2),
    "passages": st.lists(wild_words("s1", most=100), max_size=2),
    "style": wild_text(100),
}


def _lines(objects: st.SearchStrategy[object]) -> st.SearchStrategy[bytes]:
    """Return JSON lines, some of them cut, joined or of another encoding."""

    def line(value: object, ascii_only: bool, text: str, end: int) -> bytes:
        written = json.dumps(value, ensure_ascii=ascii_only) if end % 8 else text
        return (written[:end] if end % 9 == 1 else written).encode("utf-8", "surrogatepass" if end % 7 else "replace")

    line_of = st.builds(line, objects, st.booleans(), wild_text(300), st.integers(0, 200))
    endings = st.sampled_from((b"\n", b"\n", b"\r\n", b"\r", b"\n\n", b"\x00\n"))
    return st.builds(lambda lines, end: end.join(lines), st.lists(line_of, min_size=1, max_size=3), endings)


def _csv(cells: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Return tables: headers that may be wrong, cells that may hold the separator, in several encodings."""
    headers = st.sampled_from(
        (
            "question,language,entry",
            "Question;Language;Entry",
            "sep=;\nquestion;language;entry",
            "question\tlanguage",
            "",
        )
    )
    quoted = st.one_of(cells, cells.map(lambda cell: '"' + cell.replace('"', '""') + '"'))
    rows = st.lists(st.lists(quoted, min_size=1, max_size=4), max_size=3)

    def table(header: str, rows: list[list[str]], separator: str, encoding: str) -> bytes:
        text = "\n".join([header, *(separator.join(row) for row in rows)])
        return text.encode(encoding, "replace" if encoding == "latin-1" else "surrogatepass")

    return st.builds(
        table,
        headers,
        rows,
        st.sampled_from((",", ";", "\t", "|")),
        st.sampled_from(("utf-8", "utf-8", "utf-16", "latin-1")),
    )
