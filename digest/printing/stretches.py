"""Stretches: some pages of a part, each run of which is laid out from a place on which nothing before has a hold.

Where a stretch ends its own text says, so that the same text has the same stretches whoever lays it out, from
wherever, and whatever was changed pages before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from digest.printing.parts import LaidOut, Part

# Pages that are kept at a time, since those of a contents take a megabyte each. Fewer cost more each: what a stretch
# needs beside its pages is then written more often.
FEWEST, MOST = 8, 16
ONE_IN = 4  # of the pages between those begins a stretch: twelve pages have one in the mean

# The way through the boxes of a part to the one with which a page begins, as WeasyPrint counts them, and into its text.
Way = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page begins, and all that it takes from those before it.

    `right` tells the side, `forced` which break stands before it ("any" where none does), `page` the name of the page
    that was asked for, and `marked` what is in the outline already of the boxes that go on: how far down the way, and
    the pseudo-element.
    """

    way: Way = ()
    right: bool = True
    forced: str = "any"
    page: str = ""
    marked: tuple[tuple[int, str], ...] = ()

    @property
    def may_begin_a_stretch(self) -> bool:
        """Whether it does, if the stretch before is neither too short nor too long."""
        return crc32(repr(self.way).encode()) % ONE_IN == 0


FIRST = Start()


@dataclass(frozen=True, slots=True)
class Known:
    """A stretch that is kept under an address: where it begins, and where what follows begins (None at the end).

    It was made from the text up to `until`: all that was tried on its pages, and on the first behind it; () at the end
    of the part.
    """

    address: bytes
    begins: Start
    ends: Start | None
    until: Way


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch as it was found: what is known of it, and its pages, unless they are those that are kept.

    Its address is empty where its pages depend on more than their own text.
    """

    known: Known
    laid: LaidOut | None = None


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be laid out of a part: its pages from `begins` on, until one begins where one of `meets` does.

    Or a piece of it: `piece` of so many `pieces` into which it is cut where the text is; it ends behind the beginning
    of the next one. Of the `known` stretches none is laid out again whose text is still the same.
    `words` are those of heads.
    """

    part: Part
    begins: Start = FIRST
    meets: frozenset[Start] = frozenset()
    piece: int = 0
    pieces: int = 1
    known: tuple[Known, ...] = ()
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)


# Stretches that follow one another.
Run = Sequence[Stretch]
