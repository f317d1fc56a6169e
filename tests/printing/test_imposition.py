"""A booklet, folded, reads in the order of its pages."""

from __future__ import annotations

from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.printing.imposition import Side, imposed, sides
from digest.production import MM, Production


def test_the_outermost_sheet_of_eight_pages_holds_the_last_and_the_first() -> None:
    assert [(side.left, side.right) for side in sides(8)] == [(7, 0), (1, 6), (5, 2), (3, 4)]


def test_places_for_pages_that_are_not_there_stay_white() -> None:
    assert [(side.left, side.right) for side in sides(5)] == [(None, 0), (1, None), (None, 2), (3, 4)]


def test_signatures_are_folded_one_after_the_other() -> None:
    assert [(side.left, side.right) for side in sides(8, 1)] == [(3, 0), (1, 2), (7, 4), (5, 6)]


def folded(found: list[Side]) -> list[int | None]:
    """Fold each pile of sheets in the middle, and turn the pages."""
    read: list[int | None] = []
    starts = [at for at, side in enumerate(found) if side.depth == 0 and at % 2 == 0] + [len(found)]
    for start, end in pairwise(starts):
        fronts, backs = found[start:end:2], found[start + 1 : end : 2]
        for front, back in zip(fronts, backs, strict=True):
            read += [front.right, back.left]
        for front, back in reversed([*zip(fronts, backs, strict=True)]):
            read += [back.right, front.left]
    return read


@given(st.integers(1, 300), st.integers(0, 8))
def test_whatever_the_pages_a_folded_booklet_reads_in_order(pages: int, sheets: int) -> None:
    read = folded([*sides(pages, sheets)])
    assert [number for number in read if number is not None] == [*range(pages)]
    assert len(read) % 4 == 0


def book(pages: int, width: float = 148, height: float = 210) -> pikepdf.Pdf:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(width * MM, height * MM))
    return made


def places(page: pikepdf.Page) -> dict[str, tuple[float, ...]]:
    """Where each half stands: the numbers of the matrix before it is drawn."""
    lines = page.Contents.read_bytes().decode().splitlines()
    return {line.split()[8]: tuple(map(float, line.split()[1:7])) for line in lines}


def test_two_a5_pages_fill_an_a4_sheet_at_their_own_size() -> None:
    made = imposed(book(4), Production())
    assert len(made.pages) == 2
    assert [round(float(side) / MM, 1) for side in made.pages[0].mediabox[2:]] == [297.0, 210.0]
    found = places(made.pages[0])
    assert found["/Left"][0] == found["/Right"][0] == 1
    assert found["/Right"][4] == pytest.approx(148.5 * MM, abs=0.01)
    assert found["/Left"][4] == pytest.approx(0.5 * MM, abs=0.01)


def test_larger_pages_are_made_smaller_and_smaller_ones_stay() -> None:
    larger, smaller = imposed(book(4, 210, 297), Production()), imposed(book(4, 100, 148), Production())
    assert places(larger.pages[0])["/Left"][0] == pytest.approx(0.7071, abs=0.001)
    assert places(smaller.pages[0])["/Left"][0] == 1


def test_inner_sheets_are_moved_to_the_fold_by_what_the_outer_ones_take() -> None:
    made = imposed(book(16), Production(creep=0.1))
    outer, inner = places(made.pages[0]), places(made.pages[6])
    assert inner["/Right"][4] == pytest.approx(outer["/Right"][4] - 3 * 0.1 * MM, abs=0.001)
    assert inner["/Left"][4] == pytest.approx(outer["/Left"][4] + 3 * 0.1 * MM, abs=0.001)
