"""Draws pages into the objects of a PDF, without fonts or an outline, and notes what each font is used for.

Every part would bring a subset of its own: a book of twenty parts had 12 MB of fonts. Source: WeasyPrint 70,
weasyprint.pdf.build_fonts_dictionary, and Font.get_unused_glyph_id, whose numbers depend on what came before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


class Drawer:
    """Draws the pages of a part, stretch by stretch, in the same fonts.

    `files` are those of the fonts, by what `beginning` gives of them. `asked` are the anchors that links of the pages
    lead to.
    """

    def __init__(self, looks: Looks, files: Mapping[tuple[int, bytes], Path]) -> None:
        self._looks = looks
        self._files = files
        self._fonts: dict[Any, Any] = {}
        self.asked: set[str] = set()

    @property
    def faces(self) -> tuple[Face, ...]:
        """How each font has been used."""
        return tuple(_face(font, self._files) for font in self._fonts.values())

    def drawn(self, document: Document, awaited: Mapping[Any, Folio], *, tagged: bool) -> Any:
        """Give the objects of some pages, and of their structure, as a PDF of pydyf.

        Of the texts that are the numbers `awaited` only the place is noted, in their stream's `folios`.
        """
        from weasyprint import DEFAULT_OPTIONS
        from weasyprint.pdf import generate_pdf

        _link_once(document)
        document.fonts = self._fonts
        with exchanged(self._ours(awaited)):
            return generate_pdf(document, None, 1, **DEFAULT_OPTIONS | {"pdf_tags": tagged})

    def _ours(self, awaited: Mapping[Any, Folio]) -> tuple[tuple[Any, str, Any], ...]:
        """Give what WeasyPrint does otherwise for us while it draws."""
        import pydyf
        from weasyprint import draw, pdf
        from weasyprint.pdf.fonts import Font

        from digest.typesetting import painting

        return (
            (pdf, "build_fonts_dictionary", lambda *_: pydyf.Dictionary()),
            (pdf, "add_outlines", lambda *_: ([], 0)),
            (pdf, "resolve_links", self._links),
            (Font, "get_unused_glyph_id", self._stand_in),
            (painting, "draw_text", drawer_of(awaited, painting.draw_text)),
            (draw, "draw_text", drawer_of(awaited, draw.draw_text)),
        )

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
            self.asked.update(target for kind, target, *_ in page.links if kind == "internal")
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
