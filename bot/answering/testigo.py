"""The parts that a surface needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answering.answerer import Answerer
from bot.knowledge.model import Knowledge, Language
from bot.knowledge.strings import Strings
from bot.knowledge.templates import Wording
from bot.matching.matcher import Matcher


@dataclass(frozen=True, slots=True)
class Testigo:
    """One knowledge base, ready to answer."""

    __test__ = False  # not a test class, whatever pytest makes of its name

    knowledge: Knowledge
    strings: Mapping[Language, Strings]
    wordings: Mapping[Language, Wording]
    matcher: Matcher
    answerer: Answerer
