"""Evaluation questions, and what the right reply to each is."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.answering.reply import Outcome, Reply
from bot.errors import UsageError
from bot.knowledge.model import Language


@dataclass(frozen=True, slots=True)
class EvaluationQuestion:
    """One line of a question set: what is asked, and what a right reply must contain and cite."""

    text: str
    language: Language
    kind: Outcome
    must: tuple[re.Pattern[str], ...]
    passages: frozenset[str]
    style: str

    def is_answered_by(self, reply: Reply) -> bool:
        """Whether an answer says all that it must, and cites one of the right passages."""
        cited = {citation.passage for citation in reply.citations}
        return all(pattern.search(reply.text) for pattern in self.must) and (
            not self.passages or bool(self.passages & cited)
        )


def shipped_questions() -> list[Path]:
    """Return the question sets of the checkout.

    Raises:
        UsageError: there are none, as in an installed wheel.
    """
    found = sorted((Path(__file__).resolve().parents[2] / "tests" / "questions").glob("*.jsonl"))
    if not found:
        raise UsageError("there is no tests/questions here; name the question files")
    return found


def read_questions(paths: Iterable[Path]) -> Iterator[EvaluationQuestion]:
    """Read question sets, JSON lines each.

    Raises:
        UsageError: a file cannot be read, or a line is not a question; the message names file and line.
    """
    for path in paths:
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: cannot be read as UTF-8 text") from error
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _question(line, f"{path}:{number}")


def _question(line: str, where: str) -> EvaluationQuestion:
    try:
        fields = json.loads(line)
        if not all(isinstance(fields[key], str) for key in ("q", "lang", "style")):
            raise TypeError("q, lang and style must be texts")
        return EvaluationQuestion(
            text=fields["q"],
            language=fields["lang"],
            kind=Outcome(fields["kind"]),
            must=tuple(re.compile(pattern, re.IGNORECASE) for pattern in fields["must"]),
            passages=frozenset(fields["passages"]),
            style=fields["style"],
        )
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError, re.error) as error:
        raise UsageError(f"{where}: not a question of the protocol ({error})") from error
