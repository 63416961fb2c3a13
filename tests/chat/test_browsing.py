"""Browsing: the topics, the article, help."""

import pytest

from bot import __version__
from bot.chat.panels import PASSAGES
from bot.knowledge.model import Kind
from tests.chat.world import World, answered, buttons, menus, options, strip, text_of

pytestmark = pytest.mark.asyncio


async def test_the_topics_are_shown_to_who_asks(world: World) -> None:
    topics = answered(await world.ada.slash(world.channel, "topics"))
    shown = [topic.title["en"] for topic in world.testigo.knowledge.topics.values() if topic.kind is not Kind.META]
    assert topics.ephemeral
    assert list(options(topics)) == shown


@pytest.mark.parametrize("locale", ["en-US", "es-ES", "pt-BR"])
async def test_every_topic_leads_to_its_questions_and_every_question_to_its_answer(world: World, locale: str) -> None:
    language = locale.split("-")[0]
    knowledge = world.testigo.knowledge
    with world.wire.sends(locale=locale):
        topics = answered(await world.ada.slash(world.channel, "topics"))
        for title, value in options(topics).items():
            await world.ada.select(topics, [value], custom_id=f"topic:{language}")
            topic = next(each for each in knowledge.topics.values() if each.title[language] == title)
            listed = [label for number in range(1, len(menus(topics))) for label in options(topics, number)]
            assert listed == [e.question[language] for e in knowledge.entries.values() if e.topic == topic.id]
            first = menus(topics)[1]
            answer = answered(
                await world.ada.select(topics, [first["options"][-1]["value"]], custom_id=first["custom_id"])
            )
            assert answer.ephemeral
            assert f"### {first['options'][-1]['label']}" in strip(text_of(answer))


async def test_the_chosen_topic_stays_chosen(world: World) -> None:
    topics = answered(await world.ada.slash(world.channel, "topics"))
    value = list(options(topics).values())[2]
    await world.ada.select(topics, [value])
    assert [option["value"] for option in menus(topics)[0]["options"] if option.get("default")] == [value]


async def test_the_article_is_told_by_its_record_and_version(world: World) -> None:
    article = answered(await world.ada.slash(world.channel, "article"))
    record = world.testigo.knowledge.record
    text = strip(text_of(article))
    assert article.ephemeral
    assert record.title in text
    assert record.outlet in text
    assert all(author in text for author in record.authors)
    assert "October 7, 2014" in text
    assert f"Testigo {__version__}" in text
    assert world.testigo.knowledge.version[:12] in text
    assert f"<{record.url}>" in text


async def test_every_passage_can_be_turned_to(world: World) -> None:
    article = answered(await world.ada.slash(world.channel, "article"))
    passages = list(world.testigo.knowledge.passages)
    seen = []
    while True:
        text = strip(text_of(article))
        seen += [passage for passage in passages if f"[{passage}, " in text]
        if "More" not in buttons(article):
            break
        await world.ada.click(article, label="More")
    assert seen == passages
    assert len(seen) > PASSAGES
    await world.ada.click(article, label="Back")
    assert "More" in buttons(article)


async def test_a_short_article_has_one_page(marrow: World) -> None:
    article = answered(await marrow.ada.slash(marrow.channel, "article"))
    assert buttons(article) == {}
    assert "**5.**" in text_of(article)


async def test_the_article_is_quoted_where_the_operator_has_it(marrow: World) -> None:
    assert "> The lamp had" in text_of(answered(await marrow.ada.slash(marrow.channel, "article")))


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en-US", ["automated", "one article", "People wrote", "no AI writes replies", "/privacy tells what is kept"]),
        ("es-ES", ["automático", "un solo artículo", "Personas escribieron", "ninguna IA escribe", "/privacidad dice"]),
        ("pt-BR", ["automático", "artigo", "Pessoas escreveram", "nenhuma IA", "/privacidade diz"]),
    ],
)
async def test_help_says_what_the_bot_is_and_is_not(world: World, locale: str, words: list[str]) -> None:
    with world.wire.sends(locale=locale):
        answer = answered(await world.ada.slash(world.channel, "help"))
    text = strip(text_of(answer))
    assert answer.ephemeral
    assert [word for word in words if word not in text] == []


async def test_help_names_the_commands_as_they_are_listed(world: World) -> None:
    for locale, language in (("en-US", "en"), ("es-ES", "es"), ("pt-BR", "pt")):
        with world.wire.sends(locale=locale):
            text = strip(text_of(answered(await world.ada.slash(world.channel, "help"))))
        strings = world.testigo.strings[language]
        for name in ("ask", "topics", "figures", "article"):
            assert f"/{strings.text(f'command-{name}')}" in text
        assert strings.text("command-answer-message") in text


async def test_help_leads_to_the_topics(world: World) -> None:
    answer = answered(await world.ada.slash(world.channel, "help"))
    topics = answered(await world.ada.click(answer, label="Browse the topics"))
    assert topics.ephemeral
    assert len(menus(topics)) == 1


async def test_panels_work_in_direct_messages(world: World) -> None:
    for name in ("topics", "article", "help"):
        assert text_of(answered(await world.ada.user.slash(name)))
