from pathlib import Path

import pytest

from bot.errors import ArticleError
from bot.knowledge.article import read_article
from bot.knowledge.links import passage_url
from bot.knowledge.loading import load_knowledge
from tests.conftest import LIGHTHOUSE

KNOWLEDGE = load_knowledge(LIGHTHOUSE)
ARTICLE = (LIGHTHOUSE / "article.txt").read_text("utf-8")


def test_passages_are_found_whatever_the_spacing(tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(ARTICLE.replace(" ", "\n  "), "utf-8")
    assert read_article(copy, KNOWLEDGE)["s3"] == "The lamp had stood for 120 years."


@pytest.mark.parametrize("content", [b"", b"something else", b"\xff\xfe", ARTICLE[:-30].encode()])
def test_a_copy_that_is_not_the_article_is_refused(tmp_path: Path, content: bytes) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(content)
    with pytest.raises(ArticleError, match=r"copy\.txt: "):
        read_article(copy, KNOWLEDGE)


def test_a_missing_copy_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="No such file"):
        read_article(tmp_path / "none.txt", KNOWLEDGE)


def test_a_copy_full_of_first_words_is_refused_quickly(tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text("The lamp had for 120 years. " * 20_000, "utf-8")
    with pytest.raises(ArticleError):
        read_article(copy, KNOWLEDGE)


def test_a_link_lands_on_the_first_to_the_last_words() -> None:
    url = passage_url(KNOWLEDGE.record, KNOWLEDGE.passages["s1"])
    assert url == "https://gazette.example/cape-marrow#:~:text=The%20lighthouse%20at,escaped%20by%20boat"


def test_what_has_a_meaning_in_a_text_fragment_is_escaped(testigo) -> None:
    for passage in testigo.knowledge.passages.values():
        fragment = passage_url(testigo.knowledge.record, passage).split("#:~:text=")[1]
        assert fragment.count(",") == 1
        assert not set(fragment) & set("-& \"'")
