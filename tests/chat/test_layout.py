"""Every answer that there can be fits into one message of Discord's, with its citations whole."""

import itertools
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.premises import MAX_CORRECTIONS
from bot.answering.reply import Reply
from bot.answering.testigo import Testigo
from bot.chat.actions import ShowRelated, ShowSources
from bot.chat.codes import code
from bot.chat.custom_ids import decode
from bot.chat.markup import Markup
from bot.chat.page import Page
from bot.chat.replies import Audience, ReplyLayout
from bot.knowledge.model import Kind
from tests.chat.payloads import ACTION_ROW, BUTTON, TEXT_DISPLAY, components, problems
from tests.chat.world import hosts_of

ASKER = 2**63 - 1
LONGEST = 12
"""Entries of which every pair and triple is laid out."""


def laid_out(
    testigo: Testigo,
    reply: Reply,
    *,
    is_private: bool = False,
    notes: Sequence[str] = (),
    description: Any = None,
) -> list[Any]:
    """Return the components of the message of a reply, checked."""
    layout = ReplyLayout(testigo, Markup(hosts_of(testigo)))
    view = layout.message(reply, Audience(ASKER, is_private), *notes)
    body = {"components": view.to_components(), "flags": 1 << 15, "allowed_mentions": {"parse": []}}
    assert problems("POST", "/channels/1/messages", body, hosts_of(testigo), description) == []
    return list(components(body["components"]))


def text(parts: Sequence[Any]) -> str:
    """Return the text of a message, without Discord's markdown."""
    return "\n".join(part["content"] for part in parts if part["type"] == TEXT_DISPLAY).replace("\\", "")


def assert_citations_are_whole(testigo: Testigo, reply: Reply, parts: Sequence[Any]) -> None:
    """Assert that each answer shown has all its passages, and that each answer left out is offered."""
    said = text(parts)
    shown = [part for part in reply.parts if f"### {part.heading}" in said]
    assert shown, "no answer is shown"
    assert all(part.text in said for part in shown)
    kept = testigo.answerer.reply_with([part.entry for part in shown], reply.language).citations
    for citation in kept:
        assert citation.url in said, citation.passage
        assert citation.gist in said, citation.passage
    actions = [decode(part["custom_id"]) for part in parts if part["type"] == BUTTON]
    sources = [action for action in actions if isinstance(action, ShowSources)]
    if kept:
        listed = set(sources[0].passages)
        assert {code(citation.passage) for citation in kept} <= listed, "a passage is missing from Sources"
    left_out = {code(part.entry) for part in reply.parts} - {code(part.entry) for part in shown}
    offered = {entry for action in actions if isinstance(action, ShowRelated) for entry in action.entries}
    assert left_out <= offered


def longest(testigo: Testigo, language: str, count: int) -> list[str]:
    """Return the entries with the longest answers, passages counted."""

    def length(entry: str) -> int:
        reply = testigo.answerer.reply_with([entry], language)
        return len(reply.text) + sum(len(citation.gist) + len(citation.url) for citation in reply.citations)

    entries = [entry.id for entry in testigo.knowledge.entries.values() if entry.kind is not Kind.META]
    return sorted(entries, key=length, reverse=True)[:count]


@pytest.fixture(params=["testigo", "lighthouse"])
def event(request: pytest.FixtureRequest) -> Testigo:
    """Return each event."""
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("is_private", [False, True])
def test_every_answer_has_room(event: Testigo, is_private: bool) -> None:
    for entry in event.knowledge.entries.values():
        for language in event.knowledge.languages:
            reply = event.answerer.reply_with([entry.id], language)
            parts = laid_out(event, reply, is_private=is_private)
            if entry.kind is not Kind.META:
                assert_citations_are_whole(event, reply, parts)


def test_every_answer_has_room_below_the_line_of_the_first_contact(event: Testigo) -> None:
    for language in event.knowledge.languages:
        notes = [event.strings[language].text("first-contact")]
        for entry in longest(event, language, 20):
            reply = event.answerer.reply_with([entry], language)
            assert_citations_are_whole(event, reply, laid_out(event, reply, notes=notes))


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_every_answer_has_room_below_the_longest_corrections(testigo: Testigo, language: str) -> None:
    fill = testigo.wordings[language].fill
    known = {correction.text: correction for correction in testigo.answerer.corrections(language)}
    for entry in testigo.knowledge.entries.values():
        premises = [each for each in testigo.knowledge.premises if each.concerns([entry])]
        texts = sorted({fill(each.correction[language]) for each in premises}, key=len, reverse=True)
        for pair in itertools.combinations(texts[:5], MAX_CORRECTIONS):
            reply = testigo.answerer.reply_with([entry.id], language, [known[text] for text in pair])
            assert_citations_are_whole(testigo, reply, laid_out(testigo, reply, is_private=True))


def test_long_answers_are_as_discord_describes_messages(event: Testigo, description: Any) -> None:
    for language in event.knowledge.languages:
        for entry in longest(event, language, 10):
            laid_out(event, event.answerer.reply_with([entry], language), description=description)


@pytest.mark.parametrize("size", [2, 3])
def test_long_answers_together_have_room_or_are_offered(event: Testigo, size: int) -> None:
    for language in event.knowledge.languages:
        for entries in itertools.combinations(longest(event, language, LONGEST // size + 4), size):
            reply = event.answerer.reply_with(entries, language)
            assert_citations_are_whole(event, reply, laid_out(event, reply))


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_five_long_answers_have_room_or_are_offered(testigo: Testigo, language: str) -> None:
    for entries in itertools.combinations(longest(testigo, language, 7), 5):
        reply = testigo.answerer.reply_with(entries, language)
        assert_citations_are_whole(testigo, reply, laid_out(testigo, reply))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_answers_together_have_room_or_are_offered(testigo: Testigo, data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(testigo.knowledge.languages))
    known = [entry.id for entry in testigo.knowledge.entries.values() if entry.kind is not Kind.META]
    entries = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=5, unique=True))
    reply = testigo.answerer.reply_with(entries, language)
    assert_citations_are_whole(testigo, reply, laid_out(testigo, reply, is_private=data.draw(st.booleans())))


def test_an_answer_has_at_most_two_rows_of_buttons(event: Testigo) -> None:
    for entry in event.knowledge.entries.values():
        if entry.kind is not Kind.META:
            reply = event.answerer.reply_with([entry.id], event.knowledge.languages[0])
            rows = [part for part in laid_out(event, reply) if part["type"] == ACTION_ROW]
            assert len(rows) <= 2


def test_no_button_shouts_and_nothing_has_an_emoji(event: Testigo) -> None:
    for entry in event.knowledge.entries.values():
        for language in event.knowledge.languages:
            parts = laid_out(event, event.answerer.reply_with([entry.id], language))
            assert all(part["style"] == 2 and "emoji" not in part for part in parts if part["type"] == BUTTON)
            assert not any(ord(character) >= 0x1F000 or 0x2600 <= ord(character) < 0x27C0 for character in text(parts))


def test_a_quote_without_room_is_left_out_whole(lighthouse: Testigo) -> None:
    reply = lighthouse.answerer.reply_with(["keepers-escaped"], "en")
    quote = reply.citations[0].quote
    assert quote is not None
    for length in range(3400, 3700, 10):
        page = Page(Markup(hosts_of(lighthouse)))
        page.text("x" * length)
        page.citations(reply.citations)
        written = "\n".join(
            part["content"] for part in components(page.view().to_components()) if part["type"] == TEXT_DISPLAY
        )
        assert (quote in written) or ("\n>" not in written)
        assert reply.citations[0].url in written
