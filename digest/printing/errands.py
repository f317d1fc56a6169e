"""Does an errand: goes along a part's pages from where it begins, and lays out those that nobody has yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from digest.addresses import address
from digest.printing.galley import Galley
from digest.printing.paging import Pages, Paging
from digest.printing.parts import LaidOut
from digest.printing.stretches import FIRST, Errand, Known, Start, Stretch, Way


def done(errand: Errand, paging: Paging, frame: bytes, drawn: Callable[[Pages], LaidOut]) -> Iterator[Stretch]:
    """Give the stretches that are asked for, one after the other; none for a piece that there is not.

    `frame` names all that the part is made from but its text, and is empty where more than that tells how it looks.
    """
    galley = paging.galley
    frame = frame if galley.is_divisible else b""
    place, stop = _bounds(errand, galley)
    known = {each.begins: each for each in errand.known if frame and each.address == _address(frame, galley, each)}

    def is_over(place: Start | None) -> bool:
        return place is None or place in errand.meets or bool(stop and place.way >= stop)

    while place and not is_over(place):
        if place in known:
            yield Stretch(known[place])
            place = known[place].ends
            continue
        for pages in paging.stretches(place):
            found = Known(b"", pages.begins, pages.ends, pages.until)
            yield Stretch(replace(found, address=_address(frame, galley, found)), drawn(pages))
            place = pages.ends
            if is_over(place) or place in known:
                break


def _bounds(errand: Errand, galley: Galley) -> tuple[Start | None, Way]:
    """Give where an errand's pages begin, and the way behind whose beginning they end; () is the end of the part."""
    if errand.pieces == 1:
        return errand.begins, ()
    cuts = galley.cuts(errand.pieces) if galley.is_divisible else [FIRST]
    if errand.piece >= len(cuts):
        return None, ()
    following = cuts[errand.piece + 1 :]
    return cuts[errand.piece], following[0].way if following else ()


def _address(frame: bytes, galley: Galley, stretch: Known) -> bytes:
    """Name a stretch after all that it is made from, as its text is now."""
    if not frame:
        return b""
    return address("stretch", frame, repr(stretch.begins), galley.name(stretch.begins, stretch.until))
