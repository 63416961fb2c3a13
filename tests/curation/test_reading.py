"""Reading drafts, and questions from files as people save them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.curation.drafts import Draft, DraftKind, draft_line
from bot.curation.reading import Unplaced, read_drafts, read_questions
from bot.errors import UsageError

HEADER = "question,language,entry\n"
PHRASING = Draft(DraftKind.PHRASING, "who got away, then?", "en", "keepers-escaped")


def test_a_draft_is_read_as_it_was_written() -> None:
    drafts = [PHRASING, Draft(DraftKind.GAP, "¿quién encendió? \u2028", "es"), Draft(DraftKind.OFF_TOPIC, "x", "en")]
    content = "".join(draft_line(draft) + "\n" for draft in drafts).encode()
    assert read_drafts("f", content) == drafts


@given(st.builds(Draft, st.sampled_from(DraftKind), st.text(), st.text(), st.none() | st.text()))
def test_any_draft_survives_its_line(draft: Draft) -> None:
    assert read_drafts("f", draft_line(draft).encode()) == [draft]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nonsense", "f:2: not JSON"),
        ("[]", "f:2: not a JSON object"),
        ("[" * 9999, "f:2: not JSON"),
        ('{"kind": "phrasing", "text": "x"}', "f:2: language: "),
        ('{"kind": "poem", "text": "x", "language": "en"}', "f:2: kind: "),
        ('{"kind": "gap", "text": 3, "language": "en"}', "f:2: text: "),
        ('{"kind": "gap", "text": "x", "language": "en", "guild": 3}', "f:2: guild: "),
    ],
)
def test_a_line_that_is_no_draft_is_named(line: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_drafts("f", f"{draft_line(PHRASING)}\n{line}\n".encode())
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    "content",
    [
        b'question,language,entry\n"who got away, then?",en,keepers-escaped\n',
        b'\xef\xbb\xbfquestion,language,entry\r\n"who got away, then?",en,keepers-escaped\r\n',
        b"Question;LANGUAGE; Entry \r\nwho got away, then?;EN;Keepers-Escaped\r\n",
        b'sep=;\r\n"Question";"Language";"Entry"\r\n"who got away, then?";"en";"keepers-escaped"\r\n',
        b"question\tlanguage\tentry\nwho got away, then?\ten\tkeepers-escaped",
        "question\tlanguage\tentry\nwho got away, then?\ten\tkeepers-escaped\n".encode("utf-16"),
        b'language,note,entry,question\nen,"two\nlines",keepers-escaped,"who got away, then?"\n',
        b'\n\nquestion,language,entry,,\n,,,,\n"who got away, then?",en,keepers-escaped,,\n\n',
        b'question,language,entry\n"who got\r\n away,  then?",en,keepers-escaped\n',
        b'{"question": "who got away, then?", "language": "en", "entry": "keepers-escaped", "note": 3}\n',
        b'\xef\xbb\xbf{"Question": "who got away, then?", "Language": "en", "Entry": "keepers-escaped"}\n\n',
    ],
)
def test_a_file_is_read_however_it_was_saved(content: bytes) -> None:
    imported = read_questions("f", content)
    assert imported.drafts == (PHRASING,)
    assert imported.unplaced == ()


def test_quotes_in_a_question_stay() -> None:
    content = HEADER + 'who said "fire"?,en,a\n"who said ""fire""?",en,a\n'
    assert {draft.text for draft in read_questions("f", content.encode()).drafts} == {'who said "fire"?'}


@pytest.mark.parametrize("entry", ["off-topic", "Off-Topic", "off_topic", "OFF TOPIC"])
def test_a_question_can_be_off_topic(entry: str) -> None:
    imported = read_questions("f", f"{HEADER}who won,en,{entry}\n".encode())
    assert imported.drafts == (Draft(DraftKind.OFF_TOPIC, "who won", "en"),)


@pytest.mark.parametrize(
    "content",
    [
        HEADER + "who won,en,\n",
        HEADER + "who won,en\n",
        HEADER + "who won,en, \n",
        '\n{"question": "who won", "language": "en"}\n',
        '\n{"question": "who won", "language": "en", "entry": null}\n',
    ],
)
def test_a_question_without_an_entry_is_told(content: str) -> None:
    imported = read_questions("f", content.encode())
    assert imported.drafts == ()
    assert imported.unplaced == (Unplaced("f:2", "who won"),)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "f:1: lacks the column question and language and entry"),
        (b"question,entry\nx,y\n", "f:1: lacks the column language"),
        (b"question;language\nx;en\n", "f:1: lacks the column entry"),
        (b"question,question,language,entry\nx,y,en,z\n", "f:1: has the column question twice"),
        (b"question,language,entry\nwho, then,en,a\n", "f:2: has 4 fields, the header names 3"),
        (b'question,language,entry\n"a\nb",en,a\nx,en,a\n,en,a\n', "f:5: question: is empty"),
        (b"question,language,entry\n#,en,a\n", "f:2: question: is empty"),
        (b"question,language,entry\nx,,a\n", "f:2: language: is empty"),
        (b'question,language,entry\nx,en,a\n"never closed,en,a\nx,en,a\n', "f:3: not CSV"),
        (b'question,language,entry\n"x"y,en,a\n', "f:2: not CSV"),
        (b"question,language,entry\n" + b"x" * 200_000 + b",en,a\n", "f:2: not CSV"),
        ("question,language,entry\nok,en,a\ncuántos,es,a\n".encode("cp1252"), "f:3: not UTF-8 text"),
        (b'{"question": "x", "language": "en"}\n{"question": "x"}\n', "f:2: lacks language"),
        (b'{"question": 3, "language": "en"}\n', "f:1: question: must be a text"),
        (b'{"question": "x", "language": "en"}\nx\n', "f:2: not JSON"),
        (b" " * 20_000_001, "f: larger than"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(content: bytes, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_questions("f", content)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_ten_thousand_lines_are_read() -> None:
    lines = [f'"question {number}, ""so""?",en,entry-{number % 50}\r\n' for number in range(10_000)]
    imported = read_questions("f", ("\ufeff" + HEADER + "".join(lines)).encode())
    assert len(imported.drafts) == 10_000
    assert imported.drafts[-1] == Draft(DraftKind.PHRASING, 'question 9999, "so"?', "en", "entry-49")


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (HEADER + text).encode("utf-8", "replace")))
def test_any_file_is_read_or_refused_in_one_line(content: bytes) -> None:
    try:
        read_questions("f", content)
    except UsageError as error:
        assert str(error).startswith("f:")  # noqa: PT017 - both ways are right


def test_a_printed_import_can_be_applied() -> None:
    rows = [{"question": "who\u2028won \ud800#", "language": "en", "entry": "a"}]
    content = "".join(json.dumps(row) + "\n" for row in rows).encode()
    (draft,) = read_questions("f", content).drafts
    assert draft.text == "who won #"
    assert read_drafts("f", draft_line(draft).encode()) == [draft]
