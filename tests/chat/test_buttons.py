"""What each button and menu of an answer does."""

from typing import Any

import pytest

from bot.answering.conversation import Turn
from bot.answering.feedback import Choice, NoChoice, Origin, Rating
from bot.chat.codes import code
from tests.chat.world import World, answered, asked_by, buttons, menus, options, strip, text_of

pytestmark = pytest.mark.asyncio

QUESTION = "How many keepers escaped?"
UNSURE = "survivors and army"


async def pressed(world: World, label: str, question: str = QUESTION, **fields: Any) -> Any:
    """Return what a button of an answer shows to Ada."""
    return answered(await world.ada.click(await world.ask(question, **fields), label=label))


async def test_sources_are_shown_to_who_asks_for_them(marrow: World) -> None:
    sources = await pressed(marrow, "Sources")
    assert sources.ephemeral
    assert "s1, gazette.example" in text_of(sources)
    assert "> The lighthouse at Cape Marrow burned" in text_of(sources)
    assert text_of(sources).endswith("The article is from March 3, 2021.")


async def test_all_sources_of_several_answers_are_shown(world: World) -> None:
    question = "How many people were killed and where did it happen?"
    sources = text_of(await pressed(world, "Sources", question))
    for citation in world.testigo.answerer.answer(question).citations:
        assert citation.url in sources


async def test_why_tells_the_phrasing_how_sure_and_the_runner_up(marrow: World) -> None:
    why = await pressed(marrow, "Why this answer", "how many keepers got away")
    explanation = marrow.testigo.answerer.answer("how many keepers got away").explanation
    assert explanation is not None
    assert explanation.runner_up is not None
    text = strip(text_of(why))
    assert why.ephemeral
    assert f"Matched phrasing: {explanation.utterance}" in text
    assert f"How sure: {explanation.probability:.0%}" in text.replace(" %", "%")
    assert f"Second closest: {explanation.runner_up.question}" in text


async def test_why_tells_of_a_canonical_question_too(marrow: World) -> None:
    assert f"Matched phrasing: {QUESTION}" in strip(text_of(await pressed(marrow, "Why this answer")))


async def test_a_crude_phrasing_is_not_shown(world: World) -> None:
    entry = code("victims-total")
    why = answered(await world.press(f"why:en:{entry}::90::0"))
    assert world.testigo.strings["en"].text("why-not-shown") in text_of(why)


async def test_related_questions_are_answered_for_who_chooses_one(marrow: World) -> None:
    related = await pressed(marrow, "Related")
    assert related.ephemeral
    assert set(options(related)) == {"When did the lighthouse burn?", "Were there warnings?"}
    value = options(related)["Were there warnings?"]
    answer = answered(await marrow.ada.select(related, [value]))
    assert answer.ephemeral
    assert "### Were there warnings?" in text_of(answer)
    assert "Share" in buttons(answer)


async def test_a_private_answer_can_be_shared(marrow: World) -> None:
    answer = await marrow.ask(QUESTION, private=True)
    shared = answered(await marrow.ada.click(answer, label="Share"))
    assert not shared.ephemeral
    assert strip(text_of(shared)) == strip(text_of(answer))
    assert len(marrow.said) == 1


async def test_the_correction_of_a_false_premise_is_shared_too(world: World) -> None:
    answer = await world.ask("Where were the 50 victims from?", private=True)
    shared = answered(await world.ada.click(answer, label="Share"))
    assert "The article counts 72 people killed" in text_of(shared)


async def test_a_shared_answer_can_be_deleted_by_who_shared_it(marrow: World) -> None:
    answer = await marrow.ask(QUESTION, private=True)
    shared = answered(await marrow.ada.click(answer, label="Share"))
    await marrow.ada.click(shared, label="Delete")
    assert marrow.said == []


@pytest.mark.parametrize(("label", "is_helpful"), [("Helpful", True), ("Not helpful", False)])
async def test_a_rating_is_kept_with_where_it_comes_from(marrow: World, label: str, is_helpful: bool) -> None:
    answer = await marrow.ask(QUESTION)
    thanks = answered(await marrow.ben.click(answer, label=label))
    assert thanks.ephemeral
    assert text_of(thanks) == "Noted. Thank you."
    rating = Rating(("keepers-escaped",), "en", is_helpful)
    assert marrow.feedback.kept == [(rating, Origin(marrow.guild.id, marrow.ben.id, answer.id, asked_by(answer)))]


async def test_a_rating_of_several_answers_names_them(world: World) -> None:
    await pressed(world, "Helpful", "How many people were killed and where did it happen?")
    assert world.feedback.kept[0][0] == Rating(("victims-total", "place-where"), "en", is_helpful=True)


async def test_the_asker_can_delete_an_answer(marrow: World) -> None:
    answer = await marrow.ask(QUESTION)
    await marrow.ada.click(answer, label="Delete")
    assert marrow.said == []


async def test_nobody_else_can_delete_an_answer(marrow: World) -> None:
    answer = await marrow.ask(QUESTION)
    refusal = answered(await marrow.ben.click(answer, label="Delete"))
    assert refusal.ephemeral
    assert "Only the person who asked" in text_of(refusal)
    assert len(marrow.said) == 1


async def test_the_asker_can_delete_an_answer_to_a_mention(marrow: World) -> None:
    await marrow.ada.send(marrow.channel, f"{marrow.me} {QUESTION}")
    await marrow.ada.click(marrow.said[-1], label="Delete")
    assert marrow.said == []


async def test_an_unclear_question_offers_two_to_four_and_none_of_these(world: World) -> None:
    offer = await world.ask(UNSURE)
    *picks, none = buttons(offer)
    assert 2 <= len(picks) <= 4
    assert none == "None of these"
    assert text_of(offer) == "I am not sure which of these you mean:"


async def test_the_asker_picks_in_place(world: World) -> None:
    offer = await world.ask(UNSURE)
    label = next(iter(buttons(offer)))
    await world.ada.click(offer, label=label)
    [message] = world.said
    assert message.id == offer.id
    assert f"### {label}" in strip(text_of(message))
    assert "Delete" in buttons(message)
    entry = world.testigo.answerer.answer(UNSURE).suggestions[0].entry
    assert world.feedback.kept == [
        (Choice(entry, "en"), Origin(world.guild.id, world.ada.id, offer.id, asked_by(offer)))
    ]


async def test_others_pick_for_themselves(world: World) -> None:
    offer = await world.ask(UNSURE)
    label = next(iter(buttons(offer)))
    answer = answered(await world.ben.click(offer, label=label))
    assert answer.ephemeral
    assert f"### {label}" in strip(text_of(answer))
    assert "None of these" in buttons(world.said[-1])


async def test_a_pick_from_a_private_offer_stays_private(world: World) -> None:
    offer = await world.ask(UNSURE, private=True)
    await world.ada.click(offer, label=next(iter(buttons(offer))))
    message = world.channel.history(viewer=world.ada)[-1]
    assert message.flags.ephemeral
    assert "Share" in buttons(message)
    assert world.said == []


async def test_a_pick_is_what_a_follow_up_continues(world: World) -> None:
    unidentified = code("victims-unidentified")
    await world.press(f"pick:en:{world.ada.id}:1:{unidentified}")
    expected = world.testigo.answerer.answer("why?", previous=Turn("victims-unidentified", "en"))
    assert expected.entries == ("unidentified-why",)
    assert expected.parts[0].text in strip(text_of(await world.ask("why?")))


async def test_none_of_these_asks_to_rephrase_and_is_kept(world: World) -> None:
    offer = await world.ask(UNSURE)
    told = answered(await world.ada.click(offer, label="None of these"))
    offered = tuple(each.entry for each in world.testigo.answerer.answer(UNSURE).suggestions)
    assert told.ephemeral
    assert text_of(told) == world.testigo.strings["en"].text("rephrase").replace("_", "\\_")
    assert world.feedback.kept == [
        (NoChoice(offered, "en"), Origin(world.guild.id, world.ada.id, offer.id, asked_by(offer)))
    ]


async def test_buttons_work_in_direct_messages(marrow: World) -> None:
    question = await marrow.ada.send_dm(QUESTION)
    answer = marrow.mail_of(marrow.ada)[-1]
    await marrow.ada.user.click(answer, label="Helpful")
    assert marrow.feedback.kept[0][1] == Origin(None, marrow.ada.id, answer.id, question.id)
    await marrow.ada.user.click(answer, label="Delete")
    assert marrow.mail_of(marrow.ada) == []


OLD = "This button is from an older version. Please ask again."
GONE = "This answer is no longer in the knowledge base. Please ask again."


@pytest.mark.parametrize(
    ("custom_id", "told"),
    [
        ("vote:en:abcde", OLD),
        ("sources:en", OLD),
        ("sources:xx:abcde", OLD),
        ("sources::abcde", OLD),
        ("rate:en:abcde:maybe", OLD),
        ("why:en:abcde:abcde:many:abcde:0", OLD),
        ("page:en:last", OLD),
        ("delete:en:me", OLD),
        ("a:", OLD),
        ("-:-:-", OLD),
        ("sources:en:zzzzz", GONE),
        ("why:en:zzzzz:abcde:90:abcde:0", GONE),
        ("related:en:zzzzz", GONE),
        ("follow-up:en:zzzzz", GONE),
        ("share:en:zzzzz", GONE),
        ("report:en:zzzzz", GONE),
        ("rate:en:zzzzz:1", GONE),
        ("pick:en:1:1:zzzzz", GONE),
        ("pick:en:1:0:zzzzz", GONE),
        ("related:en:", GONE),
        ("share:en:", GONE),
    ],
)
async def test_a_button_that_leads_nowhere_says_so(marrow: World, custom_id: str, told: str) -> None:
    answer = answered(await marrow.press(custom_id))
    assert answer.ephemeral
    assert text_of(answer) == told
    assert marrow.feedback.kept == []


@pytest.mark.parametrize(("custom_id", "value"), [("entry:en:0", "zzzzz"), ("topic:en", "zzzzz"), ("entry:en:0", "")])
async def test_a_choice_that_is_gone_says_so(marrow: World, custom_id: str, value: str) -> None:
    assert text_of(answered(await marrow.choose(custom_id, value or "?"))) == GONE


@pytest.mark.parametrize("page", [-5, 0, 1, 99999999999999999999])
async def test_any_page_is_one_that_there_is(marrow: World, page: int) -> None:
    await marrow.press(f"page:en:{page}")
    assert "The article" in text_of(marrow.said[-1])


@pytest.mark.parametrize(
    "custom_id",
    ["", " ", "Sources:en:abcde", "sources:en:ABCDE", "sources:en:<@1>", "https://evil.example", "x" * 100, "a\nb:c"],
)
async def test_a_custom_id_that_never_was_ours_is_left_alone(marrow: World, custom_id: str) -> None:
    data = {"custom_id": custom_id, "component_type": 2}
    await marrow.interact(3, data)
    assert marrow.callbacks == []


async def test_no_button_of_an_answer_is_used_twice(marrow: World) -> None:
    ids = list(buttons(await marrow.ask(QUESTION)).values())
    assert len(set(ids)) == len(ids)
    assert menus(await marrow.ask(QUESTION)) == []
