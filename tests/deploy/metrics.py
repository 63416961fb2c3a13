"""The metrics that the alerts may ask for, with their labels: those of the program."""

from collections.abc import Mapping

from prometheus_client import Histogram, Info
from prometheus_client.metrics import MetricWrapperBase

from bot.telemetry.meters import Meters

ENDINGS = {Histogram: "_bucket", Info: "_info"}
OWN_LABELS = {Histogram: {"le"}, Info: {"version"}}


def _all() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for meter in vars(Meters()).values():
        if isinstance(meter, MetricWrapperBase):
            [metric] = meter.describe()
            kind = type(meter)
            ending = "_total" if metric.type == "counter" else ENDINGS.get(kind, "")
            found[metric.name + ending] = frozenset({*meter._labelnames, *OWN_LABELS.get(kind, ())})
    return found


METRICS = _all()
