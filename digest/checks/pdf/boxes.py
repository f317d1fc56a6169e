"""Whether a print shop can cut the pages: trim and bleed of every page, at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from digest.checks import Finding
from digest.checks.pdf.book import Book, box_of
from digest.production import MM

BLEED = 3.0  # mm on all sides: FACTS, print, and the sheets of the shops
EXACT = 0.05  # mm; boxes are written with four digits
ROUNDING = 0.01  # points
BOXES = ("/MediaBox", "/TrimBox", "/BleedBox")
Box = tuple[float, float, float, float]


def _there(book: Book) -> Iterator[Finding]:
    """Every page says its sheet, its trim and its bleed."""
    for number, page in enumerate(book.pages, start=1):
        for key in BOXES:
            if box_of(page, key) is None:
                what, hint = f"it has no {key[1:]}", "make the book again: a shop cuts by it"
                yield Finding("box-missing", "error", what, f"page {number}", hint)


def _origins(book: Book) -> Iterator[Finding]:
    """Nothing stands at negative coordinates: some programs for print shops cut that off (WeasyPrint's issue 2685)."""
    for where, media, _, _ in _boxes(book):
        if min(media[:2]) < 0:
            what, hint = "its MediaBox begins at negative coordinates", "move all of the page, so that it begins at 0"
            yield Finding("box-origin", "error", what, where, hint)


def _nested(book: Book) -> Iterator[Finding]:
    """The trim lies inside the bleed, and that inside the sheet: ISO 15930-7."""
    for where, media, trim, bleed in _boxes(book):
        if not (_is_inside(trim, bleed) and _is_inside(bleed, media)):
            what, hint = "its TrimBox is not inside its BleedBox, and that inside its MediaBox", "make the book again"
            yield Finding("box-order", "error", what, where, hint)


def _bleeds(book: Book) -> Iterator[Finding]:
    """The bleed is what shops ask for, on all sides."""
    for where, _, trim, bleed in _boxes(book):
        sides = [abs(a - b) / MM for a, b in zip(trim, bleed, strict=True)]
        if _is_inside(trim, bleed) and any(abs(side - BLEED) > EXACT for side in sides):
            what = f"it bleeds {min(sides):.2f} to {max(sides):.2f} mm, and not {BLEED:g} mm on all sides"
            yield Finding("wrong-bleed", "error", what, where, "make the book again, or ask the shop")


def _crops(book: Book) -> Iterator[Finding]:
    """No page is cropped inside its bleed."""
    for number, page in enumerate(book.pages, start=1):
        crop, bleed = box_of(page, "/CropBox"), box_of(page, "/BleedBox")
        if crop is not None and bleed is not None and not _is_inside(bleed, crop):
            what, hint = "its CropBox cuts the bleed off", "take the CropBox out"
            yield Finding("crop-box", "error", what, f"page {number}", hint)


def _boxes(book: Book) -> Iterator[tuple[str, Box, Box, Box]]:
    """Give sheet, trim and bleed of the pages that have them all."""
    for number, page in enumerate(book.pages, start=1):
        media, trim, bleed = (box_of(page, key) for key in BOXES)
        if media is not None and trim is not None and bleed is not None:
            yield f"page {number}", media, trim, bleed


def _is_inside(inner: Box, outer: Box) -> bool:
    return all(a >= b - ROUNDING for a, b in zip(inner[:2], outer[:2], strict=True)) and all(
        a <= b + ROUNDING for a, b in zip(inner[2:], outer[2:], strict=True)
    )


RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (_there, _origins, _nested, _bleeds, _crops)
