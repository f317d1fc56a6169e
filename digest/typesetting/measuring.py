"""Measures texts with Pango, and cuts lines from what it has shaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

from digest.typesetting.glyphs import GLYPH, WIDTH, X_OFFSET, Y_OFFSET, SpacedLine, byte_offsets, numbers_of, runs
from digest.typesetting.shapes import CutLine, Font, Shape, Shaped

Line = SpacedLine | CutLine
# The first bit of a PangoLogAttr, by its first byte.
LINE_BREAK = bytes(byte & 1 for byte in range(256))
ATTRIBUTE = 4  # bytes


class Measurer:
    """Measures texts, each style's with one layout of Pango, and keeps hold of the fonts that their glyphs are in."""

    def __init__(self) -> None:
        self._layouts: dict[int, tuple[Any, Any]] = {}
        self._fonts: dict[tuple[int, float], Font] = {}
        self._heights: dict[frozenset[Font], tuple[float, float]] = {}

    def measure(self, text: str, style: Any) -> Shaped | None:
        """Give how wide each character is, and whether Unicode lets a line end behind it; None if it goes backwards.

        The shape comes with them where each character has one glyph, which stands on the line and nowhere else.
        """
        layout = self._layout(style)
        layout.set_text(text)
        items = list(runs(layout.get_first_line()[0]))
        if any(item.item.analysis.level % 2 and item.glyphs.num_glyphs > 1 for item in items):
            return None
        found = pango.pango_layout_get_log_attrs_readonly(layout.layout, ffi.NULL)
        attributes = ffi.buffer(found, ATTRIBUTE * (len(text) + 1))[:]
        breaks: list[bool] = [*map(bool, attributes[ATTRIBUTE::ATTRIBUTE].translate(LINE_BREAK))]
        shape = self._shape(text, style, items)
        widths = shape.units if shape else _widths(text, items)
        return Shaped([*map(FROM_UNITS.__mul__, widths)], breaks, shape)

    def line(self, style: Any, text: str, shape: Shape | None, start: int, lead: int, after: list[int]) -> Line:
        """Give the line that a text is drawn as; it begins at `start` of what its shape is of."""
        if shape is None:
            return SpacedLine(style, text, lead, after)
        line = CutLine(text, style["font_size"], shape, start, lead, after)
        if not shape.is_cut_clean(start, start + len(text), line.fonts):
            return SpacedLine(style, text, lead, after)
        fonts = frozenset([font for _, font in line.fonts])
        if fonts not in self._heights:  # which are those of the tallest
            like = SpacedLine(style, text, lead, after)
            self._heights[fonts] = like.height, like.baseline
        line.height, line.baseline = self._heights[fonts]
        return line

    def _layout(self, style: Any) -> Any:
        """Give the layout of a style, which is kept with it as a number tells an object only while it is there."""
        if id(style) not in self._layouts:
            self._layouts[id(style)] = style, Layout(style)
        return self._layouts[id(style)][1]

    def _shape(self, text: str, style: Any, items: Sequence[Any]) -> Shape | None:
        if style["text_decoration_line"] != "none":
            return None  # whose place and weight a layout of Pango knows
        codes: list[int] = []
        units: list[int] = []
        pieces: list[tuple[int, Font]] = []
        for item in items:
            numbers = numbers_of(item.glyphs)
            glyphs = numbers[::GLYPH].tolist()
            if not _is_plain(glyphs, item, numbers):
                return None
            codes += glyphs
            units += numbers[WIDTH::GLYPH].tolist()
            pieces.append((len(codes), self._font(item.item.analysis.font, style)))
        return Shape(codes, units, pieces) if len(codes) == len(text) else None

    def _font(self, pointer: Any, style: Any) -> Font:
        key = (int(ffi.cast("uintptr_t", pointer)), style["font_size"])
        if key not in self._fonts:
            self._fonts[key] = Font(pointer, style["font_size"])
        return self._fonts[key]


def _is_plain(glyphs: list[int], item: Any, numbers: memoryview) -> bool:
    """Whether each character of a run has one glyph of its font, on the line, where the one before ends."""
    count = item.glyphs.num_glyphs
    return (
        count == item.item.num_chars
        and min(glyphs, default=0) > 0
        and max(glyphs) < pango.PANGO_GLYPH_EMPTY
        and not numbers[X_OFFSET::GLYPH].tobytes().strip(b"\0")
        and not numbers[Y_OFFSET::GLYPH].tobytes().strip(b"\0")
        and (count == 1 or len(set(ffi.unpack(item.glyphs.log_clusters, count))) == count)
    )


def _widths(text: str, items: Sequence[Any]) -> list[int]:
    widths = [0] * (len(text.encode()) + 1)
    for item in items:
        glyphs, offset = item.glyphs, item.item.offset
        clusters = ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)
        for cluster, width in zip(clusters, numbers_of(glyphs)[WIDTH::GLYPH].tolist(), strict=True):
            widths[offset + cluster] += width
    return [widths[offset] for offset in byte_offsets(text)[:-1]]
