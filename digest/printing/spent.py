"""Lets go of boxes that stand on pages which are drawn: laid out, those of a long part take as much as all else."""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure.boxes import BlockBox, InlineBox, LineBox

from digest.printing.stretches import Way

# What is laid out child after child; rows of a table, columns and the like go on side by side, and are kept.
ONE_BY_ONE = (BlockBox, LineBox, InlineBox)


def let_go(box: Any, way: Way) -> None:
    """Take out what stands before the place where a page begins, to which a way leads from a box.

    The first child of what goes on is asked for the name of its page (ParentBox.page_values), and is left with its own
    first; the place of each of the others is kept.
    """
    for number in way:
        if type(box) is not BlockBox or _has_columns(box.style):
            return
        first = _first(box)
        if first < number:
            _thin(box.children[first])
            begin, spent = first + 1, BlockBox.anonymous_from(box, [])
            for child in box.children[begin:number]:
                child.children = []  # as WeasyPrint keeps those that have an anchor
            box.children = [*box.children[:begin], *[spent] * (number - begin), *box.children[number:]]
        box = box.children[number]


def _thin(box: Any) -> None:
    """Leave a box that is done with its first child, and that with its own."""
    while type(box) in ONE_BY_ONE and box.children:
        first = _first(box)
        box.children = box.children[: first + 1]
        box = box.children[-1]


def _has_columns(style: Any) -> bool:
    return bool(style["column_width"] != "auto" or style["column_count"] != "auto")


def _first(box: Any) -> int:
    """Give the number of the first child that has a say in which page its box is on, or of the last."""
    says = (at for at, child in enumerate(box.children) if child.is_in_normal_flow() or child.is_floated())
    return next(says, len(box.children) - 1)
