"""Read a message as a person does: what it says, and what can be pressed."""

from collections.abc import Iterator

from tests.wire.payloads import Payload

TEXT, BUTTON, MENU, LINK_STYLE = 10, 2, 3, 5


def said(message: Payload) -> str:
    """Return all texts of a message."""
    return "\n".join(part["content"] for part in parts(message) if part["type"] == TEXT)


def labels(message: Payload) -> list[str]:
    """Return what stands on the buttons."""
    return [part["label"] for part in parts(message) if part["type"] == BUTTON]


def button(message: Payload, label: str) -> str:
    """Return the custom id of the button of this label."""
    [found] = [part for part in parts(message) if part["type"] == BUTTON and part["label"] == label]
    return found["custom_id"]


def menus(message: Payload) -> list[Payload]:
    """Return the menus."""
    return [part for part in parts(message) if part["type"] == MENU]


def parts(message: Payload) -> Iterator[Payload]:
    """Yield all components of a message or a form, each before those inside it."""
    for part in message.get("components") or ():
        yield part
        yield from parts(part)
        if "component" in part:
            yield part["component"]
