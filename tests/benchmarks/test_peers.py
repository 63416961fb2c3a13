import pickle
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.peers.chatterbot import BestMatch
from benchmarks.peers.fuzzy import token_set_ratio, weighted_ratio
from benchmarks.peers.peer import Wordings
from benchmarks.peers.regression import Regression
from benchmarks.peers.tags import Tags
from benchmarks.peers.wordings import wordings_of
from bot.answering.testigo import Testigo
from bot.matching.index import OFF_TOPIC

WORDINGS = Wordings(
    ("how many keepers fled", "how many keepers escaped", "when did the fire begin", "what is the weather like"),
    ("keepers", "keepers", "fire", OFF_TOPIC),
)


@pytest.mark.parametrize("make", [weighted_ratio, token_set_ratio, BestMatch, Tags, Regression])
def test_a_peer_that_was_kept_finds_the_nearest_wording(make: type[Tags]) -> None:
    peer = pickle.loads(pickle.dumps(make(WORDINGS)))
    assert peer.guess("How many keepers escapd?").label == "keepers"
    assert peer.guess("when did that fire begin").label == "fire"


@pytest.mark.parametrize(
    ("question", "score"), [("dic", 1.0), ("d-comp", 1.0), ("dict list", 4 / 8), ("list", 0.0), ("", 0.0)]
)
def test_a_tag_is_found_by_the_beginnings_of_its_words(question: str, score: float) -> None:
    assert Tags(Wordings(("dict comprehension",), ("tag",))).guess(question).score == score


@given(st.text("abc ", max_size=12), st.lists(st.text("abc ", max_size=12), min_size=1, max_size=8))
def test_the_short_cut_to_chatterbots_rule_finds_the_same(question: str, texts: list[str]) -> None:
    peer = BestMatch(Wordings(tuple(texts), tuple(map(str, range(len(texts))))))
    assert peer.guess(question) == peer.plain_guess(question)


def test_every_peer_gets_every_wording(lighthouse: Testigo) -> None:
    wordings = wordings_of(lighthouse.knowledge)
    assert set(wordings.labels) == {*lighthouse.knowledge.entries, OFF_TOPIC}
    utterances = lighthouse.matcher._index.utterances
    groups = map(utterances.group, range(len(utterances.ends) - 1))
    assert sorted(wordings.texts) == sorted(chain.from_iterable(groups))
