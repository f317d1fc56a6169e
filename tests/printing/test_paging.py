"""Pages that are drawn as they come: they are those that are drawn when all are there."""

from __future__ import annotations

import gc
import re
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from weasyprint.formatting_structure.build import build_formatting_structure

from digest import style
from digest.errors import BrokenStyleError
from digest.printing import book, compositors, paging
from digest.printing.parts import LaidOut, Looks, Part, joined
from digest.printing.stretches import Errand

CLASSIC = style.find("classic", Path("/nonexistent"))
PAGE = "@page { size: 60mm 60mm; margin: 5mm }"
TABLE = "<table><tr><th>甲</th><td>一</td></tr><tr><th>乙</th><td>二</td></tr></table>"
TEXT = "<p>昨日，城市的又一条地铁线路开门迎客，市民排队体验了首班车。</p>" * 4
BODY = "".join(
    f'<article id="a{number}"><h2 style="bookmark-level: 1">第{number}篇</h2>{TEXT}{TABLE}'
    f'<p>见<a href="#a{(number * 7 + 1) % 9}">另一篇</a>，又见<a href="digest:b">别处</a>。</p></article>'
    for number in range(9)
)


def part(body: str = BODY) -> Part:
    return Part("chapter-1", f'<html lang="zh-CN"><head><title>t</title></head><body>{body}</body></html>')


def laid_out(css: str = "", body: str = BODY) -> LaidOut:
    looks = Looks((("", PAGE + css),), CLASSIC.fonts, CLASSIC.folders)
    return joined(
        [each.laid for each in compositors._lay_out(looks, css.encode(), b"", Errand(part(body))) if each.laid]
    )


def in_stretches_of(monkeypatch: pytest.MonkeyPatch, pages: int) -> None:
    monkeypatch.setattr(paging, "FEWEST", pages)
    monkeypatch.setattr(paging, "MOST", pages)


@pytest.fixture(autouse=True)
def _whole(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    in_stretches_of(monkeypatch, 1000)
    yield
    compositors._CASE.clear()


def contents(path: Path, css: str) -> tuple[list[bytes], list[str], list[str], list[str]]:
    """Make a PDF of one part; give its pages, structure, links and named places."""
    path.write_bytes(book.one_page(part(), CLASSIC, PAGE + css))
    with pikepdf.open(path) as made:
        links: Any = [link for page in made.pages for link in page.get("/Annots", ())]
        names = pikepdf.NameTree(made.Root.Names.Dests)
        return (
            [page.Contents[0].read_bytes() for page in made.pages],
            [str(page.MediaBox) for page in made.pages],
            [f"{link.Rect} {link.Dest}" for link in links],
            [f"{name!s} {made.pages.index(pikepdf.Page(names[name][0]))} {[*names[name]][1:]}" for name in names],
        )


@pytest.mark.parametrize("stretch", [1, 2, 5])
def test_a_part_is_the_same_in_stretches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stretch: int) -> None:
    whole = contents(tmp_path / "a.pdf", "")
    in_stretches_of(monkeypatch, stretch)
    assert len(whole[0]) > 8
    assert contents(tmp_path / "a.pdf", "") == whole


def test_what_is_known_of_a_part_is_the_same_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = laid_out()
    in_stretches_of(monkeypatch, 2)
    stretched = laid_out()
    assert len(whole.gatherings) == 1 < len(stretched.gatherings)
    for what in ("leaves", "bookmarks", "anchors", "margins", "faces", "missing", "too_wide"):
        assert getattr(stretched, what) == getattr(whole, what)
    assert len(whole.bookmarks) == 9


@pytest.mark.parametrize(
    "css", ["h2::before { content: counter(pages) }", "h2::before { content: target-counter('#a8', page) }"]
)
def test_pages_that_tell_of_others_are_drawn_when_all_are_there(monkeypatch: pytest.MonkeyPatch, css: str) -> None:
    whole = laid_out(css)
    in_stretches_of(monkeypatch, 2)
    assert laid_out(css) == whole
    assert len(whole.gatherings) == 1


def test_what_stands_on_every_page_stands_on_those_before_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    body = f'{BODY}<p style="position: fixed; top: 0">每页</p>'
    whole = laid_out(body=body)
    in_stretches_of(monkeypatch, 2)
    assert laid_out(body=body) == whole


def test_a_heading_over_two_pages_has_one_bookmark(monkeypatch: pytest.MonkeyPatch) -> None:
    in_stretches_of(monkeypatch, 1)
    body = f"<div style=\"bookmark-level: 1; bookmark-label: '长'\">{TEXT * 9}</div>"
    assert [mark.title for mark in laid_out(body=body).bookmarks] == ["长"]


def test_a_link_that_leads_nowhere_is_a_fault_of_the_style() -> None:
    looks = Looks((("", PAGE),), CLASSIC.fonts, CLASSIC.folders)
    lost = part('<p><a href="#nowhere">字</a></p>')
    with pytest.raises(BrokenStyleError, match=r"#nowhere, which is nowhere; mend"):
        [*compositors.Compositors(looks).laid_out([lost])]


def test_pages_that_are_drawn_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[weakref.ref[Any]] = []
    alive: list[int] = []
    make = paging.Paging._finish

    def noted(self: paging.Paging, page: Any, number: int) -> None:
        alive.append(sum(each() is not None for each in seen))
        seen.append(weakref.ref(page))
        make(self, page, number)

    monkeypatch.setattr(paging.Paging, "_finish", noted)
    in_stretches_of(monkeypatch, 2)
    laid_out()
    gc.collect()
    assert max(alive) <= 3  # those of a stretch, and the one behind it
    assert len(alive) > 8


def test_boxes_that_stand_on_drawn_pages_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[weakref.ref[Any]] = []
    alive: list[int] = []
    build, make = build_formatting_structure, paging.Paging._finish

    def built(*arguments: Any) -> Any:
        root = build(*arguments)
        seen.extend(map(weakref.ref, root.descendants()))
        return root

    def noted(*arguments: Any) -> None:
        alive.append(sum(each() is not None for each in seen))
        make(*arguments)

    monkeypatch.setattr(paging, "build_formatting_structure", built)
    monkeypatch.setattr(paging.Paging, "_finish", noted)
    in_stretches_of(monkeypatch, 2)
    laid_out(body=BODY.replace(TABLE, ""))  # whose boxes are in circles
    assert alive[-1] < len(seen) / 3
    assert alive == sorted(alive, reverse=True)


@pytest.mark.parametrize(
    "css",
    [
        "article { break-inside: avoid } h2 { break-after: avoid } p { page: other } article { page: own }",
        "p { position: relative; margin-left: 1em } h2 { position: absolute } article { padding-top: 3em }",
        "body { columns: 2 } p { float: left; width: 50% } table { display: inline-table }",
        "article { display: flex } p { break-before: page }",
        "article { display: inline-block } table { display: grid }",
    ],
)
def test_what_comes_is_the_same_without_them(monkeypatch: pytest.MonkeyPatch, css: str) -> None:
    whole = laid_out(css)
    in_stretches_of(monkeypatch, 1)
    stretched = laid_out(css)
    assert len(stretched.leaves) == len(whole.leaves) > 1
    pages = [[each.data for part in laid.gatherings for each in part.streams] for laid in (whole, stretched)]
    assert pages[0] == pages[1]


def test_the_head_cells_of_all_pages_have_names_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    in_stretches_of(monkeypatch, 1)
    apart = '<p style="break-before: page">字</p>'
    body = f"{TABLE}{apart}{TABLE}{apart}{TABLE}"
    names = re.findall(
        rb"/ID \((.*?)\)", b"".join(written.text for each in laid_out(body=body).gatherings for written in each.objects)
    )
    assert len(names) == len(set(names)) == 6
