"""An edit is tried on a copy, and written only where it proves right."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.checking import check_data
from bot.curation.applying import Trials, rehearse, write
from bot.curation.comparing import Measured
from bot.curation.drafts import Draft, DraftKind
from bot.curation.writing import plan_edits
from bot.errors import DataError
from bot.knowledge.loading import load_knowledge
from bot.settings import Settings

SWAM = Draft(DraftKind.PHRASING, "who swam", "en", "keepers-escaped")
PROPOSED = Draft(DraftKind.GAP, "who lit it", "en")
RANKS = {"right": 2, "unsure": 1, "wrong": 0}


def check(folder: Path) -> list[str]:
    return check_data(Settings(_env_file=None, data=folder))


def becoming(*verdicts: tuple[str, str]) -> Trials:
    """Return trials in which each question goes as told, before and after "who swam" is a wording."""

    def measure(folder: Path) -> Sequence[Measured]:
        knowledge = load_knowledge(folder)
        is_after = "who swam" in knowledge.entries["keepers-escaped"].utterances["en"]
        return [
            Measured(f"question {number}", "en", pair[is_after], RANKS[pair[is_after]], pair[is_after] == "right", "x")
            for number, pair in enumerate(verdicts)
        ]

    return Trials(check, measure)


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_better_worse_and_broken_are_told_apart(event: Path) -> None:
    before = contents(event)
    trials = becoming(
        ("right", "right"), ("wrong", "right"), ("wrong", "unsure"), ("unsure", "wrong"), ("right", "unsure")
    )
    rehearsal = rehearse(event, plan_edits(event, [SWAM]), trials)
    assert rehearsal.comparison is not None
    assert [change.before.question for change in rehearsal.comparison.better] == ["question 1", "question 2"]
    assert [change.before.question for change in rehearsal.comparison.worse] == ["question 3"]
    assert rehearsal.reasons == ("a stored question breaks: (en) 'question 4': right [x], then unsure [x]",)
    assert contents(event) == before


def test_worse_without_having_been_right_is_no_reason_to_refuse(event: Path) -> None:
    assert rehearse(event, plan_edits(event, [SWAM]), becoming(("unsure", "wrong"))).reasons == ()


def test_broken_proofs_are_refused_before_a_question_is_asked(event: Path) -> None:
    file = event / "entries/fire.toml"
    file.write_text(file.read_text("utf-8").replace("{keepers.escaped} keepers", "9 keepers", 1), "utf-8")
    rehearsal = rehearse(event, plan_edits(event, [SWAM]), becoming())
    assert rehearsal.comparison is None
    assert (
        "entries/fire.toml: keepers-escaped (en): the number 9 does not come from a fact (before the edit too)"
        in rehearsal.reasons
    )


def test_a_proof_that_only_the_edit_breaks_is_told_as_such(event: Path) -> None:
    def checked(folder: Path) -> list[str]:
        if "who swam" in (folder / "utterances/en/fire.txt").read_text("utf-8"):
            raise DataError(f"{folder}/utterances/en/fire.txt: larger than allowed")
        return []

    rehearsal = rehearse(event, plan_edits(event, [SWAM]), Trials(checked, becoming().measure))
    assert rehearsal.reasons == (f"{event}/utterances/en/fire.txt: larger than allowed",)


def test_no_question_is_asked_where_no_answer_can_change(event: Path) -> None:
    def never(folder: Path) -> list[Measured]:
        raise AssertionError(folder)

    rehearsal = rehearse(event, plan_edits(event, [PROPOSED]), Trials(check, never))
    assert (rehearsal.reasons, rehearsal.comparison) == ((), None)


def test_what_is_written_is_the_plan_and_keeps_its_rights(event: Path) -> None:
    plan = plan_edits(event, [SWAM, PROPOSED])
    (event / "utterances/en/fire.txt").chmod(0o640)
    before = contents(event)
    write(event, plan)
    after = contents(event)
    assert {path.relative_to(event) for path in after if before.get(path) != after[path]} == plan.files.keys()
    assert {path: after[event / path].decode() for path in plan.files} == plan.files
    assert (event / "utterances/en/fire.txt").stat().st_mode & 0o777 == 0o640


def test_a_link_to_a_file_stays_a_link(event: Path, tmp_path: Path) -> None:
    file, elsewhere = event / "utterances/en/fire.txt", tmp_path / "elsewhere.txt"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)
    write(event, plan_edits(event, [SWAM]))
    assert file.is_symlink()
    assert "who swam\n" in elsewhere.read_text("utf-8")


def test_a_file_changed_meanwhile_is_left_alone(event: Path) -> None:
    plan = plan_edits(event, [SWAM, Draft(DraftKind.OFF_TOPIC, "who won", "en"), PROPOSED])
    (event / "proposals.toml").write_text("# by somebody else\n")
    before = contents(event)
    with pytest.raises(DataError, match=r"proposals\.toml: was changed meanwhile; nothing was written"):
        write(event, plan)
    assert contents(event) == before


def test_a_file_that_cannot_be_written_changes_nothing(event: Path) -> None:
    plan = plan_edits(event, [SWAM, Draft(DraftKind.OFF_TOPIC, "who won", "en")])
    # A folder stands where the second file is to be written first.
    (event / f"utterances/en/.off-topic.txt.{os.getpid()}.part").mkdir()
    before = contents(event)
    with pytest.raises(DataError, match="Is a directory"):
        write(event, plan)
    assert contents(event) == before


def test_a_folder_that_cannot_be_copied_is_told(event: Path) -> None:
    plan = plan_edits(event, [SWAM])
    (event / "dangling").symlink_to("nowhere")
    with pytest.raises(DataError, match="cannot be copied"):
        rehearse(event, plan, becoming())
