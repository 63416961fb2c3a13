"""Measure how far answering is from its floor, the encoder's time, and in which module the rest goes."""

from collections.abc import Callable, Sequence
from time import thread_time

import numpy as np

from benchmarks.charts import Bar, Chart, Part, bar_chart
from benchmarks.figures import Row, Sheet, goal_sheet, milliseconds, percent
from benchmarks.own import prepared_testigo
from benchmarks.report import Chapter, progress_bar
from benchmarks.sampling import IS_POSSIBLE, sampled
from bot.answering.testigo import Testigo
from bot.matching.encoder import UniversalSentenceEncoder
from bot.matching.text import fold
from bot.terminal.questions import read_questions, shipped_questions

GOAL = 1.3
ROUNDS = 3
WARM_UP = 50
QUICK_QUESTIONS = 8
LEAST = 0.01
"""A module with a smaller share is among the others."""

COLOURS = ("other", "fair", "more", "good")
OTHERS = "the others"
COMMAND = "python -m benchmarks limits"
METHOD = (
    "A question cannot take less than encoding it once: that is the floor. Every question is answered, and its"
    " folded and mended text encoded alone, in turn, so that whatever else the machine does slows both; the times"
    " are processor time of one warm thread. Nobody asks the same again: what is remembered of texts is forgotten"
    " before each round. The shares are those of the modules of `bot/` at work, looked at every half millisecond; a"
    " library's time belongs to the module that calls it."
)


def measure_limits(*, is_quick: bool = False) -> Chapter:
    """Measure the pipeline's time beside the encoder's, and the share of each module."""
    testigo = prepared_testigo()
    texts = [question.text for question in read_questions(shipped_questions())]
    texts = texts[:: QUICK_QUESTIONS if is_quick else 1]
    rounds = 1 if is_quick else ROUNDS
    with progress_bar() as progress:
        task = progress.add_task("Limits", total=2 * rounds * len(texts))
        whole, floor = _whole_and_floor(testigo, texts, rounds, lambda: progress.advance(task))
        seconds = _by_module(testigo, texts, rounds, lambda: progress.advance(task)) if IS_POSSIBLE else {}
    (median, high), (floor_median, floor_high) = np.percentile([whole, floor], [50, 99], axis=1).T
    ratio = median / floor_median
    rows = [
        Row(
            "the encoder alone: median, 99th percentile",
            "",
            f"{milliseconds(floor_median)}, {milliseconds(floor_high)}",
        ),
        Row("a whole question: median, 99th percentile", "", f"{milliseconds(median)}, {milliseconds(high)}"),
        Row("ratio of the medians", f"{GOAL} or less", f"{ratio:.2f}", ratio <= GOAL),
        Row("ratio of the 99th percentiles", "", f"{high / floor_high:.2f}"),
    ]
    sheet = goal_sheet(f"Limits: {len(texts)} questions, {rounds} times", rows)
    commands = [(*cells, COMMAND) for cells in sheet.rows]
    sheets = [Sheet(sheet.title, (*sheet.columns, "command"), commands)]
    if not seconds:
        return Chapter("Limits", COMMAND, METHOD, sheets)
    total = sum(seconds.values())
    mean = total / (rounds * len(texts))
    shares = merged({module: spent / total for module, spent in seconds.items()})
    cells = [(module, percent(share), milliseconds(share * mean), COMMAND) for module, share in shares.items()]
    title = f"Limits: where {milliseconds(mean)} a question go, the mean"
    sheets.append(Sheet(title, ("module of bot/", "share", "time", "command"), cells))
    return Chapter("Limits", COMMAND, METHOD, sheets, _chart(shares, mean))


def merged(shares: dict[str, float]) -> dict[str, float]:
    """Return the shares, the largest first; those below `LEAST` are one, the last."""
    large = {module: share for module, share in shares.items() if share >= LEAST}
    ordered = dict(sorted(large.items(), key=lambda item: -item[1]))
    return ordered | {OTHERS: max(0.0, 1 - sum(large.values()))}


def _whole_and_floor(
    testigo: Testigo, texts: Sequence[str], rounds: int, advance: Callable[[], None]
) -> tuple[list[float], list[float]]:
    """Return the seconds of each answer, and those of encoding alone."""
    encoder = UniversalSentenceEncoder()
    mended = [testigo.matcher.read(text).text for text in texts]
    for text in texts[:WARM_UP]:
        testigo.answerer.answer(text)
        encoder.encode([text])
    whole: list[float] = []
    floor: list[float] = []
    for _ in range(rounds):
        fold.cache_clear()
        for text, read in zip(texts, mended, strict=True):
            started = thread_time()
            testigo.answerer.answer(text)
            between = thread_time()
            encoder.encode([read])
            whole.append(between - started)
            floor.append(thread_time() - between)
            advance()
    return whole, floor


def _by_module(testigo: Testigo, texts: Sequence[str], rounds: int, advance: Callable[[], None]) -> dict[str, float]:
    with sampled("bot") as seconds:
        for _ in range(rounds):
            fold.cache_clear()
            for text in texts:
                testigo.answerer.answer(text)
                advance()
    return seconds


def _chart(shares: dict[str, float], mean: float) -> Chart:
    named = list(shares)[: len(COLOURS)]
    parts = [Part(module.rpartition(".")[2], colour) for module, colour in zip(named, COLOURS, strict=False)]
    parts.append(Part(OTHERS, "none"))
    values = [shares[module] for module in named]
    bar = Bar(f"a question, {milliseconds(mean)}", (*values, 1 - sum(values)))
    return bar_chart("limits.svg", "Where the time of a question goes", parts, [bar])
