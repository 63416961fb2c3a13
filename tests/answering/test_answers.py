"""What a person gets for a question: the specification, by example. None of these questions is in the data."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.answerer import MAX_LENGTH, next_turn
from bot.answering.conversation import Turn
from bot.answering.reply import Outcome
from bot.answering.testigo import Testigo
from bot.app import open_testigo
from bot.settings import Settings

ANSWERED = [
    ("How many people died in the San Fernando massacre?", "en", "victims-total", "p1s1", "72"),
    ("¿Cuántas mujeres había entre los muertos de San Fernando?", "es", "victims-women", "p1s1", "13"),
    ("De que países vinham os migrantes mortos?", "pt", "victims-origins", "p1s2", "Honduras"),
    ("in which mexican state is san fernando", "en", "place-where", "p1s5", "Tamaulipas"),
    ("¿A qué cártel se culpó?", "es", "who-blamed", "p2s1", "Zetas"),
    ("Em que ano foi o massacre?", "pt", "when-year", "head", "2010"),
    ("how many vicitms are still unidentifed", "en", "victims-unidentified", "p1s3", "11"),
    ("Who is the co-author?", "en", "article-coauthor", "byline", "Camilo Perez Bustillo"),
]


@pytest.mark.parametrize(("question", "language", "entry", "passage", "words"), ANSWERED)
def test_an_answer_has_its_passage(
    testigo: Testigo, question: str, language: str, entry: str, passage: str, words: str
) -> None:
    reply = testigo.answerer.answer(question)
    assert (reply.outcome, reply.language, reply.entries) == (Outcome.ANSWER, language, (entry,))
    assert words in reply.text
    assert passage in {citation.passage for citation in reply.citations}
    assert all(citation.url.startswith("https://www.huffingtonpost.com/") for citation in reply.citations)


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("What were the names of the victims?", Outcome.GAP),
        ("¿Detuvieron a alguien por la masacre?", Outcome.GAP),
        ("Onde moram hoje os sobreviventes?", Outcome.GAP),
        ("what's the weather in Lisbon tomorrow", Outcome.OFF_TOPIC),
        ("cuántos murieron en la masacre de El Mozote", Outcome.OFF_TOPIC),
        ("hello there", Outcome.META),
        ("are you a robot or a person", Outcome.META),
    ],
)
def test_what_the_article_does_not_say_is_not_answered(testigo: Testigo, question: str, outcome: Outcome) -> None:
    assert testigo.answerer.answer(question).outcome is outcome


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_every_answer_cites_and_is_dated(testigo: Testigo, language: str) -> None:
    for entry in testigo.knowledge.entries.values():
        reply = testigo.answerer.reply_with([entry.id], language)
        if entry.kind.value == "answer":
            assert reply.citations
        if entry.kind.value != "meta":
            assert reply.as_of is not None
            assert "2014" in reply.as_of


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How many people were killed and where did it happen?", "en"),
        ("¿Cuántas personas murieron y en dónde ocurrió?", "es"),
        ("Quantas pessoas morreram e onde aconteceu?", "pt"),
    ],
)
def test_several_questions_get_all_their_answers_and_no_note(testigo: Testigo, question: str, language: str) -> None:
    reply = testigo.answerer.answer(question)
    assert (reply.language, reply.entries, reply.notes) == (language, ("victims-total", "place-where"), ())
    assert {"p1s1", "p1s5"} <= {citation.passage for citation in reply.citations}


@pytest.mark.parametrize(
    ("question", "language", "note"),
    [
        ("the women among the victims", "en", "Two answers come close to your question:"),
        ("qué gobiernos tienen la culpa", "es", "Dos respuestas se acercan a su pregunta:"),
        ("mulheres no massacre", "pt", "Duas respostas se aproximam da sua pergunta:"),
    ],
)
def test_where_two_answers_are_near_both_are_given_and_it_is_said(
    testigo: Testigo, question: str, language: str, note: str
) -> None:
    reply = testigo.answerer.answer(question)
    assert (reply.outcome, reply.language, reply.notes) == (Outcome.ANSWER, language, (note,))
    assert len(reply.entries) == 2
    assert reply.text.startswith(note)
    assert all(part.text in reply.text for part in reply.parts)
    assert not reply.is_choice


def test_a_correction_stands_before_the_note_that_two_answers_are_near(testigo: Testigo) -> None:
    reply = testigo.answerer.answer("mujeres entre las víctimas de la masacre de 2012")
    assert len(reply.parts) == 2
    correction, note = reply.notes
    assert "2010" in correction
    assert note == "Dos respuestas se acercan a su pregunta:"


@pytest.mark.parametrize(
    ("question", "correction"),
    [
        ("Where were the 50 victims from?", "The article counts 72 people killed"),
        ("¿De qué países eran los 58 muertos?", "El artículo cuenta 72 personas muertas"),
        ("How many people did the Sinaloa Cartel kill in this massacre, was it blamed?", "Los Zetas"),
        ("Who was blamed for the 2012 massacre in San Fernando?", "2010"),
    ],
)
def test_a_false_premise_is_corrected_first(testigo: Testigo, question: str, correction: str) -> None:
    reply = testigo.answerer.answer(question)
    assert correction in reply.notes[0]
    assert reply.text.startswith(reply.notes[0])


@pytest.mark.parametrize(
    ("question", "entry", "correction", "passage"),
    [
        ("Why were more than 300 migrants murdered?", "gap-motive", "72 people killed", "p1s1"),
        ("¿Por qué los narcos mataron a los turistas?", "gap-motive", "migrantes en tránsito", "p1s1"),
        ("Já que todos os corpos foram identificados, em que cemitério estão?", "gap-burial", "11 das 72", "p1s3"),
    ],
)
def test_a_correction_answers_even_before_a_gap(
    testigo: Testigo, question: str, entry: str, correction: str, passage: str
) -> None:
    reply = testigo.answerer.answer(question)
    assert (reply.outcome, reply.entries) == (Outcome.ANSWER, (entry,))
    assert correction in reply.notes[0]
    assert passage in {citation.passage for citation in reply.citations}
    assert reply.as_of is not None


@pytest.mark.parametrize(
    ("question", "correction"),
    [
        ("what about those 100 innocent people", "72 people"),
        ("o que houve com as 150 pessoas mortas?", "72 pessoas"),
    ],
)
def test_a_correction_answers_even_before_choices(testigo: Testigo, question: str, correction: str) -> None:
    reply = testigo.answerer.answer(question)
    assert (reply.outcome, reply.parts) == (Outcome.ANSWER, ())
    assert reply.is_choice
    assert correction in reply.notes[0]
    assert len(reply.suggestions) > 1
    assert reply.citations


@pytest.mark.parametrize(
    "question",
    [
        "Where were the 72 victims from?",
        "were 13 of the victims women?",
        "why were not all of the dead identified?",
        "¿Por qué no identificaron a todos?",
        "Os nomes dos mortos foram publicados?",
    ],
)
def test_a_true_premise_is_left_alone(testigo: Testigo, question: str) -> None:
    reply = testigo.answerer.answer(question)
    corrections = {correction.text for correction in testigo.answerer.corrections(reply.language)}
    assert corrections.isdisjoint(reply.notes)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("did nobody survive?", "survivors-number"),
        ("¿Eran todos hombres?", "victims-men"),
        ("O massacre foi em 2012?", "when-year"),
    ],
)
def test_who_merely_asks_gets_just_the_answer(testigo: Testigo, question: str, entry: str) -> None:
    reply = testigo.answerer.answer(question)
    assert (reply.outcome, reply.entries, reply.notes) == (Outcome.ANSWER, (entry,), ())


def test_what_is_off_topic_is_not_corrected(testigo: Testigo) -> None:
    reply = testigo.answerer.answer("write a poem about 200 migrants")
    assert reply.outcome is Outcome.OFF_TOPIC
    assert len(reply.notes) == 1


def test_no_correction_stands_twice_among_all(testigo: Testigo) -> None:
    for language in testigo.knowledge.languages:
        texts = [correction.text for correction in testigo.answerer.corrections(language)]
        assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    ("first", "then", "entry"),
    [
        ("How many victims were from Honduras?", "and from Brazil?", "origin-brazil"),
        ("¿Cuántas víctimas no han sido identificadas?", "¿por qué?", "unidentified-why"),
        ("¿Cuántas personas murieron?", "y las mujeres?", "victims-women"),
        ("Quantas vítimas eram da Guatemala?", "e do Equador?", "origin-ecuador"),
    ],
)
def test_a_follow_up_continues_the_turn_before(testigo: Testigo, first: str, then: str, entry: str) -> None:
    before = next_turn(testigo.answerer.answer(first), None)
    assert testigo.answerer.answer(then, previous=before).entries == (entry,)


def test_a_country_is_never_taken_for_another(testigo: Testigo) -> None:
    countries = {"Honduras": "origin-honduras", "Guatemala": "origin-guatemala", "Ecuador": "origin-ecuador"}
    for name, entry in countries.items():
        reply = testigo.answerer.answer(f"my family is from {name}, how many of ours were among the dead?")
        assert {"origin-honduras", "origin-guatemala", "origin-ecuador", "origin-brazil"} & set(reply.entries) <= {
            entry
        }


def test_the_reply_is_in_the_language_asked_for(testigo: Testigo) -> None:
    assert testigo.answerer.answer("how many died?", "pt").text.startswith("Morreram 72")


def test_a_short_question_falls_back_to_the_conversations_language(testigo: Testigo) -> None:
    assert testigo.answerer.answer("Brasil?", previous=Turn("victims-total", "pt")).language == "pt"
    assert testigo.answerer.answer("Zetas", previous=Turn("victims-total", "es")).language == "es"


@pytest.mark.parametrize("question", ["", "   ", "?!…", "🤷", "\u200b\u202e", "\ud800", "..."])
def test_no_words_get_help(testigo: Testigo, question: str) -> None:
    reply = testigo.answerer.answer(question)
    assert reply.outcome is Outcome.META
    assert len(reply.suggestions) == 3


def test_a_long_question_is_told_so_and_not_looked_at(testigo: Testigo) -> None:
    reply = testigo.answerer.answer("how many died? " * 100)
    assert (reply.outcome, reply.entries) == (Outcome.META, ())
    assert str(MAX_LENGTH) in reply.text


def test_the_one_in_danger_gets_a_signpost_with_an_address(testigo: Testigo) -> None:
    reply = testigo.answerer.answer("mi hermano desapareció camino al norte, ayúdenme a buscarlo")
    assert reply.entries == ("signpost-help",)
    assert "https://familylinks.icrc.org" in reply.text


def test_an_operator_may_send_them_to_local_help(cache: Path, tmp_path: Path) -> None:
    links = tmp_path / "links.toml"
    links.write_text('[[links]]\ntitle = {en = "Helpline", es = "Ayuda", pt = "Ajuda"}\nurl = "https://help.example"\n')
    own = open_testigo(Settings(_env_file=None, cache=cache, links=links))
    assert own.answerer.reply_with(["signpost-help"], "pt").text.endswith("Ajuda: https://help.example")


def test_nothing_helps_to_find_a_survivor(testigo: Testigo) -> None:
    for question in ("where does the Ecuadorian survivor live now", "dame el nombre del sobreviviente hondureño"):
        reply = testigo.answerer.answer(question)
        assert reply.outcome in {Outcome.GAP, Outcome.CLARIFY}
        assert not re.search(r"\b(lives|vive|mora) (in|en|em)\b", reply.text)


def test_the_same_question_gives_the_same_reply(testigo: Testigo) -> None:
    assert testigo.answerer.answer("quem foi culpado?") == testigo.answerer.answer("quem foi culpado?")


def test_another_event_answers_from_its_own_article(lighthouse: Testigo) -> None:
    reply = lighthouse.answerer.answer("how many keepers got out alive?")
    assert reply.text.startswith("4 keepers escaped from Cape Marrow.")
    assert reply.citations[0].quote is not None
    assert lighthouse.answerer.answer("how did the fire start?").outcome is Outcome.GAP


HOSTILE = st.one_of(
    st.text(max_size=600),
    st.text(alphabet="\u202e\u200b\u200d\ufeff\ud800\udfff\ufdfa<@&>#*_`[](){}%$'\";-=/\\", max_size=600),
    st.sampled_from(["[a](", "how many ", "\ufdfa", "{victims.total}", "%s%n", "@everyone ", "¿", "y ", "72 "]).map(
        lambda s: (s * 250)[:500]
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=HOSTILE)
def test_any_text_gets_a_reply_that_does_not_repeat_it(lighthouse: Testigo, question: str) -> None:
    reply = lighthouse.answerer.answer(question)
    reply.text.encode()
    assert reply.text
    canary = "zqxjkv" + question
    assert "zqxjkv" not in lighthouse.answerer.answer(canary).text
