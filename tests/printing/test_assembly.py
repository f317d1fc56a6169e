"""One book of many parts: pages in order, one tree of structure, fonts and pictures once, links that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from digest import style
from digest.contents import contents
from digest.model import Article, Block, Chapter, Edition, Origin, Picture, Theme, edition_identifier
from digest.printing.parts import LaidOut, Leaf
from digest.printing.placing import placed
from digest.writers import pdf

CLASSIC = style.find("classic", Path("/nonexistent"))
TABLE = "<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"


def article(number: int, *blocks: Block) -> Article:
    return Article(f"a{number}", "article", f"第{number}篇文章", Origin("第一版.txt", 1, 9), blocks)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Three chapters, each with a table, the same picture, and text for some pages."""
    from PIL import Image

    path = tmp_path_factory.mktemp("pictures") / "a.png"
    Image.radial_gradient("L").convert("RGB").save(path)
    chapters = []
    for number in (1, 2, 3):
        blocks = (
            Block("paragraph", f"第{number}章的文字，" * 120),
            Block("table", "甲\t乙\n1\t2", TABLE),
            Block("image", "一张图", picture=Picture(path, "a.png", "第一版.txt:1")),
        )
        chapters.append(Chapter(Theme(f"第{number}个主题"), (article(number, *blocks),)))
    articles = [each for chapter in chapters for each in chapter.articles]
    return Edition("合订本", "zh-CN", edition_identifier("合订本", None, articles), tuple(chapters))


@pytest.fixture(scope="module")
def made(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Iterator[pikepdf.Pdf]:
    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    pdf.write(edition, CLASSIC, path)
    with pikepdf.open(path) as document:
        yield document


def elements(node: Any) -> Iterator[Any]:
    """Every element of structure, the tree's Document first."""
    waiting = [node]
    while waiting:
        here = waiting.pop(0)
        yield here
        kids = here.get("/K", ())
        waiting += [kid for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) if "/S" in _dictionary(kid)]


def _dictionary(kid: Any) -> Any:
    return kid if isinstance(kid, pikepdf.Dictionary) else {}


def laid(pages: int) -> LaidOut:
    return LaidOut("", (), (Leaf("text"),) * pages, (), {}, (0, 0), ())


def test_each_part_begins_on_a_right_hand_page() -> None:
    assert [place.start for place in placed([laid(3), laid(2), laid(1), laid(1)])] == [0, 4, 6, 8]


def test_each_font_is_embedded_once(made: pikepdf.Pdf) -> None:
    files = [each for each in made.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/OpenType"]
    assert len(files) == 2


def test_a_picture_of_three_parts_is_there_once(made: pikepdf.Pdf) -> None:
    shown = [each for each in made.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
    assert len(shown) == 1


def test_the_parts_stand_in_one_tree_of_structure(made: pikepdf.Pdf) -> None:
    document = made.Root.StructTreeRoot.K[0]
    assert str(document.S) == "/Document"
    assert [str(part.S) for part in document.K] == ["/Part"] * 5
    assert len([element for element in elements(document) if str(element.S) == "/Table"]) == 3


def test_each_marked_content_belongs_to_the_element_that_names_it(made: pikepdf.Pdf) -> None:
    parents: Any = pikepdf.NumberTree(made.Root.StructTreeRoot.ParentTree)
    pages = {page.obj.objgen: page for page in made.pages}
    found = 0
    for element in elements(made.Root.StructTreeRoot.K[0]):
        kids: Any = element.get("/K", ())
        numbers_of_content: list[Any] = [*kids] if isinstance(kids, pikepdf.Array) else []
        for kid in numbers_of_content:
            if isinstance(kid, int):
                page = pages[element.Pg.objgen]
                assert parents[int(page.obj.StructParents)][kid].objgen == element.objgen
                found += 1
    assert found > 50


def test_the_head_cells_of_two_parts_have_names_of_their_own(made: pikepdf.Pdf) -> None:
    cells = [*elements(made.Root.StructTreeRoot.K[0])]
    heads = [str(cell.ID) for cell in cells if "/ID" in cell]
    named = [str(name) for cell in cells if "/A" in cell and "/Headers" in cell.A for name in cell.A.Headers]
    assert len(heads) == len(set(heads)) == 6
    assert sorted(named) == sorted(heads)


def test_a_link_of_the_contents_leads_to_the_page_of_its_entry(made: pikepdf.Pdf, edition: Edition) -> None:
    names = pikepdf.NameTree(made.Root.Names.Dests)
    pages = {page.obj.objgen: number for number, page in enumerate(made.pages)}
    targets = [str(link.Dest) for link in made.pages[2].Annots]
    anchors = [entry.anchor for chapter in contents(edition) for entry in (chapter, *chapter.children)]
    assert targets == [anchor for anchor in anchors for _ in range(2)]  # the title, and the number behind it
    assert [pages[names[anchor][0].objgen] for anchor in anchors] == sorted(
        pages[names[anchor][0].objgen] for anchor in anchors
    )


def test_no_address_of_ours_is_left_in_the_file(made: pikepdf.Pdf) -> None:
    assert not [link for page in made.pages for link in page.get("/Annots", ()) if "/A" in link]


def test_running_heads_and_folios_are_no_content(made: pikepdf.Pdf) -> None:
    stamp = made.pages[6].Contents[0].read_bytes()
    assert stamp.count(b"/Artifact << /Type /Pagination") == stamp.count(b"BDC") == stamp.count(b"EMC") == 2
