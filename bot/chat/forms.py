"""Forms, and reading what was put into them; like buttons they keep nothing in memory."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

import discord

from bot.answering.feedback import Reason
from bot.chat.actions import SubmitFollowUp, SubmitReport
from bot.chat.asking import MAX_SLASH
from bot.chat.custom_ids import encode
from bot.knowledge.strings import Strings

QUESTION, REASON, NOTE = "question", "reason", "note"
MAX_NOTE = 500


def follow_up_form(action: SubmitFollowUp, strings: Strings) -> discord.ui.Modal:
    """Return the form for a further question."""
    field = discord.ui.TextInput[Any](custom_id=QUESTION, max_length=MAX_SLASH)
    label = discord.ui.Label[Any](
        text=strings.text("follow-up-label"), description=strings.text("follow-up-description"), component=field
    )
    return _form(strings.text("follow-up-title"), encode(action), label)


def report_form(action: SubmitReport, strings: Strings) -> discord.ui.Modal:
    """Return the form for an error in an answer."""
    options = [
        discord.RadioGroupOption(label=strings.text(f"reason-{reason.value}"), value=reason.value) for reason in Reason
    ]
    note = discord.ui.TextInput[Any](
        custom_id=NOTE, style=discord.TextStyle.paragraph, required=False, max_length=MAX_NOTE
    )
    return _form(
        strings.text("report-title"),
        encode(action),
        discord.ui.Label[Any](
            text=strings.text("report-reason"),
            component=discord.ui.RadioGroup[Any](custom_id=REASON, options=options),
        ),
        discord.ui.Label[Any](
            text=strings.text("report-note"), description=strings.text("report-note-description"), component=note
        ),
    )


def read_form(interaction: discord.Interaction) -> dict[str, str]:
    """Return what was put in, by the custom id of the field."""
    data = cast("Mapping[str, Any]", interaction.data or {})
    return {
        str(field["custom_id"]): str(field.get("value") or "")
        for field in _fields(data.get("components", ()))
        if "custom_id" in field
    }


def _form(title: str, custom_id: str, *labels: discord.ui.Label[Any]) -> discord.ui.Modal:
    form = discord.ui.Modal(title=title, custom_id=custom_id, timeout=None)
    for label in labels:
        form.add_item(label)
    form.stop()
    return form


def _fields(components: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the fields in labels and, as older clients send them, in rows."""
    for component in components:
        yield from component.get("components", ())
        if "component" in component:
            yield component["component"]
