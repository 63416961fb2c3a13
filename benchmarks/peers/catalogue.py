"""The methods that are compared, and how each is made."""

import importlib
from dataclasses import dataclass

from benchmarks.peers.peer import Peer, Wordings


@dataclass(frozen=True, slots=True)
class Method:
    """A method's key and title, what makes it, and the package that has to be installed for it, if any."""

    key: str
    title: str
    maker: str
    package: str | None = None

    def make(self, wordings: Wordings) -> Peer:
        """Return the method, ready to be asked.

        Raises:
            ModuleNotFoundError: its package is not installed.
        """
        module, _, name = self.maker.partition(":")
        return getattr(importlib.import_module(f"benchmarks.peers.{module}"), name)(wordings)


BM25 = Method("bm25", "BM25 (bm25s)", "bm25:Bm25", package="bm25s")
SCAN = Method("rapidfuzz", "rapidfuzz ratio, nearest wording", "fuzzy:plain_ratio")
METHODS = (
    Method("wratio", "rapidfuzz WRatio, nearest wording", "fuzzy:weighted_ratio"),
    Method("token-set", "rapidfuzz token_set_ratio, nearest wording", "fuzzy:token_set_ratio"),
    Method("tags", "tags, by python-discord's rule", "tags:Tags"),
    Method("chatterbot", "ChatterBot's rule, reimplemented", "chatterbot:BestMatch"),
    BM25,
    Method("regression", "TF-IDF + logistic regression", "regression:Regression"),
    Method("encoder", "the bare encoder, nearest wording", "meaning:Meaning"),
)
"""What a bot's author would use instead of Testigo's matcher."""
