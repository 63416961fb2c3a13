"""The words of each language that shape a question or an answer: numbers, connectors, question words, markers."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import DataError
from bot.knowledge.model import Attribution, Language, Qualifier

DERIVED = "derived"
MARKED = (
    Attribution.ADVOCATES.value,
    Qualifier.AT_LEAST.value,
    Qualifier.MORE_THAN.value,
    Qualifier.ABOUT.value,
    Qualifier.ESTIMATED.value,
    DERIVED,
)
"""The kinds of facts that an answer must word as what they are."""


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """Words of one language (see data/languages), folded but for `markers`."""

    connectors: tuple[str, ...]
    question_words: tuple[str, ...]
    follow_ups: tuple[str, ...]
    crude: frozenset[str]
    numbers: Mapping[str, int]
    markers: Mapping[str, tuple[str, ...]]


def load_words(folders: Iterable[Path], languages: Iterable[Language]) -> dict[Language, LanguageWords]:
    """Read ``languages/<language>/words.toml`` from the first folder that has it.

    Raises:
        DataError: a language's file is missing or malformed.
    """
    folders = tuple(folders)
    return {language: _load(folders, language) for language in languages}


def _load(folders: tuple[Path, ...], language: Language) -> LanguageWords:
    path = find_language_file(folders, language, "words.toml")
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        return LanguageWords(
            connectors=tuple(table["connectors"]),
            question_words=tuple(table["question_words"]),
            follow_ups=tuple(table["follow_ups"]),
            crude=frozenset(table["crude"]),
            numbers=dict(table["numbers"]),
            markers={kind: tuple(table["markers"][kind]) for kind in MARKED},
        )
    except (OSError, ValueError, RecursionError) as error:
        raise DataError(f"{path}: {error}") from error
    except (KeyError, TypeError) as error:
        raise DataError(f"{path}: {error} is missing or malformed") from error


def find_language_file(folders: tuple[Path, ...], language: Language, name: str) -> Path:
    """Return the language's file `name` from the first folder that has it.

    Raises:
        DataError: none has it.
    """
    for folder in folders:
        path = folder / "languages" / language / name
        if path.is_file():
            return path
    raise DataError(f"languages/{language}/{name}: missing; the language {language} needs it")
