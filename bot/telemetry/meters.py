"""The meters, by name; everything that Prometheus reads is listed here."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import product
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info

QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 2.5, 5.0)
"""Bounds in seconds, about the time that Discord gives for a first response."""

LATE = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)
"""Bounds in seconds for a loop that should not be late at all."""

KINDS = ("command", "press", "form", "message")
OUTCOMES = ("answered", "refused", "bug", "late", "lost")
WRITES_LOST = ("full", "slow", "failed", "closed", "gone")
"""Labels that are there from the start, at 0: of what begins to exist with the first event, that event is not seen."""


class Meters:
    """The meters of one process, in a registry of their own.

    Labels take values from short lists only, never what people wrote, so that there are at most 500 series.
    """

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self.interactions = Counter(
            "testigo_interactions",
            "Commands, presses, forms and messages, by how each ended.",
            ["kind", "outcome"],
            registry=registry,
        )
        self.questions = Counter(
            "testigo_questions", "Questions answered, by what came of it.", ["outcome"], registry=registry
        )
        self.acknowledgement = Histogram(
            "testigo_acknowledgement_seconds",
            "From an interaction's arrival to the first response.",
            buckets=QUICK,
            registry=registry,
        )
        self.answer = Histogram(
            "testigo_answer_seconds", "From a question's arrival to its reply, sent.", buckets=QUICK, registry=registry
        )
        self.matching = Histogram("testigo_matching_seconds", "Computing one reply.", buckets=QUICK, registry=registry)
        self.loop_lag = Histogram(
            "testigo_loop_lag_seconds", "How late the event loop's heartbeat came.", buckets=LATE, registry=registry
        )
        self.in_flight = Gauge("testigo_in_flight", "Interactions and messages being served.", registry=registry)
        self.refused = Counter(
            "testigo_refused", "Requests refused, by what the person was told.", ["reason"], registry=registry
        )
        self.lost = Counter(
            "testigo_lost", "Interactions that could no longer be answered.", ["reason"], registry=registry
        )
        self.rest = Counter("testigo_rest_requests", "Requests to Discord.", ["route", "status"], registry=registry)
        self.invalid_requests = Gauge(
            "testigo_invalid_requests", "Answers 401, 403 and 429 of Discord in ten minutes.", registry=registry
        )
        self.breaker_open = Gauge(
            "testigo_breaker_open", "Whether nothing is sent because of too many of those.", registry=registry
        )
        self.identifies = Counter("testigo_identifies", "Sessions begun with Discord.", registry=registry)
        self.identifies_left = Gauge(
            "testigo_identifies_left", "Sessions that may still be begun today.", registry=registry
        )
        self.resumes = Counter("testigo_resumes", "Sessions taken up again.", registry=registry)
        self.reconnects = Counter(
            "testigo_reconnects", "Connections that ended, by Discord's code.", ["code"], registry=registry
        )
        self.connected = Gauge("testigo_connected", "Whether there is a session with Discord.", registry=registry)
        self.shard_latency = Gauge(
            "testigo_shard_latency_seconds", "From a heartbeat to Discord to its answer.", registry=registry
        )
        self.last_event_age = Gauge(
            "testigo_last_event_age_seconds", "Since Discord last sent an event.", registry=registry
        )
        self.store = Histogram(
            "testigo_store_seconds", "Transactions with the database.", ["operation"], buckets=QUICK, registry=registry
        )
        self.store_errors = Counter("testigo_store_errors", "Transactions that failed.", registry=registry)
        self.writes_lost = Counter(
            "testigo_writes_lost", "Counts and feedback that were not written down.", ["reason"], registry=registry
        )
        self.knowledge = Info("testigo_knowledge", "The knowledge base in use.", registry=registry)
        for kind, outcome in product(KINDS, OUTCOMES):
            self.interactions.labels(kind, outcome)
        for reason in WRITES_LOST:
            self.writes_lost.labels(reason)


@contextmanager
def timed(observe: Callable[[float], None]) -> Generator[None, None, None]:
    """Tell `observe` how many seconds the block took, whether or not it succeeded."""
    start = perf_counter()
    try:
        yield
    finally:
        observe(perf_counter() - start)
