import numpy as np
import pytest

from bot.matching.classifier import TrainingTexts, joined, train
from bot.matching.language import LanguageIdentifier, language_log_probability
from bot.matching.ngrams import build_vocabulary, count_ngrams, letter_ngrams, word_ngrams
from bot.matching.spelling import Speller

TEXTS = [
    "how many died",
    "how many were killed",
    "where was it",
    "where did it happen",
    "cuantos murieron",
    "cuantos fueron",
]


def vocabulary_of(texts: list[str]):
    return build_vocabulary([count_ngrams(text) for text in texts * 2])


def test_words_and_letters_are_counted_apart() -> None:
    assert word_ngrams("who died there") == ["who", "died", "there", "who died", "died there"]
    assert letter_ngrams("died a") == ["#_die", "#died", "#ied_", "#_a_"]


def test_a_block_of_weights_has_length_one() -> None:
    for block in vocabulary_of(TEXTS).weigh(count_ngrams("how many people died")):
        assert float(block.weights @ block.weights) == pytest.approx(1)


def test_a_text_of_unknown_words_weighs_nothing() -> None:
    assert [len(block.numbers) for block in vocabulary_of(TEXTS).weigh(count_ngrams("zzz"))] == [0, 0]


def test_the_classifier_tells_labels_apart_and_is_the_same_each_time() -> None:
    vocabulary = vocabulary_of(TEXTS)
    weighed = [vocabulary.weigh(count_ngrams(text)) for text in TEXTS]
    training = TrainingTexts(
        ngrams=np.concatenate([block.numbers for blocks in weighed for block in blocks]),
        weights=np.concatenate([block.weights for blocks in weighed for block in blocks]),
        ends=np.cumsum([sum(len(block.numbers) for block in blocks) for blocks in weighed]),
        labels=np.array([0, 0, 1, 1, 2, 2]),
        vocabulary_size=len(vocabulary.idf),
    )
    whole = train(training, [0, 1, 2])
    for text, label in zip(TEXTS, [0, 0, 1, 1, 2, 2], strict=True):
        assert whole.scores(vocabulary.weigh(count_ngrams(text))).argmax() == label
    assert np.array_equal(train(training, [0, 1, 2]).weights, whole.weights)
    assert joined([train(training, [0]), train(training, [1, 2])]).weights.shape == whole.weights.shape


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("how mayn died", "how many died"),
        ("cuantos murierno", "cuantos murieron"),
        ("hapen", "happen"),
        ("wh zzzt 1234", "wh zzzt 1234"),
    ],
)
def test_only_unknown_words_close_to_a_known_one_are_corrected(typed: str, corrected: str) -> None:
    assert Speller(vocabulary_of(TEXTS)).correct(typed) == corrected


def test_a_language_is_told_by_its_ngrams() -> None:
    vocabulary = vocabulary_of(TEXTS)
    weighed = [vocabulary.weigh(count_ngrams(text)) for text in TEXTS]
    identifier = LanguageIdentifier(
        ("en", "es"), vocabulary, language_log_probability(vocabulary, weighed, [0, 0, 0, 0, 1, 1], 2)
    )
    assert identifier.identify("where did they die").language == "en"
    assert identifier.identify("¿cuántos?").language == "es"
    assert not identifier.identify("zzz").is_sure
