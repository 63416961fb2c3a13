"""What is kept of a server goes with it; an outage is no removal."""

import pytest

from bot.storage.servers import ServerSettings
from tests.chat.management.house import House, told
from tests.storage.faults import read_only_file

pytestmark = pytest.mark.asyncio

QUESTION = "How many keepers escaped?"


async def fill(house: House) -> None:
    """Let both servers and direct messages leave traces."""
    await house.set(keeps_questions=True)
    await house.store.servers.change(house.elsewhere.id, house.stranger.id, ServerSettings(keeps_questions=True))
    await house.store.people.agree(house.world.ada.id, agrees=True)
    answer = await house.world.ask(QUESTION)
    await house.world.ben.click(answer, label="Not helpful")
    await house.keep("What caused the fire?", "Who lit the blaze?")
    [first, *_] = await house.store.reviews.pending(house.guild)
    await house.forge(house.manager, f"draft:en:gap:{first.id}")
    await house.keep("What caused it elsewhere?", guild=house.elsewhere.id)
    await house.world.ada.send_dm(QUESTION)


async def test_what_is_kept_of_a_removed_server_is_deleted_and_nothing_else(house: House) -> None:
    await fill(house)
    before = house.contents()
    assert all(str(house.guild) in str(before[name]) for name in ("servers", "audit", "counts", "questions", "seen"))
    house.world.env.backend.remove_guild(house.guild)
    await house.world.env.settle()
    after = house.contents()
    assert str(house.guild) not in str(after)
    assert after == {
        name: [row for row in rows if house.guild not in row and str(house.guild) not in str(row)]
        for name, rows in before.items()
    }
    assert len(after["questions"]) == 2, "the other server's and the direct message's"


async def test_an_outage_deletes_nothing(house: House) -> None:
    await fill(house)
    before = house.contents()
    house.world.env.backend.emit("GUILD_DELETE", {"id": str(house.guild), "unavailable": True})
    await house.world.env.settle()
    assert house.contents() == before


async def test_a_server_that_comes_back_begins_anew(house: House) -> None:
    await house.set(answers_privately=True, keeps_questions=True)
    assert (await house.world.ask(QUESTION)).ephemeral
    backend = house.world.env.backend
    guild = backend.get_guild(house.guild)
    channels = {id_: backend.channels[id_] for id_ in guild.channel_ids}
    backend.remove_guild(house.guild)
    await house.world.env.settle()
    backend.guilds[guild.id] = guild
    backend.channels.update(channels)
    for id_ in channels:
        backend.messages.setdefault(id_, {})
    await house.restart()
    assert not (await house.world.ask(QUESTION)).ephemeral
    assert house.contents()["questions"] == []


async def test_a_removal_while_the_store_is_at_fault_is_made_good_at_the_next_start(house: House) -> None:
    await fill(house)
    async with read_only_file("", None):
        house.world.env.backend.remove_guild(house.guild)
        await house.world.env.settle()
    assert str(house.guild) in str(house.contents())
    await house.restart()
    assert str(house.guild) not in str(house.contents())
    assert str(house.elsewhere.id) in str(house.contents())


async def test_a_start_during_an_outage_deletes_nothing(house: House) -> None:
    await fill(house)
    before = house.contents()
    await house.restart()
    assert house.contents() == before


async def test_the_other_server_does_not_notice(house: House) -> None:
    await fill(house)
    house.world.env.backend.remove_guild(house.guild)
    await house.world.env.settle()
    text = told(await house.stranger.slash(house.channel_elsewhere, "settings"))
    assert house.text("settings-keeps-on", days=30) in text
