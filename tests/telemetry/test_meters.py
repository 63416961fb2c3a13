"""The meters: how many there may be, and how Prometheus reads them."""

import itertools
import re
import socket
import urllib.request
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from bot.chat.pulse import CODES, Pulse
from bot.chat.rest import ROUTES, STATUSES
from bot.errors import UsageError
from bot.telemetry.exporter import exported
from bot.telemetry.meters import KINDS, OUTCOMES, Meters, timed

MOST = 500


def series(meters: Meters) -> int:
    """Return how many series Prometheus would read."""
    return sum(not line.startswith(b"#") for line in generate_latest(meters.registry).splitlines())


def refusals() -> set[str]:
    """Return the reasons for which a request may be refused."""
    return {
        reason
        for module in (Path(__file__).parents[2] / "bot" / "chat").glob("*.py")
        for reason in re.findall(r'RefusedError\(\s*"([\w-]+)"', module.read_text("utf-8"))
    }


def read(port: int) -> dict[str, float]:
    """Read the meters as Prometheus does, those without labels."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as response:
        families = text_string_to_metric_families(response.read().decode())
        return {each.name: each.value for family in families for each in family.samples if not each.labels}


def test_there_are_few_series_even_when_everything_happens() -> None:
    meters = Meters()
    with exported(meters, "127.0.0.1", 0):
        for route, status in itertools.product([*ROUTES, "other"], [*STATUSES, "other", "failed"]):
            meters.rest.labels(route, status)
        for code in [*CODES, "none", "other"]:
            meters.reconnects.labels(code)
        for kind, outcome in itertools.product([*KINDS, "other"], [*OUTCOMES, "left alone", "another's"]):
            meters.interactions.labels(kind, outcome)
        for reason in refusals():
            meters.refused.labels(reason)
        for operation in ("read", "write"):
            meters.store.labels(operation)
        for outcome in ("answer", "clarify", "gap", "off_topic", "meta"):
            meters.questions.labels(outcome)
        for reason in ("expired", "acknowledged", "refused by Discord", "too late", "not told"):
            meters.lost.labels(reason)
        meters.knowledge.info({"version": "0" * 12})
        assert series(meters) <= MOST


def test_prometheus_reads_them_at_a_port() -> None:
    meters = Meters()
    pulse = Pulse(meters, lambda: 0.25)
    pulse.began()
    pulse.resumed()
    with exported(meters, "127.0.0.1", 0) as port:
        assert port is not None
        found = read(port)
    assert (found["testigo_connected"], found["testigo_resumes_total"]) == (1, 1)
    assert found["testigo_shard_latency_seconds"] == 0.25
    assert found["testigo_last_event_age_seconds"] >= 0


def test_without_a_port_there_is_none() -> None:
    with exported(Meters(), "127.0.0.1", None) as port:
        assert port is None


def test_a_port_in_use_is_told_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with (
            pytest.raises(UsageError, match="TESTIGO_METRICS_PORT"),
            exported(Meters(), "127.0.0.1", taken.getsockname()[1]),
        ):
            pass


@pytest.mark.parametrize(("code", "label"), [(1000, "1000"), (4009, "4009"), (None, "none"), (3999, "other")])
def test_the_end_of_a_connection_is_counted_by_its_code(code: int | None, label: str) -> None:
    meters = Meters()
    Pulse(meters, lambda: 0).ended(code)
    assert meters.registry.get_sample_value("testigo_reconnects_total", {"code": label}) == 1
    assert meters.registry.get_sample_value("testigo_connected") == 0


def test_what_fails_is_timed_too() -> None:
    seconds: list[float] = []
    with pytest.raises(ZeroDivisionError), timed(seconds.append):
        raise ZeroDivisionError
    assert len(seconds) == 1
