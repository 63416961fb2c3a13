"""The port at which Prometheus reads the meters."""

from collections.abc import Generator
from contextlib import contextmanager

from prometheus_client import disable_created_metrics, start_http_server

from bot.errors import UsageError
from bot.telemetry.meters import Meters


@contextmanager
def exported(meters: Meters, host: str, port: int | None) -> Generator[int | None, None, None]:
    """Serve the meters while open, from a thread of its own, so that a loop that stalls can be seen; yield the port.

    Raises:
        UsageError: the port cannot be used.
    """
    if port is None:
        yield None
        return
    disable_created_metrics()  # else there would be a second series for each
    try:
        server, thread = start_http_server(port, addr=host, registry=meters.registry)
    except OSError as error:
        raise UsageError(f"TESTIGO_METRICS_PORT: {host}:{port}: {error.strerror or 'cannot be used'}") from error
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
