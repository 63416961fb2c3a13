"""`/settings`: what a server's managers see and change, and what follows from it."""

from typing import Any

import pytest

from bot.storage.auditing import Action
from bot.storage.servers import ServerSettings
from tests.chat.management.house import House, told
from tests.chat.world import Message, answered, buttons, menus, raw, strip, text_of

pytestmark = pytest.mark.asyncio

QUESTION = "How many keepers escaped?"
GERMAN = {"locale": "de", "guild_locale": "de"}


async def panel(house: House) -> Message:
    """Return the panel as the manager sees it."""
    return answered(await house.manager.slash(house.world.channel, "settings"))


def menu_of(message: Message, name: str) -> str:
    """Return the custom id of the menu with this name."""
    return next(part["custom_id"] for part in raw(message) if part.get("custom_id", "").startswith(name))


async def test_the_panel_is_for_the_managers_eyes_and_shows_every_setting(house: House) -> None:
    shown = await panel(house)
    assert shown.ephemeral
    assert strip(text_of(shown)).split("\n") == [
        f"### {house.text('settings-title')}",
        house.text("settings-language", language=house.text("settings-automatic")),
        house.text("settings-private-off"),
        house.text("settings-channels", channels=house.text("settings-everywhere")),
        house.text("settings-keeps-off"),
        house.text("settings-curators-none"),
    ]
    assert list(buttons(shown)) == [house.text("settings-make-private"), house.text("settings-keep")]
    assert [part["type"] for part in raw(shown) if part["type"] in {3, 6, 8}] == [3, 8, 6]


async def test_the_panel_shows_what_was_chosen(house: House) -> None:
    channels = frozenset({house.world.channel.id})
    await house.set(
        language="es", answers_privately=True, keeps_questions=True, curator_role=house.role.id, channels=channels
    )
    text = strip(text_of(shown := await panel(house)))
    assert house.text("settings-language", language="Español") in text
    assert house.text("settings-private-on") in text
    assert house.text("settings-channels", channels=house.world.channel.mention) in text
    assert house.text("settings-keeps-on", days=30) in text
    assert house.text("settings-curators", role=f"<@&{house.role.id}>") in text
    chosen = [option["value"] for option in menus(shown)[0]["options"] if option["default"]]
    assert chosen == ["es"]
    defaults = [part["default_values"] for part in raw(shown) if part["type"] in {6, 8}]
    assert [[int(each["id"]) for each in part] for part in defaults] == [[house.world.channel.id], [house.role.id]]


async def change(house: House, name: str) -> Message:
    """Change one setting as the manager does, and return the panel then."""
    shown = await panel(house)
    match name:
        case "language":
            result = await house.manager.select(shown, ["es"], custom_id=menu_of(shown, "server-language"))
        case "answers_privately":
            result = await house.manager.click(shown, label=house.text("settings-make-private"))
        case "channels":
            chosen = [house.world.channel]
            result = await house.manager.select(shown, chosen, custom_id=menu_of(shown, "server-channels"))
        case "curator_role":
            result = await house.manager.select(shown, [house.role], custom_id=menu_of(shown, "server-curators"))
        case _:
            result = await house.manager.click(shown, label=house.text("settings-keep"))
    return answered(result)


def chosen_in(house: House) -> dict[str, Any]:
    """Return what `change` sets each setting to."""
    return {
        "language": "es",
        "answers_privately": True,
        "keeps_questions": True,
        "curator_role": house.role.id,
        "channels": frozenset({house.world.channel.id}),
    }


@pytest.mark.parametrize("name", ["language", "answers_privately", "keeps_questions", "curator_role", "channels"])
async def test_a_manager_changes_a_setting_alone_which_is_confirmed_and_audited(house: House, name: str) -> None:
    confirmed = await change(house, name)
    value = chosen_in(house)[name]
    assert house.text("settings-saved") in strip(text_of(confirmed))
    assert await house.store.servers.of(house.guild) == ServerSettings(**{name: value})
    [act] = await house.store.servers.audit(house.guild)
    plain = sorted(value) if isinstance(value, frozenset) else value
    assert (act.action, act.new) == (Action.SETTINGS, {name: plain})
    assert act.old == {name: [] if name == "channels" else getattr(ServerSettings(), name)}
    kept = await house.store.people.export(house.manager.id)
    assert [row["action"] for row in kept["acts"]] == ["settings"], "the act has an author"


async def test_all_settings_together_and_back_again(house: House) -> None:
    for name in chosen_in(house):
        await change(house, name)
    assert await house.store.servers.of(house.guild) == ServerSettings(**chosen_in(house))
    shown = await panel(house)
    await house.manager.select(shown, ["auto"], custom_id=menu_of(shown, "server-language"))
    await house.manager.select(shown, [], custom_id=menu_of(shown, "server-channels"))
    await house.manager.select(shown, [], custom_id=menu_of(shown, "server-curators"))
    await house.manager.click(shown, label=house.text("settings-make-public"))
    await house.manager.click(shown, label=house.text("settings-keep-not"))
    assert await house.store.servers.of(house.guild) == ServerSettings()
    assert len(await house.store.servers.audit(house.guild)) == 10


async def test_what_is_chosen_again_is_no_change(house: House) -> None:
    shown = await panel(house)
    for _ in range(2):
        await house.manager.select(shown, ["auto"], custom_id=menu_of(shown, "server-language"))
    assert await house.store.servers.audit(house.guild) == []


async def test_the_settings_of_one_server_are_not_those_of_another(house: House) -> None:
    await change(house, "answers_privately")
    assert await house.store.servers.of(house.elsewhere.id) == ServerSettings()
    there = answered(await house.stranger.slash(house.channel_elsewhere, "settings"))
    assert house.text("settings-private-off") in strip(text_of(there))


# Who may.


async def test_the_command_is_listed_for_those_who_manage_the_server(house: House) -> None:
    registered = house.world.command("settings")
    assert registered["default_member_permissions"] == 1 << 5
    assert registered["contexts"] == [0]
    assert registered["integration_types"] == [0]


@pytest.mark.parametrize("who", ["ada", "curator", "owner"])
async def test_who_may_not_manage_the_server_is_refused_whatever_discord_lists(house: House, who: str) -> None:
    await house.set(curator_role=house.role.id)
    person = house.world.ada if who == "ada" else getattr(house, who)
    result = await house.command(person, "settings")
    assert told(result) == house.text("settings-forbidden")
    assert answered(result).ephemeral


async def test_it_works_in_a_server_only(house: House) -> None:
    assert told(await house.command(house.manager.user, "settings")) == house.text("only-in-server")


async def test_a_right_that_was_lost_is_lost_at_the_next_click(house: House) -> None:
    shown = await panel(house)
    backend = house.world.env.backend
    for role in list(backend.get_member(house.guild, house.manager.id).role_ids):
        backend.remove_member_role(house.guild, house.manager.id, role)
    result = await house.manager.click(shown, label=house.text("settings-keep"))
    assert told(result) == house.text("settings-forbidden")
    assert await house.store.servers.of(house.guild) == ServerSettings()


@pytest.mark.parametrize(
    ("custom_id", "value"),
    [
        ("server-language:en", "xx"),
        ("server-language:en", "'; DROP TABLE servers; --"),
        ("server-curators:en", "everyone"),
        ("server-channels:en", "-1"),
        ("server-channels:en", "²"),
    ],
)
async def test_a_choice_that_is_none_changes_nothing(house: House, custom_id: str, value: str) -> None:
    await house.forge(house.manager, custom_id, value)
    assert await house.store.servers.of(house.guild) == ServerSettings()


@pytest.mark.parametrize("custom_id", ["server-curators:en", "server-channels:en"])
async def test_an_id_that_no_database_holds_changes_nothing(house: House, custom_id: str) -> None:
    await house.forge(house.manager, custom_id, "9" * 60)
    assert await house.store.servers.of(house.guild) == ServerSettings()


# What follows.


@pytest.mark.parametrize("is_private", [True, False])
async def test_answers_are_private_where_the_server_wants_it(house: House, is_private: bool) -> None:
    await house.set(answers_privately=is_private)
    answer = await house.world.ask(QUESTION)
    assert answer.ephemeral is is_private


@pytest.mark.parametrize("is_private", [True, False])
async def test_the_person_s_own_wish_comes_first(house: House, is_private: bool) -> None:
    await house.set(answers_privately=not is_private)
    answer = await house.world.ask(QUESTION, private=is_private)
    assert answer.ephemeral is is_private


async def test_a_change_counts_from_the_next_answer_on(house: House) -> None:
    assert not (await house.world.ask(QUESTION)).ephemeral
    await change(house, "answers_privately")
    assert (await house.world.ask(QUESTION)).ephemeral


async def test_the_server_s_language_counts_where_the_person_s_is_unknown(house: House) -> None:
    await house.set(language="es")
    with house.world.wire.sends(**GERMAN):
        assert "4 fareros" in text_of(await house.world.ask("keepers escaped"))


async def test_the_person_s_language_comes_before_the_server_s(house: House) -> None:
    await house.set(language="es")
    with house.world.wire.sends(locale="en-GB"):
        assert house.text("too-long", limit=300) in told(
            await house.world.ada.slash(house.world.channel, "ask", question="x" * 301)
        )


@pytest.mark.parametrize("command", ["help", "topics", "article", "privacy", "settings", "stats"])
async def test_every_command_is_in_the_server_s_language_where_the_person_s_is_unknown(
    house: House, command: str
) -> None:
    await house.set(language="es")
    words = {
        "help": house.text("help-is-not", "es"),
        "topics": house.text("topics-title", "es"),
        "article": house.text("article-title", "es"),
        "privacy": house.text("privacy-title", "es"),
        "settings": house.text("settings-title", "es"),
        "stats": house.text("stats-none", "es", days=30),
    }
    with house.world.wire.sends(**GERMAN):
        assert words[command] in told(await house.manager.slash(house.world.channel, command))


async def test_a_mention_is_answered_in_the_server_s_language_where_the_question_s_is_unknown(house: House) -> None:
    await house.set(language="es")
    await house.world.ada.send(house.world.channel, house.world.me)
    assert house.text("help", "es") in strip(text_of(house.world.said[-1]))


async def test_mentions_are_answered_in_the_chosen_channels_alone(house: House) -> None:
    world = house.world
    other = world.guild.create_text_channel("other")
    await house.set(channels=frozenset({other.id}))
    for channel in (world.channel, other):
        await world.ada.send(channel, f"{world.me} {QUESTION}")
    assert world.written_in(world.channel) == []
    assert "4 keepers" in text_of(world.written_in(other)[-1])


@pytest.mark.parametrize("is_chosen", [True, False])
async def test_threads_go_with_their_channel(house: House, is_chosen: bool) -> None:
    world = house.world
    other = world.guild.create_text_channel("other")
    backend = world.env.backend
    stored = backend.create_thread(world.channel.id, "A thread", type=11, owner_id=world.ada.id)
    thread = next(each for each in world.channel.threads if each.id == stored.id)
    await house.set(channels=frozenset({world.channel.id if is_chosen else other.id}))
    await world.ada.send(thread, f"{world.me} {QUESTION}")
    assert len(world.written_in(thread)) == is_chosen


async def test_a_thread_can_be_chosen_alone(house: House) -> None:
    world = house.world
    stored = world.env.backend.create_thread(world.channel.id, "A thread", type=11, owner_id=world.ada.id)
    thread = next(each for each in world.channel.threads if each.id == stored.id)
    await house.set(channels=frozenset({thread.id}))
    for channel in (world.channel, thread):
        await world.ada.send(channel, f"{world.me} {QUESTION}")
    assert (len(world.written_in(world.channel)), len(world.written_in(thread))) == (0, 1)


async def test_commands_and_direct_messages_are_answered_wherever_mentions_are(house: House) -> None:
    other = house.world.guild.create_text_channel("other")
    await house.set(channels=frozenset({other.id}))
    assert "4 keepers" in text_of(await house.world.ask(QUESTION))
    await house.world.ada.send_dm(QUESTION)
    assert "4 keepers" in text_of(house.world.mail_of(house.world.ada)[-1])


async def test_an_unanswered_mention_is_not_recorded(house: House) -> None:
    other = house.world.guild.create_text_channel("other")
    await house.set(channels=frozenset({other.id}), keeps_questions=True)
    await house.world.ada.send(house.world.channel, f"{house.world.me} {QUESTION}")
    assert house.contents()["seen"] == []
    assert house.contents()["questions"] == []


async def test_the_role_that_may_curate_is_the_one_chosen(house: House) -> None:
    refused = told(await house.curator.slash(house.world.channel, "curate queue"))
    assert refused == house.text("curate-forbidden")
    await change(house, "curator_role")
    assert told(await house.curator.slash(house.world.channel, "curate queue")) == house.text("curate-empty")


async def test_to_stop_keeping_deletes_what_was_kept(house: House) -> None:
    await house.set(keeps_questions=True)
    await house.keep("What caused the fire, in Zanzibar?")
    assert "Zanzibar" in str(house.contents()["questions"])
    await house.manager.click(await panel(house), label=house.text("settings-keep-not"))
    assert house.contents()["questions"] == []
    assert house.contents()["counts"], "the counts stay"
    for file in house.folder.iterdir():
        assert b"Zanzibar" not in file.read_bytes(), file
