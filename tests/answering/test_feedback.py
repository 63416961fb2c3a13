"""Where feedback goes."""

import json

import pytest

from bot.answering.feedback import (
    Choice,
    Feedback,
    FeedbackLog,
    FeedbackMemory,
    NoChoice,
    Origin,
    Rating,
    Reason,
    Report,
)
from tests.chat.logs import logging_as_the_bot_does

ORIGIN = Origin(111111111111111111, 222222222222222222, 333333333333333333)

CASES: list[tuple[Feedback, dict[str, object]]] = [
    (Rating(("a", "b"), "en", is_helpful=True), {"kind": "rating", "entries": ["a", "b"], "helpful": True}),
    (Rating(("a",), "es", is_helpful=False), {"kind": "rating", "entries": ["a"], "helpful": False}),
    (Choice("a", "pt"), {"kind": "choice", "entries": ["a"], "language": "pt"}),
    (NoChoice(("a", "b"), "en"), {"kind": "nochoice", "entries": ["a", "b"]}),
    (Report(("a",), "en", Reason.WRONG, "zqxjkv"), {"kind": "report", "reason": "wrong", "has_note": True}),
    (Report(("a",), "en", Reason.OFFENSIVE, ""), {"kind": "report", "reason": "offensive", "has_note": False}),
]


@pytest.mark.parametrize(("feedback", "fields"), CASES)
def test_feedback_is_logged_by_entry(feedback: Feedback, fields: dict[str, object]) -> None:
    with logging_as_the_bot_does() as logged:
        FeedbackLog().record(feedback, ORIGIN)
    record = json.loads(logged())
    assert record["event"] == "feedback"
    assert {key: record[key] for key in fields} == fields


@pytest.mark.parametrize(("feedback", "fields"), CASES)
def test_neither_who_nor_what_was_written_is_logged(feedback: Feedback, fields: dict[str, object]) -> None:
    with logging_as_the_bot_does() as logged:
        FeedbackLog().record(feedback, ORIGIN)
    assert fields
    assert not any(str(number) in logged() for number in (ORIGIN.guild, ORIGIN.person, ORIGIN.message))
    assert "zqxjkv" not in logged()


def test_feedback_is_kept_in_order() -> None:
    memory = FeedbackMemory()
    for feedback, _ in CASES:
        memory.record(feedback, ORIGIN)
    assert memory.kept == [(feedback, ORIGIN) for feedback, _ in CASES]


def test_a_direct_message_has_no_server() -> None:
    assert Origin(None, 1, 2).guild is None


def test_the_reasons_are_those_that_are_documented() -> None:
    assert [reason.value for reason in Reason] == ["wrong", "incomplete", "outdated", "offensive", "translation"]
