"""Questions that ask alike stand together, with the entries that they lie near to."""

import random

import pytest

from bot.answering.grouping import NEAREST, group_alike
from bot.answering.testigo import Testigo

CAUSE = ["why did the fire start", "what started the fire", "who lit the blaze"]
HEIGHT = ["how tall is the lighthouse", "height of the lighthouse"]
ODD = ["best pizza in town"]


def grouped(testigo: Testigo, questions: list[str]) -> list[list[str]]:
    """Return the groups as lists of questions."""
    return [[questions[number] for number in group.members] for group in group_alike(questions, testigo.matcher)]


def test_alike_questions_are_one_group_and_the_largest_comes_first(lighthouse: Testigo) -> None:
    assert grouped(lighthouse, [*ODD, *HEIGHT, *CAUSE]) == [CAUSE, HEIGHT, ODD]


def test_every_question_is_in_one_group(lighthouse: Testigo) -> None:
    questions = [*CAUSE, *HEIGHT, *ODD, "", "?", "🙂", "x" * 500, "de nada"]
    random.Random(4).shuffle(questions)
    members = [number for group in group_alike(questions, lighthouse.matcher) for number in group.members]
    assert sorted(members) == list(range(len(questions)))


def test_nothing_makes_no_group(lighthouse: Testigo) -> None:
    assert group_alike([], lighthouse.matcher) == []


def test_the_same_question_again_and_again_is_one_group(lighthouse: Testigo) -> None:
    assert grouped(lighthouse, ["How tall is it?", "how tall is it", "HOW TALL IS IT"]) == [
        ["How tall is it?", "how tall is it", "HOW TALL IS IT"]
    ]


def test_a_question_in_two_languages_is_one_group(lighthouse: Testigo) -> None:
    assert len(group_alike(["What caused the fire?", "¿Qué causó el incendio?"], lighthouse.matcher)) == 1


def test_the_nearest_entries_come_likeliest_first(lighthouse: Testigo) -> None:
    [group] = group_alike(["what started the fire"], lighthouse.matcher)
    assert group.nearest[0] == "gap-cause"
    assert len(set(group.nearest)) == len(group.nearest) == min(NEAREST, len(lighthouse.knowledge.entries))
    assert set(group.nearest) <= set(lighthouse.knowledge.entries)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("how tall is the lighthouse", "what started the fire"),
        ("best pizza in town", "what started the fire"),
        ("was anyone hurt", "how tall is the lighthouse"),
    ],
)
def test_different_questions_are_two_groups(lighthouse: Testigo, one: str, other: str) -> None:
    assert len(group_alike([one, other], lighthouse.matcher)) == 2
