"""Find utterances that stand under two entries."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.model import Knowledge, Language
from bot.matching.index import OFF_TOPIC
from bot.matching.text import fold


@dataclass(frozen=True, slots=True)
class Overlap:
    """An utterance, and the two labels it stands under in one language."""

    language: Language
    utterance: str
    first: str
    second: str


def find_overlaps(knowledge: Knowledge) -> Iterator[Overlap]:
    """Yield each utterance that folds to the same text as one of another label."""
    for language in knowledge.languages:
        owners: dict[str, str] = {}
        labelled = [(entry.id, entry.utterances.get(language, ())) for entry in knowledge.entries.values()]
        for label, utterances in [*labelled, (OFF_TOPIC, knowledge.off_topic.get(language, ()))]:
            for utterance in utterances:
                owner = owners.setdefault(fold(utterance), label)
                if owner != label:
                    yield Overlap(language, utterance, owner, label)
