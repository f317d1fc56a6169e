"""Talks to Pango: how wide the characters of a text are, and lines whose glyphs stand further apart or closer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, line_size

from digest.typesetting.extracted import Span, spans
from digest.typesetting.shapes import in_units
from digest.typesetting.spaces import EM

GLYPH = ffi.sizeof("PangoGlyphInfo") // 4  # as whole numbers: glyph, width, x offset, y offset, flags
WIDTH, X_OFFSET, Y_OFFSET = 1, 2, 3
# How much of an em may be ink in the other half of a mark: no mark of a font is drawn to a thousandth.
STRAY = 0.02


def runs(line: Any) -> Iterator[Any]:
    """Give the glyph items of a line."""
    run = line.runs
    while run != ffi.NULL:
        yield run.data
        run = run.next


def numbers_of(glyphs: Any) -> memoryview:
    """Give the glyphs of a run as whole numbers that can be read, and written, at once."""
    return memoryview(ffi.buffer(glyphs.glyphs, glyphs.num_glyphs * GLYPH * 4)).cast("B").cast("i")


def byte_offsets(text: str) -> list[int]:
    """Give where each character begins in UTF-8, and where the last ends."""
    if text.isascii():
        return list(range(len(text) + 1))
    return [0, *accumulate(1 if c < "\x80" else 2 if c < "\u0800" else 3 if c < "\U00010000" else 4 for c in text)]


def empty_halves(mark: str, style: Any) -> tuple[bool, bool]:
    """Whether the left, and the right, half of a mark is without ink; it is as wide as Han where either is."""
    layout = Layout(style)
    layout.set_text(mark)
    line, _ = layout.get_first_line()
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ink, logical)
    em = style["font_size"] * TO_UNITS
    wide = abs(logical.width - em) < STRAY * em
    layout.deactivate()
    return wide and ink.x > (0.5 - STRAY) * em, wide and ink.x + ink.width < (0.5 + STRAY) * em


class SpacedLine(Layout):  # type: ignore[misc]  # WeasyPrint has no types
    """The text of a box on one line, with space added in front of it and behind each of its characters.

    The spaces are put where Pango keeps the widths of glyphs, which is where WeasyPrint reads them when it draws; the
    text, its shaping and what is extracted from the PDF stay as they are.
    """

    def __init__(self, style: Any, text: str, lead: int, after: list[int]) -> None:
        super().__init__(style)
        self.content = text
        self.lead = lead
        self.after = after
        self.widths: Sequence[float] = ()
        self.stretches: Sequence[bool] = ()
        self.stretches_before = False
        self.spans: list[Span] = []
        self.set_text(text)
        line, _ = super().get_first_line()
        self.natural, self.height = line_size(line, style)
        self.baseline = pango.pango_layout_get_baseline(self.layout) * FROM_UNITS

    @property
    def width(self) -> float:
        """How wide the line is with its spaces."""
        added: float = (self.lead + sum(self.after)) * self.style["font_size"] / EM
        return float(self.natural) + added

    def setup(self, style: Any) -> None:
        """Begin anew, for example to be drawn."""
        super().setup(style)
        # As WeasyPrint asks for when it draws, which would throw away what was spaced before.
        pango.pango_layout_set_single_paragraph_mode(self.layout, True)
        self.is_spaced = False

    def get_first_line(self) -> Any:
        """Give Pango's line, with the spaces in it."""
        line, index = super().get_first_line()
        if not self.is_spaced and self.text == self.content:
            self.is_spaced = True
            self._space(line)
        return line, index

    def _space(self, line: Any) -> None:
        ends = byte_offsets(self.content)
        spaces = {end: space for end, space in zip(ends[1:], self.after, strict=True) if space}
        last: list[int] = []
        shown = True
        for item in runs(line):
            glyphs, offset = item.glyphs, item.item.offset
            numbers = numbers_of(glyphs)
            shown = shown and pango.PANGO_GLYPH_EMPTY not in numbers[::GLYPH].tolist()
            clusters = [*ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs), item.item.length]
            if self.lead and not last:
                numbers[WIDTH] += self._units(self.lead)
                # WeasyPrint takes an offset for thousandths, not for Pango's 1024ths.
                numbers[X_OFFSET] += round(self._units(self.lead) * EM * FROM_UNITS)
            for index, (start, end) in enumerate(pairwise(clusters)):
                # Of the glyphs of one cluster the last ends where it does.
                if start != end and (space := spaces.get(offset + end)):
                    numbers[index * GLYPH + WIDTH] += self._units(space)
                last.append(offset + end)
        self.spans = spans(last, spaces, self.content) if shown else []

    def _units(self, space: int) -> int:
        return in_units(space, self.style["font_size"])
