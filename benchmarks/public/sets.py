"""Read the public question sets."""

import csv
import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.knowledge.model import Language
from bot.matching.text import fold

SEED = 20100822
SHOTS = 10
SETS = ("clinc-full", "clinc-10", "clinc-small", "banking-10", "banking-full", "chitchat-en", "chitchat-es")
TESTED = 3000
"""Questions of the small talk that are asked, of the many that are not learned."""

Asked = tuple[str, str]
"""A question and its label."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """What is learned by label, what is asked, and out-of-scope questions of either kind."""

    key: str
    title: str
    language: Language
    learned: Mapping[str, Sequence[str]]
    asked: Sequence[Asked]
    counterexamples: Sequence[str] = ()
    outside: Sequence[str] = ()

    def thinned(self, every: int) -> "QuestionSet":
        """Return one in `every` of the labels, with their questions."""
        kept = dict(list(self.learned.items())[::every])
        asked = [(text, label) for text, label in self.asked if label in kept][::every]
        return replace(self, learned=kept, asked=asked, outside=self.outside[::every])


def read_sets(folder: Path) -> Iterator[QuestionSet]:
    """Yield the sets in `folder`; one that is not there is left out."""
    for size in ("full", "small"):
        if (path := folder / "clinc150" / f"data_{size}.json").exists():
            yield from _clinc(path, size)
    if (folder / "banking77" / "train.csv").exists():
        yield from _banking(folder / "banking77")
    for language, name in (("en", "en-us"), ("es", "es-es")):
        if (path := folder / "chitchat" / f"{name}.qna").exists():
            yield _small_talk(path, language)


def shots(learned: Mapping[str, Sequence[str]], count: int) -> dict[str, list[str]]:
    """Return so many wordings of each label, at random but always alike."""
    chance = random.Random(SEED)
    return {label: chance.sample(list(texts), min(count, len(texts))) for label, texts in learned.items()}


def small_talk_entries(text: str) -> dict[str, list[str]]:
    """Return the wordings by entry of a file of questions and answers, each wording once."""
    entries: dict[str, list[str]] = {}
    seen: set[str] = set()
    for block in re.split(r"^## \? ", text, flags=re.MULTILINE)[1:]:
        title, *rest = block.split("**Filters:**")[0].splitlines()
        lines = [title, *(line[2:] for line in rest if line.startswith("- "))]
        fresh: dict[str, str] = {}
        for line in lines:
            if (form := fold(line)) and form not in seen:
                fresh.setdefault(form, line)
        seen |= fresh.keys()
        if fresh:
            entries.setdefault(title, []).extend(fresh.values())  # in Spanish one title stands twice
    return entries


def _clinc(path: Path, size: str) -> Iterator[QuestionSet]:
    data = json.loads(path.read_text("utf-8"))
    learned = _by_label(data["train"])
    asked = [(text, label) for text, label in data["test"]]
    outside = [text for text, _ in data["oos_test"]]
    counterexamples = [text for text, _ in data["oos_train"]]
    yield QuestionSet(f"clinc-{size}", f"CLINC150 {size}", "en", learned, asked, counterexamples, outside)
    if size == "full":
        few = shots(learned, SHOTS)
        yield QuestionSet(f"clinc-{SHOTS}", f"CLINC150 {SHOTS}-shot", "en", few, asked, (), outside)


def _banking(folder: Path) -> Iterator[QuestionSet]:
    learned = _by_label(_rows(folder / "train.csv"))
    asked = _rows(folder / "test.csv")
    yield QuestionSet(f"banking-{SHOTS}", f"BANKING77 {SHOTS}-shot", "en", shots(learned, SHOTS), asked)
    yield QuestionSet("banking-full", "BANKING77 full", "en", learned, asked)


def _small_talk(path: Path, language: Language) -> QuestionSet:
    entries = small_talk_entries(path.read_text("utf-8"))
    learned = shots(entries, SHOTS)
    rest = [(text, label) for label, texts in entries.items() for text in texts if text not in learned[label]]
    random.Random(SEED).shuffle(rest)
    return QuestionSet(f"chitchat-{language}", f"Microsoft's small talk, {language}", language, learned, rest[:TESTED])


def _rows(path: Path) -> list[Asked]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["category"]) for row in csv.DictReader(file)]


def _by_label(asked: Iterable[Sequence[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text, label in asked:
        found.setdefault(label, []).append(text)
    return found
