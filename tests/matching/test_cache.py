from pathlib import Path

import numpy as np
import pytest

from bot.app import open_testigo
from bot.matching.cache import IndexCache, index_key
from bot.matching.index import Index
from bot.settings import Settings
from tests.conftest import LIGHTHOUSE


@pytest.fixture
def kept(tmp_path: Path, lighthouse, cache: Path) -> tuple[IndexCache, Path, Index]:  # noqa: ARG001
    """Return a cache of one index, its file, and the index."""
    source = next(path for path in cache.glob("*.npz") if path.stat().st_size < 5_000_000)
    index = IndexCache(cache).load(source.stem)
    assert index is not None
    store = IndexCache(tmp_path)
    store.store("key", index)
    return store, tmp_path / "key.npz", index


def test_an_index_comes_back_as_it_was_kept(kept: tuple[IndexCache, Path, Index]) -> None:
    store, _, index = kept
    again = store.load("key")
    assert again is not None
    assert again.labels == index.labels
    assert again.utterances.texts == index.utterances.texts
    assert again.vocabulary.numbers == index.vocabulary.numbers
    assert np.array_equal(again.words.weights, index.words.weights)
    assert np.array_equal(again.meaning.weights, index.meaning.weights)
    assert np.array_equal(again.meaning.directions, index.meaning.directions)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.999])
def test_a_file_cut_short_is_no_index(kept: tuple[IndexCache, Path, Index], share: float) -> None:
    store, path, _ = kept
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert store.load("key") is None


@pytest.mark.parametrize("place", [0.1, 0.3, 0.6, 0.9])
def test_a_flipped_byte_is_noticed(kept: tuple[IndexCache, Path, Index], place: float) -> None:
    store, path, _ = kept
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 0xFF
    path.write_bytes(content)
    assert store.load("key") is None


def test_nothing_half_written_is_left(kept: tuple[IndexCache, Path, Index]) -> None:
    _, path, _ = kept
    assert [file.name for file in path.parent.iterdir()] == ["key.npz"]


def test_a_folder_that_cannot_be_written_is_no_error(kept: tuple[IndexCache, Path, Index]) -> None:
    _, path, index = kept
    IndexCache(path / "below a file").store("other", index)


def test_old_indexes_go(kept: tuple[IndexCache, Path, Index]) -> None:
    store, path, index = kept
    for name in ("a", "b", "c", "d"):
        store.store(name, index)
    assert len(list(path.parent.glob("*.npz"))) == 3
    assert store.load("d") is not None


def test_a_key_follows_data_and_encoder() -> None:
    assert len({index_key("a", "x"), index_key("b", "x"), index_key("a", "y")}) == 3


def test_a_damaged_cache_is_rebuilt_with_the_same_replies(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, cache=tmp_path, data=LIGHTHOUSE)
    first = open_testigo(settings).answerer.answer("how many keepers fled?")
    (path,) = tmp_path.glob("*.npz")
    path.write_bytes(b"damaged")
    steps: list[tuple[int, int]] = []
    assert (
        open_testigo(settings, lambda done, total: steps.append((done, total))).answerer.answer(
            "how many keepers fled?"
        )
        == first
    )
    assert steps[-1][0] == steps[-1][1]
    assert path.stat().st_size > 1000


def test_an_index_that_came_with_the_program_is_read_where_the_cache_has_none(
    kept: tuple[IndexCache, Path, Index], tmp_path: Path
) -> None:
    _, path, index = kept
    prepared = tmp_path / "prepared"
    prepared.mkdir()
    path.rename(prepared / path.name)
    found = IndexCache(tmp_path / "cache", prepared).load(path.stem)
    assert found is not None
    assert found.labels == index.labels
    assert not (tmp_path / "cache").exists()
