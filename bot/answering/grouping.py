"""Group questions that ask alike, and tell what they lie near to."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.matching.matcher import Matcher

ALIKE = 0.65
"""Cosine from which two questions ask alike: of wordings of different entries, 3 pairs in 10,000 reached it."""

ALIKE_WITH_ENTRY = 0.35
"""The same for two questions whose likeliest entry is the same."""

NEAREST = 5


@dataclass(frozen=True, slots=True)
class Group:
    """The numbers of the questions that ask alike, and the ids of the nearest entries, likeliest first."""

    members: tuple[int, ...]
    nearest: tuple[str, ...]


def group_alike(questions: Sequence[str], matcher: Matcher) -> list[Group]:
    """Return groups of `questions`, the largest first; each question joins the first group whose first one is alike."""
    readings = [matcher.read(question) for question in questions]
    nearest = [tuple(c.entry for c in matcher.rank(reading).candidates[:NEAREST]) for reading in readings]

    def are_alike(one: int, other: int) -> bool:
        least = ALIKE_WITH_ENTRY if nearest[one][0] == nearest[other][0] else ALIKE
        return float(readings[one].vector @ readings[other].vector) >= least

    groups: list[list[int]] = []
    for number in range(len(questions)):
        found = next((group for group in groups if are_alike(group[0], number)), None)
        if found is None:
            groups.append([number])
        else:
            found.append(number)
    return [Group(tuple(group), nearest[group[0]]) for group in sorted(groups, key=len, reverse=True)]
