"""Writes an edition as a PDF: WeasyPrint sets the whole book as one document, in the fonts of the style alone."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from digest import markup, notes, pictures
from digest.contents import contents
from digest.context import book_context
from digest.errors import BrokenStyleError, LibraryMissingError
from digest.fonts import only_fonts
from digest.glyphs import missing_glyphs
from digest.model import Doubt, Edition
from digest.style import TEMPLATES, Style

if TYPE_CHECKING:
    from weasyprint import Document

SUFFIX = ".pdf"
CSS_FILES = ("book.css", "print.css")
STRUCTURE = TEMPLATES / "structure.css"
PANGO = "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
MISSING_GLYPH = ".notdef glyph"  # how WeasyPrint's warning of a character without a font begins
ROUNDING = 0.5  # CSS pixels
PLATE = "plate"  # the scheme of our pictures' addresses: they are in memory, and no file is named by them
FILE_LIMIT = 50_000_000  # bytes; the largest font in use, with room


@dataclass(frozen=True, slots=True)
class Complaint:
    """A warning or an error of WeasyPrint; `missing` is the character of a missing-glyph warning."""

    text: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """The whole book as HTML, and the bytes of each picture that it shows, by its address."""

    html: str
    plates: Mapping[str, bytes]


def write(edition: Edition, style: Style, path: Path) -> tuple[Doubt, ...]:
    """Write the PDF to `path`; the doubts are those of `markup.printable`, and others for each article.

    These are "missing-glyph", and "table-too-wide" for a table whose words had to be broken anywhere.
    Raises LibraryMissingError without Pango, PictureError for a picture that cannot be decoded, and BrokenStyleError
    where WeasyPrint rejects anything of the style: it would only log it, and set a book without it.
    """
    edition, doubts = markup.printable(edition)
    edition = notes.linked_in_one_file(edition, contents(edition))
    plates = pictures.plates(edition, pictures.room_on(style.paper), f"{PLATE}:")
    context = book_context(edition, href=lambda anchor: f"#{anchor}") | {"plates": plates, "in_print": True}
    book = Book(style.render("book.html", **context), {plate.src: plate.data for plate in plates.values()})
    with only_fonts(style.fonts), _listening() as complaints:
        weasyprint = _weasyprint()
        with _own_files_only(style):
            document, too_wide = _with_tables_that_fit(book, style, weasyprint, complaints)
            document.write_pdf(path, pdf_tags=True)
        _refuse(complaints, style)
    missing = {complaint.missing for complaint in complaints if complaint.missing}
    return (*doubts, *_wide_tables(edition, too_wide), *missing_glyphs(edition, missing))


def _with_tables_that_fit(
    book: Book, style: Style, weasyprint: Any, complaints: list[Complaint]
) -> tuple[Document, tuple[str, ...]]:
    """Lay the book out, and once more if a table leaves its page: inside its articles (named) cells break anywhere."""
    document = _lay_out(book, style, weasyprint, complaints)
    too_wide = tuple(dict.fromkeys(_articles_with_wide_tables(document))) if "<table" in book.html else ()
    if too_wide:
        cells = ", ".join(f"#{anchor} td, #{anchor} th" for anchor in too_wide)
        document = _lay_out(book, style, weasyprint, complaints, f"{cells} {{ overflow-wrap: anywhere }}")
    return document, too_wide


def _articles_with_wide_tables(document: Document) -> Iterator[str]:
    """Give the anchor of the article of each table that is wider than what it stands in."""
    for page in document.pages:
        # WeasyPrint offers no boxes: test_a_table_that_cannot_fit_is_a_doubt fails when this attribute goes.
        boxes: list[tuple[Any, str, float]] = [(page._page_box, "", 0)]
        while boxes:
            box, anchor, room = boxes.pop()
            if box.element_tag == "article" and box.element is not None:
                anchor = box.element.get("id", anchor)
            if anchor and box.element_tag == "table" and box.width > room + ROUNDING:
                yield anchor
            boxes.extend((child, anchor, box.width) for child in getattr(box, "children", ()))


def _lay_out(book: Book, style: Style, weasyprint: Any, complaints: list[Complaint], more: str = "") -> Document:
    """Break the book into lines and pages; `more` is CSS that comes last.

    This is the place for flush Chinese lines: WeasyPrint stretches spaces only (its issue 2269), so print.css asks
    for no justification yet.
    """
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    fetcher = _fetcher(style, book.plates)
    sheets = [weasyprint.CSS(string=STRUCTURE.read_text(encoding="utf-8") + _page_size(style), font_config=fonts)]
    for path, css in (sheet for name in CSS_FILES for sheet in style.css(name)):
        sheets.append(weasyprint.CSS(string=css, base_url=path.as_uri(), url_fetcher=fetcher, font_config=fonts))
        _refuse(complaints, style, path)
    sheets.append(weasyprint.CSS(string=more, font_config=fonts))
    page = weasyprint.HTML(string=book.html, base_url=style.folders[0].as_uri() + "/", url_fetcher=fetcher)
    return page.render(font_config=fonts, stylesheets=sheets)


@contextmanager
def _own_files_only(style: Style) -> Iterator[None]:
    """Turn what `_fetcher` refuses into an error of the style."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as error:
        remedy = "a style uses the files of its own folder"
        raise BrokenStyleError(str(error), where=style.folders[0], remedy=remedy) from None


def _page_size(style: Style) -> str:
    width, height = style.paper
    return f"@page {{ size: {width}mm {height}mm }}"


def _weasyprint() -> Any:  # WeasyPrint has no types
    try:
        # Without Pango it prints a banner of several lines, on stdout.
        with redirect_stdout(StringIO()):
            import weasyprint
    except OSError as error:
        what = str(error).strip().splitlines()[0]
        raise LibraryMissingError(
            f"a PDF needs Pango, which is not there ({what})", remedy=f"as root: {PANGO}"
        ) from None
    return weasyprint


@contextmanager
def _listening() -> Iterator[list[Complaint]]:
    """Collect what WeasyPrint logs while the block runs; none of it reaches the terminal, none of it is lost."""
    complaints: list[Complaint] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            text = record.getMessage()
            found = re.search(r"\(U\+([0-9A-F]+)\)$", text) if text.startswith(MISSING_GLYPH) else None
            complaints.append(Complaint(text, chr(int(found[1], 16)) if found else ""))

    logger, ear = logging.getLogger("weasyprint"), Ear(logging.WARNING)
    before = logger.propagate, logger.level
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    logger.addHandler(ear)
    try:
        yield complaints
    finally:
        logger.removeHandler(ear)
        logger.propagate = before[0]
        logger.setLevel(before[1])


def _refuse(complaints: list[Complaint], style: Style, path: Path | None = None) -> None:
    """Turn the first complaint that is not about a glyph into an error; `path` is the style sheet just read."""
    for complaint in complaints:
        if not complaint.missing:
            line = re.search(r" at (\d+):\d+", complaint.text)
            where = f"{path}:{line[1]}" if path and line else path or style.folders[0]
            raise BrokenStyleError(complaint.text, where=where, remedy="WeasyPrint's documentation lists what it knows")


def _wide_tables(edition: Edition, anchors: tuple[str, ...]) -> Iterator[Doubt]:
    """Name the articles whose tables are wider than the page."""
    for number, article in enumerate(edition.articles, start=1):
        if f"article-{number}" in anchors:
            origin = article.origin
            what = "a table is wider than the page, and its words are broken anywhere"
            yield Doubt("table-too-wide", f"{origin.source}:{origin.first}: {what}", origin.first)


def _fetcher(style: Style, plates: Mapping[str, bytes]) -> Any:
    """Serve the files of a style, a book's plates, and data: URLs.

    WeasyPrint lets every other exception than a fatal one pass.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url in plates:
                return URLFetcherResponse(url, plates[url])
            parts = urlsplit(url)
            if parts.scheme == "data":
                return super().fetch(url, headers)
            path = Path(unquote(parts.path))
            if parts.scheme != "file" or parts.netloc or not style.holds(path):
                raise FatalURLFetchingError(f"{url} is not of this style")
            if not path.is_file() or path.stat().st_size > FILE_LIMIT:
                raise FatalURLFetchingError(f"{url} is no file, or too large")
            return URLFetcherResponse(url, path.read_bytes())

    return OwnFiles(allowed_protocols=("data",))
