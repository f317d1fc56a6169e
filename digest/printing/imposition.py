"""Imposes a book as a booklet: two pages side by side on each side of a sheet, folded and stapled in the middle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.production import MM, Production

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

A_FOLDED_SHEET = 4  # pages
FITS = 0.5  # points by which a page may be larger than its half of the sheet: rounding of millimetres


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: its left and its right page, from 0, or None; how deep it lies in its signature, from 0."""

    left: int | None
    right: int | None
    depth: int


def sides(pages: int, sheets: int = 0) -> Iterator[Side]:
    """Give the sides of all sheets in the order in which they are printed, front and back of each in turn.

    Saddle stitch: the outermost sheet of a signature of n pages holds n, 1 in front and 2, n - 1 behind.
    """
    whole = -(-pages // A_FOLDED_SHEET) * A_FOLDED_SHEET
    length = sheets * A_FOLDED_SHEET or whole
    for first in range(0, whole, length):
        last = min(first + length, whole) - 1
        for depth in range((last - first + 1) // A_FOLDED_SHEET):
            low, high = first + 2 * depth, last - 2 * depth
            for left, right in ((high, low), (low + 1, high - 1)):
                yield Side(_within(left, pages), _within(right, pages), depth)


def _within(number: int, pages: int) -> int | None:
    return number if number < pages else None


def imposed(pdf: Pdf, how: Production) -> Pdf:
    """Give the booklet of a book, ready for printing on both sides, turned over the short edge.

    Pages stand at the fold; they are made smaller, never larger, where two of them are wider than the sheet.
    """
    import pikepdf

    made = pikepdf.new()
    width, height = (side * MM for side in how.sheet)
    shown = _forms(made, pdf.pages)
    for side in sides(len(pdf.pages), how.sheets):
        page = made.add_blank_page(page_size=(width, height))
        drawing, resources = b"", pikepdf.Dictionary()
        for name, number in (("/Left", side.left), ("/Right", side.right)):
            if number is not None:
                resources[name] = shown[number]
                drawing += _placed(pdf.pages[number], name, how, side.depth)
        page.obj.Resources = pikepdf.Dictionary(XObject=resources)
        page.obj.Contents = made.make_stream(drawing)
    return made


def _forms(made: Pdf, pages: Iterable[Page]) -> list[Object]:
    return [made.copy_foreign(page.as_form_xobject()) for page in pages]


def _placed(page: Page, name: str, how: Production, depth: int) -> bytes:
    """Draw a page in its half of the sheet, moved towards the fold by what the sheets around it take."""
    width, height = (side * MM for side in how.sheet)
    left, bottom, right, top = (float(side) for side in page.trimbox)
    room = width / 2
    scale = min(1.0, (room + FITS) / (right - left), (height + FITS) / (top - bottom))
    inwards = depth * how.creep * MM
    x = room - scale * (right - left) + inwards if name == "/Left" else room - inwards
    y = (height - scale * (top - bottom)) / 2
    moved = f"{scale:.5f} 0 0 {scale:.5f} {x - scale * left:.4f} {y - scale * bottom:.4f} cm"
    return f"q {moved} {name} Do Q\n".encode()
