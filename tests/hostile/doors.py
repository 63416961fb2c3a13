"""A way in, what came of one input, and what is wrong with that."""

import json
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from hypothesis.strategies import SearchStrategy

from tests.chat.payloads import problems
from tests.hostile.corpus import EVIL
from tests.hostile.strategies import MARK

ERRORS = ('"level": "error"', '"level": "critical"')


@dataclass
class Came:
    """What came of one input: the requests, what was logged, printed and raised, and the seconds of CPU.

    `own_seconds` are those of the thread that takes the input, as the event loop's; `seconds` are of all threads.
    """

    requests: Sequence[tuple[str, str, Any]] = ()
    logged: str = ""
    printed: str = ""
    raised: list[BaseException] = field(default_factory=list)
    own_seconds: float = 0.0
    seconds: float = 0.0

    @contextmanager
    def watched(self) -> Generator[None, None, None]:
        """Measure what is done meanwhile, and catch what it raises."""
        own, everything = time.thread_time(), time.process_time()
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            self.raised.append(error)
        finally:
            self.own_seconds, self.seconds = time.thread_time() - own, time.process_time() - everything


@dataclass(frozen=True)
class Door:
    """One way in.

    `fixed` inputs come first, then wild ones of `inputs`. Where the input `is_shown`, to a curator or to whoever wrote
    it, it may stand in what comes of it; an error may be logged where it begins with one of `expected`. The processor
    may take `max_seconds` for an input, in all threads; `forget` makes it new, where it came before.
    """

    name: str
    inputs: SearchStrategy[Any]
    enter: Callable[[Any], Came]
    fixed: Sequence[Any] = ()
    hosts: frozenset[str] = frozenset()
    is_shown: bool = False
    answers: bool = False
    expected: Sequence[str] = ()
    max_seconds: float = 0.05
    forget: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Faults:
    """What is wrong with what came of one input; all empty where all is well."""

    uncaught: Sequence[str]
    pings: Sequence[str]
    echoes: Sequence[str]

    @property
    def all(self) -> list[str]:
        """All of them."""
        return [*self.uncaught, *self.pings, *self.echoes]


def faults(door: Door, came: Came) -> Faults:
    """Return what is wrong with what came of one input."""
    uncaught = [f"{type(error).__name__}: {error}" for error in came.raised]
    uncaught += [line for line in came.logged.splitlines() if _is_error(line, door)]
    found = [each for request in came.requests for each in problems(*request, door.hosts, None)]
    if door.answers and not any(body is not None for _, _, body in came.requests):
        uncaught.append("nothing was answered")
    pings = [each for each in found if "mentions are not off" in each or "pings" in each]
    uncaught += [each for each in found if each not in pings]
    said = json.dumps([body for _, _, body in came.requests], ensure_ascii=False)
    places = {
        "a log": came.logged,
        **({} if door.is_shown else {"what was sent": said, "what is printed": came.printed}),
    }
    echoes = [f"{word} stands in {name}" for name, text in places.items() for word in (MARK, EVIL) if word in text]
    return Faults(uncaught, pings, echoes)


def _is_error(line: str, door: Door) -> bool:
    if not any(level in line for level in ERRORS):
        return False
    return not any(f'"{event}' in line for event in door.expected)
