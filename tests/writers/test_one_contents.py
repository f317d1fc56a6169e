"""Nav, NCX, the PDF's outline and its printed contents are one tree."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pikepdf
import pytest

from digest.contents import contents
from digest.model import Edition
from digest.style import Style
from digest.writers import epub, pdf

XHTML, NCX = "{http://www.w3.org/1999/xhtml}", "{http://www.daisy.org/z3986/2005/ncx/}"
Tree = list[tuple[str, list[str]]]


def words(element: ElementTree.Element | None) -> str:
    return "" if element is None else "".join(element.itertext())


def in_nav(path: Path) -> Tree:
    with ZipFile(path) as book:
        root = ElementTree.fromstring(book.read("EPUB/contents.xhtml"))
    nav = next(root.iter(f"{XHTML}nav"))
    return [
        (
            words(item.find(f"{XHTML}a")),
            [words(leaf.find(f"{XHTML}a")) for leaf in item.findall(f"{XHTML}ol/{XHTML}li")],
        )
        for item in nav.findall(f"{XHTML}ol/{XHTML}li")
    ]


def in_ncx(path: Path) -> Tree:
    label = f"{NCX}navLabel/{NCX}text"
    with ZipFile(path) as book:
        root = ElementTree.fromstring(book.read("EPUB/toc.ncx"))
    return [
        (words(point.find(label)), [words(leaf.find(label)) for leaf in point.findall(f"{NCX}navPoint")])
        for point in root.findall(f"{NCX}navMap/{NCX}navPoint")
    ]


def in_outline(path: Path) -> Tree:
    with pikepdf.open(path) as document, document.open_outline() as outline:
        return [(str(chapter.title), [str(leaf.title) for leaf in chapter.children]) for chapter in outline.root]


def on_paper(path: Path) -> str:
    """The words of the printed contents, without spaces and the numbers of pages."""
    import pypdfium2  # type: ignore[import-untyped]

    with pypdfium2.PdfDocument(path) as document:
        return "".join(document[2].get_textpage().get_text_bounded().split())


@pytest.mark.parametrize("name", ["small", "rich"])
def test_the_contents_are_one_tree_everywhere(
    name: str, request: pytest.FixtureRequest, classic: Style, tmp_path: Path
) -> None:
    edition: Edition = request.getfixturevalue(name)
    epub.write(edition, classic, tmp_path / "a.epub")
    pdf.write(edition, classic, tmp_path / "a.pdf")
    tree = [(entry.title, [leaf.title for leaf in entry.children]) for entry in contents(edition)]
    assert in_nav(tmp_path / "a.epub") == in_ncx(tmp_path / "a.epub") == in_outline(tmp_path / "a.pdf") == tree
    printed, found = on_paper(tmp_path / "a.pdf"), 0
    for title in (title for chapter, titles in tree for title in (chapter, *titles)):
        found = printed.index("".join(title.split()), found) + 1
