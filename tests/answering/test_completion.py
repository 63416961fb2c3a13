"""Completing what somebody types to canonical questions."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.completion import Completer
from bot.answering.testigo import Testigo
from bot.knowledge.model import Kind

MENU = 25
MAX_SECONDS = 0.05
"""Of processor time, for 6,000 hostile characters."""


@pytest.fixture(scope="module")
def completer(testigo: Testigo) -> Completer:
    return Completer(testigo.knowledge)


@pytest.fixture(scope="module")
def small(lighthouse: Testigo) -> Completer:
    return Completer(lighthouse.knowledge)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("How many keepers escaped?", "How many keepers escaped?"),
        ("keepers", "How many keepers escaped?"),
        ("keep", "How many keepers escaped?"),
        ("kepers", "How many keepers escaped?"),
        ("escaped keepers many", "How many keepers escaped?"),
        ("KEEPERS ESCAPED", "How many keepers escaped?"),
        ("caused", "What caused the fire?"),
        ("what casued the f", "What caused the fire?"),
        ("lamp fi", "When was the lamp first lit?"),
        ("warn", "Were there warnings?"),
    ],
)
def test_the_question_meant_comes_first(small: Completer, typed: str, first: str) -> None:
    assert small.complete(typed, "en", MENU)[0] == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [("faro ardio", "¿Cuándo ardió el faro?"), ("advertencas", "¿Hubo advertencias?"), ("lámp", "¿Cuándo se encendió")],
)
def test_accents_may_be_left_out(small: Completer, typed: str, first: str) -> None:
    assert small.complete(typed, "es", MENU)[0].startswith(first)


def test_only_the_last_word_may_be_unfinished(small: Completer) -> None:
    assert "How many keepers escaped?" in small.complete("how many keep", "en", MENU)
    assert small.complete("kee zzz", "en", MENU) == []


def test_nothing_typed_gets_the_first_questions_and_answers_before_gaps(completer: Completer, testigo: Testigo) -> None:
    kinds = {entry.question["en"]: entry.kind for entry in testigo.knowledge.entries.values()}
    found = completer.complete("", "en", MENU)
    assert len(found) == MENU
    assert {kinds[question] for question in found} == {Kind.ANSWER}


def test_what_is_like_nothing_gets_nothing(small: Completer) -> None:
    assert small.complete("xyzzyqwrt", "en", MENU) == []


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_each_question_completes_to_itself(completer: Completer, testigo: Testigo, language: str) -> None:
    for entry in testigo.knowledge.entries.values():
        if entry.kind is not Kind.META:
            assert entry.question[language] in completer.complete(entry.question[language], language, 5)


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_every_question_has_room_in_a_choice(testigo: Testigo, language: str) -> None:
    assert max(len(entry.question[language]) for entry in testigo.knowledge.entries.values()) <= 100


@pytest.mark.parametrize("limit", [0, 1, 25])
def test_no_more_than_the_limit_come(completer: Completer, limit: int) -> None:
    assert len(completer.complete("the", "en", limit)) <= limit


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=300), language=st.sampled_from(["en", "es"]))
def test_anything_may_be_typed(small: Completer, lighthouse: Testigo, typed: str, language: str) -> None:
    questions = {entry.question[language] for entry in lighthouse.knowledge.entries.values()}
    found = small.complete(typed, language, MENU)
    assert set(found) <= questions
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("piece", ["ﷺ", "[a](", "women ", "x", "\u202e", "a ", "\ud800", "how many "])
def test_six_thousand_characters_cost_little(completer: Completer, piece: str) -> None:
    typed = (piece * 6000)[:6000]
    spent = []
    for _ in range(3):
        start = time.process_time()
        completer.complete(typed, "en", MENU)
        spent.append(time.process_time() - start)
    assert min(spent) < MAX_SECONDS
