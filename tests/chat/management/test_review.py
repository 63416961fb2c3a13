"""`/curate queue`: what people asked and did not get, group by group, and what curators decide."""

import datetime
import re
from typing import Any

import pytest

from bot.answering.feedback import Choice, Feedback, NoChoice, Origin, Rating, Reason, Report
from bot.answering.reply import Outcome
from bot.chat.codes import code
from bot.storage.auditing import Action
from bot.storage.drafts import DraftKind
from tests.chat.management.house import House, told
from tests.chat.world import Message, answered, buttons, menus, options, strip, text_of
from tests.storage.samples import asked, origin

pytestmark = pytest.mark.asyncio

CAUSE = ("why did the fire start", "what started the fire", "who lit the blaze")
HEIGHT = ("how tall is the lighthouse", "height of the lighthouse")


async def allow(house: House) -> None:
    """Let the server keep questions, and Cora curate."""
    await house.set(keeps_questions=True, curator_role=house.role.id)


async def queue(house: House) -> Message:
    """Return the first group as a curator sees it."""
    return answered(await house.curator.slash(house.world.channel, "curate queue"))


async def decide(house: House, shown: Message, key: str) -> Message:
    """Let a curator press a button of the review, and return what they see then."""
    return answered(await house.curator.click(shown, label=house.text(f"curate-{key}")))


async def said(house: House, question: str, *feedback: Feedback, outcome: Outcome = Outcome.ANSWER) -> None:
    """Let Ada have asked, and said something of the answer."""
    now = datetime.datetime.now(datetime.UTC)
    entries = ("keepers-escaped",) if outcome is Outcome.ANSWER else ()
    kept = asked(question, outcome, guild=house.guild, person=house.world.ada.id, entries=entries, at=now)
    await house.store.questions.record(kept)
    for each in feedback:
        await house.store.feedback.record(each, origin(kept))


def phrasings(message: Message) -> dict[str, str]:
    """Return the entries that can be chosen."""
    return options(message)


async def test_an_empty_queue_says_so(house: House) -> None:
    await allow(house)
    shown = await queue(house)
    assert shown.ephemeral
    assert text_of(shown) == house.text("curate-empty")
    assert buttons(shown) == {}


async def test_alike_questions_are_one_group_with_count_reasons_and_nearest_entries(house: House) -> None:
    await allow(house)
    await house.keep(*CAUSE, *HEIGHT)
    shown = await queue(house)
    lines = strip(text_of(shown)).split("\n")
    assert lines[0] == f"### {house.text('curate-title', number=1, count=2)}"
    assert {f"- {question}" for question in CAUSE} <= set(lines)
    assert not {f"- {question}" for question in HEIGHT} & set(lines)
    assert house.text("curate-times", count=3) in lines
    assert house.text("curate-reasons", reasons="not answered") in lines
    nearest = lines[lines.index(f"**{house.text('curate-nearest')}**") + 1 :]
    assert nearest[0] == "- What caused the fire?"
    assert len(nearest) == 5
    assert [f"- {label}" for label in phrasings(shown)] == nearest


async def test_skip_shows_the_next_group_and_comes_round(house: House) -> None:
    await allow(house)
    await house.keep(*CAUSE, *HEIGHT)
    before = house.contents()
    second = await decide(house, await queue(house), "skip")
    assert house.text("curate-title", number=2, count=2) in strip(text_of(second))
    assert f"- {HEIGHT[0]}" in strip(text_of(second))
    first = await decide(house, second, "skip")
    assert house.text("curate-title", number=1, count=2) in strip(text_of(first))
    assert house.contents() == before


@pytest.mark.parametrize(
    ("outcome", "feedback", "reasons"),
    [
        (Outcome.GAP, (), "not answered"),
        (Outcome.OFF_TOPIC, (), "not answered"),
        (Outcome.CLARIFY, (), "not answered"),
        (Outcome.CLARIFY, (NoChoice(("fire-when",), "en"),), "not answered"),
        (Outcome.CLARIFY, (Choice("fire-when", "en"),), None),
        (Outcome.ANSWER, (), None),
        (Outcome.META, (), None),
        (Outcome.ANSWER, (Rating(("keepers-escaped",), "en", is_helpful=True),), None),
        (Outcome.ANSWER, (Rating(("keepers-escaped",), "en", is_helpful=False),), "not helpful"),
        (Outcome.ANSWER, (Report(("keepers-escaped",), "en", Reason.WRONG, ""),), "reported"),
        (
            Outcome.ANSWER,
            (
                Rating(("keepers-escaped",), "en", is_helpful=False),
                Report(("keepers-escaped",), "en", Reason.WRONG, ""),
            ),
            "not helpful, reported",
        ),
    ],
)
async def test_what_is_reviewed_and_why(
    house: House, outcome: Outcome, feedback: tuple[Feedback, ...], reasons: str | None
) -> None:
    await allow(house)
    await said(house, "how many keepers escaped", *feedback, outcome=outcome)
    text = strip(text_of(await queue(house)))
    assert text == house.text("curate-empty") if reasons is None else f"Why it is here: {reasons}" in text


async def test_the_note_of_a_report_is_shown(house: House) -> None:
    await allow(house)
    await said(house, "how many escaped", Report(("keepers-escaped",), "en", Reason.WRONG, "It was five."))
    assert house.text("curate-note", note="It was five.") in strip(text_of(await queue(house)))


async def test_a_kept_question_is_asked_rated_and_reviewed_from_end_to_end(house: House) -> None:
    await allow(house)
    answer = await house.world.ask("how many keepers got away")
    await house.world.ben.click(answer, label="Not helpful")
    text = strip(text_of(await queue(house)))
    assert "- how many keepers got away" in text
    assert "not helpful" in text


HOSTILE = [
    "@everyone @here why <@1> <@&2> <#3> </ask:4> <t:0> <:a:5>",
    "**bold** __under__ ~~gone~~ ||hidden|| `code` ```block```",
    "# heading",
    "> quote",
    "-# small",
    "1. one\n2. two\n- three",
    "[text](https://evil.example) https://evil.example mail a.b@evil.example",
    "call +52 867 123 4567 now",
    "‮reversed​",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_kept_text_cannot_ping_lead_away_or_break_the_layout(house: House, text: str) -> None:
    await allow(house)
    await said(house, text, Report(("fire-when",), "en", Reason.WRONG, text), outcome=Outcome.GAP)
    shown = text_of(await queue(house))
    assert shown.startswith("### Question 1 of 1 to review\n- ")
    assert "evil.example" not in shown
    assert "4567" not in shown
    lines = shown.split("\n")
    for line in lines[1:]:
        if not line.startswith("**Nearest"):
            assert re.search(r"(?<!\\)[*_~|`<>#@\[\]]", line) is None, "each sign of markup has a backslash before it"
        assert not line.startswith(("# ", "> ", "-# "))


async def test_a_group_of_the_longest_texts_and_notes_fits_into_a_message(house: House) -> None:
    await allow(house)
    for number in range(6):
        note = "*" * 490 + str(number)
        await said(
            house,
            f"why fire {'_' * 480}{number}",
            Report(("fire-when",), "en", Reason.WRONG, note),
            outcome=Outcome.GAP,
        )
    assert house.text("curate-title", number=1, count=1) in strip(text_of(await queue(house)))


async def test_sixty_kept_questions_are_looked_at(house: House) -> None:
    await allow(house)
    await house.keep(*(f"how tall is lighthouse number {number}" for number in range(70)))
    assert house.text("curate-times", count=60) in strip(text_of(await queue(house)))


# Decisions.


async def test_a_group_becomes_phrasings_of_the_entry_chosen(house: House) -> None:
    await allow(house)
    await house.keep(*CAUSE)
    shown = await queue(house)
    chosen = phrasings(shown)["What caused the fire?"]
    result = await house.curator.select(shown, [chosen], custom_id=menus(shown)[0]["custom_id"])
    text = strip(text_of(answered(result)))
    assert house.text("curate-drafted") in text
    assert house.text("curate-empty") in text
    drafts = await house.store.drafts.waiting(house.guild)
    assert {draft.text for draft in drafts} == set(CAUSE)
    assert {(draft.kind, draft.entry, draft.language, draft.guild) for draft in drafts} == {
        (DraftKind.PHRASING, "gap-cause", "en", house.guild)
    }


@pytest.mark.parametrize(
    ("key", "kind"), [("entry", DraftKind.ENTRY), ("gap", DraftKind.GAP), ("off-topic", DraftKind.OFF_TOPIC)]
)
async def test_a_group_becomes_one_proposal(house: House, key: str, kind: DraftKind) -> None:
    await allow(house)
    await house.keep(*HEIGHT, language="es")
    text = strip(text_of(await decide(house, await queue(house), key)))
    assert house.text("curate-drafted") in text
    [draft] = await house.store.drafts.waiting(house.guild)
    assert draft.text in HEIGHT
    assert (draft.kind, draft.entry, draft.language, draft.guild) == (kind, None, "es", house.guild)
    assert await house.store.reviews.pending(house.guild) == []
    [act, *_] = await house.store.servers.audit(house.guild)
    assert act.action is Action.DRAFT
    assert act.new["questions"] == 2


async def test_a_dismissed_group_is_no_draft_and_does_not_come_again(house: House) -> None:
    await allow(house)
    await house.keep(*HEIGHT, *CAUSE)
    shown = await decide(house, await queue(house), "dismiss")
    assert house.text("curate-dismissed") in strip(text_of(shown))
    assert house.text("curate-title", number=1, count=1) in strip(text_of(shown))
    assert await house.store.drafts.waiting(house.guild) == []
    assert {kept.text for kept in await house.store.reviews.pending(house.guild)} == set(HEIGHT)
    assert (await house.store.servers.audit(house.guild))[0].action is Action.DISMISS


async def test_the_language_of_a_question_can_be_set_right(house: House) -> None:
    await allow(house)
    await house.keep("por qué se quemó el faro", language="en")
    shown = await queue(house)
    menu = menus(shown)[1]
    assert [option["value"] for option in menu["options"] if option["default"]] == ["en"]
    shown = answered(await house.curator.select(shown, ["es"], custom_id=menu["custom_id"]))
    assert [option["value"] for option in menus(shown)[1]["options"] if option["default"]] == ["es"]
    await decide(house, shown, "gap")
    [draft] = await house.store.drafts.waiting(house.guild)
    assert draft.language == "es"


async def test_a_language_that_is_none_is_not_drafted(house: House) -> None:
    await allow(house)
    await house.keep(*HEIGHT)
    [first, *_] = await house.store.reviews.pending(house.guild)
    await house.forge(house.curator, f"draft:en:gap:{first.id}:xx")
    await house.forge(house.curator, f"phrasing:en:{first.id}:xx", code("fire-when"))
    assert {draft.language for draft in await house.store.drafts.waiting(house.guild)} <= {"en", "es"}


async def test_the_decision_before_is_followed_by_the_next_group(house: House) -> None:
    await allow(house)
    await house.keep(*CAUSE, *HEIGHT)
    text = strip(text_of(await decide(house, await queue(house), "gap")))
    assert house.text("curate-title", number=1, count=1) in text
    assert f"- {HEIGHT[0]}" in text


@pytest.mark.parametrize("key", ["gap", "entry", "off-topic", "dismiss"])
async def test_of_two_curators_the_first_one_s_decision_holds(house: House, key: str) -> None:
    await allow(house)
    await house.keep(*CAUSE)
    mine = await queue(house)
    theirs = answered(await house.manager.slash(house.world.channel, "curate queue"))
    await house.manager.click(theirs, label=house.text("curate-gap"))
    before = house.contents()
    await house.curator.click(mine, label=house.text(f"curate-{key}"))
    assert house.contents() == before


async def test_that_somebody_else_reviewed_it_is_told_so(house: House) -> None:
    await allow(house)
    await house.keep(*CAUSE)
    shown = await queue(house)
    await house.forge(house.manager, f"dismiss:en:{(await house.store.reviews.pending(house.guild))[0].id}")
    assert told(await house.curator.click(shown, label=house.text("curate-gap"))) == house.text("curate-reviewed")


async def test_nothing_changes_live(house: House) -> None:
    await allow(house)
    world = house.world
    before = text_of(await world.ask(CAUSE[0]))
    version = world.testigo.knowledge.version
    shown = await queue(house)
    await house.curator.select(shown, [code("fire-when")], custom_id=menus(shown)[0]["custom_id"])
    assert text_of(await world.ask(CAUSE[0])) == before
    assert world.testigo.knowledge.version == version


async def test_an_entry_that_is_gone_is_no_decision(house: House) -> None:
    await allow(house)
    await house.keep(*CAUSE)
    [first, *_] = await house.store.reviews.pending(house.guild)
    before = house.contents()
    for value in ("zzzzz", "x" * 90, "' OR 1=1 --"):
        result = await house.forge(house.curator, f"phrasing:en:{first.id}", value)
        assert told(result) == house.text("answer-gone")
    assert house.contents() == before


@pytest.mark.parametrize("custom_id", ["draft:en:poem:{id}", "draft:en::{id}", "draft:en:gap:0", "dismiss:en:-1"])
async def test_a_decision_that_is_none_changes_nothing(house: House, custom_id: str) -> None:
    await allow(house)
    await house.keep(*CAUSE)
    [first, *_] = await house.store.reviews.pending(house.guild)
    before = house.contents()
    await house.forge(house.curator, custom_id.format(id=first.id))
    assert house.contents() == before


@pytest.mark.parametrize("number", [-7, 0, 2, 10**30])
async def test_any_place_is_one_that_there_is(house: House, number: int) -> None:
    await allow(house)
    await house.keep(*CAUSE)
    assert house.text("curate-title", number=1, count=1) in told(
        await house.forge(house.curator, f"review:en:{number}")
    )


async def test_after_a_restart_the_old_panel_works(house: House) -> None:
    await allow(house)
    await house.keep(*CAUSE)
    shown = await queue(house)
    await house.restart()
    await decide(house, shown, "gap")
    assert len(await house.store.drafts.waiting(house.guild)) == 1


# Reports whose question is not kept.


async def report(house: House, note: str = "It was five.", person: int | None = None) -> None:
    """Let somebody report an error in an answer where questions are not kept."""
    sent = Report(("keepers-escaped",), "en", Reason.OUTDATED, note)
    await house.store.feedback.record(sent, Origin(house.guild, person or house.world.ben.id, 77))


async def test_a_report_is_reviewed_where_its_question_is_not_kept(house: House) -> None:
    form = await house.world.ada.click(await house.world.ask("how many keepers got away"), label="Report an error")
    await house.world.ada.submit_modal(form, {"reason": "outdated", "note": "It was five."})
    shown = answered(await house.manager.slash(house.world.channel, "curate queue"))
    text = strip(text_of(shown))
    assert house.text("curate-title", number=1, count=1) in text
    assert "- How many keepers escaped?" in text
    assert house.text("curate-report", reason=house.text("reason-outdated")) in text
    assert house.text("curate-note", note="It was five.") in text
    assert "got away" not in text
    assert menus(shown) == []
    result = await house.manager.click(shown, label=house.text("curate-dismiss"))
    assert house.text("curate-dismissed") in told(result)
    assert house.text("curate-empty") in told(result)


async def test_reports_come_after_the_groups(house: House) -> None:
    await allow(house)
    await report(house)
    await house.keep(*CAUSE)
    first = await queue(house)
    assert house.text("curate-title", number=1, count=2) in strip(text_of(first))
    assert f"- {CAUSE[0]}" in strip(text_of(first))
    second = await decide(house, first, "skip")
    assert house.text("curate-note", note="It was five.") in strip(text_of(second))
    assert f"- {CAUSE[0]}" in strip(text_of(await decide(house, second, "skip")))


async def test_a_report_that_was_dismissed_is_told_so_the_second_time(house: House) -> None:
    await allow(house)
    await report(house)
    mine = await queue(house)
    await decide(house, await queue(house), "dismiss")
    before = house.contents()["feedback"]
    assert text_of(await decide(house, mine, "dismiss")) == house.text("curate-reviewed")
    assert house.contents()["feedback"] == before


@pytest.mark.parametrize("way", ["by choice", "share", "of who opted out"])
async def test_a_report_is_reviewed_whatever_led_to_the_answer(house: House, way: str) -> None:
    await allow(house)
    ada = house.world.ada
    match way:
        case "of who opted out":
            await house.store.people.opt_out(ada.id, opts_out=True)
            answer = await house.world.ask("how many keepers escaped")
        case "share":
            private = await house.world.ask("how many keepers escaped", private=True)
            answer = answered(await ada.click(private, label="Share"))
        case _:
            answer = answered(await house.forge(ada, "entry:en:0", code("keepers-escaped")))
    person = house.world.ben if way in {"share", "of who opted out"} else ada
    form = await person.click(answer, label="Report an error")
    await person.submit_modal(form, {"reason": "wrong", "note": "It was five."})
    assert house.text("curate-note", note="It was five.") in strip(text_of(await queue(house)))


async def test_who_opted_out_has_no_report_kept(house: House) -> None:
    await allow(house)
    await house.store.people.opt_out(house.world.ben.id, opts_out=True)
    await report(house)
    assert text_of(await queue(house)) == house.text("curate-empty")
    assert "It was five." not in str(house.contents())


@pytest.mark.parametrize("text", [*HOSTILE, "*" * 1000, "[_" * 500])
async def test_a_note_alone_cannot_ping_lead_away_or_break_the_layout(house: House, text: str) -> None:
    await allow(house)
    await report(house, text)
    lines = text_of(await queue(house)).split("\n")
    assert lines[0] == "### Question 1 of 1 to review"
    for line in lines[1:]:
        assert re.search(r"(?<!\\)[*_~|`<>#@\[\]]", line) is None
        assert not line.startswith(("# ", "> ", "-# "))


# Who may.


@pytest.mark.parametrize("who", ["curator", "manager"])
async def test_the_role_and_the_managers_may_curate(house: House, who: str) -> None:
    await allow(house)
    assert told(await getattr(house, who).slash(house.world.channel, "curate queue")) == house.text("curate-empty")


async def test_nobody_else_may_curate_not_even_who_runs_the_bot(house: House) -> None:
    await allow(house)
    await house.keep(*CAUSE)
    for person in (house.world.ada, house.owner):
        result = await person.slash(house.world.channel, "curate queue")
        assert told(result) == house.text("curate-forbidden")
        assert answered(result).ephemeral


async def test_who_lost_the_role_may_not_click(house: House) -> None:
    await allow(house)
    await house.keep(*CAUSE)
    shown = await queue(house)
    house.world.env.backend.remove_member_role(house.guild, house.curator.id, house.role.id)
    before = house.contents()
    assert told(await house.curator.click(shown, label=house.text("curate-gap"))) == house.text("curate-forbidden")
    assert house.contents() == before


async def test_another_role_chosen_counts_at_the_next_click(house: House) -> None:
    await allow(house)
    await house.keep(*CAUSE)
    shown = await queue(house)
    other = house.world.guild.create_role("Others")
    await house.forge(house.manager, "server-curators:en", str(other.id))
    assert told(await house.curator.click(shown, label=house.text("curate-gap"))) == house.text("curate-forbidden")
    assert await house.store.drafts.waiting(house.guild) == []


async def test_the_role_of_one_server_is_nothing_in_another(house: House) -> None:
    await allow(house)
    await house.keep(*CAUSE)
    there = house.elsewhere.add_member(house.curator.user)
    result = await there.slash(house.channel_elsewhere, "curate queue")
    assert told(result) == house.text("curate-forbidden")


async def test_a_manager_of_another_server_sees_that_one_s_questions_alone(house: House) -> None:
    await allow(house)
    await house.keep(*CAUSE)
    result = await house.stranger.slash(house.channel_elsewhere, "curate queue")
    assert told(result) == house.text("curate-empty")


@pytest.mark.parametrize("custom_id", ["draft:en:gap:{id}", "dismiss:en:{id}", "phrasing:en:{id}", "wording:en:{id}"])
async def test_a_question_of_another_server_cannot_be_reached(house: House, custom_id: str) -> None:
    await allow(house)
    await house.keep(*CAUSE)
    [first, *_] = await house.store.reviews.pending(house.guild)
    before = house.contents()
    forged = custom_id.format(id=first.id)
    values = [code("fire-when")] if forged.startswith("phrasing") else ["es"] if forged.startswith("wording") else []
    result = await house.forge(house.stranger, forged, *values, channel=house.channel_elsewhere)
    assert not any(question in told(result) for question in CAUSE)
    assert house.contents() == before


async def test_only_who_runs_the_bot_reviews_direct_messages(house: House) -> None:
    ada = house.world.ada
    await house.store.people.agree(ada.id, agrees=True)
    await ada.send_dm(CAUSE[0])
    assert f"- {CAUSE[0]}" in told(await house.owner.user.slash("curate queue"))
    for person in (ada.user, house.curator.user, house.manager.user):
        assert told(await person.slash("curate queue")) == house.text("owner-forbidden")
    shown = answered(await house.owner.user.slash("curate queue"))
    result: Any = await house.owner.user.click(shown, label=house.text("curate-gap"))
    assert house.text("curate-drafted") in told(result)
    assert [draft.guild for draft in await house.store.drafts.waiting(None)] == [None]
