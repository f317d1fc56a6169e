"""Whether there are pages, all of one size, whose drawing can be read; for a press, in whole sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from digest.checks import Finding
from digest.checks.pdf.book import Book, box_of

SAME_SIZE = 0.5  # points; less is rounding
SHEET = 4  # pages of a folded sheet: what the shops of FACTS, print, ask for


def _readable(book: Book) -> Iterator[Finding]:
    """What each page shows can be read."""
    if not book.pages:
        yield Finding("no-pages", "error", "it has no pages", hint="make the book again")
    for where, _, drawn in book.numbered():
        if drawn.problem:
            what = f"what it shows cannot be read: {drawn.problem}"
            yield Finding("broken-page", "error", what, where, "make the book again")


def _sizes(book: Book) -> Iterator[Finding]:
    """All pages have one size."""
    sizes = [_size(box_of(page, "/TrimBox") or box_of(page, "/MediaBox")) for page in book.pages]
    for number, size in enumerate(sizes, start=1):
        if any(abs(a - b) > SAME_SIZE for a, b in zip(size, sizes[0], strict=True)):
            hint = "give all pages one size in the style: a printer takes no other"
            yield Finding("page-size", "warning", "its size is not that of the first page", f"page {number}", hint)


def _size(box: tuple[float, float, float, float] | None) -> tuple[float, float]:
    if box is None:
        raise ValueError("a page has no MediaBox")
    left, bottom, right, top = box
    return right - left, top - bottom


def _count(book: Book) -> Iterator[Finding]:
    """For a press, the pages fill whole sheets; blank ones count, and a cover is one page on a sheet of its own."""
    if book.is_for_press and len(book.pages) > 1 and len(book.pages) % SHEET:
        what = f"{len(book.pages)} pages do not fill whole sheets of {SHEET}"
        yield Finding("page-count", "error", what, hint="add blank pages at the end: `signature` in digest.toml does")


RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (_readable, _sizes, _count)
