"""The operator's own copy of the article: find its passages, and prove that they are the ones fingerprinted."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from bot.errors import ArticleError
from bot.knowledge.model import Knowledge, Passage

MAX_BYTES = 2_000_000
MAX_PASSAGE = 5000
"""Characters of a passage."""

MAX_PLACES = 20
"""Places where a passage's first or last words are looked for; more would be another text."""


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a passage's normalised text, in hexadecimal."""
    return hashlib.sha256(normalise(text).encode()).hexdigest()


def normalise(text: str) -> str:
    """Return `text` in NFKC with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def read_article(path: Path, knowledge: Knowledge) -> dict[str, str]:
    """Return the words of each passage, by its id.

    Raises:
        ArticleError: the file cannot be read, or a passage is not in it as fingerprinted.
    """
    quotes, problems = find_passages(read_text(path), knowledge.passages)
    if problems:
        raise ArticleError(f"{path}: {problems[0]}")
    return quotes


def find_passages(text: str, passages: Mapping[str, Passage]) -> tuple[dict[str, str], list[str]]:
    """Return the passages found in `text`, and what is wrong with the others."""
    quotes: dict[str, str] = {}
    problems: list[str] = []
    whole = normalise(text)
    for passage in passages.values():
        quote = _find(whole, passage)
        if quote is None:
            problems.append(f"passage {passage.id}: not found as fingerprinted")
        else:
            quotes[passage.id] = quote
    return quotes, problems


def _find(whole: str, passage: Passage) -> str | None:
    """Return the stretch from the passage's first to its last words whose fingerprint is right."""
    start, end = normalise(passage.start), normalise(passage.end)
    for first in islice(re.finditer(re.escape(start), whole), MAX_PLACES):
        stretch = whole[first.start() : first.start() + MAX_PASSAGE]
        for last in islice(re.finditer(re.escape(end), stretch), MAX_PLACES):
            for closing in range(4):  # a full stop, a bracket or a quotation mark after the last word
                candidate = stretch[: last.end() + closing]
                if fingerprint(candidate) == passage.sha256:
                    return candidate
    return None


def read_text(path: Path) -> str:
    """Return the text of a copy of the article.

    Raises:
        ArticleError: it cannot be read.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ArticleError(f"{path}: larger than {MAX_BYTES:,} bytes")
        return path.read_text("utf-8")
    except OSError as error:
        raise ArticleError(f"{path}: {error.strerror or 'cannot be read'}") from error
    except UnicodeDecodeError as error:
        raise ArticleError(f"{path}: not UTF-8 text") from error
