"""Which language the bot speaks, and in which languages Discord lists its commands."""

from typing import Any

import pytest

from bot.answering.testigo import Testigo
from tests.chat.conftest import Serving
from tests.chat.world import World, answered, text_of

LOCALES = ["es-ES", "es-419", "pt-BR"]


def language_of(message: Any, testigo: Testigo) -> str:
    """Return the language of an answer, told by its last line."""
    last = text_of(message).splitlines()[-1].removeprefix("-# ").replace("\\", "")
    return next(each for each in testigo.knowledge.languages if testigo.answerer.as_of(each) == last)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("locale", "guild_locale", "language"),
    [
        ("es-ES", "en-US", "es"),
        ("es-419", "en-US", "es"),
        ("pt-BR", "en-US", "pt"),
        ("en-GB", "es-ES", "en"),
        ("en-US", "pt-BR", "en"),
        ("de", "pt-BR", "pt"),
        ("de", "es-419", "es"),
        ("de", "fr", "en"),
        ("ja", None, "en"),
        ("xx-YY", None, "en"),
    ],
)
async def test_the_client_counts_then_the_server_then_english(
    world: World, locale: str, guild_locale: str | None, language: str
) -> None:
    with world.wire.sends(locale=locale, guild_locale=guild_locale):
        help_text = text_of(answered(await world.ada.slash(world.channel, "help")))
    assert world.testigo.strings[language].text("help-title") in help_text


@pytest.mark.asyncio
@pytest.mark.parametrize(("locale", "language"), [("de", "pt"), ("en-US", "en"), ("es-ES", "es")])
async def test_the_setting_counts_before_english(
    serving: Serving, testigo: Testigo, locale: str, language: str
) -> None:
    async with serving(testigo, default="pt") as world:
        with world.wire.sends(locale=locale, guild_locale="fr"):
            help_text = text_of(answered(await world.ada.slash(world.channel, "help")))
    assert testigo.strings[language].text("help-title") in help_text


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("locale", "question", "language"),
    [
        ("en-US", "¿Cuántas mujeres había entre los muertos?", "es"),
        ("en-GB", "De que países vinham os migrantes mortos?", "pt"),
        ("en-US", "How many people were killed?", "en"),
        ("de", "¿Cuántas mujeres había entre los muertos?", "es"),
        ("es-ES", "¿Cuántas mujeres había entre los muertos?", "es"),
        ("pt-BR", "De que países vinham os migrantes mortos?", "pt"),
        ("es-419", "Zetas", "es"),
        ("pt-BR", "Zetas", "pt"),
    ],
)
async def test_the_answer_is_in_the_language_of_the_question_where_the_client_is_english(
    world: World, locale: str, question: str, language: str
) -> None:
    with world.wire.sends(locale=locale):
        answer = await world.ask(question)
    assert language_of(answer, world.testigo) == language


@pytest.mark.asyncio
@pytest.mark.parametrize(("locale", "language"), [("es-ES", "es"), ("pt-BR", "pt"), ("en-US", "en")])
async def test_every_notice_is_in_the_language_of_the_client(world: World, locale: str, language: str) -> None:
    with world.wire.sends(locale=locale):
        answer = await world.ask("x" * 301)
    assert world.testigo.strings[language].text("too-long", limit=300) in text_of(answer)


@pytest.mark.asyncio
@pytest.mark.parametrize("language", ["en", "es", "pt"])
async def test_buttons_go_on_in_the_language_of_the_answer(world: World, language: str) -> None:
    answer = await world.ask("How many people were killed?", language=language)
    label = world.testigo.strings[language].text("button-sources")
    sources = answered(await world.ben.click(answer, label=label))
    assert world.testigo.strings[language].text("sources-of-answer") in text_of(sources)


@pytest.mark.asyncio
@pytest.mark.parametrize(("locale", "language"), [("es-ES", "es"), ("pt-BR", "pt"), ("en-US", "en"), ("de", "en")])
async def test_a_mention_is_told_refusals_in_the_language_of_the_server(
    world: World, locale: str, language: str
) -> None:
    guild = world.env.create_guild("Another", preferred_locale=locale)
    channel = guild.create_text_channel("general")
    member = guild.add_member(world.env.create_user("Dora"))
    await member.send(channel, f"{world.me} {'x' * 501}")
    assert world.testigo.strings[language].text("too-long", limit=500) in text_of(world.written_in(channel)[-1])


@pytest.mark.asyncio
@pytest.mark.parametrize("locale", LOCALES)
async def test_commands_and_options_are_listed_in_each_language(world: World, locale: str) -> None:
    strings = world.testigo.strings[locale.split("-")[0]]
    for name in ("ask", "topics", "article", "figures", "help"):
        command = world.command(name)
        assert command["name_localizations"][locale] == strings.text(f"command-{name}")
        assert command["description_localizations"][locale] == strings.text(f"command-{name}-description")
    for option in world.command("ask")["options"]:
        listed = option.get("name_localizations", {}).get(locale, option["name"])
        assert listed == strings.text(f"option-{option['name']}")
        assert option["description_localizations"][locale] == strings.text(f"option-{option['name']}-description")
    shown = world.command("Answer this question")["name_localizations"][locale]
    assert shown == strings.text("command-answer-message")


@pytest.mark.asyncio
async def test_the_options_have_the_names_that_are_documented(world: World) -> None:
    options = world.command("ask")["options"]
    assert [option["name"] for option in options] == ["question", "language", "private"]
    assert [bool(option.get("required")) for option in options] == [True, False, False]
    assert options[0]["autocomplete"] is True
    assert "max_length" not in options[0]


@pytest.mark.asyncio
async def test_the_commands_can_be_installed_and_used_everywhere(world: World) -> None:
    for command in world.registered:
        assert sorted(command["contexts"]) == [0, 1, 2]
        assert sorted(command["integration_types"]) == [0, 1]


@pytest.mark.asyncio
async def test_the_commands_are_the_documented_ones(world: World) -> None:
    names = [(command["name"], command.get("type", 1)) for command in world.registered]
    assert names == [
        ("ask", 1),
        ("topics", 1),
        ("article", 1),
        ("figures", 1),
        ("help", 1),
        ("Answer this question", 3),
    ]


@pytest.mark.asyncio
async def test_commands_are_registered_once(world: World) -> None:
    await world.env.restart_bot(_client(world))
    assert len(world.requests("PUT", "/commands")) == 1


@pytest.mark.asyncio
async def test_commands_are_registered_again_where_discord_has_lost_them(world: World) -> None:
    world.env.backend.commands.clear()
    await world.env.restart_bot(_client(world))
    assert len(world.requests("PUT", "/commands")) == 2


@pytest.mark.asyncio
async def test_no_privileged_intent_is_asked_for(world: World) -> None:
    intents = world.env.bot.intents
    assert not intents.message_content
    assert not intents.members
    assert not intents.presences


def test_every_label_of_a_button_reads_well_in_every_language(testigo: Testigo) -> None:
    for strings in testigo.strings.values():
        for key in (key for key in strings.keys() if key.startswith("button-")):  # noqa: SIM118
            assert 1 <= len(strings.text(key)) <= 34, f"{strings.language}: {key}"


def _client(world: World) -> Any:
    return type(world.env.bot)(world.rooms)
