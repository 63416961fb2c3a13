"""Each alert asks for metrics that exist, and fires for its fault and no other."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml

from tests.deploy.metrics import METRICS

ROOT = Path(__file__).parents[2]
ALERTS: list[dict[str, Any]] = yaml.safe_load((ROOT / "deploy" / "alerts.yaml").read_text("utf-8"))["groups"][0][
    "rules"
]
NAMES = [alert["alert"] for alert in ALERTS]
OUTSIDE = {"up": {"job"}}
"""What Prometheus itself knows."""

MINUTES = 60


def selectors(node: Any) -> Iterator[promql_parser.VectorSelector]:
    """Yield every metric that an expression asks for."""
    if isinstance(node, promql_parser.VectorSelector):
        yield node
    for name in ("lhs", "rhs", "expr", "vector_selector", "args"):
        inner = getattr(node, name, None)
        for part in inner if isinstance(inner, list) else [inner]:
            if part is not None:
                yield from selectors(part)


@pytest.mark.parametrize("alert", ALERTS, ids=NAMES)
def test_an_alert_asks_for_metrics_and_labels_that_exist(alert: Mapping[str, Any]) -> None:
    known = {**METRICS, **OUTSIDE}
    asked = list(selectors(promql_parser.parse(alert["expr"])))
    assert {selector.name for selector in asked} == set(re.findall(r"testigo_\w+|\bup\b", alert["expr"]))
    for selector in asked:
        assert selector.name in known
        assert {matcher.name for matcher in selector.matchers.matchers} <= known[selector.name] | {"job", "instance"}


def buckets(metric: str, seconds: str) -> dict[str, str]:
    """Return a histogram in which all that is counted took between half of `seconds` and `seconds`."""
    grows, none = f"0+60x{MINUTES}", f"0+0x{MINUTES}"
    half = str(float(seconds) / 2)
    return {f'{metric}_bucket{{le="{le}"}}': by for le, by in ((half, none), (seconds, grows), ("+Inf", grows))}


STEADY, CLIMBING = f"0+0x{MINUTES}", f"0+10x{MINUTES}"

HEALTHY: Mapping[str, str] = {
    'up{job="testigo"}': f"1+0x{MINUTES}",
    "testigo_connected": f"1+0x{MINUTES}",
    'testigo_reconnects_total{code="1001"}': STEADY,
    "testigo_shard_latency_seconds": f"0.1+0x{MINUTES}",
    **buckets("testigo_acknowledgement_seconds", "0.1"),
    **buckets("testigo_answer_seconds", "0.1"),
    **buckets("testigo_loop_lag_seconds", "0.01"),
    **buckets("testigo_store_seconds", "0.05"),
    'testigo_interactions_total{outcome="answered"}': f"0+60x{MINUTES}",
    'testigo_interactions_total{outcome="bug"}': STEADY,
    'testigo_refused_total{reason="busy"}': STEADY,
    'testigo_rest_requests_total{status="200"}': f"0+60x{MINUTES}",
    'testigo_rest_requests_total{status="503"}': STEADY,
    "testigo_breaker_open": STEADY,
    "testigo_invalid_requests": f"3+0x{MINUTES}",
    "testigo_identifies_left": f"990+0x{MINUTES}",
    "testigo_store_errors_total": STEADY,
    'testigo_writes_lost_total{reason="full"}': STEADY,
    'testigo_knowledge_info{version="a"}': f"1+0x{MINUTES}",
}

FAULTS: Mapping[str, Mapping[str, str | None]] = {
    "TestigoDown": {'up{job="testigo"}': STEADY},
    "TestigoGone": {'up{job="testigo"}': None},
    "TestigoDisconnected": {"testigo_connected": STEADY},
    "TestigoReconnecting": {'testigo_reconnects_total{code="1001"}': CLIMBING},
    "TestigoSlowHeartbeat": {"testigo_shard_latency_seconds": f"4+0x{MINUTES}"},
    "TestigoLateAcknowledgements": {
        **dict.fromkeys(buckets("testigo_acknowledgement_seconds", "0.1")),
        **buckets("testigo_acknowledgement_seconds", "2.5"),
    },
    "TestigoSlowAnswers": {
        **dict.fromkeys(buckets("testigo_answer_seconds", "0.1")),
        **buckets("testigo_answer_seconds", "5"),
    },
    "TestigoEventLoopLate": {
        **dict.fromkeys(buckets("testigo_loop_lag_seconds", "0.01")),
        **buckets("testigo_loop_lag_seconds", "0.5"),
    },
    "TestigoFailing": {'testigo_interactions_total{outcome="bug"}': CLIMBING},
    "TestigoBusy": {'testigo_refused_total{reason="busy"}': CLIMBING},
    "TestigoDiscordFailing": {'testigo_rest_requests_total{status="503"}': CLIMBING},
    "TestigoBreakerOpen": {"testigo_breaker_open": f"1+0x{MINUTES}"},
    "TestigoInvalidRequests": {"testigo_invalid_requests": f"2500+0x{MINUTES}"},
    "TestigoIdentifiesLow": {"testigo_identifies_left": f"150+0x{MINUTES}"},
    "TestigoStoreFailing": {"testigo_store_errors_total": CLIMBING},
    "TestigoStoreSlow": {
        **dict.fromkeys(buckets("testigo_store_seconds", "0.05")),
        **buckets("testigo_store_seconds", "5"),
    },
    "TestigoWritesLost": {'testigo_writes_lost_total{reason="full"}': CLIMBING},
    "TestigoKnowledgeDiffers": {'testigo_knowledge_info{version="b"}': f"1+0x{MINUTES}"},
}
"""What goes wrong, by the one alert that must tell it; None takes a series away."""


def situation(name: str, fault: Mapping[str, str | None], firing: str | None) -> dict[str, Any]:
    """Return one of promtool's tests: these series, and which alert fires after fifty minutes."""
    series = {**HEALTHY, **fault}
    query = 'count by (alertname) (ALERTS{alertstate="firing"})'
    labels = f'{{alertname="{firing}"}}'
    return {
        "name": name,
        "interval": "1m",
        "input_series": [{"series": key, "values": values} for key, values in series.items() if values is not None],
        "promql_expr_test": [
            {"expr": query, "eval_time": "50m", "exp_samples": [{"labels": labels, "value": 1}] if firing else []}
        ],
    }


def test_every_alert_fires_for_its_fault_and_none_where_all_is_well(tmp_path: Path) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed (apt install prometheus)")
    assert set(FAULTS) == set(NAMES)
    tests = [situation("healthy", {}, None), *(situation(name, fault, name) for name, fault in FAULTS.items())]
    content = {"rule_files": [str(ROOT / "deploy" / "alerts.yaml")], "evaluation_interval": "1m", "tests": tests}
    (tmp_path / "tests.yaml").write_text(yaml.safe_dump(content), "utf-8")
    done = subprocess.run(
        [promtool, "test", "rules", tmp_path / "tests.yaml"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
