from xml.etree import ElementTree

from benchmarks.charts import Bar, Line, Part, bar_chart, line_chart


def test_bars_are_as_long_as_their_shares_and_are_told_in_words() -> None:
    chart = bar_chart("bars.svg", "a < b", [Part("right", "good"), Part("wrong", "bad")], [Bar("A & B", (0.75, 0.25))])
    root = ElementTree.fromstring(chart.svg)
    right, wrong = (
        float(rect.attrib["width"]) for rect in root.iterfind("{*}rect") if rect.attrib.get("height") == "20"
    )
    assert right == 3 * wrong
    assert "A & B" in [text.text for text in root.iterfind("{*}text")]
    assert root.findtext("{*}desc") == "A & B: right 75%, wrong 25%."
    assert chart.text == "a < b. A & B: right 75%, wrong 25%."


def test_lines_stay_on_the_page_though_there_is_one_point() -> None:
    for lines in (
        [Line("a", "good", ((100, 0.2), (1000, 30))), Line("b", "bad", ((100, 2),))],
        [Line("b", "bad", ((100, 1),))],
    ):
        root = ElementTree.fromstring(line_chart("lines.svg", "t", "entries", "ms", lines).svg)
        circles = root.findall("{*}circle")
        assert len(circles) == sum(len(line.points) for line in lines)
        assert all(0 < float(circle.attrib["cy"]) < 420 for circle in circles)
