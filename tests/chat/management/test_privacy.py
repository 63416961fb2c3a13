"""`/privacy`: what is told is true, and everybody sees, exports and deletes what is theirs."""

import json
from typing import Any

import pytest

from bot.storage.drafts import Draft, DraftKind
from bot.storage.people import PersonStatus
from bot.storage.servers import ServerSettings
from tests.chat.management.house import House, told
from tests.chat.world import Message, answered, buttons, raw, strip, text_of

pytestmark = pytest.mark.asyncio

QUESTION = "how many keepers got away, asks Zanzibar"
NOTHING = {"questions": [], "feedback": [], "drafts": [], "acts": []}


async def panel(house: House, *, directly: bool = False) -> Message:
    """Return what Ada is told."""
    ada = house.world.ada
    result = await (ada.user.slash("privacy") if directly else ada.slash(house.world.channel, "privacy"))
    return answered(result)


async def press(house: House, shown: Message, key: str, *, directly: bool = False) -> Message:
    """Let Ada press a button, and return what she sees then."""
    ada = house.world.ada
    return answered(await (ada.user if directly else ada).click(shown, label=house.text(f"privacy-{key}")))


async def leave_traces(house: House) -> None:
    """Let Ada do all that leaves a trace: ask here and directly, rate, report, manage, curate."""
    ada = house.world.ada
    await house.set(keeps_questions=True)
    await house.store.people.agree(ada.id, agrees=True)
    answer = await house.world.ask(QUESTION)
    await ada.click(answer, label="Not helpful")
    form = await ada.click(answer, label="Report an error")
    await ada.submit_modal(form, {"reason": "wrong", "note": "A note of Zanzibar."})
    await ada.send_dm("what is it with Zanzibar?")
    kept = await house.store.reviews.pending(house.guild)
    draft = Draft(DraftKind.GAP, kept[0].text, "en", None, house.guild, ada.id, (kept[0].id,))
    await house.store.drafts.add(draft)
    await house.store.servers.change(house.guild, ada.id, ServerSettings(keeps_questions=True, answers_privately=True))


def of_person(kept: dict[str, Any]) -> dict[str, Any]:
    """Return the rows of an export."""
    return {name: rows for name, rows in kept.items() if isinstance(rows, list)}


# What is told.


@pytest.mark.parametrize("opts_out", [False, True])
@pytest.mark.parametrize("agrees", [False, True])
@pytest.mark.parametrize("keeps", [False, True])
@pytest.mark.parametrize("directly", [False, True])
async def test_what_is_told_is_what_happens(
    house: House, directly: bool, keeps: bool, agrees: bool, opts_out: bool
) -> None:
    ada, people = house.world.ada, house.store.people
    await house.set(keeps_questions=keeps)
    await people.agree(ada.id, agrees)
    await people.opt_out(ada.id, opts_out)
    text = strip(text_of(await panel(house, directly=directly)))
    if directly:
        await ada.send_dm(QUESTION)
        await ada.user.click(house.world.mail_of(ada)[-1], label="Helpful")
    else:
        await ada.click(await house.world.ask(QUESTION), label="Helpful")
    kept = await people.export(ada.id)
    is_kept = (agrees if directly else keeps) and not opts_out
    assert ([each["text"] for each in kept["questions"]] == [QUESTION]) is is_kept
    assert (len(kept["feedback"]) == 1) is is_kept
    assert house.text("privacy-counts") in text
    assert (house.text("privacy-kept-here", days=30) in text) is is_kept
    assert (house.text("privacy-not-kept-here") in text) is (not is_kept and not opts_out)
    assert (house.text("privacy-feedback", days=30) in text) is not opts_out
    assert (house.text("privacy-opted-out") in text) is opts_out


async def test_what_another_process_changed_is_told_at_once(house: House) -> None:
    await house.world.ask(QUESTION)
    await house.store.servers.change(house.guild, house.manager.id, ServerSettings(keeps_questions=True))
    assert house.text("privacy-kept-here", days=30) in strip(text_of(await panel(house)))


async def test_the_buttons_in_a_server(house: House) -> None:
    shown = await panel(house)
    assert shown.ephemeral
    assert list(buttons(shown)) == [house.text(f"privacy-{key}") for key in ("show", "export", "delete", "opt-out")]


async def test_the_buttons_in_a_direct_message(house: House) -> None:
    labels = list(buttons(await panel(house, directly=True)))
    assert labels == [house.text(f"privacy-{key}") for key in ("show", "export", "delete", "opt-out", "agree")]
    shown = await press(house, await panel(house, directly=True), "agree", directly=True)
    assert list(buttons(shown))[-1] == house.text("privacy-disagree")
    shown = await press(house, shown, "opt-out", directly=True)
    assert list(buttons(shown)) == [house.text(f"privacy-{key}") for key in ("show", "export", "delete", "opt-in")]


async def test_the_command_is_listed_everywhere(house: House) -> None:
    registered = house.world.command("privacy")
    assert registered["contexts"] == [0, 1, 2]
    assert registered["integration_types"] == [0, 1]


# Agreeing, opting out.


async def test_direct_messages_are_kept_after_agreeing_and_deleted_after_the_end_of_it(house: House) -> None:
    ada = house.world.ada
    await ada.send_dm("an earlier question")
    shown = await press(house, await panel(house, directly=True), "agree", directly=True)
    assert house.text("settings-saved") in strip(text_of(shown))
    await ada.send_dm(QUESTION)
    kept = await house.store.people.export(ada.id)
    assert [(each["guild"], each["text"]) for each in kept["questions"]] == [(None, QUESTION)]
    await press(house, shown, "disagree", directly=True)
    assert (await house.store.people.export(ada.id))["questions"] == []
    assert "Zanzibar" not in str(house.contents())


async def test_to_agree_directly_says_nothing_of_servers(house: House) -> None:
    await press(house, await panel(house, directly=True), "agree", directly=True)
    await house.world.ask(QUESTION)
    assert (await house.store.people.export(house.world.ada.id))["questions"] == []


async def test_opting_out_deletes_and_ends_the_keeping_and_can_be_ended(house: House) -> None:
    await leave_traces(house)
    ada = house.world.ada
    shown = await press(house, await panel(house), "opt-out")
    assert house.text("privacy-opted-out") in strip(text_of(shown))
    assert "Zanzibar" not in str(house.contents())
    await house.world.ask(QUESTION)
    await ada.send_dm(QUESTION)
    kept = await house.store.people.export(ada.id)
    assert (kept["questions"], kept["feedback"]) == ([], [])
    await press(house, shown, "opt-in")
    await house.world.ask(QUESTION)
    assert len((await house.store.people.export(ada.id))["questions"]) == 1


# Seeing.


async def test_show_mine_shows_the_persons_own_questions(house: House) -> None:
    await leave_traces(house)
    await house.keep("Ben's own question", person=house.world.ben.id)
    shown = await press(house, await panel(house), "show")
    text = strip(text_of(shown))
    assert shown.ephemeral
    assert house.text("privacy-mine", questions=2, feedback=2) in text
    assert f"- {QUESTION}" in text
    assert "Ben" not in text


async def test_show_mine_of_somebody_new(house: House) -> None:
    text = strip(text_of(await press(house, await panel(house), "show")))
    assert text == house.text("privacy-mine", questions=0, feedback=0)


async def test_the_longest_questions_of_a_person_fit_into_a_message(house: House) -> None:
    await house.set(keeps_questions=True)
    await house.keep(*(f"{number} {'*_' * 240}" for number in range(12)))
    assert house.text("privacy-mine", questions=12, feedback=0) in strip(
        text_of(await press(house, await panel(house), "show"))
    )


@pytest.mark.parametrize("text", ["@everyone <@1> **bold** `x`", "# heading", "a\n> b\n# c"])
async def test_own_text_cannot_ping_or_break_the_layout(house: House, text: str) -> None:
    await house.set(keeps_questions=True)
    await house.keep(text)
    shown = text_of(await press(house, await panel(house), "show"))
    assert len(shown.split("\n")) == 2
    assert "**bold**" not in shown
    assert "@everyone" not in shown.replace("\\@", "")


async def test_the_export_is_a_file_with_all_of_the_person_and_nothing_of_another(house: House) -> None:
    await leave_traces(house)
    await house.keep("Ben's own question", person=house.world.ben.id)
    shown = await press(house, await panel(house), "export")
    assert shown.ephemeral
    [file] = shown.attachments
    assert file.filename == "testigo.json"
    content = house.world.env.backend.cdn.get(file.url)
    assert content is not None
    kept = json.loads(content)
    assert kept == await house.store.people.export(house.world.ada.id)
    assert {name: len(rows) for name, rows in of_person(kept).items()} == {
        "questions": 2,
        "feedback": 2,
        "drafts": 1,
        "acts": 2,
    }
    assert b"Ben" not in content
    assert [part["file"]["url"] for part in raw(shown) if part["type"] == 13]


# Deleting.


@pytest.mark.parametrize("directly", [False, True])
async def test_after_deletion_nothing_is_left_of_the_person(house: House, directly: bool) -> None:
    await leave_traces(house)
    ada = house.world.ada
    before = await house.store.people.export(ada.id)
    assert [len(rows) for rows in of_person(before).values()] == [2, 2, 1, 2]
    shown = await press(house, await panel(house, directly=directly), "delete", directly=directly)
    assert house.text("privacy-deleted") in strip(text_of(shown))
    assert of_person(await house.store.people.export(ada.id)) == NOTHING
    assert await house.store.people.status(ada.id) == PersonStatus()
    assert await house.store.reviews.everywhere() == []
    assert await house.store.drafts.everywhere() == []
    assert "Zanzibar" not in str(house.contents())
    for file in house.folder.iterdir():
        assert b"Zanzibar" not in file.read_bytes(), file


async def test_deletion_takes_nothing_of_others(house: House) -> None:
    await leave_traces(house)
    ben = house.world.ben
    await house.keep("Ben's own question", person=ben.id)
    others = await house.store.people.export(ben.id)
    counts = house.contents()["counts"]
    await press(house, await panel(house), "delete")
    assert await house.store.people.export(ben.id) == others
    assert house.contents()["counts"] == counts


async def test_an_opt_out_outlives_a_deletion(house: House) -> None:
    await house.set(keeps_questions=True)
    shown = await press(house, await panel(house), "opt-out")
    await press(house, shown, "delete")
    await house.world.ask(QUESTION)
    assert (await house.store.people.export(house.world.ada.id))["questions"] == []


async def test_deleting_reaches_other_servers_too(house: House) -> None:
    await house.store.servers.change(house.elsewhere.id, 1, ServerSettings(keeps_questions=True))
    await house.keep("asked in Zanzibar elsewhere", guild=house.elsewhere.id)
    await press(house, await panel(house), "delete")
    assert "Zanzibar" not in str(house.contents())


async def test_another_persons_panel_acts_for_who_presses(house: House) -> None:
    await house.set(keeps_questions=True)
    await house.keep("Ada's own question")
    for custom_id in ("delete-mine:en", "opt-out:en:1", "agree:en:0", "export:en", "mine:en"):
        text = told(await house.forge(house.world.ben, custom_id))
        assert "Ada" not in text
    assert len((await house.store.people.export(house.world.ada.id))["questions"]) == 1


async def test_ratings_where_nothing_is_kept_name_nobody(house: House) -> None:
    ada = house.world.ada
    await ada.click(await house.world.ask(QUESTION), label="Not helpful")
    assert await house.store.people.export(ada.id) == await house.store.people.export(1)
    assert len(house.contents()["feedback"]) == 1
    assert "Zanzibar" not in str(house.contents())


@pytest.mark.parametrize("keeps", [False, True])
async def test_a_report_that_is_kept_can_be_seen_and_deleted(house: House, keeps: bool) -> None:
    await house.set(keeps_questions=keeps)
    ada = house.world.ada
    form = await ada.click(await house.world.ask(QUESTION), label="Report an error")
    await ada.submit_modal(form, {"reason": "wrong", "note": "A note of Madagascar."})
    exported = await house.store.people.export(ada.id)
    assert ("Madagascar" in str(house.contents())) is ("Madagascar" in str(exported))
    await press(house, await panel(house), "delete")
    assert "Madagascar" not in str(house.contents())
