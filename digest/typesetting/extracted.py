"""Keeps the text of a PDF as it is where glyphs stand so far apart that a reader of it would guess a space."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

# Poppler and pdf.js take a tenth of an em for a space, pdfium an eighth at the latest; in thousandths of an em.
GUESSED = 95
GLYPH = 4  # the digits of a glyph in a PDF's text
PART = re.compile(r"<([0-9a-f]*)>|([^<>]+)")


@dataclass(frozen=True, slots=True)
class Span:
    """The glyphs of a line, from the first to the last, and the text that they stand for."""

    first: int
    last: int
    text: str


def spans(ends: list[int], after: dict[int, int], text: str) -> list[Span]:
    """Give the glyphs that stand apart, with the one behind each.

    `ends` are those of the glyphs' characters in UTF-8, and `after` is what is added behind a byte.
    """
    found: list[tuple[int, int]] = []
    encoded = text.encode()
    for glyph, end in enumerate(ends[:-1]):
        if after.get(end, 0) < GUESSED or b" " in encoded[end - 1 : end + 1]:
            continue
        if found and found[-1][1] == glyph:
            found[-1] = (found[-1][0], glyph + 1)
        else:
            found.append((glyph, glyph + 1))
    starts = [0, *ends]
    return [Span(first, last, encoded[starts[first] : ends[last]].decode()) for first, last in found]


def spans_of_characters(text: str, after: list[int]) -> list[Span]:
    """Give the glyphs that stand apart of a line in which each character has one; `after` is what is behind each."""
    if max(after, default=0) < GUESSED:
        return []
    apart = [at for at, space in enumerate(after[:-1]) if space >= GUESSED and text[at] != " " and text[at + 1] != " "]
    found: list[Span] = []
    for at in apart:
        first = found.pop().first if found and found[-1].last == at else at
        found.append(Span(first, at + 1, text[first : at + 2]))
    return found


def begin(stream: Any, span: Span) -> None:
    """Begin a span that says which text it is (ISO 32000-1, 14.9.4, ActualText)."""
    hexadecimal = span.text.encode("utf-16-be").hex().upper()
    stream.begin_marked_content("Span", f"<</ActualText <FEFF{hexadecimal}>>>")


class Readable:
    """A content stream that says of each span which text it is."""

    def __init__(self, stream: Any, found: list[Span]) -> None:
        self._stream = stream
        self._starts = {span.first: span for span in found}
        self._ends = {span.last for span in found}
        self._glyph = 0
        self._open = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def show_text(self, text: str) -> None:
        """Show glyphs and the spaces between them, a span apart from what is around it."""
        waiting: list[str] = []
        for glyphs, space in PART.findall(text):
            if space:
                waiting.append(space)
            for index in range(0, len(glyphs), GLYPH):
                self._show(glyphs[index : index + GLYPH], waiting)
        self._flush(waiting)

    def _show(self, glyph: str, waiting: list[str]) -> None:
        if self._glyph in self._starts:
            self._flush(waiting)
            begin(self._stream, self._starts[self._glyph])
            self._open = True
        if waiting and waiting[-1].startswith("<"):
            waiting[-1] = f"{waiting[-1][:-1]}{glyph}>"
        else:
            waiting.append(f"<{glyph}>")
        if self._glyph in self._ends:
            self._flush(waiting)
            self.close()
        self._glyph += 1

    def close(self) -> None:
        """End a span whose last glyph was not shown, for example as it is a picture."""
        if self._open:
            self._open = False
            self._stream.end_marked_content()

    def _flush(self, waiting: list[str]) -> None:
        if waiting:
            self._stream.show_text("".join(waiting))
            waiting.clear()
