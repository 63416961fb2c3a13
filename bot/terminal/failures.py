"""End a command with one line where the person who runs it can do something about it."""

import sys
from collections.abc import Generator
from contextlib import contextmanager

import click

from bot.errors import TestigoError


@contextmanager
def one_line_errors() -> Generator[None, None, None]:
    """Turn an error that is meant for the operator into one line and its exit status."""
    try:
        yield
    except TestigoError as error:
        click.echo(f"testigo: {' '.join(str(error).split())}", err=True)
        raise SystemExit(error.exit_status) from error
    except KeyboardInterrupt as error:
        raise SystemExit(130) from error
    except BrokenPipeError as error:
        sys.stderr.close()
        raise SystemExit(0) from error
