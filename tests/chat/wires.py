"""Close two gaps of simcord: what interactions come with, and how a failing server or connection shows."""

from typing import Any

import discord
import pytest
import simcord
import simcord.http.client
import simcord.interactions

from tests.chat.world import Wire

RESET = 104
"""As the status of a simulated error: the connection is cut."""


def mended(monkeypatch: pytest.MonkeyPatch) -> Wire:
    """Close the gaps, and return what interactions come with."""
    wire = Wire()
    base_payload, raise_for = simcord.interactions.base_payload, simcord.http.client._raise_for

    def with_fields(*arguments: Any, **named: Any) -> Any:
        record, payload = base_payload(*arguments, **named)
        changed = {**payload, **wire.fields}
        return record, {key: value for key, value in changed.items() if value is not None}

    def as_the_library_does(error: Any) -> None:
        if error.status == RESET:
            raise ConnectionResetError(RESET, "Connection reset by peer")
        if error.status >= 500:
            response = simcord.http.client._FakeResponse(error.status)
            raise discord.DiscordServerError(response, error.to_json())
        raise_for(error)

    monkeypatch.setattr(simcord.interactions, "base_payload", with_fields)
    monkeypatch.setattr(simcord.http.client, "_raise_for", as_the_library_does)
    # simcord looks whether the bot is done every 50 ms, which would be most of the time that these tests take.
    monkeypatch.setitem(simcord.Env._settle_internal.__kwdefaults__, "idle", 0.001)
    return wire
