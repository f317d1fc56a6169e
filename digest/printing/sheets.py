"""Makes of a book's pages what a print shop takes: trim and bleed, a gutter for the spine, whole signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digest.production import MM

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

BLEED = 3.0  # mm that a shop cuts off: FACTS of print, and every shop's own sheet
SLUG = 8.0  # mm outside the bleed, where there are crop marks
MARK = 5.0  # mm that a crop mark is long
CSS = f"@page {{ bleed: {BLEED}mm }}"  # so that what a style draws to the edge goes on beyond it
HAIRLINE = 0.25  # points; thinner ones may vanish
# Pages up to which the white at the spine has to be at least so wide, in mm: a thicker book opens less.
GUTTERS = ((150, 9.6), (300, 12.7), (500, 15.9), (700, 19.1))
WIDEST_GUTTER = 22.2


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a page is trimmed: with crop marks or none; the white at the spine and at the outer edge, in points."""

    crop_marks: bool = False
    inner: float = 0.0
    outer: float = 0.0


def gutter(pages: int) -> float:
    """Give the least white at the spine of a book of so many pages, in points."""
    return next((mm for most, mm in GUTTERS if pages <= most), WIDEST_GUTTER) * MM


def fill_signatures(pdf: Pdf, signature: int) -> None:
    """Add blank pages until the book is made of whole signatures."""
    while len(pdf.pages) % signature:
        pdf.pages.append(_blank(pdf, pdf.pages[-1]))


def _blank(pdf: Pdf, like: Page) -> Page:
    """Give an empty page as large as another one."""
    import pikepdf

    boxes = {key: like.obj[key] for key in ("/MediaBox", "/TrimBox", "/BleedBox") if key in like.obj}
    nothing = pdf.make_stream(b"q Q\n")  # Ghostscript 10 calls a stream without a byte an error
    page = pikepdf.Dictionary(Type=pikepdf.Name.Page, Resources=pikepdf.Dictionary(), Contents=nothing)
    for key, box in boxes.items():
        page[key] = box
    return pikepdf.Page(pdf.make_indirect(page))


def trim(pdf: Pdf, sheet: Sheet) -> None:
    """Give each page its boxes, with nothing at negative coordinates, and move its text out of the spine.

    WeasyPrint draws the bleed outside of the page, whose corner is the origin. Source: ISO 32000-1, 14.11.2; some
    programs take a MediaBox that does not begin at 0 amiss (WeasyPrint's issue 2685).
    """
    shift = spine_shift(len(pdf.pages), sheet)
    around = (BLEED + (SLUG if sheet.crop_marks else 0)) * MM
    for number, page in enumerate(pdf.pages, start=1):
        width, height = (float(side) for side in _trim_size(page))
        _set_boxes(page, width, height, around)
        aside = shift if number % 2 else -shift
        _wrap(pdf, page, f"q 1 0 0 1 {around + aside:.4f} {around:.4f} cm\n")
        if sheet.crop_marks:
            _mark(pdf, page)


def spine_shift(pages: int, sheet: Sheet) -> float:
    """Give how far, in points, text moves out of the spine; half of the white at the other edge stays."""
    return max(0.0, min(gutter(pages) - sheet.inner, sheet.outer / 2)) if sheet.inner else 0.0


def _trim_size(page: Page) -> tuple[Any, Any]:
    left, bottom, right, top = page.trimbox
    return right - left, top - bottom


def _set_boxes(page: Page, width: float, height: float, around: float) -> None:
    bleed = BLEED * MM
    page.obj.MediaBox = _box(0, 0, width + 2 * around, height + 2 * around)
    page.obj.TrimBox = _box(around, around, around + width, around + height)
    page.obj.BleedBox = _box(around - bleed, around - bleed, around + width + bleed, around + height + bleed)
    for name in ("/CropBox", "/ArtBox"):
        if name in page.obj:
            del page.obj[name]


def _box(*sides: float) -> Object:
    from pikepdf import Array

    return Array([round(side, 4) for side in sides])


def _wrap(pdf: Pdf, page: Page, before: str) -> None:
    """Draw all that a page shows inside a state of its own."""
    from pikepdf import Array

    contents = page.obj.Contents
    inside = list(contents) if isinstance(contents, Array) else [contents]
    page.obj.Contents = Array([pdf.make_stream(before.encode()), *inside, pdf.make_stream(b"\nQ\n")])


def _mark(pdf: Pdf, page: Page) -> None:
    """Draw crop marks in all inks, outside of the bleed: ISO 32000-1, 8.6.6.4, calls that colorant All."""
    from pikepdf import Array, Dictionary, Name

    resources: Any = page.obj.Resources
    spaces: Any = resources.get("/ColorSpace", Dictionary())
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    page.obj.Resources = Dictionary(resources)
    page.obj.Resources.ColorSpace = Dictionary(spaces)
    page.obj.Resources.ColorSpace.Registration = Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])
    lines = "".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S\n" for a, b, c, d in _crop_lines(page))
    drawing = f"q /Registration CS 1 SCN {HAIRLINE} w\n{lines}Q\n"
    page.obj.Contents.append(pdf.make_stream(drawing.encode()))


def _crop_lines(page: Page) -> list[tuple[float, float, float, float]]:
    left, bottom, right, top = (float(side) for side in page.obj.TrimBox)
    gap, end = BLEED * MM, (BLEED + MARK) * MM
    across = [(x, y + way * gap, x, y + way * end) for x in (left, right) for y, way in ((bottom, -1), (top, 1))]
    along = [(x + way * gap, y, x + way * end, y) for y in (bottom, top) for x, way in ((left, -1), (right, 1))]
    return [*across, *along]


def bare(pdf: Pdf) -> None:
    """Take off what paper cannot use: links, their targets, the structure for screen readers."""
    for page in pdf.pages:
        for name in ("/Annots", "/StructParents", "/Tabs"):
            if name in page.obj:
                del page.obj[name]
    for name in ("/Names", "/StructTreeRoot", "/MarkInfo", "/Outlines", "/PageMode"):
        if name in pdf.Root:
            del pdf.Root[name]
