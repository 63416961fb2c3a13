"""The file of what curators proposed and nobody has answered yet; the bot does not read it."""

import itertools
import json
import re
from collections.abc import Container, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.curation.drafts import Draft, DraftKind
from bot.curation.insertions import Insertion, lines_of
from bot.knowledge.model import Language
from bot.knowledge.schema import Identifier
from bot.matching.text import fold

PROPOSALS = Path("proposals.toml")
INTRODUCTION = (
    "# What curators proposed and nobody has answered yet; the bot does not read this file.",
    '# To answer one: move its block into entries/<topic>.toml (a gap into a topic of kind "gap"), write what is',
    "# missing, put its wordings under its id into utterances/<language>/<topic>.txt, and run `testigo check`.",
)
WORDS_OF_AN_ID = 6
_BLOCK = re.compile(r"\[entries\.([a-z0-9-]+)\]")
_WORDING = re.compile(r"# ([a-z]{2}): (.+)")
_IDENTIFIER: TypeAdapter[str] = TypeAdapter(Identifier)


class Proposals:
    """The proposals of a file, and those that are to be added."""

    def __init__(self, text: str, languages: Sequence[Language]) -> None:
        self._text = text
        self._languages = languages
        self._ends: dict[str, int] = {}
        self._wordings: set[tuple[Language, str]] = set()
        self._longer: dict[str, list[str]] = {}
        self._new: dict[str, list[str]] = {}
        current: str | None = None
        for number, line in enumerate(lines_of(text), start=1):
            if match := _BLOCK.match(line.text.strip()):
                current = match[1]
                self._ends[match[1]] = number
            elif current is not None and (match := _WORDING.fullmatch(line.text.strip())):
                self._ends[current] = number
                self._wordings.add((match[1], fold(match[2])))

    def has(self, draft: Draft) -> bool:
        """Whether somebody proposed this wording already, under any id."""
        return (draft.language, fold(draft.text)) in self._wordings

    def add(self, draft: Draft, taken: Container[str]) -> None:
        """Add a proposal, or one more wording to the proposal of that id; no new id is one of `taken`."""
        entry = draft.entry if draft.entry is not None else self._free_id(draft, taken)
        wording = f"# {draft.language}: {draft.text}"
        if entry in self._ends:
            self._longer.setdefault(entry, []).append(wording)
        else:
            self._new.setdefault(entry, self._stub(entry, draft)).append(wording)
        self._wordings.add((draft.language, fold(draft.text)))

    def insertions(self) -> tuple[Insertion, ...]:
        """Return what is to be inserted into the file."""
        insertions = [Insertion(self._ends[entry], tuple(lines)) for entry, lines in self._longer.items()]
        lines = lines_of(self._text)
        new = [line for stub in self._new.values() for line in ("", *stub)]
        if new and not lines:
            insertions.append(Insertion(0, (*INTRODUCTION, *new)))
        elif new:
            insertions.append(Insertion(len(lines), tuple(new if lines[-1].text.strip() else new[1:])))
        return tuple(insertions)

    def _stub(self, entry: str, draft: Draft) -> list[str]:
        """Return an entry's block to be filled in, with the canonical question as it was asked."""
        what = "a gap" if draft.kind is DraftKind.GAP else "an entry"
        questions = dict.fromkeys(self._languages, "") | {draft.language: draft.text}
        # A JSON string is a TOML string: the text holds no control character.
        stub = [f"question.{language} = {json.dumps(text, ensure_ascii=False)}" for language, text in questions.items()]
        stub += [f'answer.{language} = ""' for language in self._languages]
        return [f"[entries.{entry}]", *stub, f"# Proposed as {what}, asked so:"]

    def _free_id(self, draft: Draft, taken: Container[str]) -> str:
        """Return an id made of the first words, as far as an id can hold them."""
        words = re.findall(r"[a-z0-9]+", fold(draft.text))[:WORDS_OF_AN_ID]
        name = "-".join([*(["gap"] if draft.kind is DraftKind.GAP else []), *(words or ["proposed"])])[:50].strip("-")
        names = itertools.chain([name], (f"{name}-{number}" for number in itertools.count(2)))
        return next(entry for entry in names if not (entry in taken or entry in self._ends or entry in self._new))


def is_identifier(text: str) -> bool:
    """Whether an entry may have this id."""
    try:
        _IDENTIFIER.validate_python(text, strict=True)
    except ValidationError:
        return False
    return True
