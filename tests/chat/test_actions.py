"""What custom ids hold."""

from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import actions
from bot.chat.actions import ReadingAction
from bot.chat.custom_ids import MAX_LENGTH, Action, decode, encode
from bot.chat.items import ActionItem, shortened
from bot.chat.management_actions import ManagementAction

KINDS = list(get_args(ReadingAction) + get_args(ManagementAction))

CODES = st.text(alphabet="abcdefghijklmnopqrstuvwxyz234567", min_size=5, max_size=5)
VALUES = {
    str: CODES,
    int: st.integers(min_value=0, max_value=2**63 - 1),
    bool: st.booleans(),
    tuple[str, ...]: st.lists(CODES, max_size=4).map(tuple),
}


@st.composite
def any_action(draw: st.DrawFn) -> Action:
    """Draw any action as the bot makes them."""
    kind = draw(st.sampled_from(KINDS))
    values = {field.name: draw(VALUES[field.type]) for field in fields(kind)}
    return kind(**{**values, "language": draw(st.sampled_from(["en", "es", "pt"]))})


@given(any_action())
def test_an_action_is_read_as_it_was_written(action: Action) -> None:
    custom_id = encode(action)
    assert len(custom_id) <= MAX_LENGTH
    assert decode(custom_id) == action


@given(any_action())
def test_discord_hands_every_action_to_us(action: Action) -> None:
    template = ActionItem.__discord_ui_compiled_template__
    assert template.fullmatch(encode(action))


@given(st.one_of(st.text(max_size=200), st.from_regex(r"[a-z-]{1,12}(:[a-z0-9.-]{0,20}){0,6}", fullmatch=True)))
def test_any_text_is_an_action_or_none(text: str) -> None:
    action = decode(text)
    assert action is None or isinstance(action, tuple(KINDS))


@pytest.mark.parametrize("count", [1, 14, 15, 16, 50])
@pytest.mark.parametrize(
    "kind",
    [actions.ShowSources, actions.ShowRelated, actions.Share, actions.OpenReport, actions.SubmitReport],
)
def test_a_long_list_is_cut_to_what_has_room(kind: type, count: int) -> None:
    codes = tuple(f"{number:05}" for number in range(count))
    custom_id = encode(kind("en", codes))
    kept = decode(custom_id).entries if kind is not actions.ShowSources else decode(custom_id).passages
    assert len(custom_id) <= MAX_LENGTH
    assert codes[: len(kept)] == kept
    assert len(kept) >= min(count, 14)


@pytest.mark.parametrize("count", [1, 14, 15, 16, 50])
def test_a_rating_of_many_answers_has_room(count: int) -> None:
    codes = tuple(f"{number:05}" for number in range(count))
    assert len(encode(actions.Rate("en", codes, is_helpful=True))) <= MAX_LENGTH


@given(st.text(max_size=300), st.integers(min_value=2, max_value=100))
def test_a_label_is_never_longer_than_allowed(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short) <= limit
    assert short == text or short.endswith("…")


def test_a_label_is_cut_at_a_word() -> None:
    assert shortened("How many people were killed?", 20) == "How many people…"
