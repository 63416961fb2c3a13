"""The composition root: read the settings, build the parts, wire them."""

import gc
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.answering.answerer import Answerer
from bot.answering.conversation import FollowUps
from bot.answering.interpretation import Interpreter
from bot.answering.premises import PremiseChecker
from bot.answering.splitting import Splitter
from bot.answering.testigo import Testigo
from bot.errors import UsageError
from bot.knowledge.article import read_article
from bot.knowledge.loading import load_knowledge, load_links
from bot.knowledge.strings import load_strings
from bot.knowledge.templates import wordings
from bot.knowledge.words import load_words
from bot.matching.cache import IndexCache, index_key, rounded
from bot.matching.encoder import UniversalSentenceEncoder
from bot.matching.guards import NameGuard
from bot.matching.index import Progress, build_index
from bot.matching.language import LanguageIdentifier
from bot.matching.matcher import Matcher
from bot.matching.numbers import NumberReader
from bot.settings import Settings


def shipped_data() -> Path:
    """Return the data folder that came with the program: inside the wheel, or beside `bot/` in a checkout."""
    package = Path(__file__).resolve().parent
    return next((folder for folder in (package / "data", package.parent / "data") if folder.is_dir()), package / "data")


def data_folder(settings: Settings) -> Path:
    """Return the data folder in use."""
    return settings.data or shipped_data()


def language_folders(settings: Settings) -> tuple[Path, ...]:
    """Return the folders whose `languages/` count: the data folder's own come before the shipped ones."""
    return tuple(dict.fromkeys((data_folder(settings), shipped_data())))


@contextmanager
def _without_collection() -> Generator[None, None, None]:
    """Let what is built meanwhile stay uncollected: the model's 128,000 small objects took 0.3 s of the start."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def open_testigo(settings: Settings, progress: Progress | None = None) -> Testigo:
    """Build everything that answers questions.

    `progress` is told how the index's computing goes on when it is not cached.

    Raises:
        DataError: the knowledge base cannot be used.
        ArticleError: the copy of the article cannot be used.
        UsageError: the language asked for is not one of the knowledge base's.
    """
    with _without_collection(), ThreadPoolExecutor(max_workers=1) as pool:
        # The model takes most of the start; the files are read meanwhile.
        loading_encoder = pool.submit(UniversalSentenceEncoder)
        knowledge = load_knowledge(data_folder(settings))
        if settings.links is not None:
            knowledge = replace(knowledge, links=load_links(settings.links, knowledge.languages))
        if settings.language is not None and settings.language not in knowledge.languages:
            raise UsageError(f"TESTIGO_LANGUAGE or --lang: the languages are {', '.join(knowledge.languages)}")
        quotes = read_article(settings.article, knowledge) if settings.article else {}
        strings = load_strings(language_folders(settings), knowledge.languages)
        words = load_words(language_folders(settings), knowledge.languages)
        cache = IndexCache(settings.cache, settings.index)
        key = index_key(knowledge.version, UniversalSentenceEncoder.name)
        index = cache.load(key)
        encoder = loading_encoder.result()
    if index is None:
        index = rounded(build_index(knowledge, progress))
        cache.store(key, index)
    said = wordings(knowledge.languages, knowledge.facts)
    numbers = {language: NumberReader([found]) for language, found in words.items()}
    identifier = LanguageIdentifier(knowledge.languages, index.language_log_probability)
    matcher = Matcher(index, encoder, identifier, NameGuard(knowledge))
    answerer = Answerer(
        knowledge,
        Interpreter(knowledge, matcher, Splitter(words), FollowUps(words)),
        premises=PremiseChecker(knowledge, said, numbers),
        wordings=said,
        strings=strings,
        quotes=quotes,
        crude=frozenset[str]().union(*(found.crude for found in words.values())),
    )
    return Testigo(knowledge, strings, said, matcher, answerer)
