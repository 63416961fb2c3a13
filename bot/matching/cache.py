"""Keep the index on disk: written whole or not at all, read back only if it is whole and fits."""

import contextlib
import hashlib
import json
import os
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from bot.matching.encoder import Vectors
from bot.matching.index import Index, Utterances
from bot.matching.lexical import LETTERS, MIN_TEXTS, SMOOTHING, LexicalModel

FORMAT = 1


def index_key(knowledge_version: str, encoder_name: str) -> str:
    """Return the name under which an index is kept: whatever changes it changes the name."""
    parts = [FORMAT, knowledge_version, encoder_name, LETTERS, MIN_TEXTS, SMOOTHING]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


class IndexCache:
    """A folder of indexes, each one file; zip's checksums tell a damaged one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, key: str) -> Index | None:
        """Return the index kept under `key`, or None where there is none or it is damaged."""
        try:
            with np.load(self._path(key), allow_pickle=False) as arrays:
                strings = json.loads(arrays["strings"].tobytes())
                vocabulary = {ngram: i for i, ngram in enumerate(strings["vocabulary"])}
                return Index(
                    Utterances(
                        tuple(strings["labels"]),
                        arrays["starts"],
                        tuple(strings["texts"]),
                        tuple(strings["languages"]),
                    ),
                    _unpack(arrays["vectors"]),
                    _unpack(arrays["centroids"]),
                    LexicalModel(
                        vocabulary,
                        arrays["idf"],
                        _unpack(arrays["log_probability"]),
                    ),
                    LexicalModel(vocabulary, arrays["idf"], arrays["language"]),
                )
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def store(self, key: str, index: Index) -> None:
        """Keep `index` under `key`, and drop the others; where the folder cannot be written, do nothing."""
        strings = {
            "labels": index.utterances.labels,
            "texts": index.utterances.texts,
            "languages": index.utterances.languages,
            "vocabulary": list(index.lexical.vocabulary),
        }
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    np.savez(
                        file,
                        strings=np.frombuffer(json.dumps(strings).encode(), np.uint8),
                        starts=index.utterances.starts,
                        vectors=index.vectors.astype(np.float16),
                        centroids=index.centroids.astype(np.float16),
                        idf=index.lexical.idf,
                        log_probability=index.lexical.log_probability.astype(np.float16),
                        language=index.language.log_probability,
                    )
                os.replace(name, self._path(key))
            finally:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(name)
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
    return Index(
        index.utterances,
        _unpack(index.vectors.astype(np.float16)),
        _unpack(index.centroids.astype(np.float16)),
        LexicalModel(
            index.lexical.vocabulary, index.lexical.idf, _unpack(index.lexical.log_probability.astype(np.float16))
        ),
        index.language,
    )


def _unpack(half: np.ndarray) -> Vectors:
    return half.astype(np.float32)
