"""Pages as a print shop takes them: boxes, gutter, signatures, crop marks."""

from __future__ import annotations

import re

import pikepdf
import pytest

from digest.printing.sheets import Sheet, bare, fill_signatures, gutter, spine_shift, trim
from digest.production import MM


def book(pages: int) -> pikepdf.Pdf:
    made = pikepdf.new()
    for _ in range(pages):
        page = made.add_blank_page(page_size=(148 * MM, 210 * MM))
        page.Contents = made.make_stream(b"1 0 0 1 5 5 cm")
    return made


def millimetres(box: object) -> list[float]:
    return [round(float(side) / MM, 2) for side in box]  # type: ignore[attr-defined]


def test_trim_and_bleed_stand_at_positive_coordinates() -> None:
    pdf = book(1)
    trim(pdf, Sheet())
    page = pdf.pages[0]
    assert millimetres(page.MediaBox) == [0, 0, 154, 216]
    assert millimetres(page.BleedBox) == [0, 0, 154, 216]
    assert millimetres(page.TrimBox) == [3, 3, 151, 213]


def test_a_page_is_drawn_where_it_is_trimmed_in_a_state_of_its_own() -> None:
    pdf = book(1)
    trim(pdf, Sheet())
    streams = [stream.read_bytes().decode() for stream in pdf.pages[0].Contents]
    assert streams == ["q 1 0 0 1 8.5039 8.5039 cm\n", "1 0 0 1 5 5 cm", "\nQ\n"]


def test_crop_marks_are_in_all_inks_and_outside_of_the_bleed() -> None:
    pdf = book(1)
    trim(pdf, Sheet(crop_marks=True))
    page = pdf.pages[0]
    assert millimetres(page.TrimBox) == [11, 11, 159, 221]
    assert str(page.Resources.ColorSpace.Registration[1]) == "/All"
    left, bottom, right, top = (float(side) for side in page.BleedBox)
    ends = re.findall(r"([\d.]+) ([\d.]+) (?:m|l)", page.Contents[-1].read_bytes().decode())
    assert len(ends) == 16
    assert all(not (left + 0.01 < float(x) < right - 0.01 and bottom + 0.01 < float(y) < top - 0.01) for x, y in ends)


@pytest.mark.parametrize(("pages", "mm"), [(1, 9.6), (150, 9.6), (151, 12.7), (500, 15.9), (700, 19.1), (828, 22.2)])
def test_a_thicker_book_needs_more_white_at_the_spine(pages: int, mm: float) -> None:
    assert gutter(pages) == pytest.approx(mm * MM)


def test_text_moves_out_of_the_spine_to_both_sides() -> None:
    sheet = Sheet(inner=15 * MM, outer=14 * MM)
    assert spine_shift(100, sheet) == 0
    assert spine_shift(700, sheet) == pytest.approx(4.1 * MM)
    assert spine_shift(828, sheet) == pytest.approx(7 * MM)  # half of what is white at the outer edge
    pdf = book(702)
    trim(pdf, sheet)
    across = [float(pdf.pages[number].Contents[0].read_bytes().split()[5]) for number in (0, 1)]
    assert across == [pytest.approx((3 + 7) * MM, abs=0.01), pytest.approx((3 - 7) * MM, abs=0.01)]


@pytest.mark.parametrize(("pages", "signature", "filled"), [(1, 4, 4), (4, 4, 4), (5, 4, 8), (17, 16, 32)])
def test_blank_pages_fill_the_last_signature(pages: int, signature: int, filled: int) -> None:
    pdf = book(pages)
    fill_signatures(pdf, signature)
    assert len(pdf.pages) == filled
    assert millimetres(pdf.pages[-1].MediaBox) == [0, 0, 148, 210]


def test_paper_has_no_links_and_no_structure() -> None:
    pdf = book(1)
    pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link)])
    pdf.Root.StructTreeRoot = pikepdf.Dictionary()
    bare(pdf)
    assert "/Annots" not in pdf.pages[0]
    assert "/StructTreeRoot" not in pdf.Root
