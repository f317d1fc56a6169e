"""Gatherings: the pages of a part as the objects of a PDF, all of which are written but for their numbers.

To put parts into one book then needs numbers alone: nothing that was written is read again.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Numberless:
    """Objects of a PDF as they are written, one a line, with %d for each number of an object or a key.

    `places` tell where in a table of its gathering each number stands: unsigned ints, as `array` packs them.
    """

    text: bytes
    places: bytes = b""

    def numbered(self, table: Sequence[int]) -> bytes:
        """Give the objects with the numbers of a table."""
        return self.text % tuple(map(table.__getitem__, array("I", self.places)))


@dataclass(frozen=True, slots=True)
class Folio:
    """The number of the page on which an anchor stands, which is drawn when it is known.

    `font` is the key of a face; `x` and `y` are where it begins (`at` 0) or ends (1), in the units of `size`, from
    the top down; `digits` are the glyph and the width of each.
    """

    anchor: str
    font: str
    size: float
    x: float
    y: float
    at: int
    digits: tuple[tuple[int, float], ...]

    def left(self, number: str) -> float:
        """Say where a number begins."""
        return self.x - self.at * sum(self.digits[int(digit)][1] for digit in number)

    def drawn(self, number: str) -> bytes:
        """Draw a number; what was set before is set again behind it."""
        glyphs = "".join(f"{self.digits[int(digit)][0]:04x}" for digit in number)
        place = f"1 0 0 -1 {self.left(number):.6f} {self.y:.6f} Tm"
        return f"q BT /{self.font} {self.size:g} Tf {place} <{glyphs}> Tj ET Q".encode()


# Stands in a stream for each number that is to come.
TO_COME = b"\0folio\0"


@dataclass(frozen=True, slots=True)
class Streamed:
    """A stream: its dictionary and its data. `mark` tells pictures that look alike; it is empty where nothing may.

    With `folios` to come it is not compressed yet, and its dictionary has no length.
    """

    head: Numberless
    data: bytes
    mark: bytes = b""
    folios: tuple[Folio, ...] = ()

    def filled(self, number_of: Callable[[str], str]) -> bytes:
        """Give the data with all numbers of pages, by their anchors."""
        first, *others = self.data.split(TO_COME)
        pairs = zip(self.folios, others, strict=True)
        return first + b"".join(folio.drawn(number_of(folio.anchor)) + rest for folio, rest in pairs)


@dataclass(frozen=True, slots=True)
class Place:
    """A named place: its name, the page of its part, from 0, and where on it, in points."""

    name: str
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Gathering:
    """The objects of some pages of a part.

    A table of their numbers has those of `objects` (so many are they), `streams`, `pages` and `links`; of the book's
    tree of pages, the part's element of structure, and its fonts; and then the keys that pages and links have in
    the book's tree of parents, whose entries `parents` holds. `pages` are dictionaries without their end: what a page
    shows, `contents`, comes behind what the book draws on it. `links` are without their end, too, and lead to an anchor
    of another part. `kids` are references to what is in the part's element of structure.
    """

    objects: tuple[Numberless, ...] = ()
    number: int = 0
    streams: tuple[Streamed, ...] = ()
    pages: tuple[Numberless, ...] = ()
    contents: tuple[int, ...] = ()
    links: tuple[tuple[str, Numberless], ...] = ()
    places: tuple[Place, ...] = ()
    keys: int = 0
    parents: Numberless = Numberless(b"")
    kids: Numberless = Numberless(b"")
