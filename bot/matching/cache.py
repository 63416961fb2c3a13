"""Keep the index on disk: written whole or not at all, read back only if it is whole and fits."""

import contextlib
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.matching.classifier import COST, TOLERANCE, LinearClassifier
from bot.matching.index import ENCODED, MENTION_EVERY, Index
from bot.matching.neighbours import Utterances
from bot.matching.ngrams import LETTERS, MIN_TEXTS, Vocabulary

FORMAT = 5


def index_key(knowledge_version: str, encoder_name: str) -> str:
    """Return the name under which an index is kept: whatever changes it changes the name."""
    parts = [FORMAT, knowledge_version, encoder_name, LETTERS, MIN_TEXTS, COST, TOLERANCE, ENCODED, MENTION_EVERY]
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
    utterances = index.utterances
    strings = {"labels": index.labels, "texts": utterances.texts, "vocabulary": list(index.vocabulary.numbers)}
    return {
        "strings": np.frombuffer(json.dumps(strings).encode(), np.uint8),
        "starts": utterances.starts,
        "vector_starts": utterances.vector_starts,
        "vector_texts": utterances.vector_texts,
        "vectors": utterances.vectors.astype(np.float16),
        "centroids": index.centroids.astype(np.float16),
        "idf": index.vocabulary.idf,
        "weights": index.classifier.weights,
        "bias": index.classifier.bias,
        "language": index.language_log_probability,
    }


def _from_arrays(arrays: Mapping[str, NDArray[Any]]) -> Index:
    strings = json.loads(arrays["strings"].tobytes())
    return Index(
        labels=tuple(strings["labels"]),
        utterances=Utterances(
            arrays["starts"],
            tuple(strings["texts"]),
            arrays["vector_starts"],
            arrays["vector_texts"],
            arrays["vectors"].astype(np.float32),
        ),
        centroids=arrays["centroids"].astype(np.float32),
        vocabulary=Vocabulary({ngram: number for number, ngram in enumerate(strings["vocabulary"])}, arrays["idf"]),
        classifier=LinearClassifier(arrays["weights"], arrays["bias"]),
        language_log_probability=arrays["language"],
    )
