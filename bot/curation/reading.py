"""Read drafts, and questions from elsewhere that are to become drafts."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from pydantic import BaseModel, ConfigDict, Field

from bot.curation.drafts import Draft, DraftKind
from bot.curation.wordings import cleaned
from bot.errors import DataError, UsageError
from bot.knowledge.tables import validate

COLUMNS = ("question", "language", "entry")
DELIMITERS = (",", ";", "\t", "|")
MAX_FILE_BYTES = 20_000_000  # some hundred thousand questions: past that it is another file, taken by mistake
_OFF_TOPIC = frozenset({"off-topic", "off_topic", "off topic"})


class _DraftTable(BaseModel):
    """A line of drafts; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)

    kind: DraftKind = Field(strict=False)
    text: str
    language: str
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A question without an entry, and where it stands."""

    where: str
    question: str


@dataclass(frozen=True, slots=True)
class Imported:
    """The drafts of an imported file, and the questions that nobody gave an entry."""

    drafts: tuple[Draft, ...]
    unplaced: tuple[Unplaced, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    fields: Mapping[str, str]


def read_drafts(name: str, content: bytes) -> list[Draft]:
    """Read JSON lines of drafts; `name` is for messages.

    Raises:
        UsageError: a line is not a draft; the message names file, line and key.
    """
    drafts: list[Draft] = []
    for where, fields in _objects(name, _text(name, content)):
        try:
            table = validate(_DraftTable, fields, where)
        except DataError as error:
            raise UsageError(str(error)) from error
        drafts.append(Draft(table.kind, table.text, table.language, table.entry))
    return drafts


def read_questions(name: str, content: bytes) -> Imported:
    """Read questions from CSV or JSON lines with question, language and entry; other columns are left alone.

    Raises:
        UsageError: a column is missing, or a line cannot be read; the message names file and line.
    """
    text = _text(name, content)
    rows = _json_rows(name, text) if text.lstrip().startswith("{") else _csv_rows(name, text)
    drafts: list[Draft] = []
    unplaced: list[Unplaced] = []
    for row in rows:
        question = cleaned(row.fields["question"])
        language = row.fields["language"].strip().casefold()
        entry = row.fields["entry"].strip().casefold()
        if not question:
            raise UsageError(f"{row.where}: question: is empty")
        if not language:
            raise UsageError(f"{row.where}: language: is empty")
        if not entry:
            unplaced.append(Unplaced(row.where, question))
        elif entry in _OFF_TOPIC:
            drafts.append(Draft(DraftKind.OFF_TOPIC, question, language))
        else:
            drafts.append(Draft(DraftKind.PHRASING, question, language, entry))
    return Imported(tuple(drafts), tuple(unplaced))


def _text(name: str, content: bytes) -> str:
    if len(content) > MAX_FILE_BYTES:
        raise UsageError(f"{name}: larger than {MAX_FILE_BYTES:,} bytes")
    # Excel saves "Unicode text" as UTF-16, and "CSV UTF-8" with a mark in front.
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{name}:{line}: not UTF-8 text; save it as CSV UTF-8") from error


def _objects(name: str, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each JSON object and where it stands."""
    # Not splitlines(): JSON may hold a U+2028, which is no end of a line here.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{where}: not JSON") from error
        if not isinstance(fields, dict):
            raise UsageError(f"{where}: not a JSON object")
        yield where, cast(dict[str, Any], fields)


def _json_rows(name: str, text: str) -> Iterator[_Row]:
    for where, fields in _objects(name, text):
        given = {key.strip().casefold(): value for key, value in fields.items()}
        if missing := [column for column in COLUMNS[:2] if column not in given]:
            raise UsageError(f"{where}: lacks {' and '.join(missing)}")
        row = {column: given.get(column) for column in COLUMNS}
        row["entry"] = row["entry"] if row["entry"] is not None else ""
        texts = {column: value for column, value in row.items() if isinstance(value, str)}
        if wrong := [column for column in COLUMNS if column not in texts]:
            raise UsageError(f"{where}: {wrong[0]}: must be a text")
        yield _Row(where, texts)


def _csv_rows(name: str, text: str) -> Iterator[_Row]:
    records = _records(name, text)
    number, header = next(records, (1, [""]))
    names = [field.strip().casefold() for field in header]
    if missing := [column for column in COLUMNS if column not in names]:
        raise UsageError(f"{name}:{number}: lacks the column {' and '.join(missing)}")
    if twice := [column for column in COLUMNS if names.count(column) > 1]:
        raise UsageError(f"{name}:{number}: has the column {twice[0]} twice")
    for number, fields in records:
        if any(field.strip() for field in fields[len(names) :]):
            raise UsageError(
                f"{name}:{number}: has {len(fields)} fields, the header names {len(names)}; "
                "a text that holds the separator needs quotes"
            )
        cells = dict.fromkeys(names, "") | dict(zip(names, fields, strict=False))
        yield _Row(f"{name}:{number}", cells)


def _records(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records that are not blank, the header first, each with the number of the line it begins on."""
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UsageError(f"{name}:{number}: not CSV ({error})") from error
        if any(field.strip() for field in fields) and not (number == 1 and _is_hint(text)):
            yield number, fields


def _is_hint(text: str) -> bool:
    """Whether the first line is Excel's, which tells the separator."""
    return text[:4].casefold() == "sep="


def _delimiter(text: str) -> str:
    """Return the separator by which the header names most of the columns."""
    lines = [line for line in text[:10_000].splitlines() if line.strip()]
    header = next(iter(lines[1:] if _is_hint(text) else lines), "")

    def known(delimiter: str) -> int:
        return len({field.strip(' "').casefold() for field in header.split(delimiter)} & set(COLUMNS))

    return max(DELIMITERS, key=known)
