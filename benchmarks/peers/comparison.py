"""Compare Testigo with its peers on the evaluation's questions."""

import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from math import isinf
from pathlib import Path

import numpy as np

from benchmarks.charts import Bar, Chart, Part, bar_chart
from benchmarks.figures import Sheet, memory, milliseconds, percent
from benchmarks.own import index_seconds, prepared_testigo
from benchmarks.peers.asking import Asked, ask, ask_matcher, ask_testigo, build
from benchmarks.peers.catalogue import METHODS, Method
from benchmarks.peers.peer import Guess
from benchmarks.peers.wordings import wordings_of
from benchmarks.processes import alone
from benchmarks.report import Chapter, progress_bar
from benchmarks.thresholds import judged_by_other_half
from bot.answering.reply import Outcome
from bot.answering.testigo import Testigo
from bot.matching.index import OFF_TOPIC
from bot.terminal.evaluation import Verdict, judge, judge_all
from bot.terminal.questions import EvaluationQuestion, read_questions, shipped_questions

QUICK_QUESTIONS = 12
QUICK_UTTERANCES = 40
"""One in so many is used where it has to be quick: what comes out shows only that it runs."""

OWN = "testigo"
MATCHER = Method("matcher", "Testigo's matcher, used as a peer", "")
PEERS = (OWN, MATCHER.key, *(method.key for method in METHODS))
COMMAND = "python -m benchmarks peers"
METHOD = (
    "Every method gets the same wordings, folded as Testigo folds them (lower case, no accents, no punctuation):"
    " those of every entry, gaps included, and the off-topic examples. Questions that coincide with a wording are"
    " left out (`testigo eval` tells how). The verdicts are those of `testigo eval`. A peer gives its likeliest"
    " entry where its score reaches a threshold, else it says that it does not know; the threshold that gains most"
    " (right less wrong and false answers) on one half of the questions is measured on the other, both ways."
    " Testigo's thresholds are its own, which never saw these questions; it alone can ask back. A second row gives its"
    " matcher alone, without interpretation or asking back, a threshold as the peers have it."
)
TIMES = (
    "Each method is built and kept in one process, and loaded and asked in another, one question at a time, whose"
    " whole memory is given. Testigo's time is that of its whole answer: interpretation, premises and text; a"
    " peer's is that of its guess.",
    "ChatterBot's rule is timed by a loop in Python as ChatterBot has it, on 20 questions. ChatterBot cannot be"
    " installed beside Testigo: it wants SQLAlchemy below 2.1. In an environment of its own, release 1.2.15 (with its"
    " LowercaseTagger, for its default wants a model for each language) gave the same label at the same confidence"
    " for 12 development questions of 12, in several seconds each, for it also reads the statements from its"
    " database, and held 266 MB.",
)
ANSWERED = (Verdict.RIGHT, Verdict.CLARIFY_RIGHT, Verdict.WRONG)
REFUSED = (Verdict.RIGHT, Verdict.FALSE_ANSWER)


@dataclass(frozen=True, slots=True)
class Measured:
    """A method's verdicts, in the questions' order, and what they took."""

    key: str
    title: str
    verdicts: Sequence[Verdict]
    asked: Asked
    build_seconds: float | None = None
    thresholds: tuple[float, float] | None = None


def compare_peers(only: Collection[str] = (), *, is_quick: bool = False) -> Chapter:
    """Measure how often each method is right, how fast it is and what it takes."""
    testigo = prepared_testigo()
    everything = list(read_questions(shipped_questions()))[:: QUICK_QUESTIONS if is_quick else 1]
    wordings = wordings_of(testigo.knowledge, QUICK_UTTERANCES if is_quick else 1)
    methods = [method for method in METHODS if not only or method.key in only]
    found: list[Measured] = []
    skipped: list[Method] = []
    with progress_bar() as progress, tempfile.TemporaryDirectory(prefix="testigo-peers-") as folder:
        task = progress.add_task("Peers: Testigo", total=len(everything) + len(methods))
        judged = judge_all(testigo, everything, lambda: progress.advance(task))
        judged = [one for one in judged if not one.is_known_wording]
        questions = [one.question for one in judged]
        texts = [question.text for question in questions]
        if not only or OWN in only:
            seconds = None if is_quick else alone(index_seconds)
            verdicts = [one.verdict for one in judged]
            found.append(Measured(OWN, "Testigo", verdicts, alone(ask_testigo, texts), seconds))
        if not only or MATCHER.key in only:
            found.append(_judged(MATCHER, testigo, questions, alone(ask_matcher, texts)))
        for method in methods:
            progress.update(task, description=f"Peers: {method.title}")
            path = Path(folder) / method.key
            try:
                seconds = alone(build, method, wordings, path)
            except ModuleNotFoundError:
                if method.package is None:
                    raise
                skipped.append(method)
            else:
                found.append(_judged(method, testigo, questions, alone(ask, path, texts), seconds))
            progress.advance(task)
    kinds = Counter(question.kind for question in questions)
    counted = ", ".join(f"{count} {kind.value.replace('_', '-')}" for kind, count in kinds.items())
    size = f"{len(questions)} questions ({counted}), {len(wordings.texts):,} wordings"
    notes = [f"Left out: {len(everything) - len(questions)} questions that coincide with a wording."]
    notes += [f"{method.title}: skipped, it is not installed: pip install '.[bench]'." for method in skipped]
    if is_quick:
        notes.append(f"Quick: the peers have one wording in {QUICK_UTTERANCES}, which shows only that they run.")
    return Chapter(
        "Peers",
        COMMAND,
        METHOD,
        [_answers(f"Peers: {size}", found, questions, notes), _times(found)],
        _chart(found, questions),
    )


def _judged(
    method: Method,
    testigo: Testigo,
    questions: Sequence[EvaluationQuestion],
    asked: Asked,
    seconds: float | None = None,
) -> Measured:
    accepted = [_given(testigo, question, guess) for question, guess in zip(questions, asked.answers, strict=True)]
    refused = [_given(testigo, question, None) for question in questions]
    scores = [guess.score for guess in asked.answers]
    verdicts, thresholds = judged_by_other_half(scores, accepted, refused)
    return Measured(method.key, method.title, verdicts, asked, seconds, thresholds)


def _given(testigo: Testigo, question: EvaluationQuestion, guess: Guess | None) -> Verdict:
    """Return the verdict where a guess is given as Testigo would give it, or where nothing is found."""
    if guess is not None and guess.label != OFF_TOPIC:
        return judge(testigo, question, testigo.answerer.reply_with([guess.label], question.language))
    some = next(iter(testigo.knowledge.entries))
    reply = testigo.answerer.reply_with([some], question.language)
    return judge(testigo, question, replace(reply, outcome=Outcome.OFF_TOPIC, parts=()))


def _answers(
    title: str, found: Sequence[Measured], questions: Sequence[EvaluationQuestion], notes: Sequence[str]
) -> Sheet:
    columns = ("method", "right", "asks back, right one there", "wrong", "gaps told", "false on gaps")
    columns += ("off-topic told", "false on off-topic", "about itself, right", "command")
    rows: list[list[str]] = []
    for one in found:
        share = _shares(one.verdicts, questions)
        shares = [share(Outcome.ANSWER, verdict) for verdict in ANSWERED]
        shares += [share(kind, verdict) for kind in (Outcome.GAP, Outcome.OFF_TOPIC) for verdict in REFUSED]
        shares.append(share(Outcome.META, Verdict.RIGHT))
        rows.append([one.title, *map(percent, shares), f"{COMMAND} --only {one.key}"])
    said = "Right, asking back and wrong are shares of the questions that the article answers."
    return Sheet(title, columns, rows, [said, *notes])


def _times(found: Sequence[Measured]) -> Sheet:
    columns = ("method", "median", "99th percentile", "questions timed", "built once", "load", "memory")
    rows: list[list[str]] = []
    for one in found:
        median, high = np.percentile(one.asked.seconds, [50, 99])
        rows.append(
            [
                one.title,
                milliseconds(median),
                milliseconds(high),
                str(len(one.asked.seconds)),
                f"{one.build_seconds:.1f} s" if one.build_seconds is not None else "",
                f"{one.asked.load_seconds:.2f} s",
                memory(one.asked.megabytes),
                ", ".join(map(_threshold, one.thresholds)) if one.thresholds else "its own",
                f"{COMMAND} --only {one.key}",
            ]
        )
    return Sheet("Peers: time a question, load and memory", (*columns, "thresholds", "command"), rows, TIMES)


def _threshold(score: float) -> str:
    return "answers nothing" if isinf(score) else f"{score:.3g}"


def _shares(
    verdicts: Sequence[Verdict], questions: Sequence[EvaluationQuestion]
) -> Callable[[Outcome, Verdict], float | None]:
    counts = Counter((question.kind, verdict) for question, verdict in zip(questions, verdicts, strict=True))
    kinds = Counter(question.kind for question in questions)

    def share(kind: Outcome, verdict: Verdict) -> float | None:
        return counts[kind, verdict] / kinds[kind] if kinds[kind] else None

    return share


def _chart(found: Sequence[Measured], questions: Sequence[EvaluationQuestion]) -> Chart:
    bars: list[Bar] = []
    for one in found:
        right, asks, wrong = (_shares(one.verdicts, questions)(Outcome.ANSWER, verdict) or 0.0 for verdict in ANSWERED)
        bars.append(Bar(one.title, (right, asks, 1 - right - asks - wrong, wrong)))
    parts = (Part("right", "good"), Part("asks back", "fair"), Part("not found", "none"), Part("wrong", "bad"))
    count = sum(question.kind is Outcome.ANSWER for question in questions)
    return bar_chart("peers.svg", f"{count} questions that the article answers", parts, bars)
