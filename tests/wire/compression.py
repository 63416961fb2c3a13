"""The compression of a whole connection, as discord.py asks for it in the gateway's address."""

import importlib.util
import zlib
from collections.abc import Callable, Mapping

Compress = Callable[[str], bytes]

HAS_ZSTD = importlib.util.find_spec("zstandard") is not None


def zlib_stream() -> Compress:
    """Return what compresses frame after frame of one connection."""
    stream = zlib.compressobj()
    return lambda text: stream.compress(text.encode()) + stream.flush(zlib.Z_SYNC_FLUSH)


def zstd_stream() -> Compress:
    """Return what compresses frame after frame of one connection."""
    import zstandard  # no part of the project: discord.py uses it where it is installed

    stream = zstandard.ZstdCompressor().compressobj()
    return lambda text: stream.compress(text.encode()) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


STREAMS: Mapping[str, Callable[[], Compress]] = {"zlib-stream": zlib_stream, "zstd-stream": zstd_stream}
"""By the name that the bot gives."""

GARBAGE = b"\xff" * 60 + b"\x00\x00\xff\xff"
"""A frame that no compression has made, with the ending that zlib's has."""
