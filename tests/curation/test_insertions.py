"""Inserting lines, and the patch that tells them."""

import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.curation.insertions import FileEdit, Insertion, lines_of

PATH = Path("folder/file.txt")

lines = st.lists(
    st.tuples(st.text("ab \u2028\x0b\té", max_size=3), st.sampled_from(["\n", "\r\n"])).map("".join), max_size=40
)
texts = st.tuples(lines, st.sampled_from(["", "last"])).map(lambda parts: "".join(parts[0]) + parts[1])


@st.composite
def edits(draw: st.DrawFn) -> FileEdit:
    old = draw(st.none() | texts)
    places = st.integers(0, len(lines_of(old or "")))
    wordings = st.lists(st.text("xy ", min_size=1, max_size=3), min_size=1, max_size=3).map(tuple)
    inserted = draw(st.lists(st.builds(Insertion, places, wordings), min_size=1, max_size=4))
    return FileEdit(PATH, old, tuple(inserted))


@pytest.mark.parametrize(
    ("old", "after", "new"),
    [
        ("a\nb\n", 1, "a\nx\nb\n"),
        ("a\r\nb\r\n", 1, "a\r\nx\r\nb\r\n"),
        ("a\r\nb\nc\n", 2, "a\r\nb\nx\nc\n"),
        ("a\rb\r", 1, "a\rx\rb\r"),
        ("a\nb", 2, "a\nb\nx"),
        ("a\r\nb", 2, "a\r\nb\r\nx"),
        ("a", 1, "a\nx"),
        ("", 0, "x\n"),
        ("a\r\n", 0, "x\r\na\r\n"),
        ("\n\n", 2, "\n\nx\n"),
    ],
)
def test_a_line_ends_as_the_one_before_it(old: str, after: int, new: str) -> None:
    assert FileEdit(PATH, old, (Insertion(after, ("x",)),)).new == new


@given(texts)
def test_lines_put_together_are_the_text(text: str) -> None:
    assert "".join(line.text + line.end for line in lines_of(text)) == text


@given(edits())
def test_taking_the_inserted_lines_out_gives_the_old_text(edit: FileEdit) -> None:
    old, new = lines_of(edit.old or ""), iter(lines_of(edit.new))
    assert all(any(line.text == one.text for one in new) for line in old)
    inserted = sum(len(insertion.texts) for insertion in edit.insertions)
    assert len(lines_of(edit.new)) == len(old) + inserted


@settings(max_examples=60, deadline=None)
@given(edits())
def test_git_makes_the_new_text_of_the_patch(edit: FileEdit) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, PATH)
        file.parent.mkdir()
        if edit.old is not None:
            file.write_bytes(edit.old.encode())
        done = subprocess.run(
            ["git", "apply", "--whitespace=nowarn", "-"],
            input=edit.diff.encode(),
            cwd=folder,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, (edit.diff, done.stderr)
        assert file.read_bytes() == edit.new.encode()
