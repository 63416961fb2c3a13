"""Testigo's matcher on an invented knowledge base: computed and cached in one process, loaded and asked in another."""

import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.asking import LONGEST, Asked, timed

KEY = "growth"


def build_own(size: int, folder: Path) -> float:
    """Compute the index of so many entries and keep it in the cache; return the seconds."""
    from benchmarks.growth.invented import LANGUAGES, invent
    from benchmarks.minimal import minimal_knowledge
    from bot.matching.cache import IndexCache
    from bot.matching.index import build_index

    said = {entry.label: {language: entry.phrasings(language) for language in LANGUAGES} for entry in invent(size)}
    knowledge = minimal_knowledge(LANGUAGES, said)
    started = time.perf_counter()
    IndexCache(folder).store(KEY, build_index(knowledge))
    return time.perf_counter() - started


def ask_index(folder: Path, texts: Sequence[str]) -> Asked:
    """Load the index from the cache, and the encoder, and ask."""
    started = time.perf_counter()
    # Imported here: they belong to what is loaded.
    from benchmarks.growth.invented import LANGUAGES
    from benchmarks.minimal import minimal_knowledge, minimal_matcher
    from bot.matching.cache import IndexCache
    from bot.matching.encoder import UniversalSentenceEncoder

    index = IndexCache(folder).load(KEY)
    assert index is not None, "the index could not be kept"
    matcher = minimal_matcher(index, UniversalSentenceEncoder(), minimal_knowledge(LANGUAGES, {}))
    load = time.perf_counter() - started
    return timed(lambda text: matcher.rank(matcher.read(text)).candidates[0].entry, texts, load, LONGEST)
