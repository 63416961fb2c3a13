"""Keep the index on disk: written whole or not at all, read back only if it is whole and fits."""

import contextlib
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching import classifier, meaning
from bot.matching.classifier import WordClassifier
from bot.matching.index import ENCODED, MENTION_EVERY, Index
from bot.matching.meaning import MeaningClassifier
from bot.matching.neighbours import Utterances
from bot.matching.ngrams import LETTERS, MIN_TEXTS, Vocabulary

FORMAT = 9


def index_key(knowledge_version: str, encoder_name: str) -> str:
    """Return the name under which an index is kept: whatever changes it changes the name."""
    words = [LETTERS, MIN_TEXTS, MENTION_EVERY, classifier.COST, classifier.PASSES, classifier.LEAST_WEIGHT]
    vectors = [ENCODED, meaning.COST, meaning.PASSES, meaning.PROJECTED]
    parts = [FORMAT, knowledge_version, encoder_name, *words, *vectors]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


class IndexCache:
    """A folder of indexes, each one file, and perhaps one that is only read; zip's checksums tell a damaged one."""

    def __init__(self, folder: Path, prepared: Path | None = None) -> None:
        self._folder = folder
        self._prepared = prepared

    def load(self, key: str) -> Index | None:
        """Return the index kept under `key`, or None where there is none or it is damaged."""
        index = _read(self._path(key))
        if index is None and self._prepared is not None:
            index = _read(self._prepared / self._path(key).name)
        return index

    def store(self, key: str, index: Index) -> None:
        """Keep `index` under `key`, and drop old ones; where the folder cannot be written, do nothing."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    np.savez(file, allow_pickle=False, **_to_arrays(index))
                Path(name).replace(self._path(key))
            finally:
                Path(name).unlink(missing_ok=True)
            self._drop_others(key)

    def _drop_others(self, key: str) -> None:
        """Keep the three newest: another data folder, or a version just left, may be wanted again."""
        kept = sorted(self._folder.glob("*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in kept[3:]:
            if path != self._path(key):
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.npz"


def rounded(index: Index) -> Index:
    """Return `index` as it comes back from the cache, so that the first run gives the same bytes as the next."""
    return _from_arrays(_to_arrays(index))


def _read(path: Path) -> Index | None:
    try:
        # Opened here, for NumPy leaves the file open where it is not a whole archive.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return _from_arrays(arrays)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _to_arrays(index: Index) -> dict[str, NDArray[Any]]:
    return {
        "labels": _packed(index.labels),
        "languages": np.array(index.utterances.languages),
        "texts": np.frombuffer(index.utterances.texts, np.uint8),
        "ends": index.utterances.ends,
        "vocabulary": _packed(index.vocabulary.numbers),
        "idf": index.vocabulary.idf,
        "word_starts": index.words.starts,
        "word_labels": index.words.labels,
        "word_weights": index.words.weights,
        "word_bias": index.words.bias,
        "directions": index.meaning.directions,
        "meaning_weights": index.meaning.weights,
        "meaning_bias": index.meaning.bias,
        "language": index.language_log_probability,
    }


def _from_arrays(arrays: Mapping[str, NDArray[Any]]) -> Index:
    ngrams = _unpacked(arrays["vocabulary"])
    return Index(
        labels=tuple(_unpacked(arrays["labels"])),
        utterances=Utterances(int(arrays["languages"]), arrays["texts"].tobytes(), arrays["ends"]),
        vocabulary=Vocabulary({ngram: number for number, ngram in enumerate(ngrams)}, arrays["idf"]),
        words=WordClassifier(arrays["word_starts"], arrays["word_labels"], arrays["word_weights"], arrays["word_bias"]),
        meaning=MeaningClassifier(arrays["directions"], arrays["meaning_weights"], arrays["meaning_bias"]),
        language_log_probability=arrays["language"],
    )


def _packed(strings: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(list(strings)).encode(), np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> list[str]:
    return json.loads(packed.tobytes())
