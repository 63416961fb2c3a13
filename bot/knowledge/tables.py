"""Turn the text of TOML files into checked tables."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import DataError

_Table = TypeVar("_Table", bound=BaseModel)


def parse_toml(sources: Mapping[Path, str], path: Path) -> dict[str, Any]:
    """Return what the file at `path` holds, unchecked.

    Raises:
        DataError: it is not TOML.
    """
    try:
        return tomllib.loads(sources[path])
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is no TOMLDecodeError
        raise DataError(f"{path}: {error}") from error


def parse_file(sources: Mapping[Path, str], path: Path, model: type[_Table]) -> _Table:
    """Return the file at `path` as the table it must be.

    Raises:
        DataError: it is not TOML, or not of that shape.
    """
    return validate(model, parse_toml(sources, path), str(path))


def validate(model: type[_Table], table: Any, where: str) -> _Table:
    """Return `table` as a `model`.

    Raises:
        DataError: it is not of that shape; the message begins with `where` and names the key.
    """
    try:
        return model.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise DataError(f"{where}: {key}: {first['msg']}") from error
