"""Fold a question to the form in which questions are compared."""

import re
import unicodedata
from functools import lru_cache

MAX_FOLDED = 600
"""Characters kept, more than anybody may ask: NFKC makes eighteen of one, and the encoder takes long for many."""

REMEMBERED = 4096
"""Texts whose folded form is kept: the words of a message are folded one by one, and most are common."""

_REPEATED_LETTER = re.compile(r"([^\W\d_])\1{2,}")
_THOUSANDS = re.compile(r"(?<=\d)[.,'\u2019 ](?=\d{3}(?!\d))")
_APOSTROPHE = re.compile(r"['\u2019\u02bc`\u00b4]")
_ADDRESS = re.compile(r"https?://\S+|<[@#:/t][^>\s]*>|[@#][\w!&]+")
"""Addresses and Discord's mentions, which are no part of a question."""
_DROPPED = {"Mn", "Me", "Cf", "Cs", "Co", "Cn"}
_SEPARATORS = re.compile(r"[\W_]+")


@lru_cache(REMEMBERED)
def fold(text: str) -> str:
    """Return `text` in lower case, without accents or punctuation, with single spaces.

    Thousands separators go (``125,000`` becomes ``125000``), letters drawn out become one (``nooo`` becomes ``no``).
    """
    composed = _ADDRESS.sub(" ", unicodedata.normalize("NFKC", text)[:MAX_FOLDED])
    plain = unicodedata.normalize("NFD", composed.casefold())
    if not plain.isascii():
        plain = "".join(character for character in plain if unicodedata.category(character) not in _DROPPED)
    plain = plain[:MAX_FOLDED]
    plain = _THOUSANDS.sub("", plain)
    plain = _APOSTROPHE.sub("", plain)
    plain = _REPEATED_LETTER.sub(r"\1", plain)
    return _SEPARATORS.sub(" ", plain).strip()
