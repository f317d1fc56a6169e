"""Makes the pages of a book: chapters first, then the front and the back matter, which tell the chapters' pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path

from digest import markup, notes, regions
from digest.addresses import address, of_file
from digest.cache import kept
from digest.contents import contents
from digest.errors import BrokenStyleError, SettingsError
from digest.glyphs import missing_glyphs, visible
from digest.model import Doubt, Edition
from digest.printing import assembly, emphasis, manuscript, metadata, running, type_area, typefaces
from digest.printing.compositors import Compositors
from digest.printing.parts import LaidOut, Leaf, Looks, Part, gathered
from digest.printing.placing import Placed, placed
from digest.style import TEMPLATES, Style, packaged_fonts
from digest.subset import characters

CSS_FILES = ("book.css", "print.css")
STRUCTURE = TEMPLATES / "structure.css"
MARKERS = "0123456789.•◦▪‐-"  # what WeasyPrint writes itself before the items of a list, and where it breaks a word


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a PDF is for: CSS that comes last, whether it is tagged for screen readers, what it claims to be.

    Whoever changes it afterwards lets it say that then.
    """

    css: str = ""
    tagged: bool = True
    claims: metadata.Claims | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A book in pages: a PDF file, and what could not be set as it should be.

    `margins` are the white at the spine and at the outer edge, in points.
    """

    pdf: bytes
    doubts: tuple[Doubt, ...]
    margins: tuple[float, float]


def bound(edition: Edition, style: Style, purpose: Purpose = Purpose()) -> Bound:
    """Set the book and put its pages together.

    Raises LibraryMissingError without Pango, PictureError for a picture that cannot be decoded, and BrokenStyleError
    where WeasyPrint rejects anything of the style.
    """
    edition, doubts = markup.printable(edition)
    edition = _dotted(notes.linked_in_one_file(edition, contents(edition)))
    languages = {edition.language, *(article.language for article in edition.articles)}
    style = replace(style, fonts=regions.with_regional(style.fonts, languages))
    doubts = (*doubts, *regions.without_regional(edition, style.fonts))
    sheets = manuscript.sheets(edition, style)
    chapters = [*manuscript.chapters(sheets)]
    front, back = ([*manuscript.matter(sheets, name)] for name in ("front", "back"))
    setters = Compositors(_looks(style, purpose, [*chapters, *front, *back]))
    binder = assembly.Binder(_titles(sheets))
    set_parts = setters.laid_out([*chapters, *front, *back])
    laid = [binder.add(part) for part in islice(set_parts, len(chapters))]
    number_of = _numbers(laid)
    matter = [*_with_numbers([*front, *back], [*set_parts], setters, sheets, number_of)]
    before = [binder.add(part, at, number_of) for at, part in enumerate(matter[: len(front)])]
    parts = [*before, *laid, *(binder.add(part, None, number_of) for part in matter[len(front) :])]
    said = metadata.SILENT if purpose.claims is None else metadata.said(edition, purpose.claims)
    pdf = _finished(binder, len(before), setters, sheets, Known(number_of, said))
    missing = {character for part in parts for character in part.missing}
    too_wide = [anchor for part in parts for anchor in part.too_wide]
    doubts = (*doubts, *_wide_tables(edition, too_wide), *missing_glyphs(edition, missing))
    return Bound(pdf, doubts, laid[0].margins if laid else (0.0, 0.0))


def _dotted(edition: Edition) -> Edition:
    chapters = (
        replace(chapter, articles=tuple(map(emphasis.dotted, chapter.articles))) for chapter in edition.chapters
    )
    return replace(edition, chapters=tuple(chapters))


def _with_numbers(
    parts: Sequence[Part],
    laid: Sequence[LaidOut],
    setters: Compositors,
    sheets: manuscript.Sheets,
    number_of: Callable[[str], str],
) -> Iterator[LaidOut]:
    """Give the front and the back matter; once more where not all numbers can be filled in, as something moves then."""
    for part, made in zip(parts, laid, strict=True):
        if sorted(made.folios) == sorted(part.folios):
            yield made
        else:
            yield from setters.laid_out([*manuscript.matter(sheets, part.name, number_of)])


def _looks(style: Style, purpose: Purpose, parts: Sequence[Part]) -> Looks:
    """Give what all parts are set in; `parts` hold every character of the book."""
    width, height = style.paper
    structure = STRUCTURE.read_text(encoding="utf-8") + f"@page {{ size: {width}mm {height}mm }}\n"
    structure += _type_area(style)
    css = [(path.as_uri(), text) for name in CSS_FILES for path, text in style.css(name)]
    own = [(STRUCTURE.as_uri(), structure), *css, *([("", purpose.css)] if purpose.css else [])]
    strangers = _strangers(style, [*(part.characters for part in parts), *(text for _, text in own)])
    return Looks(tuple(own), dict(style.fonts), style.folders, strangers, purpose.tagged)


def _strangers(style: Style, texts: Iterable[str]) -> str:
    """Give the characters that no font has: each has to have one number in all parts."""
    there = [_characters(font, role) for role, font in sorted(style.fonts.items())]
    return "".join(sorted(visible({*MARKERS}.union(*texts)).difference(*there)))


def _characters(font: Path, role: str) -> str:
    """Give the characters of a font; raises BrokenStyleError for a file that is none."""

    def named(path: Path) -> bytes:
        return address("characters", str(path) if path in packaged_fonts() else of_file(path))

    (found,) = kept("characters", str, [font], named, lambda fonts: (_read(path, named(path)) for path in fonts))
    if not found:
        raise BrokenStyleError(f"the font of {role!r} is no OTF or TTF", where=font, remedy="take another one")
    return found


@cache
def _read(font: Path, _address: bytes) -> str:
    """Read a font, and again only where its file is another one by now."""
    return "".join(sorted(characters(font.read_bytes())))


def one_page(part: Part, style: Style, css: str) -> bytes:
    """Lay out a part that is no book, in the fonts of a style and its own CSS alone, and give it its fonts."""
    texts = [part.html, css, *(picture.decode("utf-8", "ignore") for picture in part.pictures.values())]
    sheets = ((style.folders[0].as_uri() + "/", css),)
    looks = Looks(sheets, style.fonts, style.folders, _strangers(style, texts), tagged=False)
    binder = assembly.Binder({})
    for laid in Compositors(looks).laid_out([part]):
        binder.add(laid)
    return binder.bound(typefaces.embedded(binder.volume, binder.faces))


def _type_area(style: Style) -> str:
    if not style.type_size:
        return ""
    try:
        return type_area.page_rules(style.paper, *style.type_size)
    except ValueError as error:
        raise SettingsError(f"the paper is too small: {error}", remedy="take a larger one, or smaller text") from None


def _numbers(chapters: Sequence[LaidOut]) -> Callable[[str], str]:
    """Tell the page on which an anchor stands, as it is printed: the text begins with page 1."""
    pages = {
        anchor: place.start + page + 1 for place in placed(chapters) for anchor, page in place.part.anchors.items()
    }
    return lambda anchor: running.counted(pages[anchor])


def _titles(sheets: manuscript.Sheets) -> dict[str, str]:
    """Give the title that stands at each anchor of the contents."""
    entries = (entry for chapter in sheets.context["contents"] for entry in (chapter, *chapter.children))
    return {entry.anchor: entry.title for entry in entries}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when all pages are there: the number of an anchor's page, and what the file says of itself."""

    number_of: Callable[[str], str]
    said: metadata.Said


def _finished(
    binder: assembly.Binder, fronts: int, setters: Compositors, sheets: manuscript.Sheets, known: Known
) -> bytes:
    """Draw what stands in the margins, and bind the book with its fonts; `fronts` parts come before the text."""
    places = binder.places
    front = places[fronts].start if len(places) > fronts else 0
    pages = [*running.numbered(_counted(places, front))]
    kinds = {page.leaf.kind for page in pages if page}
    names = {name for page in pages if page for name, _ in page.leaf.strings}
    heads = setters.running(kinds, names, sheets.edition.language)
    set_in = binder.faces.values()
    pen = running.Pen(sheets.style.fonts, gathered([*set_in, *heads.faces]).values())
    beneath = [_beneath(page, heads, len(pages), pen, known.number_of) for page in pages]
    fonts = typefaces.embedded(binder.volume, gathered([*set_in, *pen.used]))
    return binder.bound(fonts, assembly.Drawn(beneath, [face.key for face in pen.used]), front, known.said)


def _beneath(
    page: running.Numbered | None,
    heads: running.Running,
    pages: int,
    pen: running.Pen,
    number_of: Callable[[str], str],
) -> bytes:
    """Draw what stands in the margins of a page; on a blank one nothing does."""
    boxes = heads.boxes.get((page.leaf.kind, page.side), ()) if page else ()
    return running.drawn(page, boxes, pages, pen, number_of) if page else b""


def _counted(places: Sequence[Placed], front: int) -> Iterator[tuple[Leaf | None, int]]:
    """Give each page and its number: the front matter has its own, and the text begins with 1."""
    leaves: list[Leaf | None] = []
    for place in places:
        leaves.extend([None] * (place.start - len(leaves)))
        leaves.extend(place.part.leaves)
    return ((leaf, at + 1 - (front if at >= front else 0)) for at, leaf in enumerate(leaves))


def _wide_tables(edition: Edition, anchors: Sequence[str]) -> Iterator[Doubt]:
    """Name the articles whose tables are wider than the page."""
    for number, article in enumerate(edition.articles, start=1):
        if f"article-{number}" in anchors:
            origin = article.origin
            what = "a table is wider than the page, and its words are broken anywhere"
            yield Doubt("table-too-wide", f"{origin.source}:{origin.first}: {what}", origin.first)
