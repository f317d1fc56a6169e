"""Draws pages into the objects of a PDF, without fonts or an outline, and notes what each font is used for.

Every part would bring a subset of its own: a book of twenty parts had 12 MB of fonts. Source: WeasyPrint 70,
weasyprint.pdf.build_fonts_dictionary, and Font.get_unused_glyph_id, whose numbers depend on what came before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.errors import BrokenStyleError
from digest.printing.folios import drawer_of
from digest.printing.gathering import Folio
from digest.printing.parts import Face, Looks
from digest.typesetting.exchange import exchanged

if TYPE_CHECKING:
    from weasyprint import Document

DIRECTORY = 4096  # bytes; a table takes 16 in a font's directory, and fonts have fifty at most


@dataclass(frozen=True, slots=True)
class Drawing:
    """Pages as a PDF of pydyf, how each font has been used in them, and to which anchors of the part links lead."""

    pdf: Any
    faces: tuple[Face, ...]
    asked: frozenset[str]


class Drawer:
    """Draws the pages of a part, stretch by stretch.

    `files` are those of the fonts, by what `beginning` gives of them.
    """

    def __init__(self, looks: Looks, files: Mapping[tuple[int, bytes], Path]) -> None:
        self._looks = looks
        self._files = files
        self._known: dict[Any, Any] = {}
        self._asked: set[str] = set()

    def drawn(self, document: Document, awaited: Mapping[Any, Folio], *, tagged: bool) -> Drawing:
        """Draw some pages, and note the structure of their text.

        Of the texts that are the numbers `awaited` only the place is noted, in their stream's `folios`.
        """
        from weasyprint import DEFAULT_OPTIONS
        from weasyprint.pdf import generate_pdf

        _link_once(document)
        document.fonts = {}
        self._asked.clear()
        with exchanged(self._ours(awaited)):
            pdf = generate_pdf(document, None, 1, **DEFAULT_OPTIONS | {"pdf_tags": tagged})
        faces = tuple(_face(font, self._files) for font in document.fonts.values())
        return Drawing(pdf, faces, frozenset(self._asked))

    def _ours(self, awaited: Mapping[Any, Folio]) -> tuple[tuple[Any, str, Any], ...]:
        """Give what WeasyPrint does otherwise for us while it draws."""
        import pydyf
        from weasyprint import draw, pdf
        from weasyprint.pdf import stream
        from weasyprint.pdf.fonts import Font

        from digest.typesetting import painting

        return (
            (pdf, "build_fonts_dictionary", lambda *_: pydyf.Dictionary()),
            (pdf, "add_outlines", lambda *_: ([], 0)),
            (pdf, "resolve_links", self._links),
            (stream, "Font", self._taken_up),
            (Font, "get_unused_glyph_id", self._stand_in),
            (painting, "draw_text", drawer_of(awaited, painting.draw_text)),
            (draw, "draw_text", drawer_of(awaited, draw.draw_text)),
        )

    def _taken_up(self, pango_font: Any, description: Any, size: float) -> Any:
        """Take a font up: its file is read once for all stretches, and each begins as if it had not been used."""
        from weasyprint.pdf.fonts import Font
        from weasyprint.text.ffi import pango

        key = pango.pango_font_description_hash(description)
        if key not in self._known:
            self._known[key] = Font(pango_font, description, size)
            self._known[key].ascent, self._known[key].descent = _heights(self._known[key])
        font = self._known[key]
        font.widths, font.to_unicode, font.missing = {}, {}, {}
        return font

    @property
    def _stand_in(self) -> Any:
        """A character without a glyph gets one number in all parts."""

        def stand_in(font: Any, codepoint: int) -> int:
            if chr(codepoint) not in self._looks.strangers:
                what = f"no font has U+{codepoint:04X}, which the style makes of other text"
                remedy = "write it as itself in the template or the CSS, or bring a font that has it"
                raise BrokenStyleError(what, where=self._looks.folders[0], remedy=remedy)
            number: int = font.glyph_count + self._looks.strangers.index(chr(codepoint))
            font.missing[codepoint] = number
            return number

        return stand_in

    def _links(self, pages: Any) -> Iterator[tuple[list[Any], list[tuple[str, float, float]]]]:
        """Give the links and the anchors of each page; whether each leads somewhere, the last page shows."""
        known: set[str] = set()
        for page in pages:
            self._asked.update(target for kind, target, *_ in page.links if kind == "internal")
            here = [(name, x, y) for name, (x, y, *_) in page.anchors.items() if name not in known]
            known.update(name for name, *_ in here)
            yield page.links, here


def _link_once(document: Document) -> None:
    """Keep the links of `a` itself: WeasyPrint 70 links what stands inside it once more, which PDF/UA refuses."""
    for page in document.pages:
        page.links = [link for link in page.links if link[3].link]


def beginning(path: Path) -> tuple[int, bytes]:
    """Tell fonts apart by their size and the directory of their tables, in which each has its checksum."""
    with path.open("rb") as file:
        return path.stat().st_size, file.read(DIRECTORY)


def _face(font: Any, files: Mapping[tuple[int, bytes], Path]) -> Face:
    file = files.get((len(font.file_content), font.file_content[:DIRECTORY]))
    return Face(
        key=font.hash,
        name=font.name.decode().removeprefix("/"),
        family=font.family,
        file=file,
        data=b"" if file else font.file_content,
        ascent=font.ascent,
        descent=font.descent,
        flags=font.flags,
        weight=int(font.weight),
        index=font.index,
        glyph_count=font.glyph_count,
        variations=tuple(sorted(font.variations.items())),
        widths=dict(font.widths),
        texts=dict(font.to_unicode),
        strangers={chr(codepoint): number for codepoint, number in font.missing.items()},
    )


def _heights(font: Any) -> tuple[int, int]:
    """Give a font's ascent and descent in thousandths of an em, which Pango rounds by the size it is first used in."""
    import uharfbuzz

    sized = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(font.file_content), font.index))
    sized.set_variations(font.variations | {"wght": float(font.weight)})
    extents = sized.get_font_extents("ltr")
    return round(extents.ascender * 1000 / font.upem), round(extents.descender * 1000 / font.upem)
