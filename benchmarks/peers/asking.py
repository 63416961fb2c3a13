"""Build a method in one process, and load and ask it in another, which holds nothing else."""

import os
import pickle
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers.catalogue import Method
from benchmarks.peers.peer import Guess, Peer, Wordings
from benchmarks.processes import megabytes

WARM_UP = 20
PLAIN = 20
"""Questions by which a method is timed that takes seconds for each."""

LONGEST = 120.0
"""Seconds after which a method is asked nothing more where it may be cut short."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a method said to each question, what that took, and the memory of its process in the end."""

    answers: tuple[Any, ...]
    seconds: tuple[float, ...]
    load_seconds: float
    megabytes: float


def build(method: Method, wordings: Wordings, path: Path) -> float:
    """Build a method and keep it; return the seconds.

    Raises:
        ModuleNotFoundError: its package is not installed.
    """
    started = time.perf_counter()
    peer = method.make(wordings)
    with path.open("wb") as file:
        pickle.dump(peer, file, pickle.HIGHEST_PROTOCOL)
    return time.perf_counter() - started


def ask(path: Path, texts: Sequence[str], *, is_cut_short: bool = False) -> Asked:
    """Load a method and ask it."""
    started = time.perf_counter()
    with path.open("rb") as file:
        peer: Peer = pickle.load(file)
    load = time.perf_counter() - started
    asked = timed(peer.guess, texts, load, longest=LONGEST if is_cut_short else None)
    plain: Callable[[str], Any] | None = getattr(peer, "plain_guess", None)
    if plain is None:
        return asked
    # Its answers come by a short cut, its time does not.
    few = range(0, len(texts), max(1, len(texts) // PLAIN))[:PLAIN]
    slow = timed(plain, [texts[place] for place in few], load)
    assert slow.answers == tuple(asked.answers[place] for place in few)
    return Asked(asked.answers, slow.seconds, load, slow.megabytes)


def ask_testigo(texts: Sequence[str]) -> Asked:
    """Load Testigo from its cache and ask it."""
    started = time.perf_counter()
    # Imported here: it belongs to what is loaded.
    from benchmarks.own import testigo_alone

    answerer = testigo_alone().answerer
    return timed(lambda text: answerer.answer(text).outcome, texts, time.perf_counter() - started)


def ask_matcher(texts: Sequence[str]) -> Asked:
    """Load Testigo from its cache and ask its matcher alone, as a peer is asked: for the likeliest label."""
    started = time.perf_counter()
    from benchmarks.own import testigo_alone
    from bot.matching.index import OFF_TOPIC

    matcher = testigo_alone().matcher

    def guess(text: str) -> Guess:
        ranking = matcher.rank(matcher.read(text))
        best = ranking.candidates[0]
        is_elsewhere = ranking.off_topic > best.probability
        return Guess(OFF_TOPIC, ranking.off_topic) if is_elsewhere else Guess(best.entry, best.probability)

    return timed(guess, texts, time.perf_counter() - started)


def timed(ask: Callable[[str], Any], texts: Sequence[str], load: float, longest: float | None = None) -> Asked:
    """Ask everything, or as much as fits into `longest` seconds, after a few that do not count."""
    begun = time.perf_counter()
    for text in texts[-WARM_UP:]:
        ask(text)
        if time.perf_counter() - begun > 1:
            break
    answers: list[Any] = []
    seconds: list[float] = []
    for text in texts:
        started = time.perf_counter()
        answers.append(ask(text))
        seconds.append(time.perf_counter() - started)
        if longest is not None and sum(seconds) > longest:
            break
    return Asked(tuple(answers), tuple(seconds), load, _own_megabytes())


def _own_megabytes() -> float:
    try:
        return megabytes(os.getpid())
    except OSError:  # only Linux tells
        return float("nan")
