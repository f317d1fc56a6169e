"""Writes the bookmarks of all parts of a book as one outline, all of which is open: ISO 32000-1, 12.3.3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pydyf

from digest.printing.parts import Bookmark
from digest.printing.placing import Placed
from digest.printing.volume import Volume, reference, text


@dataclass(slots=True)
class Item:
    """A line of the outline, and those below it."""

    bookmark: Bookmark
    page: int
    number: int = 0
    kids: list[Item] = field(default_factory=list)


def outline(volume: Volume, places: Sequence[Placed], pages: Sequence[int]) -> dict[str, bytes]:
    """Write the outline, if there is one, for the catalog; `pages` are the numbers of their objects."""
    top = _nested(places, pages)
    if not top:
        return {}
    root = volume.reserve()
    count = _write(volume, top, root)
    facts = reference(top[0].number), reference(top[-1].number), count
    volume.add(b"<</Type/Outlines/First %b/Last %b/Count %d>>" % facts, root)
    return {"Outlines": reference(root)}


def _nested(places: Sequence[Placed], pages: Sequence[int]) -> list[Item]:
    top: list[Item] = []
    above: list[Item] = []
    for place in places:
        for bookmark in place.part.bookmarks:
            item = Item(bookmark, pages[place.start + bookmark.page])
            while above and above[-1].bookmark.level >= bookmark.level:
                above.pop()
            (above[-1].kids if above else top).append(item)
            above.append(item)
    return top


def _write(volume: Volume, items: Sequence[Item], parent: int) -> int:
    """Write the lines below another one; say how many they are, with all below them."""
    count = len(items)
    for item in items:
        item.number = volume.reserve()
    for at, item in enumerate(items):
        mark = item.bookmark
        there = pydyf.Array([reference(item.page), "/XYZ", round(mark.x, 3), round(mark.y, 3), 0])
        said = {"Title": text(mark.title), "Parent": reference(parent), "Dest": there}
        said |= {"Prev": reference(items[at - 1].number)} if at else {}
        said |= {"Next": reference(items[at + 1].number)} if at + 1 < len(items) else {}
        if item.kids:
            below = _write(volume, item.kids, item.number)
            first, last = reference(item.kids[0].number), reference(item.kids[-1].number)
            said |= {"First": first, "Last": last, "Count": below}
            count += below
        volume.add(pydyf.Dictionary(said).data, item.number)
    return count
