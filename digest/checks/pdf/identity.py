"""Whether a PDF says what it is: title and language; for a press, also dates, and whether it was trapped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from digest.checks import Finding
from digest.checks.pdf.book import Book

TITLE = "{http://purl.org/dc/elements/1.1/}title"
TRAPPED = "{http://ns.adobe.com/pdf/1.3/}Trapped"
CREATED, MODIFIED = "{http://ns.adobe.com/xap/1.0/}CreateDate", "{http://ns.adobe.com/xap/1.0/}ModifyDate"


def _metadata(book: Book) -> Iterator[Finding]:
    """It says its title and its language."""
    if not str(book.pdf.docinfo.get("/Title", "")):
        yield Finding("no-title", "warning", "it has no title", hint="give the edition one")
    if not str(book.pdf.Root.get("/Lang", "")):
        yield Finding("no-language", "warning", "it does not say its language", hint="give the edition one")


def _titles(book: Book) -> Iterator[Finding]:
    """It says the same title in both places: viewers show either."""
    here, there = str(book.pdf.docinfo.get("/Title", "")), book.said(TITLE)
    if here and there and " ".join(here.split()) != " ".join(there.split()):
        what = f"its XMP calls it {there}, its information dictionary {here}"
        yield Finding("titles-differ", "warning", what, hint="make the book again: both come from the edition's title")


def _locked(book: Book) -> Iterator[Finding]:
    """Nothing keeps a reader or a shop from using it."""
    if book.pdf.is_encrypted:
        what = "it is encrypted: shops refuse it, and screen readers may be kept out"
        yield Finding("encrypted", "error" if book.is_for_press else "warning", what, hint="make the book again")


def _dates(book: Book) -> Iterator[Finding]:
    """For a press, it says when it was made and changed: ISO 15930-7, 6.4."""
    pairs = (("/CreationDate", CREATED), ("/ModDate", MODIFIED)) if book.is_for_press else ()
    for key, name in pairs:
        if key not in book.pdf.docinfo and not book.said(name):
            what, hint = f"it has no {key[1:]}, which PDF/X asks for", "give the edition a date"
            yield Finding("no-date", "error", what, hint=hint)


def _trapped(book: Book) -> Iterator[Finding]:
    """For a press, it says whether it was trapped: ISO 15930-7, 6.4."""
    said = str(book.pdf.docinfo.get("/Trapped", "")).removeprefix("/") or book.said(TRAPPED)
    if book.is_for_press and said not in ("True", "False"):
        what, hint = "it does not say whether it was trapped, which PDF/X asks for", "make the book again as print"
        yield Finding("no-trapped", "error", what, hint=hint)


RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (_metadata, _titles, _locked, _dates, _trapped)
