"""An edition as an EPUB: its pages, what leads to them, its package, and the ZIP that holds all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from digest import cover, embedded, markup, notes, package, pictures
from digest.contents import Entry, contents
from digest.context import book_context
from digest.errors import BrokenStyleError
from digest.glyphs import missing_glyphs
from digest.model import Article, Block, Doubt, Edition, Parts
from digest.style import Style
from digest.wording import Wording, wording

if TYPE_CHECKING:
    from ebooklib.epub import EpubBook, EpubItem

# Kindle and old Adobe engines stop at 300 KB a page; the rest is room for heads and tags.
PAGE_LIMIT = 260_000
# EPUB demands dcterms:modified, and the clock would make every build another book: a book without a date bears the
# day from which EPUB 3.3 is a recommendation.
UNDATED = date(2023, 5, 25)
XHTML = "application/xhtml+xml"
MARGIN = 20_000  # bytes for a page's own heads and tags
CONTENTS = "contents"
CSS_FILES = ("book.css", "epub.css")
CSS = "style.css"
FACES = "fonts/faces.css"  # beside the fonts that it names
# Without this file Apple Books shows its own faces. Source: Apple Books Asset Guide.
APPLE_OPTIONS = "META-INF/com.apple.ibooks.display-options.xml"
SHOW_FONTS = """<?xml version="1.0" encoding="utf-8"?>
<display_options>
<platform name="*">
<option name="specified-fonts">true</option>
</platform>
</display_options>
"""

# The landmark (EPUB 3 structure vocabulary) of each guide type of EPUB 2.
LANDMARK = {
    "cover": "cover",
    "title-page": "titlepage",
    "toc": "toc",
    "text": "bodymatter",
    "index": "index",
    "colophon": "colophon",
}

# True of every book we make; `_accessibility` adds what its images make true. No dcterms:conformsTo: that is for
# whoever has evaluated the book against WCAG.
ACCESSIBILITY = (
    ("accessMode", "textual"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "none"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """One XHTML file: its name, its `epub:type`, its title, and the template of its body with what that needs."""

    name: str
    kind: str
    title: str
    part: str
    context: dict[str, Any]
    is_read: bool = True  # else it is in the book, but not in its reading order

    @property
    def file(self) -> str:
        """The name of its file in the book."""
        return _file_of(self.name)


def write(edition: Edition, style: Style, path: Path) -> tuple[Doubt, ...]:
    """Write the EPUB to `path`.

    Raises BrokenStyleError for a style that an e-book cannot use, PictureError for a picture that cannot be decoded.

    The doubts are those of `markup.printable` and `cover.designed`, "page-too-large" for a paragraph that fills more
    than PAGE_LIMIT alone, and with embedded fonts "missing-glyph" for each article.
    """
    from concurrent.futures import ThreadPoolExecutor

    edition, doubts = markup.printable(edition)
    words = wording(edition.language)
    draw, cover_doubts = cover.designed(edition, style, words) if edition.parts.cover else (None, ())
    with ThreadPoolExecutor(1) as studio:  # a tenth of a second, mostly an apprentice's: all else is done meanwhile
        drawn = studio.submit(draw) if draw else None
        book = _book(edition, words)
        front = _add_cover(book) if draw else None
        too_large = _add_pages(book, edition, style, words)
        missing = _embed_fonts(book, style) if style.embed_fonts else set()
        if front and drawn:
            front.content = drawn.result()
    _write_zip(book, edition, path, {APPLE_OPTIONS: SHOW_FONTS} if style.embed_fonts else {})
    return (*doubts, *cover_doubts, *too_large, *missing_glyphs(edition, missing))


def _file_of(anchor: str) -> str:
    """Every anchor of the contents begins a file of its own."""
    return f"{anchor}.xhtml"


def _pages(edition: Edition, words: Wording, tree: tuple[Entry, ...]) -> Iterator[Page]:
    """Give the pages in the order in which they are read."""
    parts = edition.parts
    if parts.cover:
        yield Page("cover", "cover", words.cover, "cover.html", {"image": "cover.jpg"})
    if parts.title_page:
        yield Page("title-page", "frontmatter", edition.title, "title-page.html", {})
    landmarks = _landmarks(parts, words, tree)
    yield Page(CONTENTS, "frontmatter", words.contents, "landmarks.html", {"landmarks": landmarks}, parts.contents)
    for number, (chapter, entry) in enumerate(zip(edition.chapters, tree, strict=True), start=1):
        opener = {"chapter": chapter, "entry": entry, "number": number}
        if parts.openers:
            yield Page(entry.anchor, "bodymatter", entry.title, "chapter.html", opener)
        for article, leaf in zip(chapter.articles, entry.children, strict=True):
            yield from _article_pages(article, leaf)
    if parts.index:
        yield Page("index", "backmatter", words.index, "index.html", {})
    if parts.colophon:
        yield Page("colophon", "backmatter", words.colophon, "colophon.html", {})


def _article_pages(article: Article, entry: Entry) -> Iterator[Page]:
    """One article is one file, unless it is larger than a reader takes."""
    split = [*_split(article.blocks)]
    names = [entry.anchor, *(f"{entry.anchor}-{number}" for number in range(2, len(split) + 1))]
    parts = notes.linked(split, entry.anchor, [*map(_file_of, names)])
    for number, (name, blocks) in enumerate(zip(names, parts, strict=True), start=1):
        context = {
            "article": article,
            "entry": entry,
            "blocks": blocks,
            "first": number == 1,
            "last": number == len(parts),
        }
        yield Page(name, "bodymatter", entry.title, "article.html", context)


def _split(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """Split between blocks, so that no part is over PAGE_LIMIT but one of a single block, or a picture's caption."""
    part: list[Block] = []
    room = PAGE_LIMIT
    for block in blocks:
        size = markup.size(block)
        if part and size > room and not (block.kind == "caption" and part[-1].picture):
            yield tuple(part)
            part, room = [], PAGE_LIMIT
        part.append(block)
        room -= size
    yield tuple(part)


def _landmarks(parts: Parts, words: Wording, tree: tuple[Entry, ...]) -> list[dict[str, str]]:
    return [
        {"kind": LANDMARK[kind], "href": _file_of(name), "title": title}
        for kind, name, title in _guide(parts, words, tree)
    ]


def _guide(parts: Parts, words: Wording, tree: tuple[Entry, ...]) -> Iterator[tuple[str, str, str]]:
    """Give (OPF 2.0.1 guide type, page, title) of the places a reader looks for; landmarks and guide share it."""
    places = (
        (parts.cover, "cover", "cover", words.cover),
        (parts.title_page, "title-page", "title-page", words.title_page),
        (parts.contents, "toc", CONTENTS, words.contents),
        (bool(tree), "text", tree[0].anchor if tree else "", words.beginning),
        (parts.index, "index", "index", words.index),
        (parts.colophon, "colophon", "colophon", words.colophon),
    )
    return ((kind, name, title) for there, kind, name, title in places if there)


def _book(edition: Edition, words: Wording) -> EpubBook:
    """Give EbookLib's book with the metadata of the package and no pages yet."""
    from ebooklib.epub import EpubBook

    book = EpubBook()
    book.set_identifier(edition.identifier.urn)
    book.set_language(edition.language)
    for fact in package.facts(edition, words):
        namespace, name = ("DC", fact.name.removeprefix("dc:")) if fact.name.startswith("dc:") else (None, fact.name)
        book.add_metadata(namespace, name, fact.text, dict(fact.attributes))
    for name, value in _accessibility(edition, words):
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})
    return book


def _accessibility(edition: Edition, words: Wording) -> Iterator[tuple[str, str]]:
    """Say what this very book asks of a reader and offers; the cover has its words as its alternative."""
    alternatives = [block.text for article in edition.articles for block in article.blocks if block.picture]
    undescribed = alternatives.count("")
    yield from ACCESSIBILITY
    yield "accessModeSufficient", "textual,visual" if undescribed else "textual"
    if alternatives or edition.parts.cover:
        yield "accessMode", "visual"
        if not undescribed:
            yield "accessibilityFeature", "alternativeText"
    yield "accessibilitySummary", words.accessibility_of(len(alternatives) + edition.parts.cover, undescribed)


def _item(uid: str, file_name: str, media_type: str, content: str | bytes) -> EpubItem:
    """Give EbookLib finished bytes: an EpubHtml, EpubNav or EpubNcx it would parse and write anew."""
    from ebooklib.epub import EpubItem

    data = content.encode() if isinstance(content, str) else content
    return EpubItem(uid=uid, file_name=file_name, media_type=media_type, content=data)


def _add_cover(book: EpubBook) -> EpubItem:
    """Give the cover its place, the first; its picture is put there once it is drawn."""
    image = _item("cover-image", "cover.jpg", "image/jpeg", b"")
    image.properties = ["cover-image"]
    book.add_item(image)
    # Old Kindle tools match this element as text: name before content.
    book.add_metadata(None, "meta", "", {"name": "cover", "content": "cover-image"})
    return image


def _add_plates(book: EpubBook, plates: Iterable[pictures.Plate]) -> None:
    for number, plate in enumerate(dict.fromkeys(plates), start=1):
        book.add_item(_item(f"picture-{number}", plate.src, plate.media_type, plate.data))


def _add_pages(book: EpubBook, edition: Edition, style: Style, words: Wording) -> list[Doubt]:
    """Add the style sheet, the pictures and all pages, and what leads to them; give a Doubt for a page too large."""
    tree = contents(edition)
    book.add_item(_item("css", CSS, "text/css", _style_sheet(style)))
    css = [CSS, *([FACES] if style.embed_fonts else [])]
    plates = pictures.plates(edition, pictures.SCREEN, "pictures/")
    _add_plates(book, plates.values())
    shared = book_context(edition, href=_file_of) | {"css": css, "plates": plates, "in_print": False}
    too_large = [_add_page(book, page, style, shared) for page in _pages(edition, words, tree)]
    ncx = style.render("toc.ncx", depth=2 if any(entry.children for entry in tree) else 1, **shared)
    book.add_item(_item("ncx", "toc.ncx", "application/x-dtbncx+xml", ncx))
    places = _guide(edition.parts, words, tree)
    book.guide = [{"type": kind, "href": _file_of(name), "title": title} for kind, name, title in places]
    return [*filter(None, too_large)]


def _add_page(book: EpubBook, page: Page, style: Style, shared: dict[str, Any]) -> Doubt | None:
    html = style.render("page.xhtml", part=page.part, title=page.title, kind=page.kind, **shared, **page.context)
    item = _item(page.name, page.file, XHTML, html)
    if page.name == CONTENTS:
        item.properties = ["nav"]
    book.add_item(item)
    if page.is_read:
        book.spine.append(item)  # by its name EbookLib would look for it among all items
    blocks = page.context.get("blocks", ())
    if len(item.content) <= PAGE_LIMIT + MARGIN:
        return None
    what = f"{page.file} has {len(item.content)} bytes, and some readers stop at {PAGE_LIMIT}"
    return Doubt("page-too-large", f"{what}: {page.title} holds {len(blocks)} block that cannot be split")


def _style_sheet(style: Style) -> str:
    """Give the CSS of the style in one file: the sheets of the styles it extends before its own."""
    sheets = [sheet for name in CSS_FILES for sheet in style.css(name)]
    for path, css in sheets:
        if found := re.search(r"@import|url\(", css, re.IGNORECASE):
            line = css.count("\n", 0, found.start()) + 1
            remedy = "an e-book's style stands in book.css and epub.css alone; leave pictures and fonts to print.css"
            raise BrokenStyleError(f"{found[0]} loads a file", where=f"{path}:{line}", remedy=remedy)
    return "\n".join(css for _, css in sheets)


def _embed_fonts(book: EpubBook, style: Style) -> set[str]:
    """Add the style's fonts, cut down to what all pages set in them, and give the characters that none has."""
    items = [*book.get_items()]
    pages = [item.content for item in items if item.media_type == XHTML]
    fonts = embedded.fit(style, pages, [item.content.decode() for item in items if item.media_type == "text/css"])
    for name, font in fonts.files.items():
        role, _, kind = name.partition(".")
        book.add_item(_item(f"font-{role}", f"fonts/{name}", f"font/{kind}", font))
    book.add_item(_item("css-faces", FACES, "text/css", fonts.sheet))
    return fonts.missing


def _write_zip(book: EpubBook, edition: Edition, path: Path, more: dict[str, str]) -> None:
    """Let EbookLib write package, manifest and spine, into a ZIP without a trace of clock or machine.

    `more` are files that the manifest does not name.
    """
    from ebooklib.epub import EpubWriter

    class Writer(EpubWriter):  # type: ignore[misc]  # EbookLib has no types
        def _write_opf_file(self, root: Any) -> None:
            root.set("{http://www.w3.org/XML/1998/namespace}lang", edition.language)
            super()._write_opf_file(root)

        def _write_opf_metadata(self, root: Any) -> None:
            # EbookLib's own comes from strftime, which on Linux gives a year before 1000 fewer than four digits.
            super()._write_opf_metadata(root)
            root.find("metadata/meta[@property='dcterms:modified']").text = modified

        def write(self) -> None:
            with UndatedZip(self.file_name, "w", ZIP_DEFLATED, compresslevel=self.options["compresslevel"]) as self.out:
                self.out.writestr("mimetype", "application/epub+zip", compress_type=ZIP_STORED)
                self._write_container()
                for name, text in more.items():
                    self.out.writestr(name, text)
                self._write_opf()
                self._write_items()

    modified = f"{(edition.date or UNDATED).isoformat()}T00:00:00Z"
    Writer(path, book).write()


class UndatedZip(ZipFile):
    """A ZIP whose entries all bear the first day that a ZIP can hold."""

    def writestr(
        self, name: Any, data: Any, compress_type: int | None = None, compresslevel: int | None = None
    ) -> None:
        """Write an entry as every machine would: Unix, readable by all."""
        entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        entry.create_system = 3
        entry.external_attr = 0o644 << 16
        kind = self.compression if compress_type is None else compress_type
        super().writestr(entry, data, kind, self.compresslevel if compresslevel is None else compresslevel)
