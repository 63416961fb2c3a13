"""Testigo with a cache of the benchmark's own, so that nobody's index makes room for one that is measured."""

import time
from functools import cache

from bot.answering.testigo import Testigo
from bot.app import data_folder, open_testigo
from bot.knowledge.loading import load_knowledge
from bot.matching.index import build_index
from bot.settings import Settings, read_settings
from bot.terminal.options import opened

FOLDER = "benchmarks"


def own_settings() -> Settings:
    """Return the settings with another cache; an index that the usual cache has is read from there."""
    settings = read_settings()
    return read_settings(cache=settings.cache / FOLDER, index=settings.index or settings.cache)


@cache
def prepared_testigo() -> Testigo:
    """Return Testigo, its index in the cache, with a progress bar while it is computed."""
    settings = own_settings()
    with opened(cache=settings.cache, index=settings.index) as (testigo, _):
        return testigo


def index_seconds() -> float:
    """Compute the index anew, keep it nowhere, and return the seconds."""
    knowledge = load_knowledge(data_folder(read_settings()))
    started = time.perf_counter()
    build_index(knowledge)
    return time.perf_counter() - started


def testigo_alone() -> Testigo:
    """Return Testigo in a process that measures."""
    return open_testigo(own_settings())
