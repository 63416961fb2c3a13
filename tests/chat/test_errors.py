"""What happens when something breaks: calm words with a number that is in the log, and nothing of what people wrote."""

import asyncio
import logging
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import simcord.interactions

from bot.answering.testigo import Testigo
from bot.chat import delivery
from bot.chat.codes import code
from bot.chat.limits import Admission, Cooldown
from tests.chat.conftest import Serving
from tests.chat.logs import logging_as_the_bot_does
from tests.chat.wires import RESET
from tests.chat.world import Clock, World, answered, strip, text_of
from tests.metering import numbers

pytestmark = pytest.mark.asyncio

QUESTION = "How many keepers escaped?"
ANSWER = "4 keepers escaped"
SECRET = "zqxjkv is what I asked"
CALLBACK = "/interactions/*/callback"


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let further attempts follow at once."""
    monkeypatch.setattr(delivery, "PAUSES", (0.0, 0.0))


class Broken:
    """An answerer whose every answer is what a function makes of the question."""

    def __init__(self, answerer: Any, answer: Callable[[str], Any]) -> None:
        self._answerer = answerer
        self._answer = answer

    def answer(self, question: str, *_: Any) -> Any:
        """Do it."""
        return self._answer(question)

    def __getattr__(self, name: str) -> Any:
        """Return what the real answerer has."""
        return getattr(self._answerer, name)


def with_answers(testigo: Testigo, answer: Callable[[str], Any]) -> Testigo:
    """Return `testigo` with answers made by a function."""
    return replace(testigo, answerer=Broken(testigo.answerer, answer))


def broken(testigo: Testigo, error: Callable[[str], Exception] = lambda _: RuntimeError("a bug")) -> Testigo:
    """Return `testigo` with an answerer that raises."""

    def fail(question: str) -> Any:
        raise error(question)

    return with_answers(testigo, fail)


async def by_command(world: World) -> str:
    """Ask by command, and return what is told."""
    return text_of(await world.ask(SECRET))


async def by_direct_message(world: World) -> str:
    """Ask directly, and return what is told."""
    await world.ada.send_dm(SECRET)
    return text_of(world.mail_of(world.ada)[-1])


async def by_mention(world: World) -> str:
    """Ask by mention, and return what is told."""
    await world.ada.send(world.channel, f"{world.me} {SECRET}")
    return text_of(world.said[-1])


async def by_form(world: World) -> str:
    """Ask a follow-up, and return what is told."""
    return text_of(answered(await world.submit(f"followed-up:en:{code('fire-when')}", question=SECRET)))


async def by_message_command(world: World) -> str:
    """Ask by the command in a message's menu, and return what is told."""
    message = await world.ben.send(world.channel, SECRET)
    return text_of(answered(await world.ada.context_menu(world.channel, "Answer this question", message)))


EVERY_WAY = pytest.mark.parametrize("ask", [by_command, by_direct_message, by_mention, by_form, by_message_command])


@EVERY_WAY
async def test_a_bug_is_told_with_a_number_that_is_in_the_log(
    serving: Serving, lighthouse: Testigo, caplog: pytest.LogCaptureFixture, ask: Any
) -> None:
    async with serving(broken(lighthouse)) as world:
        told = await ask(world)
    found = re.search(r"Something went wrong on my side.* ([0-9A-F]{6})$", told)
    assert found is not None
    [record] = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert record.__dict__["reference"] == found[1]
    assert record.exc_info is not None
    assert "RuntimeError" not in told


@pytest.mark.parametrize(("locale", "words"), [("es-ES", "Algo falló"), ("pt-BR", "lado"), ("de", "Something went")])
async def test_a_bug_is_told_in_the_language_of_the_person(
    serving: Serving, testigo: Testigo, locale: str, words: str
) -> None:
    async with serving(broken(testigo)) as world:
        with world.wire.sends(locale=locale):
            assert words in await by_command(world)


async def test_a_bug_is_told_to_the_asker_only(serving: Serving, lighthouse: Testigo) -> None:
    async with serving(broken(lighthouse)) as world:
        assert (await world.ask(QUESTION)).ephemeral


@EVERY_WAY
async def test_nothing_of_a_question_is_in_the_log(
    serving: Serving, lighthouse: Testigo, caplog: pytest.LogCaptureFixture, ask: Any
) -> None:
    caplog.set_level(logging.INFO)
    async with serving(broken(lighthouse)) as world:
        await ask(world)
    assert "zqxjkv" not in caplog.text


@EVERY_WAY
async def test_nothing_of_a_question_is_in_the_log_though_the_error_quotes_it(
    serving: Serving, lighthouse: Testigo, ask: Any
) -> None:
    with logging_as_the_bot_does() as logged:
        async with serving(broken(lighthouse, lambda question: ValueError(f"cannot read {question}"))) as world:
            await ask(world)
    assert '"event": "bug"' in logged()
    assert "zqxjkv" not in logged()


async def test_a_bug_in_suggestions_suggests_nothing_and_logs_nothing_typed(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> Any:
        raise RuntimeError("a bug")

    monkeypatch.setattr("bot.answering.completion.Completer.complete", fail)
    choices = await world.ada.autocomplete(world.channel, "ask", "question", SECRET)
    assert choices == []
    assert "zqxjkv" not in caplog.text


async def test_feedback_that_cannot_be_kept_is_told_as_a_bug(marrow: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise OSError("disk full")

    monkeypatch.setattr(marrow.feedback, "record", fail)
    told = answered(await marrow.ada.click(await marrow.ask(QUESTION), label="Helpful"))
    assert "Something went wrong" in text_of(told)


@pytest.mark.parametrize(("code", "kind"), [(10062, "expired"), (40060, "acknowledged")])
async def test_an_interaction_that_is_over_is_counted_and_not_tried_again(marrow: World, code: int, kind: str) -> None:
    status = 404 if code == 10062 else 400
    marrow.env.inject_error("POST", CALLBACK, status=status, code=code, times=None)
    await marrow.ada.slash(marrow.channel, "ask", question=QUESTION)
    assert numbers(marrow.rooms.meters.lost) == {kind: 1}
    assert len(marrow.callbacks) == 1


@pytest.mark.parametrize(("code", "kind"), [(10062, "expired"), (40060, "acknowledged")])
@pytest.mark.parametrize("label", ["Sources", "Ask a follow-up", "Helpful", "Delete"])
async def test_a_press_that_is_over_is_counted_and_not_tried_again(
    marrow: World, label: str, code: int, kind: str
) -> None:
    answer = await marrow.ask(QUESTION)
    marrow.env.inject_error("POST", CALLBACK, status=404 if code == 10062 else 400, code=code, times=None)
    before = len(marrow.callbacks)
    await marrow.ada.click(answer, label=label)
    assert numbers(marrow.rooms.meters.lost) == {kind: 1}
    assert len(marrow.callbacks) == before + 1


async def test_an_answer_deleted_meanwhile_is_no_bug(marrow: World, caplog: pytest.LogCaptureFixture) -> None:
    answer = await marrow.ask(QUESTION)
    marrow.env.inject_error("DELETE", "/webhooks/*/messages/@original", status=404, code=10008)
    await marrow.ada.click(answer, label="Delete")
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("fault", [503, RESET])
@pytest.mark.parametrize("times", [1, 2])
async def test_a_failing_connection_is_tried_again(marrow: World, fault: int, times: int) -> None:
    marrow.env.inject_error("POST", CALLBACK, status=fault, times=times)
    assert ANSWER in text_of(await marrow.ask(QUESTION))
    assert len(marrow.callbacks) == times + 1


@pytest.mark.parametrize("fault", [503, RESET])
async def test_a_message_is_sent_again_with_the_same_nonce(marrow: World, fault: int) -> None:
    path = f"/channels/{marrow.channel.id}/messages"
    marrow.env.inject_error("POST", path, status=fault, times=2)
    message = await marrow.ada.send(marrow.channel, f"{marrow.me} {QUESTION}")
    assert [body["nonce"] for body in marrow.requests("POST", path)] == [str(message.id)] * 3
    assert len(marrow.said) == 1


@pytest.mark.parametrize("fault", [500, 502, 503, RESET])
async def test_a_message_that_cannot_be_sent_ends_nothing(marrow: World, fault: int) -> None:
    path = f"/channels/{marrow.channel.id}/messages"
    marrow.env.inject_error("POST", path, status=fault, times=None)
    await marrow.ada.send(marrow.channel, f"{marrow.me} {QUESTION}")
    assert marrow.said == []
    marrow.env.backend.faults.clear()
    await marrow.ada.send(marrow.channel, f"{marrow.me} {QUESTION}")
    assert len(marrow.said) == 1


@pytest.mark.parametrize("fault", [400, 403, 404, 500, 503, RESET])
async def test_a_response_that_cannot_be_sent_ends_nothing(marrow: World, fault: int) -> None:
    marrow.env.inject_error("POST", CALLBACK, status=fault, times=None)
    await marrow.ada.slash(marrow.channel, "ask", question=QUESTION)
    marrow.env.backend.faults.clear()
    assert ANSWER in text_of(await marrow.ask(QUESTION))


async def test_who_asks_too_much_is_told_how_long_to_wait(serving: Serving, lighthouse: Testigo) -> None:
    clock = Clock()
    async with serving(lighthouse, clock=clock, cooldown=Cooldown(30, 2, clock)) as world:
        for _ in range(2):
            assert ANSWER in text_of(await world.ask(QUESTION))
        refusal = await world.ask(QUESTION)
        assert refusal.ephemeral
        assert "Please wait 31 s and ask again." in text_of(refusal)
        result = await world.ben.slash(world.channel, "ask", question=QUESTION)
        assert ANSWER in text_of(answered(result))
        clock.seconds += 31
        assert ANSWER in text_of(await world.ask(QUESTION))


@pytest.mark.parametrize("ask", [by_direct_message, by_mention, by_form, by_message_command])
async def test_the_cooldown_counts_for_every_way_to_ask(serving: Serving, lighthouse: Testigo, ask: Any) -> None:
    clock = Clock()
    async with serving(lighthouse, clock=clock, cooldown=Cooldown(30, 1, clock)) as world:
        await world.ask(QUESTION)
        assert "Please wait" in await ask(world)


class Everybody(frozenset[int]):
    """All people: who Ada is, is not known before the bot runs."""

    def __contains__(self, person: object) -> bool:
        """Yes."""
        return isinstance(person, int)


async def test_who_runs_the_bot_has_no_cooldown(serving: Serving, lighthouse: Testigo) -> None:
    clock = Clock()
    async with serving(lighthouse, clock=clock, cooldown=Cooldown(30, 1, clock), owners=Everybody()) as world:
        for _ in range(3):
            assert ANSWER in text_of(await world.ask(QUESTION))


async def test_one_too_many_at_a_time_is_told_that_the_bot_is_busy(serving: Serving, lighthouse: Testigo) -> None:
    inside, free = threading.Event(), threading.Event()

    def slow(question: str) -> Any:
        inside.set()
        assert free.wait(10)
        return lighthouse.answerer.answer(question)

    async with serving(with_answers(lighthouse, slow), admission=Admission(1)) as world:
        world.watch(lambda request: free.set() if "Very many people" in str(request.json) else None)
        first = asyncio.create_task(world.ada.slash(world.channel, "ask", question=QUESTION))
        await asyncio.to_thread(inside.wait, 10)
        await overtaking(world, world.ben, QUESTION)
        assert ANSWER in text_of(answered(await first))
    told = [body for body in world.bodies if "Very many people" in str(body)]
    assert len(told) == 1
    assert told[0]["data"]["flags"] & 1 << 6


async def overtaking(world: World, person: Any, question: str) -> None:
    """Let somebody ask while another question is being answered."""
    data = {
        "id": world.command_id("ask"),
        "name": "ask",
        "type": 1,
        "options": [{"name": "question", "type": 3, "value": question}],
    }
    backend = world.env.backend
    _, payload = simcord.interactions.base_payload(
        backend, type=2, channel_id=world.channel.id, guild_id=world.guild.id, user_id=person.id, data=data
    )
    backend.emit("INTERACTION_CREATE", payload)


async def test_nothing_more_is_answered_while_the_bot_stops(marrow: World) -> None:
    await marrow.rooms.underway.close(0)
    closing = marrow.testigo.strings["en"].text("closing")
    assert text_of(await marrow.ask(QUESTION)) == closing
    await marrow.ada.send_dm(QUESTION)
    assert closing in strip(text_of(marrow.mail_of(marrow.ada)[-1]))


async def test_what_is_being_answered_is_waited_for(serving: Serving, lighthouse: Testigo) -> None:
    inside, free = threading.Event(), threading.Event()

    def slow(question: str) -> Any:
        inside.set()
        assert free.wait(10)
        return lighthouse.answerer.answer(question)

    async with serving(with_answers(lighthouse, slow)) as world:
        asking = asyncio.create_task(world.ada.slash(world.channel, "ask", question=QUESTION))
        await asyncio.to_thread(inside.wait, 10)
        underway = world.rooms.underway
        closing = asyncio.create_task(underway.close(8))
        await asyncio.sleep(0)
        assert not closing.done()
        assert len(underway) == 1
        free.set()
        assert ANSWER in text_of(answered(await asking))
        await closing
        assert len(underway) == 0


@pytest.mark.parametrize(("kind", "name"), [(1, "question"), (1, "ask2"), (3, "Answer this question?")])
async def test_a_command_that_discord_lists_no_more_is_told_so(marrow: World, kind: int, name: str) -> None:
    result = await marrow.interact(2, {"id": "1", "name": name, "type": kind, "options": []})
    assert text_of(answered(result)) == "This command has changed. Please reload Discord and try again."
    assert [type(error).__name__ for error in marrow.env.errors] == ["CommandNotFound"]


async def test_a_command_of_an_older_form_is_told_so(marrow: World) -> None:
    data = {"id": marrow.command_id("ask"), "name": "ask", "type": 1}
    options = [{"name": "query", "type": 3, "value": SECRET}]
    result = await marrow.interact(2, {**data, "options": options})
    assert text_of(answered(result)) == "This command has changed. Please reload Discord and try again."
    assert [type(error).__name__ for error in marrow.env.errors] == ["CommandSignatureMismatch"]
