"""What the bot says around the answers, in each language (Project Fluent)."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from bot.errors import DataError
from bot.knowledge.model import Language
from bot.knowledge.words import find_language_file


class Strings:
    """The interface strings of one language."""

    def __init__(self, language: Language, source: str) -> None:
        self.language = language
        # Isolation marks around every argument would stand in plain-text output as stray characters.
        self._bundle = FluentBundle([language], use_isolating=False)
        self._resource = FluentResource(source)
        self._bundle.add_resource(self._resource)

    def keys(self) -> frozenset[str]:
        """Return the ids of all messages."""
        return frozenset(entry.id.name for entry in self._resource.body if isinstance(entry, ast.Message))

    def junk(self) -> str | None:
        """Return the first stretch of the file that is not Fluent, if any."""
        return next((entry.content for entry in self._resource.body if isinstance(entry, ast.Junk)), None)

    def text(self, key: str, **arguments: str | int) -> str:
        """Return the message `key` with its arguments put in.

        Raises:
            KeyError: there is no such message, or an argument is missing.
        """
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        text, errors = self._bundle.format_pattern(pattern, arguments)
        if errors:
            raise KeyError(f"{key}: {errors[0]}")
        return str(text)


def load_strings(folders: Iterable[Path], languages: Iterable[Language]) -> Mapping[Language, Strings]:
    """Read ``languages/<language>/strings.ftl`` from the first folder that has it.

    Raises:
        DataError: a file is missing or malformed, or a message is missing in one of the languages.
    """
    folders = tuple(folders)
    strings: dict[Language, Strings] = {}
    for language in languages:
        path = find_language_file(folders, language, "strings.ftl")
        try:
            strings[language] = Strings(language, path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"{path}: {error}") from error
        if (junk := strings[language].junk()) is not None:
            raise DataError(f"{path}: not understood: {junk.strip().splitlines()[0]}")
    everything = frozenset[str]().union(*(found.keys() for found in strings.values()))
    for language, found in strings.items():
        if missing := sorted(everything - found.keys()):
            raise DataError(f"languages/{language}/strings.ftl: {missing[0]} is missing")
    return strings
