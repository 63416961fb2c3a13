from pathlib import Path

from benchmarks.public.sets import read_sets, shots, small_talk_entries

SMALL_TALK = """> Source: chitchat
## ? Are you bored
- Do you get bored
- are you bored?

**Filters:**
- editorial = chitchat

```markdown
- No.
```

> Source: chitchat
## ? Bye
- Do you get bored
- Goodbye

> Source: chitchat
## ? Are you bored
- Bored?
"""


def test_small_talk_is_read_without_filters_answers_and_repetitions() -> None:
    assert small_talk_entries(SMALL_TALK) == {
        "Are you bored": ["Are you bored", "Do you get bored", "Bored?"],
        "Bye": ["Bye", "Goodbye"],
    }


def test_shots_are_always_the_same() -> None:
    learned = {"a": [str(n) for n in range(50)], "b": ["only"]}
    assert shots(learned, 10) == shots(learned, 10)
    assert [len(texts) for texts in shots(learned, 10).values()] == [10, 1]


def test_sets_that_are_not_there_are_left_out(tmp_path: Path) -> None:
    assert list(read_sets(tmp_path)) == []
