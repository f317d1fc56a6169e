"""Shortcuts for what is asked of the finished boxes of a page: lines of text, most of them, have no answer but text."""

from __future__ import annotations

from typing import Any

from weasyprint import anchors, document, draw, stacking
from weasyprint.css import AnonymousStyle
from weasyprint.draw import border
from weasyprint.formatting_structure.boxes import BlockBox, Box, LineBox, TextBox

from digest.typesetting.shapes import CutLine
from digest.typesetting.shortcuts import is_bare


def is_text(box: Any) -> bool:
    """Whether a box is text without an element of its own: it has no border, background, outline or link."""
    return type(box) is TextBox and type(box.style) is AnonymousStyle


def is_line(box: Any) -> bool:
    """Whether a box is a line without an element of its own."""
    return type(box) is LineBox and type(box.style) is AnonymousStyle


def gather_anchors(box: Any, *found: Any, **parents: Any) -> None:
    """Gather links, anchors and bookmarks; lines and texts have none."""
    if is_text(box):
        return
    if not is_line(box):
        ANCHORS(box, *found, **parents)
        return
    for child in box.children:
        if not is_text(child):
            gather_anchors(child, *found, **parents)


ANCHORS = anchors.gather_anchors


def dispatch(box: Any, page: Any, child_contexts: Any, blocks: Any, floats: Any, blocks_and_cells: Any) -> Any:
    """Sort a box into the order of painting; lines and texts are painted where they stand."""
    if is_text(box):
        return box
    if is_line(box) and all(map(is_text, box.children)):
        return box
    if type(box) is not BlockBox or box.is_grid_item or not _stays(box.style):
        return DISPATCH(box, page, child_contexts, blocks, floats, blocks_and_cells)
    place = len(blocks)
    inner: dict[Any, Any] = {}
    found = [dispatch(child, page, child_contexts, blocks, floats, inner) for child in box.children]
    if any(one is not other for one, other in zip(found, box.children, strict=True)):
        box = box.copy_with_children([each for each in found if each is not None])
    if not _is_blank(box):
        blocks.insert(place, box)
    blocks_and_cells[box] = inner
    return box


DISPATCH = stacking._dispatch


def _stays(style: Any) -> bool:
    """Whether boxes of a style are painted where they stand among others."""
    found: bool | None = style.__dict__.get("stays")
    if found is None:
        found = style.stays = (
            style["position"] == "static"
            and style["float"] == "none"
            and style["opacity"] >= 1
            and not style["transform"]
            and style["overflow"] == "visible"
        )
    return found


def _is_blank(box: Any) -> bool:
    """Whether a box has nothing to be painted of its own: no background, no border, and no rules between columns."""
    style = box.style
    found: bool | None = style.__dict__.get("blank")
    if found is None:
        found = style.blank = is_bare(style) and style["column_width"] == style["column_count"] == "auto"
    return found and not (
        box.background
        or box.border_top_width
        or box.border_right_width
        or box.border_bottom_width
        or box.border_left_width
    )


def draw_outline(stream: Any, box: Any) -> None:
    """Draw the outlines of a box and those in it; lines and texts have none."""
    if not is_line(box) and _has_outline(box.style):
        OUTLINE(stream, box)
        return
    for child in box.children:
        if isinstance(child, Box) and not is_text(child):
            draw_outline(stream, child)


OUTLINE = border.draw_outline


def _has_outline(style: Any) -> bool:
    found: bool | None = style.__dict__.get("outlined")
    if found is None:
        found = style.outlined = bool(style["outline_width"])
    return found


def draw_inline_level(stream: Any, page: Any, box: Any, *how: Any) -> None:
    """Draw a line, or a box in it; of a line of text there is nothing to be drawn but its text."""
    if how or not is_line(box) or not all(map(is_text, box.children)):
        INLINE(stream, page, box, *how)
        return
    last = len(box.children) - 1
    for number, child in enumerate(box.children):
        ellipsis = box.block_ellipsis if number == last else "none"
        _mark(stream, child)
        draw_text(stream, child, child.position_x - box.position_x, box.text_overflow, ellipsis)
        if stream._tags is not None:
            stream.end_marked_content()


INLINE = draw.draw_inline_level


def _mark(stream: Any, text: Any) -> None:
    """Begin what the tag of a text stands for, where a PDF has tags (weasyprint.pdf.stream.Stream.marked)."""
    if stream._tags is not None:
        number = len(stream._tags)
        stream._tags[text] = {"tag": "Span", "mcid": number}
        stream.stream.append(b"/Span\n<</MCID %d>>\nBDC" % number)


def draw_text(stream: Any, box: Any, offset_x: float, text_overflow: str, block_ellipsis: Any = "none") -> None:
    """Draw a text; one that is cut from a shape has no decoration, and is drawn without a layout of Pango."""
    line, style = box.pango_layout, box.style
    is_whole = text_overflow == "clip" and block_ellipsis == "none" and style["visibility"] == "visible"
    if not (is_whole and isinstance(line, CutLine) and line.is_drawn_plainly(stream)):
        TEXT(stream, box, offset_x, text_overflow, block_ellipsis)
        return
    stream.set_color(style["color"])
    stream.begin_text()
    if line.text.strip():
        line.draw(stream, box.position_x, box.position_y + box.baseline)
    stream.end_text()


TEXT = draw.draw_text

PAINTING = (
    (anchors, "gather_anchors", gather_anchors),
    (document, "gather_anchors", gather_anchors),
    (stacking, "_dispatch", dispatch),
    (border, "draw_outline", draw_outline),
    (draw, "draw_outline", draw_outline),
    (draw, "draw_inline_level", draw_inline_level),
    (draw, "draw_text", draw_text),
)
