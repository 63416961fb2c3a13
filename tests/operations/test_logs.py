"""What is logged, and what never is."""

import json
import logging

import pytest

from bot.operations.logs import ALLOWED, redact
from tests.chat.logs import LIBRARIES, logging_as_the_bot_does

BOT_TOKEN = "MTE0NTY3ODkwMTIzNDU2Nzg5MA.GabcDe.abcdefghijklmnopqrstuvwxyz0123456789AB"
INTERACTION_TOKEN = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OTphYmNkZWZnaGlqa2xtbm9w"
ALWAYS = {"event", "level", "logger", "timestamp", "exception"}

log = logging.getLogger("bot.chat.test")


def test_a_record_is_one_line_of_json() -> None:
    with logging_as_the_bot_does() as logged:
        log.info("two\nlines", extra={"kind": "rating"})
    [line] = logged().splitlines()
    record = json.loads(line)
    assert record["event"] == "two\nlines"
    assert record["level"] == "info"
    assert record["logger"] == "bot.chat.test"
    assert record["kind"] == "rating"
    assert record["timestamp"].endswith("Z")


def test_only_keys_that_are_allowed_are_logged() -> None:
    with logging_as_the_bot_does() as logged:
        log.info("feedback", extra={"question": "zqxjkv", "content": "zqxjkv", "author": "zqxjkv", "code": 10062})
    record = json.loads(logged())
    assert set(record) <= ALWAYS | set(ALLOWED)
    assert record["code"] == 10062
    assert "zqxjkv" not in logged()


@pytest.mark.parametrize("key", ["question", "text", "content", "user", "author", "token", "note", "message_content"])
def test_no_key_for_what_people_write_is_allowed(key: str) -> None:
    assert key not in ALLOWED


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"using {BOT_TOKEN}.", "using …."),
        (f"POST https://discord.com/api/v10/webhooks/123/{INTERACTION_TOKEN} failed", "webhooks/123… failed"),
        (
            f"https://discord.com/api/v10/webhooks/123/{INTERACTION_TOKEN}/messages/@original",
            "webhooks/123…/messages/@original",
        ),
        (f"/interactions/456/{INTERACTION_TOKEN}/callback", "/interactions/456…/callback"),
        ("nothing secret at https://discord.com/api", "nothing secret at https://discord.com/api"),
    ],
)
def test_tokens_are_left_out(text: str, shown: str) -> None:
    assert str(redact(None, "", {"event": text})["event"]).endswith(shown)


def test_tokens_in_a_traceback_are_left_out() -> None:
    with logging_as_the_bot_does() as logged:
        try:
            raise RuntimeError(f"refused: {BOT_TOKEN} at /webhooks/1/{INTERACTION_TOKEN}")
        except RuntimeError as error:
            log.error("bug", exc_info=error)
    assert "RuntimeError" in json.loads(logged())["exception"]
    assert BOT_TOKEN not in logged()
    assert INTERACTION_TOKEN not in logged()


def test_tokens_in_the_arguments_of_a_record_are_left_out() -> None:
    with logging_as_the_bot_does() as logged:
        logging.getLogger("discord.http").warning("rate limited: %s", f"/webhooks/1/{INTERACTION_TOKEN}")
    assert INTERACTION_TOKEN not in logged()


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    ("level", "least"), [("DEBUG", logging.INFO), ("INFO", logging.WARNING), ("ERROR", logging.ERROR)]
)
def test_libraries_never_log_payloads(level: str, least: int, library: str) -> None:
    with logging_as_the_bot_does(level):
        assert logging.getLogger(f"{library}.gateway").getEffectiveLevel() == least


def test_our_own_records_are_logged_from_the_level_on() -> None:
    with logging_as_the_bot_does("WARNING") as logged:
        log.info("quiet")
        log.warning("loud")
    assert [json.loads(line)["event"] for line in logged().splitlines()] == ["loud"]


@pytest.mark.parametrize("library", ["PyNaCl", "davey"])
def test_the_library_does_not_warn_of_voice(library: str) -> None:
    with logging_as_the_bot_does() as logged:
        logging.getLogger("discord.client").warning("%s is not installed, voice will NOT be supported", library)
        logging.getLogger("discord.client").warning("something else")
    assert [json.loads(line)["event"] for line in logged().splitlines()] == ["something else"]


def test_a_console_shows_the_same_in_words() -> None:
    with logging_as_the_bot_does(style="console") as logged:
        log.warning("lost", extra={"kind": "expired", "question": "zqxjkv"})
        log.warning("using %s", BOT_TOKEN)
    assert "lost" in logged()
    assert "kind=expired" in logged()
    assert "zqxjkv" not in logged()
    assert BOT_TOKEN not in logged()


def test_text_outside_ascii_is_legible() -> None:
    with logging_as_the_bot_does() as logged:
        log.info("¿qué?")
    assert "¿qué?" in logged()


def test_a_lone_surrogate_is_no_error() -> None:
    with logging_as_the_bot_does() as logged:
        log.info("a\ud800b")
    assert len(logged().splitlines()) == 1
