"""What every method learns from."""

from collections.abc import Iterator

from benchmarks.peers.peer import Wordings
from bot.knowledge.model import Knowledge
from bot.matching.index import OFF_TOPIC
from bot.matching.text import fold


def wordings_of(knowledge: Knowledge, every: int = 1) -> Wordings:
    """Return every canonical question and one in `every` of the utterances, counter-examples included."""
    pairs = [(text, label) for label, lines in _lines(knowledge, every) for text in dict.fromkeys(map(fold, lines))]
    return Wordings(tuple(text for text, _ in pairs if text), tuple(label for text, label in pairs if text))


def _lines(knowledge: Knowledge, every: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in knowledge.entries.values():
        for language in knowledge.languages:
            yield entry.id, (entry.question[language], *entry.utterances.get(language, ())[::every])
    for lines in knowledge.off_topic.values():
        yield OFF_TOPIC, tuple(lines)[::every]
