"""Write the data folder of another event: the article's record, its passages, and one example of everything else."""

import json
import re
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Template

from bot.app import shipped_data
from bot.checking import check_data
from bot.errors import DataError, UsageError
from bot.knowledge.article import normalise
from bot.knowledge.model import Language, Record
from bot.knowledge.passages import FoundPassage
from bot.settings import read_settings

TEMPLATES = Path(__file__).parent / "templates"
COPIED = ("entries/example.toml", "entries/gaps.toml", "entries/meta.toml", "links.toml", "premises.toml")
"""Templates that are the same for every article, but for the languages."""

_TRANSLATED = re.compile(r"(?:# )?\w+\.([a-z]{2}) = ")
"""How a line begins that is there for one language."""

_QUOTATION_MARKS = "\"'“”\u2018’«» "

_UNCERTAIN = "  # the same words stand elsewhere in the text too: the link may lead there"


def known_languages() -> tuple[Language, ...]:
    """Return the languages that have words, interface strings and templates here."""
    shipped = (path.parent for path in (shipped_data() / "languages").glob("*/words.toml"))
    return tuple(
        sorted(
            folder.name
            for folder in shipped
            if (folder / "strings.ftl").is_file() and (TEMPLATES / "utterances" / folder.name).is_dir()
        )
    )


def example_question(language: Language) -> str:
    """Return the question that the example entry answers."""
    entries = tomllib.loads(_template("entries/example.toml"))["entries"]
    return next(entry["question"][language] for entry in entries.values())


def check_place(folder: Path) -> Path:
    """Return where the folder will stand.

    Raises:
        UsageError: it cannot stand there.
    """
    place = folder.resolve()
    try:
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise UsageError(f"{folder}: is there already, and is not an empty folder")
        if place == Path.cwd():
            raise UsageError(f"{folder}: is the folder you are in; name another, or a new one inside it")
        if not place.parent.is_dir():
            raise UsageError(f"{folder}: there is no folder {place.parent}")
    except OSError as error:
        raise _unusable(folder, error) from error
    return place


def write_event(folder: Path, record: Record, passages: Sequence[FoundPassage], text: str) -> None:
    """Write the folder, whole and proved or not at all.

    Raises:
        UsageError: it cannot be written there.
        DataError: it does not pass the check against the article's `text`.
    """
    place = check_place(folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".testigo-new-", dir=place.parent) as beside:
            staged, article = Path(beside, "event"), Path(beside, "article.txt")
            for name, content in _files(record, passages):
                path = staged / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, "utf-8")
            article.write_text(text, "utf-8")
            if problems := check_data(read_settings(data=staged, article=article)):
                raise DataError(f"the folder would not pass the check: {problems[0]}")
            if place.exists():
                place.rmdir()
            staged.rename(place)
    except OSError as error:
        raise _unusable(folder, error) from error


def _unusable(folder: Path, error: OSError) -> UsageError:
    return UsageError(f"{folder}: {error.strerror or 'cannot be written'}")


def _files(record: Record, passages: Sequence[FoundPassage]) -> Iterator[tuple[str, str]]:
    """Yield the name and the content of each file."""
    languages = record.languages
    body = [passage for passage in passages if passage.sentence > 0]
    example = next((passage for passage in body if passage.is_closed), [*body, *passages][0])
    yield (
        "README.md",
        _filled("README.md", title=record.title, outlet=record.outlet, published=record.published.isoformat()),
    )
    described = [_passage(passage) for passage in passages]
    yield "article.toml", _in_languages("".join([_record(record), *described]), languages)
    words = normalise(example.start)
    facts = _filled("facts.toml", value=_quoted(words.strip(_QUOTATION_MARKS) or words), passage=example.id)
    yield "facts.toml", _in_languages(facts, languages)
    for name in COPIED:
        yield name, _in_languages(_template(name), languages)
    for language in languages:
        for path in sorted((TEMPLATES / "utterances" / language).glob("*.txt")):
            yield f"utterances/{language}/{path.name}", path.read_text("utf-8")


def _record(record: Record) -> str:
    return _filled(
        "article.toml",
        title=_quoted(record.title),
        outlet=_quoted(record.outlet),
        authors=f"[{', '.join(map(_quoted, record.authors))}]",
        url=_quoted(record.url),
        published=record.published.isoformat(),
        updated=f"updated = {record.updated}" if record.updated else f"# updated = {record.published}",
        languages=f"[{', '.join(map(_quoted, record.languages))}]",
    )


def _passage(passage: FoundPassage) -> str:
    heading = "line.toml" if passage.paragraph > 0 else "headline.toml"
    return _filled(
        "sentence.toml" if passage.sentence > 0 else heading,
        id=passage.id,
        sha256=passage.sha256,
        start=_quoted(passage.start),
        end=_quoted(passage.end),
        paragraph=str(passage.paragraph),
        sentence=str(passage.sentence),
        warning="" if passage.is_certain else _UNCERTAIN,
    )


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def _filled(name: str, **values: str) -> str:
    return Template(_template(name)).substitute(values)


def _in_languages(text: str, languages: Sequence[Language]) -> str:
    """Return `text` without the lines of other languages."""
    lines = text.splitlines(keepends=True)
    codes = [_TRANSLATED.match(line) for line in lines]
    return "".join(line for line, code in zip(lines, codes, strict=True) if code is None or code[1] in languages)


def _quoted(text: str) -> str:
    """Return `text` as a TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
