"""The text of an article becomes passages, whatever it looks like."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ArticleError
from bot.knowledge.article import find_passages, normalise
from bot.knowledge.model import Passage
from bot.knowledge.passages import FoundPassage, paragraphs, split_article
from bot.knowledge.sentences import sentences

TITLE = "The Bridge at Sallow Ford Falls"

BROKEN = """The bridge at Sallow Ford fell
in the night of 3 March. It was
old and narrow.
By Ada Marsh
"""

words = st.text(
    st.sampled_from("aábcDÉñ019.,;:!?…\"'“”«»¿¡()[]—–-%$&#´ﬁ½\u00a0\u0301\u200b\u202f\U0001f525\ufe0f²"),
    min_size=1,
    max_size=6,
)
texts = st.lists(words | st.text(max_size=5), max_size=60).flatmap(
    lambda found: st.lists(
        st.sampled_from([" ", " ", " ", ". ", "\n", "\r\n", "\n\n", "\u2028"]), min_size=len(found), max_size=len(found)
    ).map(lambda gaps: "".join(word + gap for word, gap in zip(found, gaps, strict=True)))
)


def found_in(text: str, passages: tuple[FoundPassage, ...]) -> dict[str, str]:
    known = {found.id: Passage(found.id, found.sha256, found.start, found.end, {}) for found in passages}
    return find_passages(text, known)[0]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("", []),
        ("no full stop", ["no full stop"]),
        ("One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]),
        ("It cost 1.5 million. 12 people paid.", ["It cost 1.5 million.", "12 people paid."]),
        ("Dr. J. K. Marsh met Mrs. Lowe. They left.", ["Dr. J. K. Marsh met Mrs. Lowe.", "They left."]),
        ("At 5 p.m. on Oct. 7 it fell. No. 5 held.", ["At 5 p.m. on Oct. 7 it fell.", "No. 5 held."]),
        ("He is in the U.S. The U.S. Army is too.", ["He is in the U.S.", "The U.S. Army is too."]),
        (
            "Acme Inc. President Lee left Acme Inc. The firm fell.",
            ["Acme Inc. President Lee left Acme Inc.", "The firm fell."],
        ),
        ("“It fell. We ran,” he said. She stayed.", ["“It fell. We ran,” he said.", "She stayed."]),
        ('He said: "It fell. We ran." Then he left.', ['He said: "It fell. We ran."', "Then he left."]),
        ("“Why?” Lowe asked. Nobody knew.", ["“Why?” Lowe asked.", "Nobody knew."]),
        ("It fell (see p. 5. Also p. 6). It was old.", ["It fell (see p. 5. Also p. 6).", "It was old."]),
        ("It fell.[3] It was old.² Then it rained.", ["It fell.[3]", "It was old.²", "Then it rained."]),
        ("It fell! 🔥 Nobody knew. 🌧️ It rained.", ["It fell! 🔥", "Nobody knew. 🌧️", "It rained."]),
        ("1. The first fell. 2. The second held.", ["1. The first fell.", "2. The second held."]),
        ("It fell. said one. eBay did too.", ["It fell. said one. eBay did too."]),
        ("The fall . The rain .", ["The fall .", "The rain ."]),
        ("El Sr. Ruiz vive en EE. UU. El puente cayó.", ["El Sr. Ruiz vive en EE. UU.", "El puente cayó."]),
        (
            "¿Cayó? ¡Sí! Véase el art. 5, pág. 12. Nada más.",
            ["¿Cayó?", "¡Sí!", "Véase el art. 5, pág. 12.", "Nada más."],
        ),
        ("«Cayó. Corrimos», dijo. Era viejo, etc. Llovía.", ["«Cayó. Corrimos», dijo.", "Era viejo, etc.", "Llovía."]),
        ("Eran 1.200 personas. La Dra. Gil no vino.", ["Eran 1.200 personas.", "La Dra. Gil no vino."]),
        ("—¿Cayó? —preguntó Gil. Nadie contestó.", ["—¿Cayó? —preguntó Gil.", "Nadie contestó."]),
        ("A Pontes S.A. de Sal caiu. O Sr. Reis saiu.", ["A Pontes S.A. de Sal caiu.", "O Sr. Reis saiu."]),
        (
            "Fica na av. Central, n.º 5. Foi em 7 de out. 2014.",
            ["Fica na av. Central, n.º 5.", "Foi em 7 de out. 2014."],
        ),
        ("— Caiu? — perguntou Ana. Não houve resposta.", ["— Caiu? — perguntou Ana.", "Não houve resposta."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(paragraph: str, expected: list[str]) -> None:
    assert sentences(paragraph) == expected


@given(texts)
def test_sentences_are_the_whole_paragraph(paragraph: str) -> None:
    assert " ".join(sentences(paragraph)) == " ".join(paragraph.split())


@pytest.mark.parametrize("unit", [". ", "— ", "🔥 ", "a. ", "A. ", "“", "(", ".", "…", "a", "A.", "1. "])
def test_a_strange_text_takes_no_longer(unit: str) -> None:
    text = unit * 20_000
    assert "".join(sentences(text)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n\t\n ", []),
        ("One.\nTwo.", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.\rThree.\u2029Four.", ["One.", "Two.", "Three.", "Four."]),
        ("\ufeffOne.\u00a0Two.", ["One. Two."]),
        ("One.\n\n* * *\n\nTwo.", ["One.", "Two."]),
        ("The bridge fell in\nthe night.", ["The bridge fell in the night."]),
        (BROKEN, ["The bridge at Sallow Ford fell in the night of 3 March. It was old and narrow.", "By Ada Marsh"]),
    ],
)
def test_paragraphs_are_told_from_broken_lines(text: str, expected: list[str]) -> None:
    assert paragraphs(text) == expected


def test_passages_are_counted_by_paragraph_and_sentence_after_the_headline() -> None:
    text = f"3 March 2021\n\n{TITLE}\n\nIt fell. Nobody saw it.\n\nIt was old."
    found = split_article(text, TITLE)
    assert [(passage.id, passage.paragraph, passage.sentence) for passage in found] == [
        ("head1", 1, 0),
        ("title", 0, 0),
        ("p1s1", 1, 1),
        ("p1s2", 1, 2),
        ("p2s1", 2, 1),
    ]


@pytest.mark.parametrize(
    ("line", "is_headline"),
    [
        (TITLE.upper(), True),
        (f"{TITLE} | The Sallow Post", True),
        ("The Bridge at Sallow Ford", True),
        ("The Bridge at Sallow Ford falls down.", False),
        ("The", False),
        ("Another headline", False),
    ],
)
def test_a_headline_is_known_by_the_title(line: str, is_headline: bool) -> None:
    found = split_article(f"{line}\n\nIt was old.", TITLE)
    assert (found[0].id == "title") is is_headline


def test_first_and_last_words_lead_to_one_passage() -> None:
    text = (
        "The bridge at Sallow Ford fell in the night of 3 March. "
        "The bridge at Sallow Mill did not fall in the night of 3 March. "
        "A man who crossed the bridge at dawn saw nothing of it in the rain."
    )
    found = split_article(text, TITLE)
    assert [(passage.start, passage.end, passage.is_certain) for passage in found] == [
        ("The bridge at Sallow", "night of 3 March", True),
        ("The bridge at Sallow", "night of 3 March", False),
        ("A man who crossed", "it in the rain", True),
    ]


def test_a_passage_never_stands_whole_in_its_first_and_last_words() -> None:
    found = split_article("Rain fell on us. It was cold. Nobody came to the bridge then.", TITLE)
    kept = [(passage.start, passage.end) for passage in found]
    assert kept == [("Rain", "us"), ("It", "cold"), ("Nobody came", "bridge then")]


def test_a_sentence_like_too_many_others_joins_the_one_before() -> None:
    text = "\n\n".join(f"Day {day} began. It rained on day {day}." for day in range(30))
    found = split_article(text, TITLE)
    assert [(passage.id, passage.text) for passage in found[38:]] == [
        ("p20s1", "Day 19 began."),
        ("p20s2", "It rained on day 19."),
        *((f"p{day + 1}s1", f"Day {day} began. It rained on day {day}.") for day in range(20, 30)),
    ]
    assert len(found_in(text, found)) == len(found)


def test_sentences_alike_share_a_place() -> None:
    found = split_article("It fell down. " * 50, TITLE)
    assert [passage.is_certain for passage in found] == [True] + [False] * 49
    assert len(found_in("It fell down. " * 50, found)) == 50


@pytest.mark.parametrize(
    "text",
    ["", " \r\n\u00a0", "🔥 — …", "x" * 6000, "a b. " * 1999 + "A c. " * 2, "word " * 4000],
    ids=["empty", "spaces", "no words", "no spaces", "a book", "one word"],
)
def test_what_is_no_article_is_refused(text: str) -> None:
    with pytest.raises(ArticleError):
        split_article(text.replace("a b", "A b"), TITLE)


def test_a_sentence_without_end_is_cut() -> None:
    text = " ".join(f"word{number}" for number in range(2000))
    found = split_article(text, TITLE)
    assert [passage.id for passage in found] == ["p1s1", "p1s2", "p1s3", "p1s4"]
    assert " ".join(found_in(text, found).values()) == text


@settings(max_examples=300, deadline=None)
@given(texts, st.text(max_size=20))
def test_every_passage_is_found_again_by_its_fingerprint(text: str, title: str) -> None:
    try:
        found = split_article(text, title)
    except ArticleError:
        return
    quotes = found_in(text, found)
    assert list(quotes) == [passage.id for passage in found]
    assert list(quotes.values()) == [normalise(passage.text) for passage in found]
    for passage in found:
        ends = [passage.start.split(), passage.end.split()]
        assert all(1 <= len(end) <= 4 for end in ends)
        assert sum(map(len, ends)) < max(3, len(passage.text.split()))
        assert passage.text.startswith(passage.start)
