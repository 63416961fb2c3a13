"""Turn drafts into an edit of the data folder, of which a person can read every line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.curation.blocks import grown, headings
from bot.curation.drafts import Draft, DraftKind
from bot.curation.insertions import FileEdit
from bot.curation.proposals import PROPOSALS, Proposals, is_identifier
from bot.curation.wordings import OFF_TOPIC, Wordings, cleaned, is_a_line
from bot.errors import DataError
from bot.knowledge import loading
from bot.knowledge.model import Knowledge, Language
from bot.matching.text import fold

MAX_WORDING = 500
"""Characters of a wording: nobody can ask a longer question on Discord."""

MEASURING_WORDS = 9
"""From so many words a wording that is also a stored question was copied from it; a shorter one may coincide."""

NEAR = "near"
"""The block for what sounds close to the article: only such questions reach a curator."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A draft that cannot be applied, and why."""

    draft: Draft
    reason: str

    def __str__(self) -> str:
        return f"{self.draft}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the drafts come to: the edits, and which drafts are added, stand there already, or are refused."""

    edits: tuple[FileEdit, ...]
    added: tuple[Draft, ...]
    present: tuple[Draft, ...]
    refused: tuple[Refusal, ...]

    @property
    def files(self) -> Mapping[Path, str]:
        """The new text of each file that changes, by its path in the data folder."""
        return {edit.path: edit.new for edit in self.edits}

    @property
    def diff(self) -> str:
        """The edits as one patch."""
        return "".join(edit.diff for edit in self.edits)

    @property
    def changes_answers(self) -> bool:
        """Whether a file changes that the bot reads."""
        return any(edit.path != PROPOSALS for edit in self.edits)


def plan_edits(folder: Path, drafts: Iterable[Draft], stored_questions: Iterable[str] = ()) -> Plan:
    """Plan the edit of a data folder; nothing is written.

    A phrasing goes to the end of its entry's block, an off-topic example to the end of the near ones, a proposal to
    `PROPOSALS`. `stored_questions` are those that measure, which must not become wordings.

    Raises:
        DataError: the data folder cannot be loaded.
    """
    planner = _Planner(folder, loading.load_knowledge(folder), stored_questions)
    # Proposals last: whether a text is still without an answer must not depend on the order of the drafts.
    for draft in sorted(drafts, key=lambda draft: draft.kind in {DraftKind.ENTRY, DraftKind.GAP}):
        planner.take(draft)
    return Plan(planner.edits(), tuple(planner.added), tuple(planner.present), tuple(planner.refused))


class _Planner:
    """Takes drafts one by one and collects what comes of them."""

    def __init__(self, folder: Path, knowledge: Knowledge, stored_questions: Iterable[str]) -> None:
        self._knowledge = knowledge
        self._files = _Files(folder, knowledge)
        self._wordings = Wordings(knowledge)
        self._proposals = Proposals(self._files.text(PROPOSALS) or "", knowledge.languages)
        folded = map(fold, stored_questions)
        self._measuring = frozenset(text for text in folded if len(text.split()) >= MEASURING_WORDS)
        self._additions: dict[Path, dict[str, list[str]]] = {}
        self.added: list[Draft] = []
        self.present: list[Draft] = []
        self.refused: list[Refusal] = []

    def take(self, draft: Draft) -> None:
        """Add a draft, or note that it stands there already or why it cannot."""
        draft = Draft(draft.kind, cleaned(draft.text), draft.language, draft.entry or None)
        label = OFF_TOPIC if draft.kind is DraftKind.OFF_TOPIC else draft.entry
        reason = self._fault(draft)
        owner = self._wordings.owner(draft.language, draft.text)
        if reason is None and owner is not None and owner != label:
            reason = f"is a wording of {owner} already"
        if reason is not None:
            self.refused.append(Refusal(draft, reason))
        elif owner is not None:
            self.present.append(draft)
        elif draft.kind in {DraftKind.ENTRY, DraftKind.GAP}:
            self._propose(draft)
        else:
            assert label is not None
            self._write(draft, label)

    def edits(self) -> tuple[FileEdit, ...]:
        """Return what comes of the drafts taken so far, by file."""
        edits = [
            FileEdit(path, old, grown(old or "", additions))
            for path, additions in sorted(self._additions.items())
            for old in [self._files.text(path)]
        ]
        if proposed := self._proposals.insertions():
            edits.append(FileEdit(PROPOSALS, self._files.text(PROPOSALS), proposed))
        return tuple(edits)

    def _fault(self, draft: Draft) -> str | None:
        """Return why a draft cannot be applied whatever else stands in the data."""
        languages = self._knowledge.languages
        if draft.language not in languages:
            return f"the languages are {', '.join(languages)}"
        if not fold(draft.text):
            return "has no word to go by"
        if len(draft.text) > MAX_WORDING:
            return f"is longer than {MAX_WORDING} characters"
        if not is_a_line(draft.text):
            return "would be read as a heading"
        match draft.kind:
            case DraftKind.PHRASING if draft.entry is None:
                return "names no entry"
            case DraftKind.PHRASING if draft.entry not in self._knowledge.entries:
                return f"there is no entry {draft.entry}"
            case DraftKind.PHRASING | DraftKind.OFF_TOPIC if fold(draft.text) in self._measuring:
                return "is a stored question: those measure, and must not be learned"
            case DraftKind.ENTRY | DraftKind.GAP if draft.entry is not None:
                return self._fault_of_id(draft.entry, draft)
            case _:
                return None

    def _fault_of_id(self, entry: str, draft: Draft) -> str | None:
        if not is_identifier(entry):
            return f"'{entry}' cannot be an id: lower-case letters, digits and single hyphens can"
        answers_it = self._wordings.owner(draft.language, draft.text) == entry
        if entry in self._knowledge.entries and not answers_it:
            return f"there is an entry {entry} already: add it as its phrasing"
        return None

    def _propose(self, draft: Draft) -> None:
        if self._proposals.has(draft):
            self.present.append(draft)
            return
        self._proposals.add(draft, self._knowledge.entries)
        self.added.append(draft)

    def _write(self, draft: Draft, label: str) -> None:
        path, heading = self._files.place(draft.language, label)
        self._additions.setdefault(path, {}).setdefault(heading, []).append(draft.text)
        self._wordings.add(draft.language, draft.text, label)
        self.added.append(draft)


class _Files:
    """The texts of a data folder, byte for byte, and which block of which file a label has."""

    def __init__(self, folder: Path, knowledge: Knowledge) -> None:
        self._folder = folder
        self._topics = {entry.id: entry.topic for entry in knowledge.entries.values()}
        self._places: dict[tuple[Language, str], Path] = {}
        for language in knowledge.languages:
            self._place_entries(language)

    def text(self, path: Path) -> str | None:
        """Return a file's text with its own line ends, None where there is no such file.

        Raises:
            DataError: it cannot be read.
        """
        try:
            # Not read_text(), which turns every line end into one kind.
            return (self._folder / path).read_bytes().decode("utf-8")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DataError(f"{path}: {error.strerror or 'cannot be read'}") from error
        except UnicodeDecodeError as error:
            raise DataError(f"{path}: not UTF-8 text") from error

    def place(self, language: Language, label: str) -> tuple[Path, str]:
        """Return the file and the heading for a wording of an entry, or for a counter-example."""
        folder = Path("utterances", language)
        if label == OFF_TOPIC:
            return folder / loading.OFF_TOPIC, NEAR
        return self._places.get((language, label), folder / f"{self._topics[label]}.txt"), label

    def _place_entries(self, language: Language) -> None:
        """Note where each entry's block stands: its topic's file, but the loader takes it from any."""
        for path in sorted(self._texts(language), key=lambda path: path.name):
            for heading in headings(self.text(path) or ""):
                if path.stem == self._topics.get(heading):
                    self._places[language, heading] = path
                else:
                    self._places.setdefault((language, heading), path)

    def _texts(self, language: Language) -> Sequence[Path]:
        found = (self._folder / "utterances" / language).glob("*.txt")
        return [path.relative_to(self._folder) for path in found if path.name != loading.OFF_TOPIC]
