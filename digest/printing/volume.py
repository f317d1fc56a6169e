"""A PDF file as it is written: one object after the other, many in a stream, and in the end where each of them is."""

from __future__ import annotations

import zlib
from codecs import BOM_UTF16_BE
from collections.abc import Sequence
from hashlib import sha256
from itertools import accumulate, chain
from struct import Struct

import pydyf

TOGETHER = 200  # objects that share a stream: a viewer unpacks all of them for one, and larger ones are hardly smaller
COMPRESSION = 6  # of zlib's nine: 9 takes three times as long for a hundredth less
IDENTIFIER = 16  # bytes: ISO 32000-1, 14.4, tells of an MD5
# ISO 32000-1, 7.5.8.3: the kind of an entry, the place of an object in the file or the number of its stream, and its
# place in that stream or, where it is in none, which generation of it this is.
ENTRY = Struct(">BIH")
FREE, ALONE, IN_STREAM = 0, 1, 2
LAST_GENERATION = 65_535  # of an object that there is not
PLACES = tuple(place.to_bytes(2, "big") for place in range(TOGETHER))


def reference(number: int) -> bytes:
    """Name an object, as others do."""
    return b"%d 0 R" % number


class Volume:
    """A PDF in the making. Objects are added as they are written, under new numbers or such as were reserved."""

    def __init__(self, version: str = "1.7") -> None:
        self._file = bytearray(b"%%PDF-%b\n%%\xe2\xe3\xcf\xd3\n" % version.encode())
        self._entries = bytearray(ENTRY.pack(FREE, 0, LAST_GENERATION))
        self._waiting: list[tuple[int, bytes]] = []

    def reserve(self, count: int = 1) -> int:
        """Keep the next numbers for objects that are to come; give the first."""
        first = len(self._entries) // ENTRY.size
        self._entries.extend(bytes(count * ENTRY.size))
        return first

    def add(self, data: bytes, number: int = 0) -> int:
        """Add an object, which has no line breaks but in its strings; give its number."""
        number = number or self.reserve()
        self._waiting.append((number, data))
        if len(self._waiting) == TOGETHER:
            self._flush()
        return number

    def add_all(self, first: int, lines: bytes) -> None:
        """Add at most TOGETHER objects, one a line, under the reserved numbers from `first` on."""
        objects = lines.split(b"\n")
        stream = self._together(range(first, first + len(objects)), objects)
        start, each = first * ENTRY.size, bytes([IN_STREAM]) + stream.to_bytes(4, "big")
        self._entries[start : start + len(objects) * ENTRY.size] = each + each.join(PLACES[: len(objects)])

    def add_stream(self, data: bytes, facts: bytes = b"", number: int = 0) -> int:
        """Add a stream, which is compressed here, with what its dictionary says besides; give its number."""
        return self.add_packed(*compressed(data, facts), number)

    def add_packed(self, head: bytes, data: bytes, number: int = 0) -> int:
        """Add a stream as it is, with its dictionary; give its number."""
        number = number or self.reserve()
        ENTRY.pack_into(self._entries, number * ENTRY.size, ALONE, len(self._file), 0)
        self._file += b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, head, data)
        return number

    def finished(self, root: int, info: int = 0) -> bytes:
        """Give the file, whose catalog is the object `root`; `info` tells what it is about."""
        self._flush()
        number, start = self.reserve(), len(self._file)
        ENTRY.pack_into(self._entries, number * ENTRY.size, ALONE, start, 0)
        same = sha256(self._file).digest()[:IDENTIFIER].hex().encode()
        facts = b"/Type/XRef/Size %d/W[1 4 2]/Root %b/ID[<%b><%b>]" % (number + 1, reference(root), same, same)
        self.add_stream(bytes(self._entries), facts + (b"/Info " + reference(info) if info else b""), number)
        self._file += b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(self._file)

    def _flush(self) -> None:
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        stream = self._together([number for number, _ in waiting], [data for _, data in waiting])
        for place, (number, _) in enumerate(waiting):
            ENTRY.pack_into(self._entries, number * ENTRY.size, IN_STREAM, stream, place)

    def _together(self, numbers: Sequence[int], objects: Sequence[bytes]) -> int:
        """Write objects into one stream; give its number."""
        places = accumulate((len(each) + 1 for each in objects), initial=0)
        index = b"%d %d " * len(objects) % tuple(chain.from_iterable(zip(numbers, places, strict=False)))
        facts = b"/Type/ObjStm/N %d/First %d" % (len(objects), len(index))
        return self.add_stream(index + b"\n".join(objects), facts)


def compressed(data: bytes, facts: bytes = b"") -> tuple[bytes, bytes]:
    """Give the dictionary of a stream, with what it says besides, and the stream as it is compressed."""
    packed = zlib.compress(data, COMPRESSION)
    return b"<<%b/Filter/FlateDecode/Length %d>>" % (facts, len(packed)), packed


def encoded(string: str) -> bytes:
    """Encode a string of words, ISO 32000-1, 7.9.2.2: what is not plain ASCII, line breaks too, in UTF-16."""
    return string.encode() if _is_plain(string) else BOM_UTF16_BE + string.encode("utf-16-be")


def text(string: str) -> bytes:
    """Write a string of words as it is encoded."""
    written: bytes = pydyf.String(string).data if _is_plain(string) else b"<%b>" % encoded(string).hex().encode()
    return written


def _is_plain(string: str) -> bool:
    return string.isascii() and string.isprintable()
