"""Read the meters."""

from prometheus_client import Counter


def numbers(counter: Counter) -> dict[str, int]:
    """Return what a counter with one label has counted, by the label's value."""
    [metric] = counter.collect()
    samples = [each for each in metric.samples if each.name.endswith("_total") and each.value]
    return {next(iter(each.labels.values())): int(each.value) for each in samples}
