"""Questions and people as samples."""

import datetime
import itertools

from bot.answering.feedback import Origin, Rating
from bot.answering.reply import Outcome
from bot.storage.questions import Asked
from bot.storage.servers import ServerSettings

SECRET = b"a secret of the tests"
START = datetime.datetime(2026, 3, 14, 23, 30, tzinfo=datetime.UTC)

GUILD, OTHER_GUILD = 811_111_111_111_111_111, 822_222_222_222_222_222
ADA, BEN, CURATOR = 711_111_111_111_111_111, 722_222_222_222_222_222, 733_333_333_333_333_333
KEEPING = ServerSettings(keeps_questions=True)

_ids = itertools.count(911_111_111_111_111_111)


def asked(
    text: str = "What happened?",
    outcome: Outcome = Outcome.ANSWER,
    *,
    id: int | None = None,  # noqa: A002
    guild: int | None = GUILD,
    person: int = ADA,
    language: str = "en",
    entries: tuple[str, ...] = ("fire",),
    at: datetime.datetime = START,
) -> Asked:
    """Return a question."""
    return Asked(next(_ids) if id is None else id, guild, person, text, language, outcome, entries, at)


def origin(question: Asked, person: int | None = None) -> Origin:
    """Return where feedback on the answer to a question comes from."""
    return Origin(question.guild, question.person if person is None else person, question.id + 1, question.id)


HELPFUL = Rating(("fire",), "en", is_helpful=True)
NOT_HELPFUL = Rating(("fire",), "en", is_helpful=False)
