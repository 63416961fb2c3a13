from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import DataError
from bot.knowledge.loading import load_knowledge
from tests.conftest import LIGHTHOUSE

Edit = Callable[[str, str, str], Path]


def test_derived_facts_take_the_passages_of_their_operands() -> None:
    fact = load_knowledge(LIGHTHOUSE).facts["lamp.lit"]
    assert fact.value == 1899
    assert fact.passages == ("s1", "s3")


def test_the_version_follows_every_file(edited: Edit) -> None:
    changed = edited("utterances/en/meta.txt", "hey", "hey you")
    assert load_knowledge(changed).version != load_knowledge(LIGHTHOUSE).version


def test_the_version_does_not_depend_on_where_the_folder_is(edited: Edit) -> None:
    assert load_knowledge(edited("links.toml", "links", "links")).version == load_knowledge(LIGHTHOUSE).version


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("article.toml", "outlet =", "outlett =", r"article.toml: record.outlet"),
        ("article.toml", 'url = "https', 'url = "ftp', r"article.toml: record.url"),
        ("article.toml", 'start = "The lighthouse at"', 'start = "one two three four five"', r"passages.2.start"),
        ("facts.toml", "value = 4", "", r"keepers: expected a table|keepers.escaped.unit: expected a table"),
        ("facts.toml", "value = 4", 'value = 4\nsource = "me"', r"\[keepers.escaped\]: source"),
        ("facts.toml", "lamp.age", "lamp.aeg", r"\[lamp.lit\]: the formula names an unknown fact, lamp.age"),
        ("facts.toml", "year(fire.date) - lamp.age", "lamp.lit + 1", r"\[lamp.lit\]: the formula refers to itself"),
        ("facts.toml", "value = 4", "value = 4\nformula = '1 + 1'", "needs either a value or a formula"),
        ("entries/fire.toml", "question.en", "qestion.en", r"entries/fire.toml: entries.keepers-escaped.qestion"),
        ("entries/gaps.toml", "entries.gap-cause", "entries.fire-when", "stands in entries/fire.toml too"),
        ("entries/gaps.toml", 'kind = "gap"', 'kind = "hole"', "entries/gaps.toml: kind"),
        ("utterances/en/fire.txt", "[fire-when]", "[fire-wehn]", r"\[fire-wehn\] is no entry"),
        ("utterances/en/fire.txt", "[fire-when]", "[keepers-escaped]", "stands twice"),
        ("utterances/en/fire.txt", "[keepers-escaped]", "", "before the first"),
        ("premises.toml", "topics", "topcis", "premises.toml: premises.keepers"),
        ("premises.toml", "all ... died", "all ... Died", "premises.keepers: 'all ... Died': 'Died' is no folded word"),
        (
            "premises.toml",
            "all ... died",
            "all died ...",
            r"keepers: 'all died ...' begins or ends with \.\.\.",
        ),
        (
            "premises.toml",
            "# <keepers>",
            "# <guards>",
            "keepers: '# <guards>': there is no list of words <guards>",
        ),
        ("premises.toml", '"fareros"', '"Fareros"', "premises.toml: words: '<keepers>': 'Fareros' is no folded word"),
        (
            "premises.toml",
            'numbers = ["keepers.escaped"]',
            'numbers = ["fire.place"]',
            "fire.place is no fact",
        ),
        ("premises.toml", "# <keepers>", "<keepers>", "premises.keepers: numbers: no pattern has a number"),
        ("facts.toml", "[keepers.escaped]", "[keepers.escaped", "facts.toml: "),
        ("facts.toml", "value = 4", f"value = {'9' * 5000}", "facts.toml: "),
    ],
)
def test_a_fault_in_the_data_names_file_and_key(edited: Edit, file: str, old: str, new: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        load_knowledge(edited(file, old, new))


@pytest.mark.parametrize("file", ["article.toml", "facts.toml", "links.toml", "premises.toml"])
def test_a_missing_file_is_named(edited: Edit, file: str) -> None:
    folder = edited("links.toml", "links", "links")
    (folder / file).unlink()
    with pytest.raises(DataError, match=file):
        load_knowledge(folder)


def test_a_file_that_is_not_text_is_named(edited: Edit) -> None:
    folder = edited("links.toml", "links", "links")
    (folder / "facts.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match=r"facts.toml: not UTF-8"):
        load_knowledge(folder)


def test_a_huge_file_is_refused(edited: Edit) -> None:
    folder = edited("links.toml", "links", "links")
    (folder / "utterances/en/fire.txt").write_text("x" * 4_000_001)
    with pytest.raises(DataError, match="larger than"):
        load_knowledge(folder)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no data folder"):
        load_knowledge(tmp_path / "nowhere")
