"""Fold a question to the form in which questions are compared."""

import re
import unicodedata

MAX_FOLDED = 1500
"""Characters kept after folding: NFKC can make one character eighteen."""

_REPEATED_LETTER = re.compile(r"([^\W\d_])\1{2,}")
_THOUSANDS = re.compile(r"(?<=\d)[.,'\u2019 ](?=\d{3}(?!\d))")
_APOSTROPHE = re.compile(r"['\u2019\u02bc`\u00b4]")
_DROPPED = {"Mn", "Me", "Cf", "Cs", "Co", "Cn"}


def printable(text: str) -> str:
    """Return `text` in NFKC without control, format and private characters, lone surrogates among them."""
    text = unicodedata.normalize("NFKC", text)[:MAX_FOLDED]
    kept = (
        character if character.isprintable() else " "
        for character in text
        if unicodedata.category(character) not in {"Cf", "Cs"}
    )
    return " ".join("".join(kept).split())


def fold(text: str) -> str:
    """Return `text` in lower case, without accents or punctuation, with single spaces.

    Thousands separators go (``125,000`` becomes ``125000``), letters drawn out become one (``nooo`` becomes ``no``).
    """
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text)[:MAX_FOLDED].casefold())
    plain = "".join(character for character in decomposed if unicodedata.category(character) not in _DROPPED)
    plain = _THOUSANDS.sub("", plain)
    plain = _APOSTROPHE.sub("", plain)
    plain = _REPEATED_LETTER.sub(r"\1", plain)
    return " ".join("".join(character if character.isalnum() else " " for character in plain).split())
