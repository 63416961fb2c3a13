"""The check of what the bot sends finds what is wrong."""

from typing import Any

import pytest

from tests.chat.payloads import problems

HOSTS = frozenset({"known.example"})
QUIET: dict[str, Any] = {"allowed_mentions": {"parse": []}, "flags": 1 << 15}


def text(content: str) -> dict[str, Any]:
    """Return a message with a text."""
    return {**QUIET, "components": [{"type": 17, "components": [{"type": 10, "content": content}]}]}


def row(*items: dict[str, Any]) -> dict[str, Any]:
    """Return a message with a row."""
    return {**QUIET, "components": [{"type": 1, "components": list(items)}]}


def button(custom_id: str = "a", label: str = "b") -> dict[str, Any]:
    """Return a button."""
    return {"type": 2, "style": 2, "custom_id": custom_id, "label": label}


def menu(*values: str) -> dict[str, Any]:
    """Return a menu."""
    return {"type": 3, "custom_id": "a", "options": [{"label": value or "b", "value": value} for value in values]}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({**text("a"), "allowed_mentions": None} | {"allowed_mentions": {}}, "mentions are not off"),
        ({key: value for key, value in text("a").items() if key != "allowed_mentions"}, "mentions are not off"),
        ({**text("a"), "allowed_mentions": {"parse": ["users"]}}, "mentions are not off"),
        ({**text("a"), "allowed_mentions": {"parse": [], "replied_user": True}}, "the reply pings"),
        (text("x" * 4001), "4001 characters"),
        (text("a\u202eb"), "hidden characters"),
        (text("https://evil.example"), "a link to"),
        (text("http://known.example"), "a link to"),
        (row(button(custom_id="x" * 101)), "a custom id of 101"),
        (row(button(label="x" * 81)), "a label of 81"),
        (row(menu(*map(str, range(26)))), "26 options"),
        (row(menu("a", "a")), "the same value"),
        (row(menu("x" * 101)), "an option of 101"),
        ({**QUIET, "components": [{"type": 10, "content": "a"}] * 41}, "41 components"),
        ({**text("a"), "nonce": "x" * 26}, "the nonce is too long"),
    ],
)
@pytest.mark.parametrize(
    ("method", "path", "wraps"),
    [
        ("POST", "/channels/1/messages", False),
        ("PATCH", "/webhooks/1/token/messages/@original", False),
        ("POST", "/webhooks/1/token", False),
        ("POST", "/interactions/1/token/callback", True),
    ],
)
def test_what_is_wrong_is_found(body: Any, problem: str, method: str, path: str, wraps: bool) -> None:
    sent = {"type": 4, "data": body} if wraps else body
    assert any(problem in found for found in problems(method, path, sent, HOSTS, None))


def test_what_is_right_passes(description: Any) -> None:
    body = row(button(), button("c"))
    body["components"].insert(0, {"type": 10, "content": "a https://known.example/b"})
    assert problems("POST", "/channels/1/messages", body, HOSTS, description) == []


def test_discords_own_description_is_at_hand(description: Any) -> None:
    if description is None:
        pytest.skip("there is no copy of Discord's description beside the checkout: only our own rules are checked")
    assert problems("POST", "/channels/1/messages", {**text("a"), "colour": "red"}, HOSTS, description)
