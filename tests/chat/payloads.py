"""Check what the bot sends: against Discord's own description of its API, and against our own rules."""

import importlib.util
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

DISCORD = Path(__file__).parents[3] / "shared" / "discord"
"""Where the description lies, beside the checkout."""

MAX_COMPONENTS = 40
MAX_TEXT = 4000
MAX_CUSTOM_ID = 100
MAX_LABEL = 80
MAX_OPTIONS = 25
MAX_OPTION = 100
MAX_NONCE = 25

TEXT_DISPLAY, BUTTON, MENU, ACTION_ROW = 10, 2, 3, 1
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
ID = re.compile(r"\d{17,20}")
_described: dict[str, list[str]] = {}
LINK = re.compile(r"https?://[^\s<>)`]+")


def load_description() -> Any:
    """Return Discord's description of its API, or None where there is no copy beside the checkout."""
    if not (DISCORD / "discord_schema.py").is_file():
        return None
    spec = importlib.util.spec_from_file_location("discord_schema", DISCORD / "discord_schema.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.DiscordSchema.load(str(DISCORD / "openapi.json"))


def components(node: Any) -> Iterator[dict[str, Any]]:
    """Yield the components of a payload, outer ones first."""
    if isinstance(node, list):
        for each in node:
            yield from components(each)
    elif isinstance(node, dict):
        if "type" in node:
            yield node
        for key in ("components", "component", "accessory"):
            yield from components(node.get(key))


def strings(node: Any) -> Iterator[str]:
    """Yield every string of a payload."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list | tuple):
        for each in node:
            yield from strings(each)
    elif isinstance(node, dict):
        for value in node.values():
            yield from strings(value)


def problems(method: str, path: str, body: Any, hosts: frozenset[str], description: Any) -> list[str]:
    """Return what is wrong with one request."""
    found = list(_own_problems(method, path, body, hosts)) if body is not None else []
    if description is not None:
        # Checking takes 13 ms: bodies that differ in ids alone are looked at once.
        key = f"{method} {ID.sub('0' * 19, path)} {ID.sub('0' * 19, json.dumps(body))}"
        if key not in _described:
            files = len(body.get("attachments", ())) if isinstance(body, dict) else 0
            _described[key] = description.problems(method, path, body, files=files)
        found += _described[key]
    return [f"{method} {path}: {problem}" for problem in found]


def _own_problems(method: str, path: str, body: Any, hosts: frozenset[str]) -> Iterator[str]:
    for text in strings(body):
        text.encode()
        if hidden := sorted({hex(ord(c)) for c in text if c != "\n" and unicodedata.category(c) in HIDDEN}):
            yield f"hidden characters {hidden} in {text[:60]!r}"
        for url in LINK.findall(text):
            if urlsplit(url).scheme != "https" or urlsplit(url).hostname not in hosts:
                yield f"a link to {url[:80]}"
    message = _message(method, path, body)
    if message is not None:
        if message.get("allowed_mentions", {}).get("parse") != []:
            yield f"mentions are not off: {message.get('allowed_mentions')}"
        if message.get("allowed_mentions", {}).get("replied_user"):
            yield "the reply pings"
        yield from _layout_problems(message)
        if len(str(message.get("nonce", ""))) > MAX_NONCE:
            yield f"the nonce is too long: {message['nonce']}"


def _message(method: str, path: str, body: Any) -> dict[str, Any] | None:
    """Return the message that a request creates or edits, if it does."""
    if not isinstance(body, dict):
        return None
    if path.endswith("/callback"):
        return body["data"] if body["type"] in {4, 7} else None
    is_message = method in {"POST", "PATCH"} and (path.endswith("/messages") or "/messages/" in path)
    return body if is_message or (method == "POST" and path.startswith("/webhooks/")) else None


def _layout_problems(message: dict[str, Any]) -> Iterator[str]:
    parts = list(components(message.get("components", [])))
    if len(parts) > MAX_COMPONENTS:
        yield f"{len(parts)} components"
    length = sum(len(part["content"]) for part in parts if part["type"] == TEXT_DISPLAY)
    if length > MAX_TEXT:
        yield f"{length} characters of text"
    for part in parts:
        custom_id = part.get("custom_id", "x")
        if not 1 <= len(custom_id) <= MAX_CUSTOM_ID:
            yield f"a custom id of {len(custom_id)} characters"
        if part["type"] == BUTTON and not 1 <= len(part["label"]) <= MAX_LABEL:
            yield f"a label of {len(part['label'])} characters: {part['label']}"
        if part["type"] == MENU:
            yield from _menu_problems(part)


def _menu_problems(part: dict[str, Any]) -> Iterator[str]:
    options = part.get("options", [])
    if not 1 <= len(options) <= MAX_OPTIONS:
        yield f"{len(options)} options"
    if len({option["value"] for option in options}) < len(options):
        yield "two options have the same value"
    for option in options:
        if not 1 <= len(option["label"]) <= MAX_OPTION:
            yield f"an option of {len(option['label'])} characters"


def all_text(bodies: Iterable[Any]) -> str:
    """Return everything that was sent, as one string."""
    return json.dumps(list(bodies), ensure_ascii=False)
