"""Shortcuts for making boxes of elements: a part without tables or columns needs none of what is done for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.formatting_structure import boxes, build

from digest.typesetting.shortcuts import descendants

# Among these alone no box is missing, or is out of place, by the rules of tables, of flex and of grid.
PLAIN = frozenset(
    (
        boxes.BlockBox,
        boxes.InlineBox,
        boxes.TextBox,
        boxes.InlineBlockBox,
        boxes.BlockReplacedBox,
        boxes.InlineReplacedBox,
        boxes.FootnoteAreaBox,
        boxes.MarginBox,
    )
)


def create_anonymous_boxes(box: Any) -> Any:
    """Put lines into blocks, and blocks out of lines; three times less is to be walked where all boxes are plain."""
    if PLAIN.issuperset(map(type, descendants(box))):
        return build.block_in_inline(build.inline_in_block(box))
    return ANONYMOUS(box)


ANONYMOUS: Callable[[Any], Any] = build.create_anonymous_boxes

BUILDING: tuple[tuple[Any, str, Callable[..., Any]], ...] = ((build, "create_anonymous_boxes", create_anonymous_boxes),)
