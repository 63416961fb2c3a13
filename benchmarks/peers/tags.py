"""Tags, as python-discord's bot finds them, every wording being another name (alias) of its tag.

Its rule: how many letters of what was asked are found, in order, as the beginnings of the words of a name, of all
letters asked. It was made for ``/tag`` and a name half remembered, not for questions.
"""

from benchmarks.peers.peer import Guess, Wordings
from bot.matching.text import fold


class Tags:
    """Compares the question with every name, by a loop in Python as the bot does."""

    def __init__(self, wordings: Wordings) -> None:
        self._names = [text.split() for text in wordings.texts]
        self._labels = wordings.labels

    def guess(self, question: str) -> Guess:
        """Return the tag in whose names most of the question's letters are found."""
        letters = fold(question).replace(" ", "")
        found = [_found(letters, name) for name in self._names]
        best = max(range(len(found)), key=found.__getitem__)
        return Guess(self._labels[best], found[best] / max(1, len(letters)))


def _found(letters: str, name: list[str]) -> int:
    """Return how many letters the beginnings of the name's words take up, one after the other."""
    place = 0
    for word in name:
        if letters.startswith(word, place):
            place += len(word)
            continue
        for letter in word:
            if place == len(letters) or letter != letters[place]:
                break
            place += 1
    return place
