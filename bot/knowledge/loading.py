"""Read a data folder into a knowledge base; the only reader of `data/`."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from bot.errors import DataError
from bot.knowledge import formulas
from bot.knowledge.figures import FIGURES, build_figures
from bot.knowledge.model import (
    Entry,
    Fact,
    Knowledge,
    Language,
    Link,
    Passage,
    Record,
    Scalar,
    Texts,
    Topic,
)
from bot.knowledge.premises import PREMISES, build_premises
from bot.knowledge.schema import (
    ArticleFile,
    EntryTable,
    FactTable,
    FiguresFile,
    LinksFile,
    PremisesFile,
    RecordTable,
    TopicFile,
)
from bot.knowledge.tables import parse_file, parse_toml, validate
from bot.knowledge.templates import placeholders
from bot.knowledge.utterances import read_utterances

OFF_TOPIC = "off-topic.txt"
MAX_FILE_BYTES = 4_000_000  # a thousand times an ordinary file: past that it is a mistake, not data


def load_knowledge(folder: Path) -> Knowledge:
    """Read the data folder.

    Raises:
        DataError: a file is missing, unreadable or malformed; the message names the file and the key.
    """
    if not folder.is_dir():
        raise DataError(f"no data folder at {folder}")
    sources = {path.relative_to(folder): _read(path) for path in _paths(folder)}
    article = parse_file(sources, Path("article.toml"), ArticleFile)
    languages = tuple(article.record.languages)
    facts = _facts(parse_toml(sources, Path("facts.toml")), languages)
    topics, tables = _topics(sources)
    utterances = _utterances(sources, languages, tables)
    return Knowledge(
        record=_record(article.record),
        passages={
            passage.id: Passage(passage.id, passage.sha256, passage.start, passage.end, passage.gist)
            for passage in article.passages
        },
        facts=facts,
        topics=topics,
        entries={
            entry_id: _entry(entry_id, table, topics[topic], utterances.get(entry_id, {}))
            for entry_id, (topic, table) in tables.items()
        },
        off_topic={language: _off_topic(sources, language) for language in languages},
        links=_links(sources, Path("links.toml")),
        premises=build_premises(parse_file(sources, PREMISES, PremisesFile), facts),
        figures=build_figures(parse_file(sources, FIGURES, FiguresFile), facts) if FIGURES in sources else None,
        version=_version(sources),
    )


def load_links(path: Path, languages: tuple[Language, ...]) -> tuple[Link, ...]:
    """Read an operator's own links.toml.

    Raises:
        DataError: it is unreadable or malformed, or a title lacks one of the languages.
    """
    links = _links({path: _read(path)}, path)
    for link in links:
        if missing := [language for language in languages if language not in link.title]:
            raise DataError(f"{path}: {link.url}: has no title in {missing[0]}")
    return links


def _links(sources: Mapping[Path, str], path: Path) -> tuple[Link, ...]:
    return tuple(Link(link.title, link.url) for link in parse_file(sources, path, LinksFile).links)


def _paths(folder: Path) -> Iterator[Path]:
    """Yield the files that make the knowledge, in an order that does not depend on the machine."""
    yield from (folder / name for name in ("article.toml", "facts.toml", "links.toml", PREMISES))
    yield from folder.glob(FIGURES.name)  # an event need not have it
    yield from sorted((folder / "entries").glob("*.toml"))
    yield from sorted((folder / "utterances").glob("*/*.txt"))


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise DataError(f"{path}: larger than {MAX_FILE_BYTES:,} bytes")
        return path.read_text("utf-8")
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or 'cannot be read'}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 text") from error


def _version(sources: Mapping[Path, str]) -> str:
    """Return the SHA-256 over every file's name and text."""
    digest = hashlib.sha256()
    for path, text in sources.items():
        digest.update(f"{path.as_posix()}\0{len(text)}\0{text}".encode())
    return digest.hexdigest()


def _record(table: RecordTable) -> Record:
    return Record(
        title=table.title,
        outlet=table.outlet,
        authors=tuple(table.authors),
        url=table.url,
        published=table.published,
        updated=table.updated,
        languages=tuple(table.languages),
        mentions={language: tuple(mentions) for language, mentions in table.mentions.items()},
        gist=table.gist,
    )


def _facts(table: Mapping[str, Any], languages: tuple[Language, ...]) -> dict[str, Fact]:
    """Build the stated facts, then the derived ones in the order in which their operands become known."""
    tables = {key: validate(FactTable, leaf, f"facts.toml: [{key}]") for key, leaf in _leaves(table)}
    facts: dict[str, Fact] = {}
    waiting = dict(tables)
    while waiting:
        ready = {
            key: leaf
            for key, leaf in waiting.items()
            if leaf.formula is None or _is_ready(key, leaf.formula, tables, facts)
        }
        if not ready:
            raise DataError(f"facts.toml: [{next(iter(waiting))}]: the formula refers to itself")
        for key, leaf in ready.items():
            facts[key] = _fact(key, leaf, facts, languages)
            del waiting[key]
    return {key: facts[key] for key in tables}


def _leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each fact's dotted key and table."""
    for name, value in table.items():
        key = f"{prefix}{name}"
        if not isinstance(value, dict):
            raise DataError(f"facts.toml: {key}: expected a table")
        value = cast(dict[str, Any], value)
        if "value" in value or "formula" in value:
            yield key, value
        elif not value:
            raise DataError(f"facts.toml: [{key}]: has neither a value nor a formula")
        else:
            yield from _leaves(value, f"{key}.")


def _is_ready(key: str, formula: str, tables: Mapping[str, FactTable], facts: Mapping[str, Fact]) -> bool:
    operands = formulas.operands(formula)
    for operand in operands:
        if operand not in tables:
            raise DataError(f"facts.toml: [{key}]: the formula names an unknown fact, {operand}")
    return all(operand in facts for operand in operands)


def _fact(key: str, table: FactTable, facts: Mapping[str, Fact], languages: tuple[Language, ...]) -> Fact:
    if (table.value is None) == (table.formula is None):
        raise DataError(f"facts.toml: [{key}]: needs either a value or a formula")
    operands: tuple[str, ...] = ()
    passages = tuple(table.passages)
    if table.formula is not None:
        operands = formulas.operands(table.formula)
        value: Scalar = formulas.compute(table.formula, {operand: facts[operand].value for operand in operands})
        passages = tuple(dict.fromkeys(passage for operand in operands for passage in facts[operand].passages))
    elif isinstance(table.value, str):
        value = dict.fromkeys(languages, table.value)
    else:
        assert table.value is not None
        value = table.value
    return Fact(
        key=key,
        value=value,
        unit=table.unit,
        qualifier=table.qualifier,
        attribution=table.attribution,
        passages=passages,
        evidence=tuple(table.evidence),
        forms={language: tuple(forms) for language, forms in table.forms.items()},
        one_of=table.one_of,
        formula=table.formula,
        operands=operands,
    )


def _topics(sources: Mapping[Path, str]) -> tuple[dict[str, Topic], dict[str, tuple[str, EntryTable]]]:
    topics: dict[str, Topic] = {}
    tables: dict[str, tuple[str, EntryTable]] = {}
    files = {path: parse_file(sources, path, TopicFile) for path in sources if path.parts[0] == "entries"}
    for path, file in sorted(files.items(), key=lambda item: item[1].order):
        topics[path.stem] = Topic(path.stem, file.title, file.kind)
        for entry_id, table in file.entries.items():
            if entry_id in tables:
                raise DataError(f"{path}: [entries.{entry_id}] stands in entries/{tables[entry_id][0]}.toml too")
            tables[entry_id] = (path.stem, table)
    if not tables:
        raise DataError("entries: no entry found")
    return topics, tables


def _utterances(
    sources: Mapping[Path, str], languages: tuple[Language, ...], tables: Mapping[str, Any]
) -> dict[str, dict[Language, tuple[str, ...]]]:
    found: dict[str, dict[Language, tuple[str, ...]]] = {}
    for path in (path for path in sources if path.parts[0] == "utterances" and path.name != OFF_TOPIC):
        language = path.parts[1]
        if language not in languages:
            raise DataError(f"{path}: article.toml does not list the language {language}")
        for entry_id, lines in read_utterances(path, sources[path]).items():
            if entry_id not in tables:
                raise DataError(f"{path}: [{entry_id}] is no entry")
            by_language = found.setdefault(entry_id, {})
            by_language[language] = by_language.get(language, ()) + lines
    return found


def _off_topic(sources: Mapping[Path, str], language: Language) -> tuple[str, ...]:
    path = Path("utterances", language, OFF_TOPIC)
    if path not in sources:
        return ()
    return tuple(line for lines in read_utterances(path, sources[path]).values() for line in lines)


def _entry(entry_id: str, table: EntryTable, topic: Topic, utterances: Mapping[Language, tuple[str, ...]]) -> Entry:
    return Entry(
        id=entry_id,
        topic=topic.id,
        kind=topic.kind,
        question=table.question,
        answer=table.answer,
        utterances=utterances,
        facts=tuple(dict.fromkeys([*_used(table.answer), *table.facts])),
        related=tuple(table.related),
        names={language: tuple(names) for language, names in table.names.items()},
        links=table.links,
    )


def _used(answer: Texts) -> Iterator[str]:
    for template in answer.values():
        yield from placeholders(template)
