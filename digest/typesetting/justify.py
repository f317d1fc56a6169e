"""Makes a line flush: what it lacks is spread evenly over it, across the borders of its boxes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox

from digest.typesetting.extracted import GUESSED
from digest.typesetting.glyphs import SpacedLine
from digest.typesetting.shapes import CutLine
from digest.typesetting.spaces import EM, LOOSEST


def is_set(box: Any) -> bool:
    """Whether a box is a line of ours."""
    line = box.__dict__.get("pango_layout") if isinstance(box, TextBox) else None
    return isinstance(line, SpacedLine) or (isinstance(line, CutLine) and line.is_spaced)


def in_order(box: Any) -> Iterator[Any]:
    """Give the boxes of a line that have no others in them."""
    for child in box.children:
        if child.is_in_normal_flow():
            if isinstance(child, InlineBox):
                yield from in_order(child)
            else:
                yield child


def drop_last_gap(line: Any) -> None:
    """Take away what stands behind the last character of a line: a gap is between two characters."""
    way, box = [line], line
    while isinstance(box, LineBox | InlineBox):
        box = next((child for child in reversed(box.children) if child.is_in_normal_flow()), None)
        way.append(box)
    if not is_set(box):
        return
    end = len(box.text)
    gap = box.pango_layout.after[end - 1] if end else 0
    if gap > 0:
        box.pango_layout.after[end - 1] = 0
        for each in way:
            each.width -= gap * box.style["font_size"] / EM


def spread(line: Any, extra: float) -> bool:
    """Stretch a line by `extra` pixels; False, and nothing done, if nothing in it is ours.

    Where it stretches so far that a reader of the PDF would guess spaces, the borders of boxes do not: no ActualText
    reaches across them.
    """
    boxes = list(in_order(line))
    if not any(map(is_set, boxes)):
        return False
    size = line.style["font_size"]
    for borders, most in ((True, GUESSED / EM), (False, LOOSEST)):
        places = {id(box): _places(box, box is boxes[0], box is boxes[-1], borders=borders) for box in boxes}
        count = sum(map(len, places.values()))
        if count and extra / count <= most * size:
            _move(line, places, extra / count, 0)
            break
    return True


def _places(box: Any, is_first: bool, is_last: bool, *, borders: bool) -> list[int]:
    """Give behind which characters of a box its line is stretched; -1 is before the first."""
    if not isinstance(box, TextBox):
        return []
    if not is_set(box):
        return [index for index, char in enumerate(box.text) if char in " \u00a0"]
    layout = box.pango_layout
    end = len(box.text) - (1 if is_last or not borders else 0)
    before = [-1] if layout.stretches_before and borders and not is_first else []
    return before + [index for index in range(end) if layout.stretches[index]]


def _move(box: Any, places: dict[int, list[int]], space: float, advance: float) -> float:
    """Move a box by what the line was stretched before it, and stretch it; give how much that is together."""
    if isinstance(box, TextBox):
        box.position_x += advance
        found = places[id(box)]
        if found:
            box.width += space * len(found)
            stretch(box, found, space)
        return advance + space * len(found)
    if isinstance(box, LineBox | InlineBox):
        box.position_x += advance
        before = advance
        for child in box.children:
            if child.is_in_normal_flow():
                advance = _move(child, places, space, advance)
        box.width += advance - before
        return advance
    box.translate(advance, 0)
    return advance


def stretch(box: Any, places: list[int], space: float) -> None:
    """Add space behind characters of a text; -1 is before the first."""
    if not is_set(box):
        box.justification_spacing = space
        box.pango_layout.justification_spacing = space
        return
    line, size = box.pango_layout, box.style["font_size"]
    after = line.after
    # Whole thousandths, rounded so that the sum is right at every character.
    wholes = [round(number * space * EM / size) for number in range(len(places) + 1)]
    for place, (done, whole) in zip(places, pairwise(wholes), strict=True):
        if place < 0:
            line.lead += whole - done
        else:
            after[place] += whole - done
