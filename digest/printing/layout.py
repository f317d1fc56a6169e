"""Breaks a part of a book into lines and pages with WeasyPrint, and writes them without fonts."""

from __future__ import annotations

import ctypes.util
import gc
import logging
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from copy import copy
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from digest import typesetting
from digest.apprentice import APPRENTICE
from digest.errors import BrokenStyleError, LibraryMissingError
from digest.printing import folding, reading
from digest.printing.drawing import Drawer, beginning
from digest.printing.folios import CLASS, awaited, is_folio, texts
from digest.printing.gathering import Folio
from digest.printing.later import later
from digest.printing.parts import Bookmark, Face, LaidOut, Leader, Leaf, Looks, Part
from digest.printing.stretches import FIRST, Errand, Known, Run, Stretch

if TYPE_CHECKING:
    from weasyprint import Document

    from digest.printing.paging import Pages

PANGO = "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
MISSING_GLYPH = ".notdef glyph"  # how WeasyPrint's warning of a character without a font begins
ROUNDING = 0.5  # CSS pixels
FILE_LIMIT = 50_000_000  # bytes; the largest font in use, with room
POINT = 0.75  # of a CSS pixel
TABLE = "<table"  # how one begins
# How a sheet asks for notes of WeasyPrint's own: `float: footnote`, `position: note(…)`, `@footnote`, `::note-call`.
NOTES = re.compile(r"footnote|\bnote\(|note-")
LIST_ITEM = "list-item"  # what has a marker though HTML gives it none
# What WeasyPrint 70 cuts fonts with when it writes a PDF with them, for want of HarfBuzz or for variable fonts: fonts
# are cut by `typefaces` here, and to import these takes a quarter of all the time that WeasyPrint's import does.
SELDOM = ("fontTools.subset", "fontTools.varLib.instancer")


@dataclass(frozen=True, slots=True)
class Complaint:
    """A warning or an error of WeasyPrint; `missing` is the character of a missing-glyph warning."""

    text: str
    missing: str = ""


class Setter:
    """Lays parts out, one after the other, in the same looks: fonts and style sheets are read once.

    Pango knows the style's fonts alone while `digest.fonts.only_fonts` holds.
    """

    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self._weasyprint = weasyprint()
        _read_font_rules()
        from weasyprint.text.fonts import FontConfiguration

        self._fonts = FontConfiguration()
        self._pictures: dict[str, bytes] = {}
        self._fetcher = _fetcher(looks.folders, self._pictures)
        self._sheets = [self._read(base, css) for base, css in looks.sheets]
        self._bare = [_without_margin_boxes(copy(sheet)) for sheet in self._sheets]
        self._html = _html_of(looks)
        self._files = {beginning(path): path for path in looks.fonts.values()}

    def lay_out(self, errand: Errand, frame: bytes = b"") -> Run:
        """Lay out what is asked of a part, and once more if a table leaves its page: its cells break anywhere then.

        `frame` names all that the part is made from but its text; without, no stretch is told by its own text. There
        are no stretches where a piece cannot be laid out by itself. Raises BrokenStyleError for whatever WeasyPrint
        rejects: it would only log it, and set a book without it.
        """
        self._pictures.clear()
        self._pictures.update(errand.part.pictures)
        words = _dictionary(errand.words)
        with _collected_at_the_end(), own_files_only(self.looks.folders), typesetting.chinese(words=words) as forget:
            found = self._set(errand, frame, forget)
            if too_wide := tuple(dict.fromkeys(anchor for each in found for anchor in _too_wide(each))):
                cells = ", ".join(f"#{anchor} td, #{anchor} th" for anchor in too_wide)
                again = self._set(errand, frame, forget, f"{cells} {{ overflow-wrap: anywhere }}")
                found = [_told(each, () if at else too_wide) for at, each in enumerate(again)]
        return tuple(found)

    def _set(self, errand: Errand, frame: bytes, forget: Callable[[], None], more: str = "") -> list[Stretch]:
        from digest.printing.errands import done
        from digest.printing.paging import Pages, Paging, Unsettled

        part, drawer = errand.part, Drawer(self.looks, self._files)
        with listening() as complaints:

            def drawn(pages: Pages) -> LaidOut:
                laid = self._drawn(part, pages, drawer, complaints)
                forget()
                return laid

            page, sheets = self._page(part.html, self._bare, more)
            try:
                return [*done(errand, Paging(page, self._fonts, sheets), frame, drawn)]
            except Unsettled:
                complaints.clear()
            if errand.begins != FIRST or errand.piece:
                return []
            whole = Pages(self._render(part.html, self._bare, more), FIRST, None, ())
            return [Stretch(Known(b"", FIRST, None, ()), drawn(whole))]

    def _drawn(self, part: Part, stretch: Pages, drawer: Drawer, complaints: list[Complaint]) -> LaidOut:
        """Draw the pages of a stretch, and let go of them."""
        pages = stretch.document.pages
        numbers = awaited(pages, part) if part.folios else {}
        drawing = drawer.drawn(stretch.document, numbers, tagged=self.looks.tagged)
        refuse(complaints, self.looks.folders)
        laid = LaidOut(
            part.name,
            (folding.folded(drawing.pdf, ".".join([part.name, *map(str, stretch.begins.way)])),),
            tuple(_leaf(page, numbers, has_folios=CLASS in part.html) for page in pages),
            tuple(_bookmarks(stretch.document)),
            {name: number for number, page in reversed([*enumerate(pages)]) for name in page.anchors},
            _margins(pages[0]._page_box),
            faces=drawing.faces,
            missing=frozenset(complaint.missing for complaint in complaints),
            too_wide=tuple(dict.fromkeys(_articles_with_wide_tables(stretch.document)))
            if "<table" in part.html
            else (),
            folios=tuple(folio.anchor for folio in numbers.values()),
            asked=drawing.asked,
        )
        complaints.clear()
        pages.clear()
        return laid

    def specimen(self, html: str) -> tuple[Document, tuple[Face, ...]]:
        """Lay out pages with their margin boxes; give the faces that they are set in, too."""
        drawer = Drawer(self.looks, self._files)
        with listening() as complaints, own_files_only(self.looks.folders):
            document = self._render(html, self._sheets)
            drawing = drawer.drawn(document, {}, tagged=False)
        refuse(complaints, self.looks.folders)
        return document, drawing.faces

    def _read(self, base: str, css: str) -> Any:
        from digest.typesetting.matching import next_ones_alone

        with listening() as complaints, next_ones_alone():
            sheet = self._weasyprint.CSS(string=css, base_url=base, url_fetcher=self._fetcher, font_config=self._fonts)
        refuse(complaints, self.looks.folders, base)
        return sheet

    def _page(self, html: str, sheets: Sequence[Any], more: str = "") -> tuple[Any, list[Any]]:
        """Give WeasyPrint's HTML, and the sheets that go with it."""
        base = self.looks.folders[0].as_uri() + "/"
        is_bare = sheets is self._bare and LIST_ITEM not in html
        kind = self._html if is_bare else self._weasyprint.HTML
        extra = [self._weasyprint.CSS(string=more, font_config=self._fonts)] if more else []
        return reading.page(kind, html, base, self._fetcher), [*sheets, *extra]

    def _render(self, html: str, sheets: Sequence[Any], more: str = "") -> Document:
        page, sheets = self._page(html, sheets, more)
        return page.render(font_config=self._fonts, stylesheets=sheets)


def _too_wide(stretch: Stretch) -> Sequence[str]:
    return stretch.laid.too_wide if stretch.laid else ()


def _told(stretch: Stretch, too_wide: tuple[str, ...]) -> Stretch:
    """Let a stretch tell of these tables, not of those that are too wide still."""
    return replace(stretch, laid=replace(stretch.laid, too_wide=too_wide)) if stretch.laid else stretch


def prepare() -> None:
    """Load all that laying out needs, which takes as long as some pages do."""
    weasyprint()
    from digest.printing import errands  # noqa: F401

    with typesetting.chinese():  # which loads what it replaces
        pass


def _read_font_rules() -> None:
    """Make fontconfig read the rules that FONTCONFIG_FILE names: Pango 1.50 goes by those of the process's first book.

    Its FreeType font map looks for faces in the configuration that it is given, and substitutes names by the current
    one (pangoft2-fontmap.c, pango_ft2_font_map_default_substitute).
    """
    from weasyprint.text.ffi import ffi, fontconfig

    ffi.cdef("FcBool FcInitReinitialize (void);", override=True)
    fontconfig.FcInitReinitialize()


def weasyprint() -> Any:
    """Import WeasyPrint, which has no types; raises LibraryMissingError without Pango."""
    try:
        # Without Pango it prints a banner of several lines, on stdout.
        with redirect_stdout(StringIO()), _found_at_once(), later(SELDOM):
            import weasyprint
    except OSError as error:
        what = str(error).strip().splitlines()[0]
        raise LibraryMissingError(
            f"a PDF needs Pango, which is not there ({what})", remedy=f"as root: {PANGO}"
        ) from None
    return weasyprint


@contextmanager
def _found_at_once() -> Iterator[None]:
    """Let libraries be found by the names that they have on Linux, which WeasyPrint 70 tries after three others.

    For each name before, ctypes would ask ldconfig, gcc and ld where such a library is: a tenth of a second.
    """
    if sys.platform != "linux":
        yield
        return

    def unasked(name: str) -> str | None:  # noqa: ARG001
        return None

    before = ctypes.util.find_library
    ctypes.util.find_library = unasked
    try:
        yield
    finally:
        ctypes.util.find_library = before


@contextmanager
def _collected_at_the_end() -> Iterator[None]:
    """Let Python look for circles of garbage once a part is laid out: pages that are drawn are in none of them.

    What was there before is passed over.
    """
    was_on = gc.isenabled()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()
        if was_on:
            gc.enable()


def _dictionary(known: Mapping[str, Sequence[str]]) -> Callable[[str], Sequence[str]]:
    """Give what parts a head into its words; a book that is not Chinese has none."""

    def words(head: str) -> Sequence[str]:
        return known[head] if head in known else APPRENTICE.get().done("digest.words:parted", head)

    return words


def _without_margin_boxes(sheet: Any) -> Any:
    """Leave out what stands in the margins: digest.printing.running draws it when the whole book is known."""
    sheet.page_rules = [
        rule for rule in sheet.page_rules if not any(selector[1] and selector[1][0] == "@" for selector in rule[1])
    ]
    return sheet


def _html_of(looks: Looks) -> Any:
    """Give WeasyPrint's HTML without the rules for what a part has not.

    They are those of notes, margins and the markers of lists, which match all elements, and all pages: nine in ten of
    a part's styles.
    """
    from weasyprint import HTML
    from weasyprint.html import UA_STYLESHEET

    if any(NOTES.search(css) or LIST_ITEM in css for _, css in looks.sheets):
        return HTML
    sheet = _without_margin_boxes(copy(UA_STYLESHEET))
    sheet.matcher = copy(sheet.matcher)
    others = [selector for selector in sheet.matcher.other_selectors if "note" not in (selector[3] or "")]
    sheet.matcher.other_selectors = [selector for selector in others if selector[3] != "marker"]
    markers = [selector for selector in others if selector[3] == "marker"]
    names = sheet.matcher.lower_local_name_selectors
    sheet.matcher.lower_local_name_selectors = names | {"li": [*names["li"], *markers]}

    class Bare(HTML):  # type: ignore[misc]  # WeasyPrint has no types
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: ARG002 - as WeasyPrint calls it
            return [sheet]

    return Bare


def _margins(first: Any) -> tuple[float, float]:
    """Give the white beside the text of a right-hand page: at the spine, and at the outer edge."""
    return first.content_box_x() * POINT, (first.margin_width() - first.content_box_x() - first.width) * POINT


def _leaf(page: Any, numbers: Mapping[Any, Folio], *, has_folios: bool) -> Leaf:
    """Note what the running heads and the leaders of a page need."""
    from digest.typesetting.shortcuts import descendants

    box = page._page_box
    strings = tuple(
        (name, text)
        for child in descendants(box)
        if child.string_set and child.string_set != "none"
        for name, text in child.string_set
    )
    return Leaf(
        box.page_type.name or "",
        strings,
        frozenset(_strings_at_the_start(box)),
        tuple(_leaders(page, numbers)) if has_folios else (),
    )


def _strings_at_the_start(box: Any) -> Iterator[str]:
    """Give the strings that the first element of a page sets: CSS GCPM 3, string(…, start)."""
    while box is not None:
        if box.style["string_set"] != "none":
            yield from (name for name, _ in box.style["string_set"])
        box = next(iter(getattr(box, "children", ())), None)


def _leaders(page: Any, numbers: Mapping[Any, Folio]) -> Iterator[Leader]:
    """Find the room between the words of an entry and its page number, on the number's line."""
    boxes = [page._page_box]
    while boxes:
        box = boxes.pop()
        inside = getattr(box, "children", ())
        folios = [*filter(is_folio, inside)]
        boxes.extend(child for child in inside if child not in folios)
        own = [*texts(folios[0])] if folios else []
        if own:
            number = own[0]
            words = [text for text in texts(box) if text not in own]
            right = max((w.position_x + w.width for w in words if _same_line(w, number)), default=box.content_box_x())
            y = page.height - number.position_y - number.baseline
            yield Leader(right * POINT, number.position_x * POINT, y * POINT, numbers.get(number))


def _same_line(one: Any, other: Any) -> bool:
    return bool(abs((one.position_y + one.baseline) - (other.position_y + other.baseline)) < ROUNDING)


def _bookmarks(document: Document) -> Iterator[Bookmark]:
    for number, page in enumerate(document.pages):
        for level, title, (x, y, *_), _state in page.bookmarks:
            yield Bookmark(level, title, number, x * POINT, (page.height - y) * POINT)


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


@contextmanager
def own_files_only(folders: Sequence[Path]) -> Iterator[None]:
    """Turn what the fetcher refuses into an error of the style."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as error:
        remedy = "a style uses the files of its own folder"
        raise BrokenStyleError(str(error), where=folders[0], remedy=remedy) from None


@contextmanager
def listening() -> Iterator[list[Complaint]]:
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


def refuse(complaints: Sequence[Complaint], folders: Sequence[Path], sheet: str = "") -> None:
    """Turn the first complaint that is not about a glyph into an error; `sheet` is the address of the one just read."""
    for complaint in complaints:
        if not complaint.missing:
            line = re.search(r" at (\d+):\d+", complaint.text)
            path = unquote(urlsplit(sheet).path)
            where = f"{path}:{line[1]}" if path and line else path or folders[0]
            raise BrokenStyleError(complaint.text, where=where, remedy="WeasyPrint's documentation lists what it knows")


def _fetcher(folders: Sequence[Path], pictures: Mapping[str, bytes]) -> Any:
    """Serve the files of a style, a book's pictures, and data: URLs.

    WeasyPrint lets every other exception than a fatal one pass.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url in pictures:
                return URLFetcherResponse(url, pictures[url])
            address = urlsplit(url)
            if address.scheme == "data":
                return super().fetch(url, headers)
            path = Path(unquote(address.path))
            if address.scheme != "file" or address.netloc or not _holds(folders, path):
                raise FatalURLFetchingError(f"{url} is not of this style")
            if not path.is_file() or path.stat().st_size > FILE_LIMIT:
                raise FatalURLFetchingError(f"{url} is no file, or too large")
            return URLFetcherResponse(url, path.read_bytes())

    return OwnFiles(allowed_protocols=("data",))


def _holds(folders: Sequence[Path], path: Path) -> bool:
    return any(path.resolve().is_relative_to(folder.resolve()) for folder in folders)
