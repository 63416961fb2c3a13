"""Mask personal data in a text before it is kept."""

import re
import unicodedata

MASK = "[…]"

MAX_TEXT = 500
"""Characters of a question that are kept: the most that may be asked."""

MAX_NOTE = 1000
"""Characters of a report's note that are kept."""

MIN_DIGITS = 7
"""The shortest telephone numbers; dates and years are let through."""

# Every expression here looks at each character a bounded number of times, whatever the text.
_MARKUP = re.compile(r"<(?:[@#:/]|id:|a:|t:)[^<>\s]*(?:\s[^<>\s]*){0,3}>")
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"[+(]{0,2}\d(?:(?:[ \t\u00a0\u202f.·/()–−-]{0,3}|,)\d)*")
_DATE = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:\d{2}|\d{4})|\d{4}([./-])\d{1,2}\2\d{1,2}")
_YEARS = re.compile(r"(?:1[89]|20)\d\d(?:\D{1,3}(?:1[89]|20)\d\d){1,2}")
_ADDRESS = re.compile(
    r"(?:[\w-]+\.)+(?:(?:com|org|net|info|edu|gob|gov|gg|me|io|co|mx|es|br|ar|cl|pe|uk|us|de|fr|it|pt|ly|tv|app|dev|eu)"
    r"(?![\w.-])|[\w-]+/)",
    re.IGNORECASE,
)
_AROUND = "\"'“”’«»()[]{}¿¡?!.,;:…*_~`|"


def masked(text: str, limit: int = MAX_TEXT) -> str:
    """Return `text` with e-mail addresses, numbers, mentions, links and handles masked, cut to `limit` characters."""
    text = cleaned(text[:limit])
    text = _MARKUP.sub(MASK, text)
    text = _WORD.sub(lambda match: _masked_word(match[0]), text)
    return _NUMBER.sub(lambda match: _masked_number(match[0]), text)[:limit]


def cleaned(text: str) -> str:
    """Return `text` without what could hide personal data from these rules or cannot be stored.

    Format characters can stand between two digits without being seen; PostgreSQL takes no NUL, and no encoding takes
    half a surrogate.
    """
    return "".join(
        character if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"} else ""
        for character in text
    )


def _masked_word(word: str) -> str:
    core = word.strip(_AROUND)
    if not core or core in MASK:
        return word
    if "@" in core or "\uff20" in core or "://" in core or core.casefold().startswith("www.") or _is_address(core):
        start = word.index(core)
        return word[:start] + MASK + word[start + len(core) :]
    return word


def _is_address(core: str) -> bool:
    return "." in core and _ADDRESS.match(core) is not None


def _masked_number(number: str) -> str:
    digits = sum(character.isdigit() for character in number)
    if digits < MIN_DIGITS or _DATE.fullmatch(number) or _YEARS.fullmatch(number):
        return number
    return MASK
