"""The real service, `testigo run`, but for the store's second look, which comes after a moment instead of 30 s."""

from bot.operations.logs import configure_logs
from bot.service import run_service
from bot.terminal.failures import one_line_errors
from bot.terminal.options import opened

SECONDS = 0.3

if __name__ == "__main__":
    with one_line_errors(), opened() as (testigo, settings):
        configure_logs(settings.log_level, settings.log_format)
        run_service(settings, testigo, refresh_seconds=SECONDS)
