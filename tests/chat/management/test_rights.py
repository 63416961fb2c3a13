"""No click without the right has an effect: roles, places and forged custom ids, each with each."""

from typing import Any, get_args

import pytest
from simcord.actors import MemberActor

from bot.answering.feedback import Origin, Reason, Report
from bot.chat.codes import code
from bot.chat.custom_ids import decode, encode
from bot.chat.management_actions import (
    Agree,
    ChooseChannels,
    ChooseCurators,
    ChooseServerLanguage,
    ChooseWording,
    DeleteMine,
    Dismiss,
    DismissReport,
    DraftAs,
    DraftPhrasing,
    ExportMine,
    ManagementAction,
    OptOut,
    SetKeeping,
    SetPrivate,
    ShowMine,
    ShowReview,
)
from tests.chat.management.house import House, Person, told
from tests.storage.samples import asked

pytestmark = pytest.mark.asyncio

SECRETS = ("Zanzibar", "Madagascar")
MANAGING = (ChooseServerLanguage, ChooseChannels, ChooseCurators, SetPrivate, SetKeeping)
CURATING = (ShowReview, ChooseWording, DraftPhrasing, DraftAs, Dismiss, DismissReport)
OWN = (ShowMine, ExportMine, DeleteMine, OptOut, Agree)


async def fill(house: House) -> None:
    """Let both servers and direct messages have something to change and to read."""
    await house.set(keeps_questions=True, curator_role=house.role.id)
    await house.keep("where is Zanzibar", "was it in Zanzibar")
    await house.store.people.agree(house.world.ada.id, agrees=True)
    await house.store.questions.record(asked("where is Madagascar", guild=None, person=house.world.ada.id))
    for guild in (house.guild, house.elsewhere.id, None):
        report = Report(("fire-when",), "en", Reason.WRONG, "Not in Zanzibar." if guild == house.guild else "Hm.")
        await house.store.feedback.record(report, Origin(guild, house.world.ada.id, 5))


def reports(house: House, *without: int) -> list[str]:
    """Return the ids of the reports, but for those of some guilds."""
    return [row[0] for row in house.contents()["feedback"] if row[2] == "report" and row[1] not in without]


def forged(house: House, questions: list[int], *without: int) -> list[tuple[Any, list[str]]]:
    """Return each action of each kind, with what would be chosen in its menu."""
    first, *_ = questions
    found: list[tuple[Any, list[str]]] = [
        (ChooseServerLanguage("en"), ["es"]),
        (ChooseChannels("en"), [str(house.world.channel.id)]),
        (ChooseCurators("en"), [str(house.role.id)]),
        (ShowReview("en", 0), []),
        (ShowReview("en", -1), []),
        (ShowMine("en"), []),
        (ExportMine("en"), []),
        (DeleteMine("en"), []),
    ]
    found += [(kind("en", value), []) for kind in (SetPrivate, SetKeeping, OptOut, Agree) for value in (True, False)]
    found += [(DismissReport("en", report), []) for report in (*reports(house, *without), "0", "")]
    for question in (*questions, first + 1, 0):
        found += [(DraftPhrasing("en", question, wording), [code("fire-when")]) for wording in ("", "es", "xx")]
        found += [(DraftAs("en", kind, question), []) for kind in ("entry", "gap", "off-topic", "poem")]
        found += [(ChooseWording("en", question), ["es"]), (Dismiss("en", question), [])]
    return found


async def test_every_action_is_in_the_table(house: House) -> None:
    await fill(house)
    [first, *_] = await house.store.reviews.pending(house.guild)
    assert {type(action) for action, _ in forged(house, [first.id])} == set(get_args(ManagementAction))
    assert set(get_args(ManagementAction)) == {*MANAGING, *CURATING, *OWN}


@pytest.mark.parametrize("place", ["in the server", "elsewhere", "directly"])
@pytest.mark.parametrize("who", ["member", "curator", "manager elsewhere", "owner"])
async def test_no_click_without_the_right_has_an_effect_or_shows_anything(house: House, who: str, place: str) -> None:
    await fill(house)
    questions = [each.id for each in await house.store.reviews.everywhere()]
    users = {
        "member": house.world.ben.user,
        "curator": house.curator.user,
        "manager elsewhere": house.stranger.user,
        "owner": house.owner.user,
    }
    person, channel = standing(house, users[who], place)
    may_curate = (who, place) in {
        ("curator", "in the server"),
        ("manager elsewhere", "elsewhere"),
        ("owner", "directly"),
    }
    may_manage = (who, place) == ("manager elsewhere", "elsewhere")
    for action, values in forged(house, questions):
        may = type(action) in OWN or (type(action) in CURATING and may_curate)
        if may or (may_manage and type(action) in MANAGING):
            continue
        custom_id = encode(action)
        assert decode(custom_id) == action
        before = house.contents()
        text = told(await house.forge(person, custom_id, *values, channel=channel))
        assert house.contents() == before, custom_id
        refusals = ("settings-forbidden", "curate-forbidden", "owner-forbidden", "only-in-server")
        assert text in {house.text(key) for key in refusals}, custom_id


def standing(house: House, user: Any, place: str) -> tuple[Person, Any]:
    """Return a person as they stand in a place, and the place."""
    if place == "directly":
        return user, user.dm_channel
    guild = house.world.guild if place == "in the server" else house.elsewhere
    channel = house.world.channel if place == "in the server" else house.channel_elsewhere
    members = (house.world.ben, house.curator, house.stranger, house.owner)
    known = next((each for each in members if each.id == user.id and each.guild.id == guild.id), None)
    if known is None and user.id in guild.member_ids():
        known = MemberActor(house.world.env, guild, user)
    return known or guild.add_member(user), channel


async def test_who_may_elsewhere_changes_nothing_here(house: House) -> None:
    await fill(house)
    questions = [each.id for each in await house.store.reviews.everywhere()]
    before = [row for rows in house.contents().values() for row in rows]
    for action, values in forged(house, questions, house.elsewhere.id):
        if type(action) not in OWN:
            text = told(await house.forge(house.stranger, encode(action), *values, channel=house.channel_elsewhere))
            assert not any(secret in text for secret in SECRETS)
    after = house.contents()
    assert [row for row in before if row not in [row for rows in after.values() for row in rows]] == []
    new = [row for rows in after.values() for row in rows if row not in before]
    assert all(house.guild not in row for row in new)
    assert after["drafts"] == []


async def test_who_curates_here_reaches_neither_direct_messages_nor_another_server(house: House) -> None:
    await fill(house)
    await house.store.servers.change(house.elsewhere.id, 1, await house.store.servers.of(house.guild))
    await house.keep("was Madagascar elsewhere", guild=house.elsewhere.id)
    others = [each.id for each in await house.store.reviews.everywhere() if each.guild != house.guild]
    assert len(others) >= 1
    before = house.contents()
    for action, values in forged(house, others, house.guild):
        if type(action) in CURATING and not isinstance(action, ShowReview):
            assert "Madagascar" not in told(await house.forge(house.curator, encode(action), *values))
    assert house.contents() == before


async def test_what_people_do_with_their_own_touches_nobody_elses(house: House) -> None:
    await fill(house)
    for place in ("in the server", "elsewhere", "directly"):
        person, channel = standing(house, house.world.ben.user, place)
        before = house.contents()
        for action, values in forged(house, [0]):
            if type(action) in OWN:
                text = told(await house.forge(person, encode(action), *values, channel=channel))
                assert not any(secret in text for secret in SECRETS)
        after = house.contents()
        for name in before:
            if name != "people":
                assert after[name] == before[name]
        adas = [row for row in before["people"] if row[0] in {each[2] for each in before["questions"]}]
        assert len(adas) == 1
        assert adas[0] in after["people"]


@pytest.mark.parametrize(
    "custom_id",
    [
        "server-private:en",
        "server-private:en:2x",
        "server-private:xx:1",
        "server-keeping:en:1:1",
        "server-everything:en:1",
        "draft:en:gap",
        "draft:en:gap:x",
        "dismiss:en:1e9",
        "delete-mine",
        "delete-mine:en:711111111111111111",
        "opt-out:en:yes",
        "agree:en:",
        "retract:en:fire-when",
        "restore:en:fire-when",
        "review:en:",
    ],
)
async def test_a_custom_id_that_is_none_changes_nothing_even_for_those_who_may(house: House, custom_id: str) -> None:
    await fill(house)
    before = house.contents()
    for person in (house.manager, house.curator, house.owner, house.world.ada):
        assert told(await house.forge(person, custom_id)) == house.text("old-button")
    assert house.contents() == before


@pytest.mark.parametrize("action", [SetPrivate("en", True), ChooseServerLanguage("en"), Dismiss("en", 1)])
async def test_a_form_cannot_do_what_a_button_does_without_the_right(house: House, action: Any) -> None:
    await fill(house)
    before = house.contents()
    await house.world.submit(encode(action), anything="es")
    assert house.contents() == before
