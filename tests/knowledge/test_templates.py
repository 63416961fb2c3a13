import pytest

from bot.answering.testigo import Testigo

CASES = [
    ("en", "{drugwar.displaced}", "250,000"),
    ("es", "{drugwar.displaced}", "250,000"),
    ("pt", "{drugwar.displaced}", "250.000"),
    ("en", "{article.published}", "October 7, 2014"),
    ("es", "{article.published}", "7 de octubre de 2014"),
    ("pt", "{article.published}", "7 de outubro de 2014"),
    ("en", "{event.year}", "2010"),
    ("en", "{event.year.arithmetic}", "2014 − 4 = 2010"),
    ("pt", "{kidnapped.total_low.arithmetic}", "20.000 × (2014 − 2007) = 140.000"),
    ("en", "{share.honduras}", "33%"),
    ("en", "{share.honduras.arithmetic}", "100 × 24 ÷ 72 ≈ 33%"),
    (
        "es",
        "{alleged.by} alegan. {alleged.by}",
        "Defensores de los derechos humanos alegan. Defensores de los derechos humanos",
    ),
    ("es", "a las {article.published_time}", "a las 11:37 a. m., hora del este de Estados Unidos"),
]


@pytest.mark.parametrize(("language", "template", "text"), CASES)
def test_facts_are_worded_for_the_language(testigo: Testigo, language: str, template: str, text: str) -> None:
    assert testigo.wordings[language].fill(template) == text
