import numpy as np
import pytest

from bot.matching.classifier import TrainingTexts, assembled, train, train_centroids
from bot.matching.language import LanguageIdentifier, language_log_probability
from bot.matching.ngrams import Vocabulary, Weighted, build_vocabulary, count_ngrams, letter_ngrams, word_ngrams
from bot.matching.spelling import Speller

TEXTS = [
    "how many died",
    "how many were killed",
    "where was it",
    "where did it happen",
    "cuantos murieron",
    "cuantos fueron",
]


LABELS = [0, 0, 1, 1, 2, 2]


def vocabulary_of(texts: list[str]) -> Vocabulary:
    return build_vocabulary(texts * 2)


def weighed(vocabulary: Vocabulary, text: str) -> Weighted:
    return vocabulary.weigh(count_ngrams(text))


def training_of(vocabulary: Vocabulary) -> TrainingTexts:
    texts = [weighed(vocabulary, text) for text in TEXTS]
    return TrainingTexts(
        ngrams=np.concatenate([text.numbers for text in texts]),
        weights=np.concatenate([text.weights for text in texts]),
        ends=np.cumsum([len(text.numbers) for text in texts]),
        labels=np.array(LABELS),
        vocabulary_size=len(vocabulary.idf),
    )


def test_words_and_letters_are_counted_apart() -> None:
    assert word_ngrams("who died there") == ["who", "died", "there", "who died", "died there"]
    assert letter_ngrams("died a") == ["#_die", "#died", "#ied_", "#_a_"]


def test_words_and_letters_weigh_the_same() -> None:
    vocabulary = vocabulary_of(TEXTS)
    text = weighed(vocabulary, "how many people died")
    letters = {number for ngram, number in vocabulary.numbers.items() if ngram.startswith("#")}
    for of_letters in (True, False):
        block = [w for n, w in zip(text.numbers, text.weights, strict=True) if (int(n) in letters) is of_letters]
        assert sum(weight**2 for weight in block) == pytest.approx(1)


def test_a_text_of_unknown_words_weighs_nothing() -> None:
    assert len(weighed(vocabulary_of(TEXTS), "zzz").numbers) == 0


def test_the_classifier_tells_labels_apart_and_is_the_same_each_time() -> None:
    vocabulary = vocabulary_of(TEXTS)
    training = training_of(vocabulary)
    whole = assembled([train(training, [0, 1, 2])], len(vocabulary.idf))
    parts = assembled([train(training, [0]), train(training, [1, 2])], len(vocabulary.idf))
    for text, label in zip(TEXTS, LABELS, strict=True):
        question = weighed(vocabulary, text)
        assert whole.scores(question).argmax() == label
        assert parts.scores(question).shape == whole.scores(question).shape
    assert np.array_equal(train(training, [0, 1, 2]).weights, train(training, [0, 1, 2]).weights)


def test_centroids_tell_very_many_labels_apart_as_machines_tell_few() -> None:
    vocabulary = vocabulary_of(TEXTS)
    classifier = assembled([train_centroids(training_of(vocabulary), 3)], len(vocabulary.idf))
    for text, label in zip(TEXTS, LABELS, strict=True):
        scores = classifier.scores(weighed(vocabulary, text))
        assert scores.argmax() == label
        assert scores.min() >= -1
    assert classifier.scores(weighed(vocabulary, "zzz")).tolist() == [-1, -1, -1]


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


def test_a_slip_is_mended_though_an_utterance_has_it_too_where_the_right_word_is_much_commoner() -> None:
    often = [f"how many {word}" for word in ("died", "women", "men") for _ in range(100)]
    speller = Speller(build_vocabulary([*often, "how mnay died", "how mnay men", "how mens died", "how mens"]))
    assert speller.correct("mnay") == "many"
    assert speller.correct("mens") == "mens"


def test_a_language_is_told_by_its_ngrams() -> None:
    vocabulary = vocabulary_of(TEXTS)
    probability = language_log_probability(training_of(vocabulary), np.array([0, 0, 0, 0, 1, 1]), 2)
    identifier = LanguageIdentifier(("en", "es"), probability)
    assert identifier.identify(weighed(vocabulary, "where did they die")).language == "en"
    assert identifier.identify(weighed(vocabulary, "cuantos")).language == "es"
    assert not identifier.identify(weighed(vocabulary, "zzz")).is_sure
