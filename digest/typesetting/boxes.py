"""Makes WeasyPrint's boxes for lines of ours."""

from __future__ import annotations

from typing import Any

from weasyprint.text.line_break import Layout

from digest.typesetting.fitting import Room
from digest.typesetting.glyphs import SpacedLine
from digest.typesetting.measuring import Line
from digest.typesetting.shapes import CutLine
from digest.typesetting.shortcuts import strut_of


def boxed(box: Any, line: Line) -> Any:
    """Give a text box of the line, as tall as WeasyPrint's own (inline.split_text_box)."""
    new = box.copy_with_text(line.content)
    new.setting = None
    new.width, new.height = line.width, line.height
    new.pango_layout = line
    line_height, _ = strut_of(box.style)
    new.margin_top = new.margin_bottom = (line_height - line.height) / 2
    new.baseline = line.baseline + new.margin_top
    if isinstance(line, SpacedLine):
        line.deactivate()
    return new


def laid_out(line: CutLine, style: Any) -> Any:
    """Give the layout of Pango for a line that was cut, for what it alone can draw."""
    if line.is_spaced:
        return SpacedLine(style, line.content, line.lead, line.after)
    layout = Layout(style, max_width=line.max_width)
    layout.set_text(line.content)
    return layout


def room_of(style: Any, width: float | None, *, is_start: bool, minimum: bool = False) -> Room:
    """Give what a line offers to a text of this style."""
    anywhere = style["overflow_wrap"] == "anywhere" or (style["overflow_wrap"] == "break-word" and not minimum)
    return Room(width, is_start, anywhere or style["word_break"] == "break-all")
