"""The book in MuPDF, which many readers on phones and desktops draw with."""

from __future__ import annotations

from collections.abc import Iterator

import pymupdf
import pytest

from reading_systems.books import Book

SCREEN = (450, 600)  # points: an e-reader of six inches
TEXT = 11  # points
pymupdf.TOOLS.mupdf_display_errors(False)  # the remarks are looked at below


@pytest.fixture
def document(book: Book) -> Iterator[pymupdf.Document]:
    with pymupdf.open(book.path) as opened:
        opened.layout(width=SCREEN[0], height=SCREEN[1], fontsize=TEXT)
        yield opened


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_outline_is_our_contents(document: pymupdf.Document, book: Book) -> None:
    assert [(level, title) for level, title, _ in document.get_toc()] == book.contents


def test_every_entry_opens_where_its_words_stand(document: pymupdf.Document) -> None:
    lost = [
        title
        for _, title, page in document.get_toc()
        if squeezed(title).removesuffix("…") not in squeezed(document[page - 1].get_text())
    ]
    assert lost == []


def test_every_page_with_an_entry_is_drawn(document: pymupdf.Document) -> None:
    pages = {page for _, _, page in document.get_toc()}
    assert [page for page in pages if document[page - 1].get_pixmap().is_unicolor] == []


def test_no_text_leaves_the_page(document: pymupdf.Document) -> None:
    outside = [
        words[4]
        for page in document
        for words in page.get_text("words")
        if words[0] < 0 or words[2] > page.rect.width + 1  # a point: advances are rounded
    ]
    assert outside == []


def test_nothing_is_missing_or_broken(document: pymupdf.Document) -> None:
    pymupdf.TOOLS.reset_mupdf_warnings()
    for page in document:
        page.get_pixmap(dpi=36)  # enough to draw everything once
    # A count of what was said before (of every EPUB 3: "unknown epub version") comes after it was wiped.
    remarks = {line for line in pymupdf.TOOLS.mupdf_warnings().splitlines() if not line.startswith("... repeated ")}
    assert remarks == set()
