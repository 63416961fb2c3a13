"""The shipped knowledge base is whole."""

import hashlib
import json
from pathlib import Path

import pytest

from bot.answering.testigo import Testigo
from bot.checking import check_data
from bot.knowledge.model import Kind
from bot.knowledge.utterances import read_utterances
from bot.matching.text import fold
from bot.settings import Settings

ROOT = Path(__file__).parents[1]


def test_every_statement_has_its_passage() -> None:
    assert check_data(Settings(_env_file=None)) == []


def test_there_is_enough_to_answer_with(testigo: Testigo) -> None:
    kinds = [entry.kind for entry in testigo.knowledge.entries.values()]
    assert kinds.count(Kind.ANSWER) >= 60
    assert kinds.count(Kind.GAP) >= 80


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_there_are_enough_utterances(testigo: Testigo, language: str) -> None:
    wanted = {Kind.ANSWER: 40, Kind.GAP: 20, Kind.META: 20}
    few = [
        entry.id
        for entry in testigo.knowledge.entries.values()
        if len({fold(line) for line in entry.utterances[language]}) < wanted[entry.kind]
    ]
    assert few == []
    path = ROOT / "data" / "utterances" / language / "off-topic.txt"
    off_topic = read_utterances(path, path.read_text("utf-8"))
    assert sum(map(len, off_topic.values())) >= 500
    assert len(off_topic["near"]) >= len(off_topic["far"])


def test_derived_facts_come_out_right(testigo: Testigo) -> None:
    facts = testigo.knowledge.facts
    derived = {
        "event.year": 2010,
        "victims.identified": 61,
        "origin.listed": 61,
        "victims.not_women": 59,
        "origin.central_america": 51,
        "tlatelolco.years_before": 42,
        "kidnapped.total_low": 140_000,
        "kidnapped.total_high": 160_000,
        "article.days_to_update": 61,
    }
    assert {key: facts[key].value for key in derived} == derived


def test_no_survivor_is_named() -> None:
    """The words are kept as hashes, for a test must not name them either."""
    named = {"51eeed7251f3f562", "7f0e5aabcb9e410f", "494414ded24da13c", "47cf168c92bc6a87"}
    files = [path for pattern in ("*.toml", "*.txt", "*.ftl") for path in (ROOT / "data").rglob(pattern)]
    words = {word for path in files for line in path.read_text("utf-8").splitlines() for word in fold(line).split()}
    assert {hashlib.sha256(word.encode()).hexdigest()[:16] for word in words} & named == set()


def test_no_evaluation_question_is_in_the_data(testigo: Testigo) -> None:
    """A natural wording may coincide where it is short; a whole sentence may not."""
    questions = [
        fold(json.loads(line)["q"])
        for path in (ROOT / "tests/questions").glob("*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    long = {question for question in questions if len(question.split()) >= 9}
    utterances = {
        fold(line)
        for entry in testigo.knowledge.entries.values()
        for lines in entry.utterances.values()
        for line in lines
    }
    assert long & utterances == set()


def test_the_articles_sentences_are_not_in_the_repository(testigo: Testigo) -> None:
    """A window of text as long as a passage has its fingerprint only if it is that passage."""
    wanted = {passage.sha256: passage.id for passage in testigo.knowledge.passages.values()}
    for path in [
        *ROOT.glob("data/**/*.toml"),
        *ROOT.glob("data/**/*.txt"),
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*.md"),
    ]:
        for line in path.read_text("utf-8").splitlines():
            assert hashlib.sha256(" ".join(line.split()).encode()).hexdigest() not in wanted, path
