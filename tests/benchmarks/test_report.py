from pathlib import Path

from benchmarks.charts import Chart
from benchmarks.figures import Row, Sheet, goal_sheet
from benchmarks.report import Chapter, show, with_chapter

LIMITS = Chapter("Limits", "python -m benchmarks limits", "How.", [goal_sheet("T", [Row("a | b", "1", "2", False)])])
PEERS = Chapter("Peers", "python -m benchmarks peers", "So.", [Sheet("P", ("x", "command"), [("1", "python -m y")])])


def test_a_chapter_is_written_anew_and_the_others_stay_in_their_order() -> None:
    page = with_chapter(with_chapter(with_chapter("", LIMITS), PEERS), LIMITS)
    assert [line for line in page.splitlines() if line.startswith("## ")] == ["## Peers", "## Limits"]
    assert r"| a \| b | 1 | 2 | missed |" in page
    assert "| 1 | `python -m y` |" in page
    assert with_chapter(page, PEERS) == page


def test_a_chart_stands_beside_the_page_with_its_text(tmp_path: Path) -> None:
    chart = Chart("peers.svg", "All in words.", "<svg/>")
    show(Chapter("Peers", "python -m benchmarks peers", "So.", [], chart), tmp_path)
    assert (tmp_path / "peers.svg").read_text("utf-8") == "<svg/>"
    assert "![All in words.](peers.svg)" in (tmp_path / "benchmarks.md").read_text("utf-8")
