"""The metrics that the alerts may ask for, with their labels."""

from collections.abc import Mapping

METRICS: Mapping[str, frozenset[str]] = {
    f"testigo_{name}": frozenset(labels.split())
    for name, labels in {
        "interactions_total": "kind outcome",
        "acknowledgement_seconds_bucket": "le",
        "answer_seconds_bucket": "le",
        "matching_seconds_bucket": "le",
        "loop_lag_seconds_bucket": "le",
        "in_flight": "",
        "refused_total": "reason",
        "rest_requests_total": "route status",
        "invalid_requests": "",
        "breaker_open": "",
        "identifies_left": "",
        "identifies_total": "",
        "resumes_total": "",
        "reconnects_total": "code",
        "shard_latency_seconds": "",
        "last_event_age_seconds": "",
        "store_seconds_bucket": "le operation",
        "store_errors_total": "",
        "writes_lost_total": "reason",
        "knowledge_info": "version",
        "connected": "",
    }.items()
}
