"""Put Testigo's matcher, as it is, to public question sets."""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.charts import Bar, Chart, Part, bar_chart
from benchmarks.figures import Sheet, milliseconds, percent
from benchmarks.minimal import minimal_knowledge, minimal_matcher
from benchmarks.public.published import PUBLISHED, Published
from benchmarks.public.sets import QuestionSet, read_sets
from benchmarks.report import Chapter, progress_bar
from benchmarks.thresholds import auroc
from bot.answering.decision import Decider, Decision, Elsewhere, Found, Unsure
from bot.matching.cache import rounded
from bot.matching.encoder import UniversalSentenceEncoder
from bot.matching.index import build_index
from bot.matching.matcher import Ranking

QUICK = 15
"""One in so many labels is used where it has to be quick."""

QUICK_SET = "clinc-small"
COMMAND = "python -m benchmarks public"
METHOD = (
    "Testigo's matcher and decision as they are, with the weights and thresholds of its own knowledge base: nothing"
    " was tuned to a set. Its intents are entries, its training texts their wordings; where a set has out-of-scope"
    " training texts, they are the off-topic examples, and off-topic is one more label to choose, as in the"
    " publication's oos-train. Where it has none, the likeliest entry counts. Build: training and encoding in two"
    " processes; times: one question's ranking and decision."
)
LIKELIEST = (
    "Published figures: Larson et al. 2019 is the publication of CLINC150; the others are from the collection"
    " named. Ten shots are ten of ours, at random, not those of the publications; of the small talk, too, ten"
    " phrasings an entry are learned, and of the others 3,000 asked.",
    "AUROC: how often a question in scope scores higher than one out of scope.",
)


@dataclass(frozen=True, slots=True)
class Result:
    """The shares of one set; those of out-of-scope questions are None where it has none.

    `likeliest` is the share of questions whose likeliest label is right, and `rejected` that of the out-of-scope
    questions whose likeliest label is off-topic. `answered`, `wrong`, `offered` and `refused` are what the decision
    makes of it.
    """

    likeliest: float
    answered: float
    wrong: float
    offered: float
    rejected: float | None
    refused: float | None
    auroc: float | None
    build_seconds: float
    median_seconds: float
    high_seconds: float


def compare_public(folder: Path, only: Collection[str] = (), *, is_quick: bool = False) -> Chapter | None:
    """Measure what the matcher reaches on each set, beside what was published; None where there are no sets."""
    sets = [each for each in read_sets(folder) if not only or each.key in only]
    if is_quick:
        sets = [each.thinned(QUICK) for each in sets if only or each.key == QUICK_SET]
    if not sets:
        return None
    results: list[Result] = []
    with progress_bar() as progress:
        task = progress.add_task("Public sets", total=sum(len(each.asked) + len(each.outside) for each in sets))
        encoder = UniversalSentenceEncoder()
        for each in sets:
            progress.update(task, description=f"Public sets: {each.title}")
            results.append(_measured(each, encoder, lambda: progress.advance(task)))
    published = () if is_quick else PUBLISHED
    sheets = [_likeliest(sets, results, published), _decisions(sets, results)]
    return Chapter("Public sets", COMMAND, METHOD, sheets, _chart(sets, results))


def _measured(each: QuestionSet, encoder: UniversalSentenceEncoder, advance: Callable[[], None]) -> Result:
    started = time.perf_counter()
    knowledge = minimal_knowledge(
        (each.language,),
        {label: {each.language: texts} for label, texts in each.learned.items()},
        {each.language: each.counterexamples},
    )
    matcher = minimal_matcher(rounded(build_index(knowledge)), encoder, knowledge)
    decider = Decider(knowledge)
    build_seconds = time.perf_counter() - started
    seconds: list[float] = []

    def rank(text: str) -> tuple[Ranking, Decision]:
        begun = time.perf_counter()
        ranking = matcher.rank(matcher.read(text))
        decision = decider.decide(ranking)
        seconds.append(time.perf_counter() - begun)
        advance()
        return ranking, decision

    inside = [(label, *rank(text)) for text, label in each.asked]
    outside = [rank(text) for text in each.outside]

    def is_off_topic(ranking: Ranking) -> bool:
        return bool(each.counterexamples) and ranking.off_topic > ranking.candidates[0].probability

    def names(decision: Decision, kind: type[Found | Unsure], label: str) -> bool:
        return isinstance(decision, kind) and label in {candidate.entry for candidate in decision.candidates}

    likeliest = [ranking.candidates[0].probability for _, ranking, _ in inside]
    strangest = [ranking.candidates[0].probability for ranking, _ in outside]
    median, high = np.percentile(seconds, [50, 99])
    return Result(
        likeliest=_share([r.candidates[0].entry == label and not is_off_topic(r) for label, r, _ in inside]),
        answered=_share([names(decision, Found, label) for label, _, decision in inside]),
        wrong=_share([isinstance(d, Found) and not names(d, Found, label) for label, _, d in inside]),
        offered=_share([names(decision, Unsure, label) for label, _, decision in inside]),
        rejected=_share([is_off_topic(ranking) for ranking, _ in outside])
        if outside and each.counterexamples
        else None,
        refused=_share([isinstance(decision, Elsewhere) for _, decision in outside]) if outside else None,
        auroc=auroc(likeliest, strangest) if outside else None,
        build_seconds=build_seconds,
        median_seconds=float(median),
        high_seconds=float(high),
    )


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values)


def _likeliest(sets: Sequence[QuestionSet], results: Sequence[Result], published: Sequence[Published]) -> Sheet:
    rows: list[tuple[str, ...]] = []
    for each, result in zip(sets, results, strict=True):
        shares = map(percent, (result.likeliest, result.rejected, result.auroc))
        rows.append((f"[bold]{each.title}[/]: Testigo", *shares, f"{COMMAND} --only {each.key}"))
        for one in published:
            if one.set_key == each.key:
                recall = "" if one.recall is None else f"{one.recall}%"
                rows.append((f"{each.title}: {one.method}", f"{one.accuracy}%", recall, "", one.source))
    columns = ("set and method", "in scope, right", "out of scope, told", "AUROC", "command or source")
    return Sheet("Public sets: the likeliest label", columns, rows, LIKELIEST)


def _decisions(sets: Sequence[QuestionSet], results: Sequence[Result]) -> Sheet:
    columns = ("set", "labels", "learned", "asked", "answered right", "asks back, right one there", "answered wrong")
    columns += ("out of scope refused", "build", "median", "99th percentile", "command")
    rows = [
        (
            each.title,
            str(len(each.learned)),
            f"{sum(map(len, each.learned.values())):,} + {len(each.counterexamples):,}",
            f"{len(each.asked):,} + {len(each.outside):,}",
            *map(percent, (result.answered, result.offered, result.wrong, result.refused)),
            f"{result.build_seconds:.0f} s",
            milliseconds(result.median_seconds),
            milliseconds(result.high_seconds),
            f"{COMMAND} --only {each.key}",
        )
        for each, result in zip(sets, results, strict=True)
    ]
    note = "Learned and asked: texts in scope + texts out of scope."
    return Sheet("Public sets: what Testigo would do", columns, rows, [note])


def _chart(sets: Sequence[QuestionSet], results: Sequence[Result]) -> Chart:
    bars = [
        Bar(each.title, (result.answered, result.offered, left, result.wrong))
        for each, result in zip(sets, results, strict=True)
        for left in [max(0.0, 1 - result.answered - result.offered - result.wrong)]
    ]
    parts = (Part("right", "good"), Part("asks back", "fair"), Part("not found", "none"), Part("wrong", "bad"))
    return bar_chart("public.svg", "Public question sets, the engine as it is", parts, bars)
