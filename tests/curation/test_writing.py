"""Drafts become lines in the right place, and nothing else changes."""

import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checking import check_data
from bot.curation.drafts import Draft, DraftKind
from bot.curation.insertions import lines_of
from bot.curation.proposals import PROPOSALS
from bot.curation.writing import Plan, plan_edits
from bot.knowledge.loading import load_knowledge
from bot.settings import Settings
from tests.conftest import LIGHTHOUSE

FIRE = Path("utterances/en/fire.txt")
OFF_TOPIC = Path("utterances/en/off-topic.txt")


def phrasing(text: str, entry: str | None = "keepers-escaped", language: str = "en") -> Draft:
    return Draft(DraftKind.PHRASING, text, language, entry)


def put(folder: Path, plan: Plan) -> None:
    for path, text in plan.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())


def edit(folder: Path, file: Path, text: str) -> None:
    (folder / file).write_bytes(text.encode())


def test_a_phrasing_ends_the_block_of_its_entry(event: Path) -> None:
    plan = plan_edits(event, [phrasing("who rowed off?"), phrasing("who made it to shore")])
    assert plan.files == {
        FIRE: (event / FIRE)
        .read_text("utf-8")
        .replace("the lighthouse\n", "the lighthouse\nwho rowed off?\nwho made it to shore\n", 1)
    }
    assert plan.diff.startswith("--- a/utterances/en/fire.txt\n+++ b/utterances/en/fire.txt\n@@ -3,6 +3,8 @@\n")
    assert [line for line in plan.diff.splitlines()[2:] if line[0] in "+-"] == [
        "+who rowed off?",
        "+who made it to shore",
    ]


def test_an_off_topic_example_ends_the_near_ones(event: Path) -> None:
    plan = plan_edits(event, [Draft(DraftKind.OFF_TOPIC, "who built the pyramids", "en")])
    assert "who invented the lamp\nwho built the pyramids\n\n[far]" in plan.files[OFF_TOPIC]


def test_comments_order_blanks_and_line_ends_stay(event: Path) -> None:
    old = (
        "# Top.\r\n\r\n\r\n[fire-when]\r\n  what day was it  \r\n# said at sea:\r\nwhat night\n\t\r\n"
        "# The keepers:\r\n[keepers-escaped]\r\n# none yet\r\n[warnings-ignored]\r\nanyone warned\r\n\r\n"
        "[lamp-lit]\r\nhow old"
    )
    edit(event, FIRE, old)
    plan = plan_edits(
        event,
        [phrasing("which evening", "fire-when"), phrasing("who swam"), phrasing("was it 120", "lamp-lit")],
    )
    assert plan.files[FIRE] == (
        "# Top.\r\n\r\n\r\n[fire-when]\r\n  what day was it  \r\n# said at sea:\r\nwhat night\nwhich evening\n\t\r\n"
        "# The keepers:\r\n[keepers-escaped]\r\nwho swam\r\n# none yet\r\n[warnings-ignored]\r\nanyone warned\r\n\r\n"
        "[lamp-lit]\r\nhow old\r\nwas it 120"
    )


def test_a_block_that_is_missing_comes_at_the_end(event: Path) -> None:
    edit(event, FIRE, "[fire-when]\nwhat day")
    plan = plan_edits(event, [phrasing("who swam"), phrasing("how old", "lamp-lit"), phrasing("who dived")])
    assert plan.files[FIRE] == "[fire-when]\nwhat day\n\n[keepers-escaped]\nwho swam\nwho dived\n\n[lamp-lit]\nhow old"


def test_a_file_that_is_missing_is_made(event: Path) -> None:
    (event / OFF_TOPIC).unlink()
    (event / FIRE).unlink()
    plan = plan_edits(event, [phrasing("who swam"), Draft(DraftKind.OFF_TOPIC, "who won", "en")])
    assert plan.files == {FIRE: "[keepers-escaped]\nwho swam\n", OFF_TOPIC: "[near]\nwho won\n"}
    assert "new file mode 100644\n--- /dev/null\n+++ b/utterances/en/fire.txt\n@@ -0,0 +1,2 @@\n" in plan.diff


def test_a_block_is_found_in_another_file_than_its_topics(event: Path) -> None:
    other = Path("utterances/en/more.txt")
    edit(event, FIRE, (event / FIRE).read_text("utf-8").replace("[lamp-lit]", "# [lamp-lit]"))
    edit(event, other, "[lamp-lit]\nlamp age\n")
    assert plan_edits(event, [phrasing("first glow", "lamp-lit")]).files == {
        other: "[lamp-lit]\nlamp age\nfirst glow\n"
    }


@pytest.mark.parametrize(
    "draft",
    [
        phrasing("number of keepers who fled by boat"),
        phrasing("  Number of KEEPERS, who fled by bóat?! "),
        phrasing("How many keepers escaped?"),
        Draft(DraftKind.OFF_TOPIC, "Who invented the lamp?", "en"),
        Draft(DraftKind.OFF_TOPIC, "write me a poem", "en"),
        Draft(DraftKind.ENTRY, "what day was the fire", "en", "fire-when"),
    ],
)
def test_what_stands_there_already_is_not_written_again(event: Path, draft: Draft) -> None:
    plan = plan_edits(event, [draft])
    assert (plan.edits, plan.added, len(plan.present), plan.refused) == ((), (), 1, ())


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (phrasing("Date of the blaze?"), "is a wording of fire-when already"),
        (phrasing("What caused the fire?"), "is a wording of gap-cause already"),
        (phrasing("who invented the lamp"), "is a wording of off-topic already"),
        (Draft(DraftKind.OFF_TOPIC, "date of the blaze", "en"), "is a wording of fire-when already"),
        (Draft(DraftKind.GAP, "date of the blaze", "en"), "is a wording of fire-when already"),
        (Draft(DraftKind.ENTRY, "who won the match", "en", "the-match"), "is a wording of off-topic already"),
        (Draft(DraftKind.ENTRY, "who swam", "en", "fire-when"), "there is an entry fire-when already"),
        (Draft(DraftKind.ENTRY, "who swam", "en", "../x"), "'../x' cannot be an id"),
        (phrasing("who swam", None), "names no entry"),
        (phrasing("who swam", ""), "names no entry"),
        (phrasing("who swam", "nonsense"), "there is no entry nonsense"),
        (phrasing("who swam", language="../../x"), "the languages are en, es"),
        (Draft(DraftKind.GAP, "who swam", "fr"), "the languages are en, es"),
        (phrasing("?!"), "has no word to go by"),
        (phrasing("# [\u2026] \u200b"), "has no word to go by"),
        (phrasing("[fire-when]"), "would be read as a heading"),
        (phrasing(" [near]\n"), "would be read as a heading"),
        (phrasing("x " * 251), "is longer than 500 characters"),
        (phrasing("WHO was it that Swam first of all to shore"), "is a stored question"),
    ],
)
def test_what_cannot_be_applied_is_refused_with_the_reason(event: Path, draft: Draft, reason: str) -> None:
    plan = plan_edits(event, [draft], ["who was it that swam first of all to shore?", "who swam"])
    assert (plan.edits, plan.added, plan.present) == ((), (), ())
    assert plan.refused[0].reason.startswith(reason)


def test_two_drafts_of_one_wording_are_one_or_a_contradiction(event: Path) -> None:
    plan = plan_edits(event, [phrasing("who swam"), phrasing("Who swam?"), phrasing("who SWAM", "fire-when")])
    assert [draft.text for draft in plan.added] == ["who swam"]
    assert [draft.text for draft in plan.present] == ["Who swam?"]
    assert [str(refusal) for refusal in plan.refused] == [
        "phrasing of fire-when (en): 'who SWAM': is a wording of keepers-escaped already"
    ]


def test_a_wording_of_another_language_is_another_wording(event: Path) -> None:
    assert plan_edits(event, [phrasing("date of the blaze", language="es")]).added


def test_hidden_characters_and_markup_do_not_reach_the_data(event: Path) -> None:
    (draft,) = plan_edits(event, [phrasing("## who\u202e \u0000swam\r\n[fire-when]\u2028\ud800ashore")]).added
    assert draft.text == "who swam [fire-when] ashore"


def test_a_proposal_becomes_a_stub_that_the_bot_does_not_read(event: Path) -> None:
    drafts = [
        Draft(DraftKind.GAP, 'who lit the "lamp"?', "en"),
        Draft(DraftKind.ENTRY, "dónde está el cabo", "es", "cape-where"),
        Draft(DraftKind.ENTRY, "where is the cape", "en", "cape-where"),
        Draft(DraftKind.GAP, "Who lit the lamp", "en"),
        Draft(DraftKind.GAP, "who lit the lamp of it", "en"),
        Draft(DraftKind.ENTRY, "谁点的灯", "en"),
        Draft(DraftKind.GAP, "x" * 90, "en"),
    ]
    plan = plan_edits(event, drafts)
    before = load_knowledge(event).version
    put(event, plan)
    text = (event / PROPOSALS).read_text("utf-8")
    proposed = tomllib.loads(text)["entries"]
    assert [*proposed] == ["gap-who-lit-the-lamp", "cape-where", "gap-who-lit-the-lamp-of-it", "proposed", "gap-" + "x"]
    assert proposed["gap-who-lit-the-lamp"] == {
        "question": {"en": 'who lit the "lamp"?', "es": ""},
        "answer": {"en": "", "es": ""},
    }
    assert "# Proposed as an entry, asked so:\n# es: dónde está el cabo\n# en: where is the cape\n\n" in text
    assert not plan.changes_answers
    assert load_knowledge(event).version == before
    assert check_data(Settings(_env_file=None, data=event)) == []


def test_a_proposal_grows_where_a_person_works_on_it(event: Path) -> None:
    put(event, plan_edits(event, [Draft(DraftKind.GAP, "who lit it", "en", "gap-lit")]))
    text = (event / PROPOSALS).read_text("utf-8").replace('answer.en = ""', 'answer.en = "Nobody says."  # Ada')
    edit(event, PROPOSALS, text + "\n# mine\n")
    plan = plan_edits(event, [Draft(DraftKind.GAP, text, "en", "gap-lit") for text in ("who set it", "WHO lit it")])
    assert plan.files == {PROPOSALS: text + "# en: who set it\n\n# mine\n"}
    assert len(plan.present) == 1


def test_whether_a_proposal_is_needed_does_not_depend_on_the_order(event: Path) -> None:
    drafts = [Draft(DraftKind.GAP, "who swam", "en"), phrasing("who swam")]
    for given_so in (drafts, drafts[::-1]):
        plan = plan_edits(event, given_so)
        assert plan.added == (drafts[1],)
        assert [refusal.draft for refusal in plan.refused] == [drafts[0]]


def in_the_event() -> st.SearchStrategy[str]:
    knowledge = load_knowledge(LIGHTHOUSE)
    return st.sampled_from([*knowledge.entries, "nonsense"])


wild = st.text(max_size=30) | st.sampled_from(["[near]", "#", "date of the blaze", "who?\r\nwhy?", "# [x]", "a\u2028b"])
words = st.lists(st.sampled_from(["who", "swam", "¿", "boat", "4", "É", "[x]", "#"]), max_size=5).map(" ".join)
drafts = st.lists(
    st.builds(
        Draft,
        st.sampled_from(DraftKind),
        wild | words,
        st.sampled_from(["en", "en", "es", "fr"]),
        st.none() | in_the_event() | st.text("ab-", max_size=4),
    ),
    max_size=12,
)


def copied(folder: Path, end: str, has_last_end: bool) -> None:
    """Copy the invented event with other line ends and comments among the wordings."""
    for source in (path for path in LIGHTHOUSE.rglob("*") if path.is_file()):
        target = folder / source.relative_to(LIGHTHOUSE)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text("utf-8")
        if source.suffix == ".txt" and source.name != "article.txt":
            text = "# top\n\n" + text.replace("\n\n", "\n# between\n\n\n").rstrip("\n") + ("\n" if has_last_end else "")
        target.write_bytes(text.replace("\n", end).encode())


def assert_only_lines_are_added(old: str, new: str, usual: str) -> int:
    """Return how many lines are added; every old line stands in the new text, in order and byte for byte."""
    before, after = lines_of(old), lines_of(new)
    rest: Iterable[str] = iter([line.text + (line.end or usual) for line in after])
    assert all(any(line.text + (line.end or usual) == one for one in rest) for line in before)
    return len(after) - len(before)


@settings(max_examples=80, deadline=None)
@given(drafts, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_whatever_is_drafted_only_adds_lines_and_only_once(drafts: list[Draft], end: str, has_last_end: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied(folder, end, has_last_end)
        plan = plan_edits(folder, drafts)
        assert len(plan.added) + len(plan.present) + len(plan.refused) == len(drafts)
        added = 0
        for path, text in plan.files.items():
            old = (folder / path).read_bytes().decode() if (folder / path).exists() else ""
            count = assert_only_lines_are_added(old, text, end)
            added += count if path != PROPOSALS else 0
            assert {line.end for line in lines_of(text)} <= {end if path != PROPOSALS else "\n", ""}
        minus = [line for line in plan.diff.split("\n") if line.startswith("-") and not line.startswith("---")]
        assert minus == [] or not has_last_end
        assert added == sum(draft.kind in {DraftKind.PHRASING, DraftKind.OFF_TOPIC} for draft in plan.added)
        before = load_knowledge(folder)
        put(folder, plan)
        after = load_knowledge(folder)
        assert check_data(Settings(_env_file=None, data=folder)) == []
        for draft in plan.added:
            if draft.kind is DraftKind.PHRASING:
                assert draft.entry is not None
                assert draft.text in after.entries[draft.entry].utterances[draft.language]
                assert draft.text not in before.entries[draft.entry].utterances[draft.language]
        again = plan_edits(folder, drafts)
        assert (again.edits, again.added) == ((), ())
        if (folder / PROPOSALS).exists():
            tomllib.loads((folder / PROPOSALS).read_text("utf-8"))
