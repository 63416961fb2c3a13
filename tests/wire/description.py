"""Check what the bot sent against Discord's own description of its API, which lies beside the checkout."""

import importlib.util
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from tests.wire.requests import Request

SHARED = Path(__file__).resolve().parents[3] / "shared" / "discord"
IS_PRESENT = (SHARED / "openapi.json").exists() and importlib.util.find_spec("jsonschema") is not None

_ID = re.compile(r"\d{17,20}")
_judged: dict[tuple[str, str, int], list[str]] = {}
_WRITES = re.compile(r"/messages|/callback$|/webhooks/")


@cache
def _schema() -> Any:
    spec = importlib.util.spec_from_file_location("discord_schema", SHARED / "discord_schema.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.DiscordSchema.load(str(SHARED / "openapi.json"))


def problems(requests: Iterable[Request]) -> list[str]:
    """Return all that Discord would refuse, and every message that might mention somebody; each once."""
    told = (f"{request.method} {request.path}: {problem}" for request in requests for problem in judged(request))
    return list(dict.fromkeys(told))


def judged(request: Request) -> list[str]:
    """Return what is wrong with a request."""
    # Checking takes 13 ms: bodies that differ in ids alone are looked at once.
    form = _ID.sub(lambda found: "0" * len(found[0]), f"{request.path} {json.dumps(request.body)}")
    key = (request.method, form, request.files)
    if key not in _judged:
        found = list(_schema().problems(request.method, request.path, request.body, request.files))
        if _may_mention(request):
            found.append(f"mentions are not switched off: {json.dumps(request.body)[:200]}")
        _judged[key] = found
    return _judged[key]


def _may_mention(request: Request) -> bool:
    """Tell whether a message is written whose mentions Discord would read."""
    body = request.body
    if request.method not in ("POST", "PATCH") or not _WRITES.search(request.path) or not isinstance(body, dict):
        return False
    if request.path.endswith("/callback"):
        if body.get("type") not in (4, 7):
            return False
        body = body["data"]
    allowed = body.get("allowed_mentions") or {}
    return allowed.get("parse") != [] or bool(allowed.get("replied_user") or allowed.get("users"))
