"""With how many dots an inch pictures are printed: on which page, through forms and tiles, by their weaker side."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from digest.printing.resolution import Shown, resolutions

TWICE = Array([2, 0, 0, 2, 0, 0])


@pytest.fixture
def pdf() -> Iterator[Pdf]:
    with Pdf.new() as made:
        for _ in range(3):
            made.add_blank_page(page_size=(200, 100))
        yield made


def picture(pdf: Pdf, width: int, height: int, bits: int = 8) -> pikepdf.Stream:
    return pdf.make_stream(b"", Subtype=Name.Image, Width=width, Height=height, BitsPerComponent=bits)


def show(pdf: Pdf, content: str, page: int = 0, **things: pikepdf.Stream) -> None:
    pdf.pages[page].obj.Contents = pdf.make_stream(content.encode())
    pdf.pages[page].obj.Resources = Dictionary(
        XObject=Dictionary({f"/{name}": thing for name, thing in things.items()})
    )


def dpi(pdf: Pdf) -> list[int]:
    return [round(shown.dpi) for shown in resolutions(pdf)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("72 0 0 72 0 0 cm /i Do", 300),
        ("72 0 0 -72 9 81 cm /i Do", 300),
        ("0.75 0 0 0.75 0 0 cm 96 0 0 96 0 0 cm /i Do", 300),
        ("144 0 0 72 0 0 cm /i Do", 150),
        ("0 72 -72 0 0 0 cm /i Do", 300),
        ("0 144 -72 0 0 0 cm /i Do", 150),
        ("0 72 -144 0 0 0 cm /i Do", 150),
        ("36 0 0 36 0 0 cm q 2 0 0 2 0 0 cm Q /i Do", 600),
    ],
)
def test_dots_an_inch_follow_the_coordinates(pdf: Pdf, content: str, expected: int) -> None:
    show(pdf, content, i=picture(pdf, 300, 300))
    assert dpi(pdf) == [expected]


def test_each_place_of_a_picture_is_told_with_its_page(pdf: Pdf) -> None:
    one = picture(pdf, 300, 200)
    show(pdf, "q 72 0 0 48 0 0 cm /i7 Do Q q 144 0 0 96 0 0 cm /i7 Do Q", 0, i7=one)
    show(pdf, "36 0 0 24 0 0 cm /again Do", 2, again=one)
    assert [(each.page, each.name, round(each.dpi)) for each in resolutions(pdf)] == [
        (0, "i7", 300),
        (0, "i7", 150),
        (2, "again", 600),
    ]


def test_a_picture_within_a_form_within_a_form_is_found(pdf: Pdf) -> None:
    resources = Dictionary(XObject=Dictionary(i=picture(pdf, 300, 300)))
    inner = pdf.make_stream(
        b"36 0 0 36 0 0 cm /i Do", Subtype=Name.Form, Resources=resources, Matrix=Array([2, 0, 0, 2, 0, 0])
    )
    outer = pdf.make_stream(b"/f Do", Subtype=Name.Form, Resources=Dictionary(XObject=Dictionary(f=inner)))
    show(pdf, "0.5 0 0 0.5 0 0 cm /o Do", o=outer)
    assert dpi(pdf) == [600]


def test_a_picture_on_the_tile_of_a_pattern_is_found(pdf: Pdf) -> None:
    resources = Dictionary(XObject=Dictionary(i=picture(pdf, 100, 100)))
    tile = pdf.make_stream(
        b"36 0 0 36 0 0 cm /i Do", PatternType=1, Resources=resources, Matrix=Array([2, 0, 0, 2, 0, 0])
    )
    pdf.pages[1].obj.Contents = pdf.make_stream(b"0.1 0 0 0.1 0 0 cm /Pattern cs /p scn 0 0 9 9 re f")
    pdf.pages[1].obj.Resources = Dictionary(Pattern=Dictionary(p=tile))
    assert list(resolutions(pdf)) == [Shown(1, "i", 100, 100, 100.0)]  # patterns have the page's first coordinates


def test_line_art_is_told_apart(pdf: Pdf) -> None:
    show(pdf, "72 0 0 72 0 0 cm /i Do", i=picture(pdf, 600, 600, bits=1))
    (shown,) = resolutions(pdf)
    assert (shown.is_line_art, shown.width, shown.height) == (True, 600, 600)


def test_a_form_that_draws_itself_ends(pdf: Pdf) -> None:
    form = pdf.make_stream(b"/f Do", Subtype=Name.Form)
    form.Resources = Dictionary(XObject=Dictionary(f=form))
    show(pdf, "/f Do", f=form)
    assert dpi(pdf) == []


def test_a_book_without_pictures_has_none(pdf: Pdf) -> None:
    show(pdf, "BT (text) Tj ET")
    assert dpi(pdf) == []
