"""Whether links and the outline lead somewhere, and paper has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pikepdf import Name, String

from digest.checks import Finding
from digest.checks.pdf.book import Book, annotations_of

INSIDE = ("/GoTo", "None")  # kinds of an action: one that leads to a place of this file, or none at all


def _outline(book: Book) -> Iterator[Finding]:
    """It has an outline, whose entries all lead to a page; a press and a booklet need none."""
    if not book.outline and len(book.pages) > 1 and not book.is_for_press and not book.is_imposed:
        hint = "name the heads of its chapters in CSS: bookmark-level, bookmark-label"
        yield Finding("no-outline", "warning", "it has no outline", hint=hint)
    for entry in book.outline:
        if entry.page is None:
            hint = "make the book again: its head is on no page"
            yield Finding("dead-link", "error", "an entry of the outline leads nowhere", entry.title, hint)


def _links(book: Book) -> Iterator[Finding]:
    """Every link inside leads to a page."""
    for number, page in enumerate(book.pages, start=1):
        for annotation in annotations_of(page):
            action: Any = annotation.get("/A", {})
            target = annotation.get("/Dest", action.get("/D"))
            is_link = annotation.get("/Subtype") == "/Link" and str(action.get("/S")) in INSIDE
            if is_link and book.page_of(target) is None:
                what = "a link" if target is None else _spoken(target)
                hint = "mend the link, or take it off"
                yield Finding("dead-link", "error", f"{what} leads nowhere", f"page {number}", hint)


def _spoken(target: Any) -> str:
    return str(target) if isinstance(target, String | Name) else "a link to a page that is not there"


def _on_paper(book: Book) -> Iterator[Finding]:
    """A file for a press has no links, notes or fields: ISO 15930-7 forbids them where they are printed."""
    if not book.is_for_press:
        return
    for number, page in enumerate(book.pages, start=1):
        kinds = sorted({str(annotation.get("/Subtype", "/?"))[1:] for annotation in annotations_of(page)})
        if kinds:
            what, hint = (
                f"paper cannot use what it has: {', '.join(kinds)}",
                "take them out: `digest make -f print` does",
            )
            yield Finding("annotation", "error", what, f"page {number}", hint)


RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (_outline, _links, _on_paper)
