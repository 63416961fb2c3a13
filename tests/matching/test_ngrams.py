from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from bot.matching.classifier import NEVER, TrainingTexts, WordClassifier, average_words, learn_words
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


@pytest.mark.parametrize("learn", [learn_words, average_words])
def test_learned_weights_and_averages_tell_labels_apart(
    learn: Callable[[TrainingTexts, int], WordClassifier],
) -> None:
    vocabulary = vocabulary_of(TEXTS)
    classifier = learn(training_of(vocabulary), 3)
    for text, label in zip(TEXTS, LABELS, strict=True):
        scores = classifier.scores(weighed(vocabulary, text))
        assert scores.argmax() == label
        assert np.exp(scores).sum() == pytest.approx(1)


def test_the_classifier_is_the_same_each_time() -> None:
    training = training_of(vocabulary_of(TEXTS))
    first, second = learn_words(training, 3), learn_words(training, 3)
    assert np.array_equal(first.weights, second.weights)
    assert np.array_equal(first.bias, second.bias)


def test_a_text_of_unknown_words_tells_averages_nothing() -> None:
    vocabulary = vocabulary_of(TEXTS)
    scores = average_words(training_of(vocabulary), 3).scores(weighed(vocabulary, "zzz"))
    assert np.exp(scores).tolist() == pytest.approx([1 / 3] * 3)


def test_a_label_without_texts_is_never_learned() -> None:
    vocabulary = vocabulary_of(TEXTS)
    scores = learn_words(training_of(vocabulary), 4).scores(weighed(vocabulary, "how many died"))
    assert scores[3] < NEVER / 2


def test_two_labels_are_told_apart_by_one_row_of_weights() -> None:
    vocabulary = vocabulary_of(TEXTS)
    training = replace(training_of(vocabulary), labels=np.array([0, 0, 0, 0, 1, 1]))
    classifier = learn_words(training, 2)
    assert classifier.scores(weighed(vocabulary, "where was it")).argmax() == 0
    assert classifier.scores(weighed(vocabulary, "cuantos murieron")).argmax() == 1


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


def test_of_several_words_as_near_the_commonest_is_meant() -> None:
    assert Speller(build_vocabulary(["cases"] * 2 + ["caves"] * 9 + ["cafes"] * 5)).correct("cabes") == "caves"


def test_a_language_is_told_by_its_ngrams() -> None:
    vocabulary = vocabulary_of(TEXTS)
    probability = language_log_probability(training_of(vocabulary), np.array([0, 0, 0, 0, 1, 1]), 2)
    identifier = LanguageIdentifier(("en", "es"), probability)
    assert identifier.identify(weighed(vocabulary, "where did they die")).language == "en"
    assert identifier.identify(weighed(vocabulary, "cuantos")).language == "es"
    assert not identifier.identify(weighed(vocabulary, "zzz")).is_sure
