"""Unpacks the streams of a PDF within bounds: a file of some kilobytes may unpack to gigabytes."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from pikepdf import Array, DataDecodingError, Object, PdfError

# What is raised where a file holds something else than it should: no such entry, another type, a broken stream.
UNREADABLE = (
    PdfError,
    DataDecodingError,
    struct.error,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
# How far filters can blow a stream up: a code of LZW has 12 bits and stands for 4096 bytes at most, run lengths for
# less; Flate's output is bounded as it comes.
BLOW_UP = 4096
PACKED = 100_000  # bytes: with other filters than Flate alone we unpack what has no more, and can have no more
# Bytes for each kind of stream, in all: 16 MB are the drawing of 2000 pages of text, and take seconds at worst. What
# real files hold is packed to a tenth, not to a twentieth.
LEAST, IN_FILE = 16_000_000, 20


class TooLargeError(ValueError):
    """What unpacks to more than any book needs."""


class Budget:
    """How many bytes we still unpack: a form may be drawn again and again, each time inside others."""

    def __init__(self, left: int) -> None:
        self.left = left

    @classmethod
    def of(cls, file_size: int) -> Budget:
        """Give what a file of this size may need."""
        return cls(max(LEAST, IN_FILE * file_size))

    def spend(self, size: int) -> None:
        """Take note of what was unpacked; raises TooLargeError once that is too much."""
        self.left -= size
        if self.left < 0:
            raise TooLargeError("it unpacks to more than any book needs")


def unpacked(stream: Object, budget: Budget) -> bytes:
    """Give the data of a stream; raises TooLargeError beyond the budget, ValueError where it is broken."""
    budget.spend(1)
    found: Any = stream.get("/Filter", ())
    names = [str(name) for name in (found if isinstance(found, Array | tuple) else [found])]
    raw = stream.read_raw_bytes()
    if names == ["/FlateDecode"] and "/DecodeParms" not in stream:
        data = _inflated(raw, budget.left)
    elif not names:
        data = raw
    elif len(names) == 1 and len(raw) <= max(PACKED, budget.left // BLOW_UP):
        data = stream.read_bytes()
    else:
        raise TooLargeError(f"a stream of {len(raw)} bytes is packed in a way that we do not unpack: {' '.join(names)}")
    budget.spend(len(data))
    return data


def _inflated(raw: bytes, limit: int) -> bytes:
    if not raw:  # qpdf writes an empty stream so
        return b""
    inflater = zlib.decompressobj()
    try:
        data = inflater.decompress(raw, limit + 1)
    except zlib.error as error:
        raise ValueError(f"a stream is broken: {error}") from None
    if not inflater.eof and len(data) <= limit:
        raise ValueError("a stream is broken off")
    return data
