"""The text of a part before it is broken into pages: where it can be cut, and whether some of it is as it was."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from weasyprint.formatting_structure import boxes

from digest.addresses import address
from digest.printing.stretches import FIRST, Start, Way
from digest.typesetting.shortcuts import counts_pages

# Boxes whose place depends on the text that stands before them, and on nothing that comes later.
PLAIN = frozenset(
    (
        boxes.BlockBox,
        boxes.LineBox,
        boxes.TextBox,
        boxes.InlineBox,
        boxes.InlineBlockBox,
        boxes.InlineReplacedBox,
        boxes.BlockReplacedBox,
    )
)
FORCED = ("page", "left", "right", "recto", "verso")


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines, before they are any: the way to their box, and their text."""

    way: Way
    text: str


class Galley:
    """The text of a part's boxes, read before WeasyPrint lays them out: those of pages that are drawn are let go.

    `is_divisible` where a page depends on nothing but where it begins, and on the text from there that is tried on it
    or on the next one. Columns, tables, and what bends to its content are made as a whole, and what stands elsewhere
    than in its place could come from anywhere.
    """

    def __init__(self, root: Any, style_for: Any) -> None:
        self._root = root
        self._blocks = [*_blocks(root, ())]
        self._strings = [*_strings(root, ())]
        self._ways = [block.way for block in self._blocks]
        self.is_divisible = not counts_pages(style_for) and all(map(_is_plain, _descendants(root)))

    def name(self, begins: Start, until: Way) -> bytes:
        """Name the text from a place until another; () is the end.

        A block of which any is there is taken whole, and so is what the boxes around tell: strings and bookmarks may
        repeat a text that stands pages away.
        """
        first = bisect_right(self._ways, begins.way)
        if first and self._ways[first - 1] == begins.way[: len(self._ways[first - 1])]:
            first -= 1
        last = bisect_right(self._ways, until) if until else len(self._ways)
        strings = (each.text for each in self._strings if _is_between(each.way, begins.way, until))
        return address("text", *(block.text for block in self._blocks[first:last]), "strings", *strings)

    def cuts(self, pieces: int) -> Sequence[Start]:
        """Cut the text into about even pieces; give where each begins, fewer where the text has not so many places.

        A piece begins where a page must, if there is such a place near by, as it begins where it would as a part of
        the whole then.
        """
        ends = [*accumulate(len(block.text) for block in self._blocks)]
        found = [FIRST]
        for piece in range(1, pieces):
            fair, near = ends[-1] * piece // pieces, ends[-1] // pieces // 8
            places = range(bisect_left(ends, fair - near), bisect_right(ends, fair + near))
            starts = [self._start(self._blocks[place].way) for place in places if place]
            if starts:
                found.append(min(starts, key=lambda start: (start.forced == "any", len(start.way))))
        return [start for at, start in enumerate(found) if not at or start.way > found[at - 1].way]

    def _start(self, way: Way) -> Start:
        """Give the start of a page that begins with a block, or with the boxes that begin there."""
        while way and not way[-1]:
            way = way[:-1]
        *around, box = boxes_along(self._root, way)
        forced = box.style["break_before"]
        going_on = tuple((depth, pseudo(each)) for depth, each in enumerate(around) if each.bookmark_label)
        return Start(
            way,
            right=forced not in ("left", "verso"),
            forced=forced if forced in FORCED else "any",
            page=box.page_values()[0] or "",
            marked=going_on,
        )


def boxes_along(root: Any, way: Way) -> Iterator[Any]:
    """Give the boxes along a way, the root's first; a way may end in a text."""
    box = root
    yield box
    for place in way:
        if not isinstance(box, boxes.ParentBox) or place >= len(box.children):
            return
        box = box.children[place]
        yield box


def pseudo(box: Any) -> str:
    """Say which pseudo-element a box is, before or after its element's content; "" for any other."""
    _, _, kind = box.element_tag.partition("::")
    return kind if kind in ("before", "after") else ""


def _is_between(way: Way, begins: Way, until: Way) -> bool:
    """Whether any of a box can be on the pages from a place until another; () is the end."""
    return way == begins[: len(way)] or (way > begins and (not until or way <= until))


def _is_plain(box: Any) -> bool:
    """Whether a box is laid out in its turn; a first letter becomes a box in the midst, and moves the others on."""
    style = box.style
    return (
        type(box) in PLAIN
        and not box.first_letter_style
        and style["position"] in ("static", "relative", "absolute")
        and style["float"] in ("none", "left", "right")
        and style["column_width"] == style["column_count"] == "auto"
    )


def _descendants(box: Any) -> Iterator[Any]:
    """Give a box and all that are in it; a note with the sign that leads to it."""
    yield box
    if box.footnote:
        yield from _descendants(box.footnote)
    if isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from _descendants(child)


def _blocks(box: Any, way: Way) -> Iterator[Block]:
    """Give the boxes that hold lines, in their order, and let the lines know; what floats is as wide as all in it."""
    children = box.children if isinstance(box, boxes.ParentBox) else ()
    if any(isinstance(child, boxes.LineBox) for child in children) or not box.is_in_normal_flow():
        for line in _descendants(box):
            if isinstance(line, boxes.LineBox):
                line.way = way
        yield Block(way, "\n".join(each.text for each in _descendants(box) if isinstance(each, boxes.TextBox)))
        return
    for place, child in enumerate(children):
        yield from _blocks(child, (*way, place))


def _strings(box: Any, way: Way) -> Iterator[Block]:
    """Give the boxes that tell a running head or the outline something, and what."""
    if (box.string_set and box.string_set != "none") or box.bookmark_label:
        yield Block(way, repr((box.string_set, box.bookmark_label)))
    for place, child in enumerate(box.children if isinstance(box, boxes.ParentBox) else ()):
        yield from _strings(child, (*way, place))
