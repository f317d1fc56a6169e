"""Sets a paragraph that is one text and nothing else: what WeasyPrint does for its lines, without asking what else.

It gives the boxes that weasyprint.layout.inline.get_next_linebox gives, version 70.0, with the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure.boxes import LineBox, TextBox
from weasyprint.layout.inline import remove_last_whitespace

from digest.typesetting.boxes import boxed, room_of
from digest.typesetting.fitting import EXACT, Fitting
from digest.typesetting.justify import stretch
from digest.typesetting.setting import Setting
from digest.typesetting.settings import Settings
from digest.typesetting.shortcuts import strut_of
from digest.typesetting.spaces import EM, LOOSEST


def is_one_text(line: Any) -> bool:
    """Whether an unbroken line has one text, and nothing that could move it."""
    if len(line.children) != 1 or type(line) is not LineBox or type(line.children[0]) is not TextBox:
        return False
    # Such boxes have no margins, borders or padding, and stand on the line.
    return isinstance(line.style, AnonymousStyle) and isinstance(line.children[0].style, AnonymousStyle)


def setting_of_all(line: Any) -> Setting | None:
    """Give the setting of an unbroken line that has one text if that is ours."""
    box = line.children[0]
    setting: Setting | None = box.__dict__.get("setting")
    return setting if setting and setting.text == box.text and setting.wraps else None


def word(line: Any, settings: Settings, position_y: float, within: Any) -> Any:
    """Give the line of a text that is one word, or number, and fits; None of another."""
    box, left = line.children[0], within.content_box_x()
    width = left + within.width - left
    x = left + line.text_indent
    set_word = settings.word(box.text, box.style, (left + width) * (1 + EXACT) - x) if box.text != " " else None
    if set_word is None:
        return None
    new = boxed(box, set_word)
    new.position_x = x
    found = _line(line, new, left, is_first=True, is_last=True)
    _place(found, new, _offset(found, new, width, is_last=True), position_y)
    return found


def lines(
    context: Any, line: Any, setting: Setting, position_y: float, start: int, within: Any
) -> Iterator[tuple[Any, dict[int, Any] | None]]:
    """Break a paragraph into lines from a character on; give each, and where WeasyPrint goes on behind it."""
    box, text, end = line.children[0], setting.text, len(setting.text)
    left = within.content_box_x()
    width = left + within.width - left
    most = (left + width) * (1 + EXACT)
    while start < end:
        x = left + line.text_indent
        piece = Fitting(setting, start, room_of(box.style, most - x, is_start=True), end).piece()
        new = boxed(box, setting.line(piece.start, piece.stop, piece.lead, piece.after))
        new.position_x = x
        is_last = piece.resume >= end
        found = _line(line, new, left, is_first=start == 0, is_last=is_last)
        if new.text[-1] == " ":
            remove_last_whitespace(context, found)
        _place(found, new, _offset(found, new, width, is_last=is_last), position_y)
        resume = None if is_last else {0: {setting.offset(piece.resume): None}}
        yield found, resume
        position_y = found.position_y + found.height
        line.text_indent = 0
        start = piece.resume
        while start < end and text[start] == " ":
            start += 1


def _line(line: Any, new: Any, left: float, *, is_first: bool, is_last: bool) -> Any:
    """Give a line around its text, as high as the style asks for."""
    found = line.copy_with_children([new])
    found.remove_decoration_sides = {
        side for side, is_there in (("top", is_first), ("bottom", is_last)) if not is_there
    }
    found.position_x = left
    found.width = new.position_x + new.width - left
    line_height, found.baseline = strut_of(line.style)
    found.height = line.style["font_size"]
    found.margin_top = found.margin_bottom = (line_height - found.height) / 2
    return found


def _offset(line: Any, text: Any, width: float, *, is_last: bool) -> float:
    """Give where a line of one text begins, and stretch it if need be (weasyprint.layout.inline.text_align)."""
    _drop_end(line, text)
    if line.width >= width:
        return 0
    style = line.style
    align = style["text_align_all"]
    if is_last and style["text_align_last"] != "auto":
        align = style["text_align_last"]
    if align == "justify":
        _spread(line, text, width - line.width)
        return 0
    if align in ("start", "left"):  # which are one where a line runs from left to right
        return 0
    offset: float = width - line.width
    return offset / 2 if align == "center" else offset


def _drop_end(line: Any, text: Any) -> None:
    """Take away what stands behind the last character of a line: a gap is between two characters."""
    after, end = text.pango_layout.after, len(text.text)  # a space at the end is no longer of the text
    if end and after[end - 1] > 0:
        narrower = after[end - 1] * text.style["font_size"] / EM
        after[end - 1] = 0
        line.width -= narrower
        text.width -= narrower


def _spread(line: Any, text: Any, extra: float) -> None:
    """Stretch a line of one text by so many pixels, as digest.typesetting.justify.spread does any."""
    stretches = text.pango_layout.stretches
    places = [index for index, does in enumerate(stretches[: len(text.text) - 1]) if does]
    if places and extra / len(places) <= LOOSEST * line.style["font_size"]:
        space = extra / len(places)
        stretch(text, places, space)
        text.width += space * len(places)
        line.width += space * len(places)


def _place(line: Any, text: Any, offset: float, position_y: float) -> None:
    """Put a line, and its text on the same baseline, where they stand on the page."""
    top, bottom = -text.baseline, -text.baseline + (text.height + text.margin_top + text.margin_bottom)
    strut_top = -line.baseline
    strut_bottom = strut_top + (line.height + line.margin_top + line.margin_bottom)
    top, bottom = min(top, strut_top), max(bottom, strut_bottom)
    line.baseline, line.height = -top, bottom - top
    line.margin_top = line.margin_bottom = 0
    line.position_x += offset
    line.position_y = position_y
    text.position_x += offset
    text.position_y = -text.baseline + (position_y - top)
