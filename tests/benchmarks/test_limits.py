import signal
from time import thread_time

import pytest

from benchmarks.limits import LEAST, OTHERS, merged
from benchmarks.sampling import IS_POSSIBLE, sampled
from bot.matching.text import fold


def _work(seconds: float) -> None:
    until = thread_time() + seconds
    while thread_time() < until:
        pass


@pytest.mark.skipif(not IS_POSSIBLE, reason="the system has no such timer")
def test_time_belongs_to_the_innermost_module_of_the_package() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with sampled("bot") as seconds:
        _work(0.02)
        for number in range(3000):
            fold(f"How many people died, nº {number}?")
    assert set(seconds) == {"matching.text"}
    assert signal.getsignal(signal.SIGALRM) is before


def test_small_shares_are_one_and_all_shares_are_whole() -> None:
    shares = merged({"a": 0.3, "b": 0.69, "c": LEAST / 2, "d": LEAST / 2})
    assert list(shares) == ["b", "a", OTHERS]
    assert sum(shares.values()) == pytest.approx(1)
