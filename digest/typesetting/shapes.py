"""Texts that Pango has shaped once: their lines are cut from them, and drawn without asking it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, gobject, pango

from digest.typesetting.extracted import Span, begin, spans_of_characters
from digest.typesetting.spaces import EM

ffi.cdef("gpointer g_object_ref (gpointer object);", override=True)

Glyph = tuple[str, str]  # in hexadecimal, and the space behind it as PDF writes it, if there is any


def in_units(space: int, size: float) -> int:
    """Give thousandths of an em in Pango's units, away from zero, as WeasyPrint cuts fractions off again."""
    units: float = space * size * TO_UNITS / EM
    return ceil(units) if units > 0 else floor(units)


class Font:
    """A font of Pango in one size: how its glyphs are written into a PDF, each looked up once."""

    def __init__(self, pointer: Any, size: float) -> None:
        self.pointer = ffi.gc(gobject.g_object_ref(pointer), gobject.g_object_unref)
        self.size = size
        self._advances: dict[int, int] = {}
        self._rectangle = ffi.new("PangoRectangle *")
        self._fonts: Any = None  # those of the document that is drawn
        self._drawn: Any = None
        self._drawn_size = 0.0
        self._is_plain = False
        self._glyphs: dict[tuple[str, int, int, int], Glyph] = {}

    def advance(self, code: int) -> int:
        """Give how wide a glyph is in Pango's units when nothing stands beside it."""
        if code not in self._advances:
            pango.pango_font_get_glyph_extents(self.pointer, code, ffi.NULL, self._rectangle)
            self._advances[code] = self._rectangle.width
        return self._advances[code]

    def drawn(self, stream: Any) -> tuple[Any, float]:
        """Give WeasyPrint's font, and the size that it has in a PDF."""
        if self._fonts is not stream._fonts:
            self._fonts = stream._fonts
            self._glyphs.clear()
            self._drawn, self._drawn_size = stream.add_font(self.pointer)
            self._is_plain = not any(getattr(self._drawn, kind) for kind in ("bitmap", "png", "svg", "colr"))
        return self._drawn, self._drawn_size

    def is_plain(self, stream: Any) -> bool:
        """Whether glyphs are outlines, and nothing but that."""
        self.drawn(stream)
        return self._is_plain

    def glyphs(self, characters: Iterator[tuple[str, int, int, int]]) -> list[Glyph]:
        """Give how glyphs are written: of each the character, its code and width, and the space added behind it."""
        known = self._glyphs
        return [known.get(character) or self._noted(character) for character in characters]

    def _noted(self, character: tuple[str, int, int, int]) -> Glyph:
        char, code, width, space = character
        found = self._glyphs[character] = self._glyph(char, code, width + in_units(space, self.size), 0)
        return found

    def led(self, lead: int, char: str, code: int, width: int, space: int) -> tuple[str, Glyph]:
        """Give the space before the first glyph of a line, and the glyph."""
        # WeasyPrint takes an offset for thousandths, not for Pango's 1024ths.
        offset = round(in_units(lead, self.size) * EM * FROM_UNITS) / self._drawn_size
        width += in_units(lead, self.size) + in_units(space, self.size)
        return str(-offset), self._glyph(char, code, width, offset)

    def _glyph(self, char: str, code: int, width: int, offset: float) -> Glyph:
        """Note a glyph, and give it with what its width differs by: weasyprint.draw.text.draw_first_line, 70.0."""
        font, size = self._drawn, self._drawn_size
        font.to_unicode.setdefault(code, char)
        if code not in font.widths:
            font.widths[code] = round(self.advance(code) * 1000 * FROM_UNITS / size)
        kerning = font.widths[code] + offset - width * 1000 * FROM_UNITS / size
        return f"{code:04x}", str(int(kerning)) if kerning else ""


@dataclass(frozen=True, slots=True)
class Shape:
    """The glyphs of a text, one for each character; widths in Pango's units; where each of its fonts ends."""

    codes: list[int]
    units: list[int]
    fonts: list[tuple[int, Font]]

    def fonts_of(self, start: int, stop: int) -> list[tuple[int, Font]]:
        """Give the fonts of a line, each with where it ends in it."""
        found: list[tuple[int, Font]] = []
        for end, font in self.fonts:
            if end > start:
                if found and found[-1][1] is font:
                    found.pop()
                found.append((min(end, stop) - start, font))
            if end >= stop:
                break
        return found

    def is_cut_clean(self, start: int, stop: int, fonts: list[tuple[int, Font]]) -> bool:
        """Whether glyphs stand alone as they stand between those beside them: no kerning reaches across a cut."""
        if start and self.units[start] != fonts[0][1].advance(self.codes[start]):
            return False
        return stop == len(self.codes) or self.units[stop - 1] == fonts[-1][1].advance(self.codes[stop - 1])


@dataclass(frozen=True, slots=True)
class Shaped:
    """What Pango says of a text: widths in CSS pixels, where Unicode lets lines end, and its shape if it is plain."""

    widths: list[float]
    breaks: list[bool]
    shape: Shape | None


class CutLine:
    """A line that is cut from a shaped text, with space added in front of it and behind each of its characters.

    It stands where WeasyPrint has a layout of Pango, and answers what that would be asked for.
    """

    first_line_direction = 0  # from left to right
    justification_spacing = 0.0
    max_width: float | None = None
    is_spaced = True  # by our rules; a word that stands alone has no spaces

    def __init__(self, text: str, size: float, shape: Shape, start: int, lead: int, after: list[int]) -> None:
        self.content = self.text = text
        self.lead, self.after = lead, after
        self.widths: Sequence[float] = ()
        self.stretches: Sequence[bool] = ()
        self.stretches_before = False
        self.height = self.baseline = 0.0
        self.size = size
        stop = start + len(text)
        self.codes, self.units = shape.codes[start:stop], shape.units[start:stop]
        self.fonts = shape.fonts_of(start, stop)

    @property
    def width(self) -> float:
        """How wide the line is with its spaces."""
        return sum(self.units) * float(FROM_UNITS) + (self.lead + sum(self.after)) * self.size / EM

    def reactivate(self, style: Any) -> None:
        """Do nothing: there is no layout to be made again."""

    def deactivate(self) -> None:
        """Do nothing: there is no layout to be let go."""

    def is_drawn_plainly(self, stream: Any) -> bool:
        """Whether glyphs of all its fonts are outlines, and nothing but that."""
        return all(font.is_plain(stream) for _, font in self.fonts)

    def draw(self, stream: Any, x: float, y: float) -> None:
        """Draw the line from a place on, and say which text a span is where a reader would guess a space in it."""
        stream.set_text_matrix(1, 0, 0, -1, x, y)
        spans, start = spans_of_characters(self.text, self.after), 0
        for end, font in self.fonts:
            drawn, size = font.drawn(stream)
            stream.set_font_size(drawn.hash, size)
            each = zip(
                self.text[start:end], self.codes[start:end], self.units[start:end], self.after[start:end], strict=True
            )
            glyphs = font.glyphs(each)
            before = ""
            if self.lead and not start:
                before, glyphs[0] = font.led(self.lead, self.text[0], self.codes[0], self.units[0], self.after[0])
            show(stream, before, glyphs, start, [span for span in spans if span.first < end and start <= span.last])
            start = end


def show(stream: Any, before: str, glyphs: list[Glyph], start: int, spans: list[Span]) -> None:
    """Show the glyphs of a font, and the spaces between them, each span apart from what is around it."""
    at, end, shown = start, start + len(glyphs), before
    for span in spans:
        if at <= span.first:
            shown = flushed(stream, shown + written(glyphs[at - start : span.first - start]))
            at = span.first
            begin(stream, span)
        last = min(span.last, end - 1)
        code, space = glyphs[last - start]
        shown += written(glyphs[at - start : last - start]) + f"<{code}>"
        if last == span.last:
            shown = flushed(stream, shown)
            stream.end_marked_content()
        shown += space
        at = last + 1
    flushed(stream, shown + written(glyphs[at - start :]))


def written(glyphs: list[Glyph]) -> str:
    """Give glyphs and their spaces as PDF writes them."""
    return f"<{''.join([f'{code}>{space}<' if space else code for code, space in glyphs])}>"


def flushed(stream: Any, shown: str) -> str:
    """Show what was written so far; nothing is left."""
    if shown := shown.replace("<>", "").replace("><", ""):
        stream.show_text(shown)
    return ""
