"""The functions of WeasyPrint that set Chinese lines, as they are replaced; each falls back on the one it replaces."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.layout import block, inline, preferred

from digest.typesetting import plain
from digest.typesetting.boxes import boxed, laid_out, room_of
from digest.typesetting.breaks import Strictness, may_break
from digest.typesetting.extracted import Readable
from digest.typesetting.fitting import Fitting
from digest.typesetting.justify import drop_last_gap, is_set, spread
from digest.typesetting.paragraph import NO_BREAK, prepare, setting_of
from digest.typesetting.settings import Settings, Words
from digest.typesetting.shapes import CutLine

# Where each is looked up when WeasyPrint calls it.
PLACES = (
    (block, "iter_line_boxes"),
    (inline, "split_inline_level"),
    (inline, "split_text_box"),
    (inline, "can_break_text"),
    (inline, "text_align"),
    (inline, "justify_line"),
    (preferred, "can_break_text"),
    (preferred, "split_first_line"),
    (drawing, "draw_first_line"),
)


class Replacements:
    """Has a method for each function that is replaced, named as it is."""

    def __init__(self, strictness: Strictness, words: Words | None) -> None:
        self.strictness = strictness
        self.settings = Settings(strictness, words)
        self.originals = {(module, name): getattr(module, name) for module, name in PLACES}

    def iter_line_boxes(
        self,
        context: Any,
        box: Any,
        position_y: float,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        *arguments: Any,
    ) -> Iterator[Any]:
        """Look at a paragraph as a whole before its first line is broken; break it here if it is one text."""
        prepare(box, self.settings)
        begins = any(arguments[2:])  # a first letter, or a first line, of its own style
        is_free = not begins and not context.excluded_shapes and containing_block.style["direction"] == "ltr"
        if is_free and plain.is_one_text(box):
            found = self._lines_of_one_text(context, box, position_y, skip_stack, containing_block)
            if found is not None:
                return found
        lines: Iterator[Any] = self.originals[block, "iter_line_boxes"](
            context, box, position_y, bottom_space, skip_stack, containing_block, *arguments
        )
        return lines

    def _lines_of_one_text(
        self, context: Any, box: Any, position_y: float, skip_stack: Any, within: Any
    ) -> Iterator[Any] | None:
        """Give the lines of a text that is ours, or a word; nothing of another, and of what begins with a space."""
        setting = plain.setting_of_all(box)
        if setting is None and skip_stack:
            return None
        start = setting.index(next(iter(skip_stack[0]))) if setting and skip_stack else 0
        if setting and (start >= len(setting.text) or setting.text[start] == " "):
            return None
        inline.resolve_percentages(box, within)
        inline.resolve_percentages(box.children[0], within)
        box.text_indent = 0
        if skip_stack is None:
            inline.resolve_one_percentage(box, "text_indent", within.width)
        if setting:
            return plain.lines(context, box, setting, position_y, start, within)
        word = plain.word(box, self.settings, position_y, within)
        return iter([(word, None)]) if word else None

    def split_inline_level(self, context: Any, box: Any, position_x: float, *arguments: Any) -> tuple[Any, ...]:
        """Say of a box that holds on to what is before it that it begins with what nothing breaks before."""
        split: tuple[Any, ...] = self.originals[inline, "split_inline_level"](context, box, position_x, *arguments)
        skip_stack = arguments[2]
        if skip_stack is None and box.__dict__.get("clings"):
            return (*split[:3], NO_BREAK, *split[4:])
        return split

    def split_text_box(
        self,
        context: Any,
        box: Any,
        available_width: float | None,
        skip: int | None,
        is_line_start: bool = True,
    ) -> tuple[Any, int | None, bool]:
        """Give as much of a text as fits on a line."""
        if is_set(box) and box.pango_layout.content.startswith(box.text):
            return _without_its_end(box), None, False
        found = setting_of(box, self.settings)
        if found is None:
            word = None if skip else self.settings.word(box.text, box.style, available_width)
            if word is not None:
                return boxed(box, word), None, False
            split: tuple[Any, int | None, bool] = self.originals[inline, "split_text_box"](
                context, box, available_width, skip, is_line_start
            )
            return split
        setting, end = found
        start = setting.index(skip or 0)
        if start >= end:
            return None, None, False
        room = room_of(box.style, available_width, is_start=is_line_start)
        piece = Fitting(setting, start, room, end).piece()
        resume = setting.offset(piece.resume) if piece.resume < end else None
        line = setting.line(piece.start, piece.stop, piece.lead, piece.after)
        return boxed(box, line), resume, False

    def can_break_text(self, text: str, lang: str | None) -> bool:
        """Say whether a line can break inside a text, which most often is two letters at the border of two boxes."""
        ours = [may_break(*pair, self.strictness) for pair in pairwise(text)]
        if len(ours) == 1 and ours[0] is not None:
            return ours[0]
        return any(ours) or bool(self.originals[inline, "can_break_text"](text, lang))

    def text_align(self, context: Any, line: Any, available_width: float, last: bool) -> float:
        """Align a line that ends in a character."""
        drop_last_gap(line)
        offset: float = self.originals[inline, "text_align"](context, line, available_width, last)
        return offset

    def justify_line(self, context: Any, line: Any, extra_width: float) -> None:
        """Stretch a line."""
        if not spread(line, extra_width):
            self.originals[inline, "justify_line"](context, line, extra_width)

    def split_first_line(
        self,
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> tuple[Any, ...]:
        """Give the width of a text's first line, for a box that is as wide as its text."""
        found = self.settings.alone(text, style)
        if found is None:
            word = self.settings.word(text, style, max_width)
            if word is not None:
                return None, len(text), None, word.width, 0, 0
            asked = max_width, justification_spacing, is_line_start, minimum
            split = self.originals[preferred, "split_first_line"]
            return self.settings.once((text, id(style), *asked), style, lambda: split(text, style, context, *asked))
        setting, start = found
        room = room_of(style, max_width, is_start=is_line_start, minimum=minimum)
        piece = Fitting(setting, start, room).piece()
        begin = setting.offset(start)
        resume = setting.offset(piece.resume) - begin if piece.resume < len(setting.text) else None
        return None, setting.offset(piece.stop) - begin, resume, piece.width, 0, 0

    def draw_first_line(self, stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> Any:
        """Draw a line, and say where its text has no space although there is room for one."""
        draw = self.originals[drawing, "draw_first_line"]
        arguments = text_overflow, block_ellipsis, matrix
        if isinstance(textbox.pango_layout, CutLine):  # digest.typesetting.painting draws all but a few
            textbox.pango_layout = laid_out(textbox.pango_layout, textbox.style)
        if not is_set(textbox):
            return draw(stream, textbox, *arguments)
        textbox.pango_layout.get_first_line()
        readable = Readable(stream, textbox.pango_layout.spans)
        drawn = draw(readable if textbox.pango_layout.spans else stream, textbox, *arguments)
        readable.close()
        return drawn


def _without_its_end(box: Any) -> Any:
    """Give a line of ours whose text lost its last space, as wide as it is without."""
    layout, end = box.pango_layout, len(box.text)
    shorter = box.copy()
    size = box.style["font_size"] / 1000
    shorter.width = box.width - sum(layout.widths[end:]) - sum(layout.after[end:]) * size
    return shorter
