"""Run every proof on a data folder."""

from bot.app import data_folder, language_folders
from bot.knowledge.article import find_passages, read_text
from bot.knowledge.grounding import prove, prove_against_article
from bot.knowledge.loading import load_knowledge
from bot.knowledge.strings import load_strings
from bot.knowledge.templates import wordings
from bot.knowledge.words import load_words
from bot.matching.overlaps import find_overlaps
from bot.settings import Settings


def check_data(settings: Settings) -> list[str]:
    """Return what is wrong with the data folder, a line each.

    Raises:
        DataError: the data cannot be loaded at all.
        ArticleError: the copy of the article cannot be read.
    """
    knowledge = load_knowledge(data_folder(settings))
    folders = language_folders(settings)
    load_strings(folders, knowledge.languages)
    words = load_words(folders, knowledge.languages)
    problems = [str(problem) for problem in prove(knowledge, words, wordings(knowledge.languages, knowledge.facts))]
    problems += [
        f"utterances/{overlap.language}: {overlap.second} ({overlap.language}): "
        f"'{overlap.utterance}' stands under {overlap.first} too"
        for overlap in find_overlaps(knowledge)
    ]
    if settings.article is not None:
        quotes, unlike = find_passages(read_text(settings.article), knowledge.passages)
        problems += [f"article.toml: {problem}" for problem in unlike]
        problems += [str(problem) for problem in prove_against_article(knowledge, quotes)]
    return problems
