"""Word what is asked as people do who have not seen the phrasings: with slips, words left out or in another place."""

import random
import re
from collections.abc import Callable, Iterator, Sequence

from benchmarks.growth.invented import LANGUAGES, SEED, Invented

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4
"""Letters of a word in which a finger slips."""


def questions(entries: Sequence[Invented], count: int) -> Iterator[tuple[str, str]]:
    """Yield so many questions and the label of each: languages and ways to vary them in turn, always the same."""
    chance = random.Random(SEED + 1)
    for number in range(count):
        entry = chance.choice(entries)
        language = LANGUAGES[number % len(LANGUAGES)]
        vary = WAYS[number // len(LANGUAGES) % len(WAYS)]
        phrasing = chance.choice([*entry.phrasings(language), entry.question(language)])
        words = re.sub("[¿?,]", "", phrasing).split()
        varied = vary(words, entry.names(language), chance)
        while varied == words:  # there was nothing to leave out, or the finger slipped onto the same letter
            varied = _swap(words, entry.names(language), chance)
        yield " ".join(varied), entry.label


Vary = Callable[[list[str], frozenset[str], random.Random], list[str]]


def _slip(words: list[str], _: frozenset[str], chance: random.Random) -> list[str]:
    """Let the finger slip once: a letter too many, too few, another one, or two that change places."""
    place = chance.choice([number for number, word in enumerate(words) if len(word) >= SHORTEST])
    word = words[place]
    at = chance.randrange(1, len(word) - 1)
    slips = (
        word[:at] + chance.choice(LETTERS) + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + chance.choice(LETTERS) + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return [*words[:place], chance.choice(slips), *words[place + 1 :]]


def _drop(words: list[str], names: frozenset[str], chance: random.Random) -> list[str]:
    """Leave out up to two words that say nothing about which entry is meant."""
    idle = [number for number, word in enumerate(words) if word.removesuffix("'s") not in names]
    dropped = set(chance.sample(idle, min(2, len(idle))))
    return [word for number, word in enumerate(words) if number not in dropped]


def _swap(words: list[str], _: frozenset[str], chance: random.Random) -> list[str]:
    """Let two neighbours change places."""
    at = chance.randrange(len(words) - 1)
    return [*words[:at], words[at + 1], words[at], *words[at + 2 :]]


def _all(words: list[str], names: frozenset[str], chance: random.Random) -> list[str]:
    return _slip(_swap(_drop(words, names, chance), names, chance), names, chance)


WAYS: tuple[Vary, ...] = (_slip, _drop, _swap, _all)
