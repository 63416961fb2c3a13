from benchmarks.growth.invented import LANGUAGES, invent
from benchmarks.growth.varied import questions
from bot.matching.text import fold


def test_invented_entries_differ_in_every_phrasing() -> None:
    entries = invent(500)
    assert len({entry.label for entry in entries}) == 500
    for language in LANGUAGES:
        assert len({text for entry in entries for text in entry.phrasings(language)}) == 500 * 5


def test_questions_are_worded_otherwise_and_are_always_the_same() -> None:
    entries = invent(500)
    asked = list(questions(entries, 120))
    assert asked == list(questions(entries, 120))
    said = {fold(text) for entry in entries for name in LANGUAGES for text in entry.phrasings(name)}
    assert said.isdisjoint(fold(text) for text, _ in asked)


def test_who_leaves_words_out_keeps_those_that_tell_what_is_meant() -> None:
    entries = {entry.label: entry for entry in invent(500)}
    dropping = list(questions(list(entries.values()), 240))[3::12]
    for text, label in dropping:
        kept = set(text.replace("'s", "").split())
        assert entries[label].names("en") <= kept
