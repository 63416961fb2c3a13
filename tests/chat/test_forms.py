"""The forms: asking a follow-up, reporting an error."""

from typing import Any

import pytest

from bot.answering.conversation import Turn
from bot.answering.feedback import Origin, Reason, Report
from bot.chat.codes import code
from tests.chat.payloads import components
from tests.chat.world import World, answered, asked_by, buttons, strip, text_of

pytestmark = pytest.mark.asyncio

QUESTION = "How many keepers escaped?"
OLD = "This button is from an older version. Please ask again."


async def opened(world: World, label: str, question: str, **options: Any) -> Any:
    """Return the form that a button of an answer opens."""
    return await world.ada.click(await world.ask(question, **options), label=label)


async def test_a_follow_up_continues_the_answer_above(world: World) -> None:
    form = await opened(world, "Ask a follow-up", "How many victims have not been identified?")
    await world.ask("Where did it happen?")
    answer = answered(await world.ada.submit_modal(form, {"question": "why?"}))
    expected = world.testigo.answerer.answer("why?", previous=Turn("victims-unidentified", "en"))
    assert expected.entries == ("unidentified-why",)
    assert expected.parts[0].text in strip(text_of(answer))


async def test_a_follow_up_may_be_a_question_of_its_own(world: World) -> None:
    form = await opened(world, "Ask a follow-up", "How many victims have not been identified?")
    answer = answered(await world.ada.submit_modal(form, {"question": "Where did it happen?"}))
    assert "Tamaulipas" in text_of(answer)


async def test_a_follow_up_of_a_private_answer_is_private(marrow: World) -> None:
    form = await opened(marrow, "Ask a follow-up", QUESTION, private=True)
    answer = answered(await marrow.ada.submit_modal(form, {"question": "When did the lighthouse burn?"}))
    assert answer.ephemeral


async def test_a_follow_up_of_a_public_answer_is_public(marrow: World) -> None:
    form = await opened(marrow, "Ask a follow-up", QUESTION)
    answer = answered(await marrow.ada.submit_modal(form, {"question": "When did the lighthouse burn?"}))
    assert not answer.ephemeral
    assert "Delete" in buttons(answer)


async def test_somebody_else_may_follow_up(marrow: World) -> None:
    answer = await marrow.ask(QUESTION)
    form = await marrow.ben.click(answer, label="Ask a follow-up")
    theirs = answered(await marrow.ben.submit_modal(form, {"question": "When did the lighthouse burn?"}))
    refusal = answered(await marrow.ada.click(theirs, label="Delete"))
    assert "Only the person who asked" in text_of(refusal)


async def test_a_follow_up_works_in_direct_messages(marrow: World) -> None:
    await marrow.ada.send_dm(QUESTION)
    form = await marrow.ada.user.click(marrow.mail_of(marrow.ada)[-1], label="Ask a follow-up")
    answer = answered(await marrow.ada.user.submit_modal(form, {"question": "When did the lighthouse burn?"}))
    assert "9 February 2019" in text_of(answer) or "February 9, 2019" in text_of(answer)


async def test_the_form_takes_no_more_than_the_bot_does(marrow: World) -> None:
    form = await opened(marrow, "Ask a follow-up", QUESTION)
    [field] = [part for part in components(form.modal["components"]) if part["type"] == 4]
    assert field["max_length"] == 300
    assert len(form.modal["title"]) <= 45


@pytest.mark.parametrize("length", [301, 4000])
async def test_a_long_follow_up_is_told_so(marrow: World, length: int) -> None:
    answer = answered(await marrow.submit(f"followed-up:en:{code('fire-when')}", question="x" * length))
    assert "at most 300 characters" in text_of(answer)
    assert answer.ephemeral


async def test_an_empty_follow_up_gets_help(marrow: World) -> None:
    answer = answered(await marrow.submit(f"followed-up:en:{code('fire-when')}"))
    assert marrow.testigo.strings["en"].text("help") in strip(text_of(answer))


@pytest.mark.parametrize("reason", list(Reason))
async def test_a_report_is_kept_with_reason_and_note(marrow: World, reason: Reason) -> None:
    answer = await marrow.ask(QUESTION)
    form = await marrow.ada.click(answer, label="Report an error")
    thanks = answered(await marrow.ada.submit_modal(form, {"reason": reason.value, "note": "A note."}))
    assert thanks.ephemeral
    assert marrow.testigo.strings["en"].text("thanks-report") in text_of(thanks)
    report = Report(("keepers-escaped",), "en", reason, "A note.")
    assert marrow.feedback.kept == [(report, Origin(marrow.guild.id, marrow.ada.id, answer.id, asked_by(answer)))]


async def test_a_report_needs_no_note(marrow: World) -> None:
    form = await opened(marrow, "Report an error", QUESTION)
    await marrow.ada.submit_modal(form, {"reason": "wrong"})
    assert marrow.feedback.kept[0][0] == Report(("keepers-escaped",), "en", Reason.WRONG, "")


async def test_a_report_names_all_answers_of_a_message(world: World) -> None:
    form = await opened(world, "Report an error", "How many people were killed and where did it happen?")
    await world.ada.submit_modal(form, {"reason": "wrong"})
    assert world.feedback.kept[0][0] == Report(("victims-total", "place-where"), "en", Reason.WRONG, "")


async def test_the_reasons_are_a_group_to_choose_from(marrow: World) -> None:
    form = await opened(marrow, "Report an error", QUESTION)
    [group] = [part for part in components(form.modal["components"]) if part["type"] == 21]
    assert [option["value"] for option in group["options"]] == [reason.value for reason in Reason]


@pytest.mark.parametrize("language", ["en", "es", "pt"])
async def test_forms_are_in_the_language_of_the_answer(world: World, language: str) -> None:
    strings = world.testigo.strings[language]
    answer = await world.ask("How many people were killed?", language=language)
    follow_up = await world.ada.click(answer, label=strings.text("button-follow-up"))
    report = await world.ada.click(answer, label=strings.text("button-report"))
    assert follow_up.modal["title"] == strings.text("follow-up-title")
    assert report.modal["title"] == strings.text("report-title")


async def test_a_note_is_not_repeated(marrow: World) -> None:
    form = await opened(marrow, "Report an error", QUESTION)
    await marrow.ada.submit_modal(form, {"reason": "wrong", "note": "zqxjkv @everyone"})
    assert "zqxjkv" not in str(marrow.bodies)


@pytest.mark.parametrize(
    ("custom_id", "fields", "told"),
    [
        ("reported:en:zzzzz", {"reason": "wrong"}, "This answer is no longer in the knowledge base. Please ask again."),
        (
            "followed-up:en:zzzzz",
            {"question": "a"},
            "This answer is no longer in the knowledge base. Please ask again.",
        ),
        (f"reported:en:{code('fire-when')}", {"reason": "boring"}, OLD),
        (f"reported:en:{code('fire-when')}", {}, OLD),
        ("reported:xx:zzzzz", {"reason": "wrong"}, OLD),
        ("followed-up:en", {"question": "a"}, OLD),
        ("complain:en:zzzzz", {"question": "a"}, OLD),
    ],
)
async def test_a_form_that_leads_nowhere_says_so(
    marrow: World, custom_id: str, fields: dict[str, str], told: str
) -> None:
    answer = answered(await marrow.submit(custom_id, **fields))
    assert text_of(answer) == told
    assert marrow.feedback.kept == []


async def test_fields_in_rows_are_read_as_older_clients_send_them(marrow: World) -> None:
    field = {"type": 4, "custom_id": "question", "value": "When did the lighthouse burn?"}
    rows = [{"type": 1, "components": [field]}]
    result = await marrow.interact(5, {"custom_id": f"followed-up:en:{code('fire-when')}", "components": rows})
    assert "### When did the lighthouse burn?" in text_of(answered(result))
