"""Read the meters."""

from prometheus_client import Counter


def numbers(counter: Counter) -> dict[str, int]:
    """Return the numbers of a counter with one label, by its value."""
    [metric] = counter.collect()
    return {
        next(iter(each.labels.values())): int(each.value) for each in metric.samples if each.name.endswith("_total")
    }
