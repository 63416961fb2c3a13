"""Direct messages, mentions and replies: which are answered, and how."""

from typing import Any

import pytest
from simcord.enums import MessageType

from tests.chat.world import World, strip, text_of

pytestmark = pytest.mark.asyncio

QUESTION = "How many keepers escaped?"
ANSWER = "4 keepers escaped"


async def test_a_direct_message_is_answered_with_a_line_on_what_the_bot_is(marrow: World) -> None:
    await marrow.ada.send_dm(QUESTION)
    [answer] = marrow.mail_of(marrow.ada)
    first = marrow.testigo.strings["en"].text("first-contact")
    assert strip(text_of(answer)).startswith(f"-# {first}\n### How many keepers escaped?")


async def test_the_line_on_what_the_bot_is_comes_once(marrow: World) -> None:
    await marrow.ada.send_dm(QUESTION)
    await marrow.ada.send_dm(QUESTION)
    assert marrow.testigo.strings["en"].text("first-contact") not in strip(text_of(marrow.mail_of(marrow.ada)[-1]))


async def test_the_line_on_what_the_bot_is_comes_with_the_first_answer_at_the_latest(marrow: World) -> None:
    await marrow.ada.send_dm("x" * 501)
    await marrow.ada.send_dm(QUESTION)
    said = strip("\n".join(map(text_of, marrow.mail_of(marrow.ada))))
    assert said.count(marrow.testigo.strings["en"].text("first-contact")) == 1


async def test_the_line_on_what_the_bot_is_comes_to_each_person(marrow: World) -> None:
    for person in (marrow.ada, marrow.ben):
        await person.send_dm(QUESTION)
        assert "I am Testigo" in text_of(marrow.mail_of(person)[0])


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("¿Cuántas mujeres había entre los muertos?", "es"),
        ("De que países vinham os migrantes mortos?", "pt"),
        ("How many people were killed?", "en"),
    ],
)
async def test_the_line_on_what_the_bot_is_has_the_language_of_the_question(
    world: World, question: str, language: str
) -> None:
    await world.ada.send_dm(question)
    assert world.testigo.strings[language].text("first-contact") in strip(text_of(world.mail_of(world.ada)[0]))


async def test_who_writes_directly_sees_that_the_bot_is_typing(marrow: World) -> None:
    await marrow.ada.send_dm(QUESTION)
    assert len(marrow.requests("POST", "/typing")) == 1


@pytest.mark.parametrize("fault", [403, 429, 500, 503, 104])
async def test_an_answer_needs_no_typing_indicator(marrow: World, fault: int) -> None:
    marrow.env.inject_error("POST", "/channels/*/typing", status=fault)
    await marrow.ada.send_dm(QUESTION)
    assert len(marrow.mail_of(marrow.ada)) == 1


async def test_every_direct_message_is_a_question(marrow: World) -> None:
    for text in ("hello", "ok", "?", "thanks", "/ask something", "!help"):
        await marrow.ada.send_dm(text)
    assert len(marrow.mail_of(marrow.ada)) == 6


async def test_a_direct_message_without_text_gets_help(marrow: World) -> None:
    mail = marrow.ada.user.dm_channel
    files = marrow.env.backend.store_attachments(mail.id, [("picture.png", b"x")])
    await marrow.ada.send_dm("", attachments=files)
    assert marrow.testigo.strings["en"].text("help") in strip(text_of(marrow.mail_of(marrow.ada)[0]))


@pytest.mark.parametrize("form", ["{me} {text}", "{text} {me}", "<@!{id}> {text}", "{me}{text}", "{me} {text} {me}"])
async def test_a_mention_is_answered(marrow: World, form: str) -> None:
    me = marrow.env.backend.bot_user.id
    await marrow.ada.send(marrow.channel, form.format(me=marrow.me, id=me, text=QUESTION))
    assert ANSWER in text_of(marrow.said[-1])


async def test_a_mention_among_others_is_answered(marrow: World) -> None:
    await marrow.ada.send(marrow.channel, f"{marrow.ben.mention} {marrow.me} {QUESTION}")
    assert ANSWER in text_of(marrow.said[-1])


async def test_a_mention_alone_gets_help(marrow: World) -> None:
    await marrow.ada.send(marrow.channel, marrow.me)
    assert strip(text_of(marrow.said[-1])) == marrow.testigo.strings["en"].text("help")


async def test_a_reply_to_the_bot_is_answered(marrow: World) -> None:
    await marrow.ada.send(marrow.channel, f"{marrow.me} {QUESTION}")
    await marrow.ada.send(marrow.channel, "When did the lighthouse burn?", reply_to=marrow.said[-1])
    assert "### When did the lighthouse burn?" in text_of(marrow.said[-1])


async def test_an_answer_is_a_reply_that_does_not_ping(marrow: World) -> None:
    message = await marrow.ada.send(marrow.channel, f"{marrow.me} {QUESTION}")
    [body] = marrow.requests("POST", f"/channels/{marrow.channel.id}/messages")
    assert int(body["message_reference"]["message_id"]) == message.id
    assert body["message_reference"]["fail_if_not_exists"] is False
    assert body["allowed_mentions"] == {"parse": [], "replied_user": False}
    assert marrow.said[-1].mentions == []


async def test_the_nonce_of_an_answer_is_the_id_of_the_message(marrow: World) -> None:
    message = await marrow.ada.send(marrow.channel, f"{marrow.me} {QUESTION}")
    [body] = marrow.requests("POST", f"/channels/{marrow.channel.id}/messages")
    assert body["nonce"] == str(message.id)
    assert body["enforce_nonce"] is True


async def test_a_message_delivered_twice_is_answered_once(marrow: World) -> None:
    await marrow.ada.send(marrow.channel, f"{marrow.me} {QUESTION}")
    await again(marrow)
    await again(marrow)
    assert len(marrow.said) == 1


async def test_a_direct_message_delivered_twice_is_answered_once(marrow: World) -> None:
    await marrow.ada.send_dm(QUESTION)
    await again(marrow)
    assert len(marrow.mail_of(marrow.ada)) == 1


@pytest.mark.parametrize("text", [QUESTION, "@everyone", "@here {me_not}", "<@1>", "<#1>", "testigo?", "/ask", "!ask"])
async def test_other_messages_are_left_alone(marrow: World, text: str) -> None:
    await marrow.ada.send(marrow.channel, text)
    assert marrow.bodies == []


async def test_a_mention_of_everyone_is_left_alone(marrow: World) -> None:
    await marrow.env.guild.add_member(marrow.guild.owner).send(marrow.channel, f"@everyone {QUESTION}")
    assert marrow.bodies == []


async def test_a_mention_of_a_role_of_the_bot_is_left_alone(marrow: World) -> None:
    for role in marrow.guild.roles.values():
        await marrow.ada.send(marrow.channel, f"{role.mention} {QUESTION}")
    assert marrow.bodies == []


async def test_another_bot_is_left_alone(marrow: World) -> None:
    bot = marrow.guild.add_member(marrow.env.create_user("Robot", bot=True))
    await bot.send(marrow.channel, f"{marrow.me} {QUESTION}")
    assert marrow.bodies == []


async def test_a_webhook_is_left_alone(marrow: World) -> None:
    await marrow.guild.create_webhook(marrow.channel).send(f"{marrow.me} {QUESTION}")
    assert marrow.bodies == []


async def test_the_bot_does_not_answer_itself(marrow: World) -> None:
    me = marrow.env.backend.bot_user.id
    marrow.env.backend.create_message(marrow.channel.id, me, f"{marrow.me} {QUESTION}")
    await marrow.env.settle()
    assert marrow.bodies == []


async def test_a_service_message_is_left_alone(marrow: World) -> None:
    marrow.guild.create_system_message(marrow.channel, MessageType.NEW_MEMBER, author=marrow.ada)
    await marrow.env.settle()
    assert marrow.bodies == []


async def test_an_edited_message_is_not_answered_again(marrow: World) -> None:
    message = await marrow.ada.send(marrow.channel, f"{marrow.me} {QUESTION}")
    await marrow.ada.edit(message, f"{marrow.me} When did the lighthouse burn?")
    assert len(marrow.said) == 1


async def again(world: World) -> None:
    """Let Discord deliver the last message of a person once more."""
    payload: Any = next(
        payload
        for kind, name, payload in reversed(world.env.backend.transcript)
        if (kind, name) == ("GATEWAY", "MESSAGE_CREATE") and payload["author"]["id"] == str(world.ada.id)
    )
    world.env.backend.emit("MESSAGE_CREATE", payload)
    await world.env.settle()
