"""What the bot does where it may not do everything."""

import discord
import pytest
from simcord.builders import ChannelHandle

from tests.chat.world import World, answered, strip, text_of

pytestmark = pytest.mark.asyncio

QUESTION = "How many keepers escaped?"
ANSWER = "4 keepers escaped"


def room(world: World, **permissions: bool) -> ChannelHandle:
    """Return a channel where the bot has these permissions."""
    assert world.env.bot.user is not None
    overwrites = {world.env.bot.user: discord.PermissionOverwrite(**permissions)}
    return world.guild.create_text_channel("another", overwrites=overwrites)


async def test_who_asks_where_the_bot_may_not_write_is_answered_directly(marrow: World) -> None:
    channel = room(marrow, send_messages=False)
    await marrow.ada.send(channel, f"{marrow.me} {QUESTION}")
    why, answer = marrow.mail_of(marrow.ada)
    assert marrow.written_in(channel) == []
    assert strip(text_of(why)) == marrow.testigo.strings["en"].text("cannot-write")
    assert ANSWER in text_of(answer)


async def test_the_bot_does_not_even_try_where_it_may_not_write(marrow: World) -> None:
    channel = room(marrow, send_messages=False)
    await marrow.ada.send(channel, f"{marrow.me} {QUESTION}")
    assert marrow.requests("POST", f"/channels/{channel.id}/messages") == []


async def test_where_discord_refuses_the_answer_comes_directly(marrow: World) -> None:
    marrow.env.inject_error("POST", f"/channels/{marrow.channel.id}/messages", status=403, code=50013)
    await marrow.ada.send(marrow.channel, f"{marrow.me} {QUESTION}")
    assert ANSWER in text_of(marrow.mail_of(marrow.ada)[-1])


async def test_where_direct_messages_are_closed_too_nothing_happens(
    marrow: World, caplog: pytest.LogCaptureFixture
) -> None:
    channel = room(marrow, send_messages=False)
    mail = marrow.ada.user.dm_channel
    marrow.env.inject_error("POST", f"/channels/{mail.id}/messages", status=403, code=50007, times=None)
    await marrow.ada.send(channel, f"{marrow.me} {QUESTION}")
    assert marrow.mail_of(marrow.ada) == []
    assert marrow.written_in(channel) == []
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_a_direct_message_that_cannot_be_answered_is_left(
    marrow: World, caplog: pytest.LogCaptureFixture
) -> None:
    mail = marrow.ada.user.dm_channel
    marrow.env.inject_error("POST", f"/channels/{mail.id}/messages", status=403, code=50007, times=None)
    await marrow.ada.send_dm(QUESTION)
    assert marrow.mail_of(marrow.ada) == []
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_without_the_history_the_answer_is_no_reply(marrow: World) -> None:
    channel = room(marrow, read_message_history=False)
    await marrow.ada.send(channel, f"{marrow.me} {QUESTION}")
    [body] = marrow.requests("POST", f"/channels/{channel.id}/messages")
    assert "message_reference" not in body
    assert len(marrow.written_in(channel)) == 1


async def test_a_thread_has_a_permission_of_its_own(marrow: World) -> None:
    channel = room(marrow, send_messages=False, send_messages_in_threads=True)
    thread = thread_in(marrow, channel)
    await marrow.ada.send(thread, f"{marrow.me} {QUESTION}")
    assert ANSWER in text_of(marrow.written_in(thread)[-1])


async def test_who_asks_in_a_thread_where_the_bot_may_not_write_is_answered_directly(marrow: World) -> None:
    channel = room(marrow, send_messages=True, send_messages_in_threads=False)
    thread = thread_in(marrow, channel)
    await marrow.ada.send(thread, f"{marrow.me} {QUESTION}")
    assert marrow.written_in(thread) == []
    assert ANSWER in text_of(marrow.mail_of(marrow.ada)[-1])


async def test_commands_work_where_the_bot_may_not_write(marrow: World) -> None:
    channel = room(marrow, send_messages=False, read_message_history=False)
    answer = answered(await marrow.ada.slash(channel, "ask", question=QUESTION))
    assert ANSWER in text_of(answer)


async def test_a_channel_that_is_gone_is_no_error(marrow: World) -> None:
    path = f"/channels/{marrow.channel.id}/messages"
    marrow.env.inject_error("POST", path, status=404, code=10003, times=None)
    await marrow.ada.send(marrow.channel, f"{marrow.me} {QUESTION}")
    assert marrow.said == []


def thread_in(world: World, channel: ChannelHandle) -> ChannelHandle:
    """Return a thread that Ada began in a channel."""
    world.env.backend.create_thread(channel.id, "a thread", world.ada.id)
    return channel.threads[-1]
