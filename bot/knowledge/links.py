"""Addresses that land a reader on the passage, highlighted."""

from urllib.parse import quote

from bot.knowledge.model import Passage, Record


def passage_url(record: Record, passage: Passage) -> str:
    """Return the article's address with a text fragment from the passage's first to its last words.

    The hyphen, the comma and the ampersand have a meaning inside a text fragment and are escaped:
    https://wicg.github.io/scroll-to-text-fragment/#syntax
    """
    return f"{record.url}#:~:text={_escape(passage.start)},{_escape(passage.end)}"


def _escape(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
