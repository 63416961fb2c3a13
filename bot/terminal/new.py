"""The command that begins another event: new."""

import datetime
import re
import shlex
import unicodedata
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from bot.errors import ArticleError, TestigoError, UsageError
from bot.knowledge.article import read_text
from bot.knowledge.model import Record
from bot.knowledge.passages import STOPS, FoundPassage, paragraphs, split_article
from bot.terminal.event_folder import check_place, example_question, known_languages, write_event
from bot.terminal.failures import one_line_errors

MAX_LENGTH = 500
"""Characters of a title, an outlet or a name."""

SHOWN = 8
"""Passages that are named at most."""

_ADDRESS = re.compile(r"https://[^\s#]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _line(text: str) -> str:
    line = "".join(character for character in " ".join(text.split()) if unicodedata.category(character) != "Cc")
    if not line:
        raise UsageError("must not be empty")
    if len(line) > MAX_LENGTH:
        raise UsageError(f"is longer than {MAX_LENGTH} characters")
    try:
        line.encode()
    except UnicodeEncodeError as error:
        raise UsageError("is not UTF-8 text") from error
    return line


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text.strip()):
        raise UsageError("must begin with https:// and have neither a space nor a #")
    return _line(text)


def _date(text: str) -> str:
    try:
        if not _DATE.fullmatch(text.strip()):
            raise ValueError(text)
        return datetime.date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise UsageError("must be a date like 2014-10-07") from error


def _date_if_any(text: str) -> str:
    return _date(text) if text.strip() else ""


def _languages(text: str) -> str:
    known = known_languages()
    found = dict.fromkeys(code.strip().lower() for code in text.split(",") if code.strip())
    if unknown := [code for code in found if code not in known]:
        raise UsageError(f"there is no language {unknown[0]}; there are {', '.join(known)}")
    if not found:
        raise UsageError(f"name at least one of {', '.join(known)}")
    return ",".join(found)


def _article(text: str) -> str:
    path = Path(text)
    if not paragraphs(read_text(path)):
        raise ArticleError(f"{path}: there are no words in it")
    return text


_FIELDS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "article": ("Your copy of the article's text (a file, UTF-8)", _article),
    "title": ("Title", _line),
    "outlet": ("Outlet (newspaper, magazine or site)", _line),
    "author": ("Author, as the publication gives the name", _line),
    "url": ("Address of the article (https://...)", _address),
    "published": ("Date published (like 2014-10-07)", _date),
    "updated": ("Date of the last update, if there is one", _date_if_any),
    "languages": ("Languages to answer in, with commas, the main one first", _languages),
}
"""What is asked for each option, and what checks it."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--article", help="Your copy of the article's text, a UTF-8 file; a blank line ends a paragraph.")
@click.option("--title", help="The article's title.")
@click.option("--outlet", help="Where it was published.")
@click.option("--author", "authors", multiple=True, help="An author; repeat it for each.")
@click.option("--url", help="The article's address, with https://.")
@click.option("--published", help="When it was published, e.g. 2014-10-07.")
@click.option("--updated", help="When it was last updated, if it was.")
@click.option("--languages", help="The languages to answer in, the main one first, e.g. en,es.")
def new(folder: Path, authors: tuple[str, ...], **given: str | None) -> None:
    """Begin another event: write FOLDER from an article, with one example of everything; asks what no option tells."""
    with one_line_errors(), _nothing_if_aborted():
        check_place(folder)
        values = {name: _checked(name, value) for name, value in given.items() if value is not None}
        names = [_checked("author", author) for author in authors]
        if "published" in values:  # without a question for it then: most articles are never updated
            values.setdefault("updated", "")
        _ask(values, "article")
        path = Path(values["article"])
        text = read_text(path)
        _ask(values, "title", default=_headline(text))
        _ask(values, "outlet")
        names = names or _ask_authors()
        _ask(values, "url")
        _ask(values, "published")
        _ask(values, "updated", default="")
        _ask(values, "languages", default=",".join(known_languages()))
        record = _record(values, names)
        passages = _split(path, text, record.title)
        write_event(folder, record, passages, text)
        _tell(folder, path, record, passages)


@contextmanager
def _nothing_if_aborted() -> Generator[None, None, None]:
    """Say so where somebody stops, or the answers end, before all is asked."""
    try:
        yield
    except click.Abort as error:
        click.echo("\ntestigo: stopped; nothing was written", err=True)
        raise SystemExit(130) from error


def _checked(name: str, value: str) -> str:
    try:
        return _FIELDS[name][1](value)
    except UsageError as error:
        raise UsageError(f"--{name}: {error}") from error


def _ask(values: dict[str, str], name: str, default: str | None = None) -> None:
    """Ask for a value that is not there yet, until it is right."""
    if name not in values:
        prompt, check = _FIELDS[name]
        values[name] = click.prompt(
            prompt, default=default, show_default=bool(default), value_proc=partial(_told, check)
        )


def _ask_authors() -> list[str]:
    """Ask for one author after another, until the answer is empty."""
    prompt, check = _FIELDS["author"]
    names = [click.prompt(prompt, value_proc=partial(_told, check))]
    while another := click.prompt("Another author, if there is one", default="", show_default=False):
        names.append(_line(another))
    return names


def _told(check: Callable[[str], str], text: str) -> str:
    """Check an answer; what is wrong is told by click, which then asks again."""
    try:
        return check(text)
    except TestigoError as error:
        raise click.UsageError(str(error)) from error


def _headline(text: str) -> str | None:
    first = paragraphs(text)[0]
    return None if first.endswith(STOPS) or len(first) > MAX_LENGTH else first


def _record(values: Mapping[str, str], authors: list[str]) -> Record:
    published = datetime.date.fromisoformat(values["published"])
    updated = datetime.date.fromisoformat(values["updated"]) if values["updated"] else None
    if updated is not None and updated < published:
        raise UsageError(f"--updated: {updated} is before {published}")
    return Record(
        title=values["title"],
        outlet=values["outlet"],
        authors=tuple(authors),
        url=values["url"],
        published=published,
        updated=updated,
        languages=tuple(values["languages"].split(",")),
        mentions={},
        gist={},
    )


def _split(path: Path, text: str, title: str) -> tuple[FoundPassage, ...]:
    try:
        return split_article(text, title)
    except ArticleError as error:
        raise ArticleError(f"{path}: {error}") from error


def _tell(folder: Path, article: Path, record: Record, passages: tuple[FoundPassage, ...]) -> None:
    """Tell what was written, and what to do next."""
    click.echo(f"{folder}: {len(passages)} passages, in {', '.join(record.languages)}. It passes the check.")
    if uncertain := [passage.id for passage in passages if not passage.is_certain]:
        more = f" and {len(uncertain) - SHOWN} more" if len(uncertain) > SHOWN else ""
        named = ", ".join(uncertain[:SHOWN]) + more
        click.echo(f"The same words stand elsewhere too, so a link may lead there: {named} (marked in article.toml).")
    question = example_question(record.languages[0])
    options = shlex.join(["--data", str(folder), "--article", str(article), question])
    click.echo(f"Try it: testigo ask {options}")
    click.echo(f"Next: {folder / 'README.md'}")
