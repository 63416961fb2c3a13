"""Refusing what is too much, and remembering no more than there is room for."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.conversation import Turn
from bot.chat import conversations, limits
from bot.chat.conversations import SECONDS, Conversation, Conversations, Place
from bot.chat.limits import Admission, Cooldown, RefusedError
from tests.chat.world import Clock


def refusal(ask: Callable[[], object]) -> RefusedError | None:
    """Return how something was refused, if it was."""
    try:
        ask()
    except RefusedError as refused:
        return refused
    return None


def spent(cooldown: Cooldown, person: int) -> bool:
    """Tell whether a question was let through."""
    return refusal(lambda: cooldown.spend(person)) is None


@pytest.mark.parametrize("burst", [1, 2, 10])
def test_a_burst_is_let_through_and_no_more(burst: int) -> None:
    cooldown = Cooldown(2, burst, Clock())
    assert [spent(cooldown, 1) for _ in range(burst + 2)] == [True] * burst + [False] * 2


def test_each_person_has_a_pace_of_their_own() -> None:
    cooldown = Cooldown(2, 1, Clock())
    assert spent(cooldown, 1)
    assert spent(cooldown, 2)
    assert not spent(cooldown, 1)


def test_without_a_cooldown_everything_is_let_through() -> None:
    cooldown = Cooldown(0, 1, Clock())
    assert all(spent(cooldown, 1) for _ in range(1000))


@given(seconds=st.floats(0.1, 3600), burst=st.integers(1, 20))
def test_who_waits_as_told_is_let_through(seconds: float, burst: int) -> None:
    clock = Clock()
    cooldown = Cooldown(seconds, burst, clock)
    while spent(cooldown, 1):
        pass
    refused = refusal(lambda: cooldown.spend(1))
    assert refused is not None
    assert refused.key == "cooldown"
    assert 1 <= int(refused.arguments["seconds"]) <= seconds + 2
    clock.seconds += int(refused.arguments["seconds"])
    assert spent(cooldown, 1)


@given(
    seconds=st.floats(0.1, 60),
    burst=st.integers(1, 10),
    pauses=st.lists(st.floats(0, 30), min_size=1, max_size=60),
)
def test_nobody_asks_more_than_the_pace_allows(seconds: float, burst: int, pauses: list[float]) -> None:
    clock = Clock()
    start = clock.seconds
    cooldown = Cooldown(seconds, burst, clock)
    let_through = 0
    for pause in pauses:
        clock.seconds += pause
        let_through += spent(cooldown, 1)
    assert let_through <= burst + (clock.seconds - start) / seconds + 1e-6
    assert let_through >= 1


def test_the_memory_of_who_asked_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PEOPLE", 100)
    cooldown = Cooldown(2, 1, Clock())
    for person in range(1000):
        cooldown.spend(person)
    assert len(cooldown._full_at) == 100
    assert not spent(cooldown, 999)
    assert spent(cooldown, 0)


@given(capacity=st.integers(0, 20), asked=st.integers(0, 40))
def test_no_more_than_the_capacity_are_inside(capacity: int, asked: int) -> None:
    admission = Admission(capacity)
    entering = [admission.enter() for _ in range(asked)]
    refusals = [refusal(each.__enter__) for each in entering]
    inside = [each for each, refused in zip(entering, refusals, strict=True) if refused is None]
    assert {refused.key for refused in refusals if refused is not None} <= {"busy"}
    assert len(inside) == min(capacity, asked)
    for each in inside:
        each.__exit__(None, None, None)
    if capacity:
        with admission.enter():
            pass


def test_who_fails_leaves() -> None:
    admission = Admission(1)
    for _ in range(3):
        with pytest.raises(ValueError, match="a bug"), admission.enter():
            raise ValueError("a bug")


PLACES = st.builds(Place, st.integers(1, 3), st.integers(1, 3))


@given(
    steps=st.lists(st.tuples(PLACES, st.sampled_from(["en", "es", None]), st.floats(0, 400)), min_size=1, max_size=30)
)
def test_each_place_remembers_its_own_last_turn_for_ten_minutes(
    steps: list[tuple[Place, str | None, float]],
) -> None:
    clock = Clock()
    kept = Conversations(clock)
    last: dict[Place, tuple[float, Conversation]] = {}
    for number, (place, language, pause) in enumerate(steps):
        conversation = Conversation(Turn(str(number), "en"), language)
        kept.keep(place, conversation)
        last[place] = (clock.seconds, conversation)
        clock.seconds += pause
        for each in (Place(channel, person) for channel in range(1, 4) for person in range(1, 4)):
            then, said = last.get(each, (0.0, Conversation()))
            assert kept.at(each) == (said if clock.seconds - then < SECONDS else Conversation())


def test_the_memory_of_conversations_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversations, "MAX_CONVERSATIONS", 100)
    kept = Conversations(Clock())
    for number in range(1000):
        kept.keep(Place(1, number), Conversation(language="es"))
    assert len(kept._kept) == 100
    assert kept.at(Place(1, 999)).language == "es"
    assert kept.at(Place(1, 0)) == Conversation()
