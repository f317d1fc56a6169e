"""Whether screen readers can read a PDF that claims so: one tree of tags for all that is shown (PDF/UA-1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pikepdf import Array, Dictionary, NumberTree

from digest.checks import Finding
from digest.checks.pdf.book import Book, annotations_of
from digest.checks.pdf.drawing import Key

HINT = "make the book again: `digest make -f pdf` writes tags"
HEADING = re.compile(r"/H([1-6])")
ELEMENTS = 5_000_000  # that we look at; a book of 10 000 articles has a tenth
ROLES = 8  # names that stand for others, one after the other


def _tagged(book: Book) -> Iterator[Finding]:
    """It has a tree of tags, and says so: ISO 14289-1, 7.1."""
    said: Any = book.pdf.Root.get("/MarkInfo", {})
    if "/StructTreeRoot" not in book.pdf.Root or not said.get("/Marked", False):
        yield Finding("untagged", "error", "it claims PDF/UA, and has no tags", hint=HINT)


def _shown_title(book: Book) -> Iterator[Finding]:
    """A viewer shows its title, not its file's name: ISO 14289-1, 7.1."""
    preferences: Any = book.pdf.Root.get("/ViewerPreferences", {})
    if not preferences.get("/DisplayDocTitle", False):
        hint = "make the book again: /DisplayDocTitle belongs into its ViewerPreferences"
        yield Finding("title-not-shown", "error", "viewers show the name of the file, not the title", hint=hint)


def _order(book: Book) -> Iterator[Finding]:
    """Where there are links, the tab key follows the tags: ISO 14289-1, 7.18.3."""
    for number, page in enumerate(book.pages, start=1):
        if any(annotations_of(page)) and page.obj.get("/Tabs") != "/S":
            what = "the tab key does not follow its tags"
            yield Finding("tab-order", "error", what, f"page {number}", "make the book again: /Tabs /S")


def _marks(book: Book) -> Iterator[Finding]:
    """All that is shown belongs to the tree, or is marked as an artifact: ISO 14289-1, 7.1."""
    tree = _parents(book)
    for where, page, drawn in book.numbered():
        elements = tree.get(int(page.obj.get("/StructParents", -1)), ())
        known = {number for number, element in enumerate(elements) if element is not None}
        if drawn.has_unmarked or drawn.marks - known:
            yield Finding("untagged", "error", "what it shows is not all in the tree of tags", where, HINT)


def _parents(book: Book) -> Mapping[int, Any]:
    root: Any = book.pdf.Root.get("/StructTreeRoot", {})
    return dict(NumberTree(root.ParentTree).items()) if "/ParentTree" in root else {}


def _links(book: Book) -> Iterator[Finding]:
    """Every link says where it leads, and stands in the tree as one: ISO 14289-1, 7.18.5."""
    tree = _parents(book)
    for number, page in enumerate(book.pages, start=1):
        for annotation in annotations_of(page):
            if annotation.get("/Subtype") != "/Link":
                continue
            if not str(annotation.get("/Contents", "")):
                hint = "make the book again: /Contents belongs to every link"
                yield Finding("link-untold", "error", "a link does not say where it leads", f"page {number}", hint)
            element = tree.get(int(annotation.get("/StructParent", -1)))
            if element is None or _role(book, element) != "/Link":
                yield Finding("untagged", "error", "a link is not in the tree of tags", f"page {number}", HINT)


def _figures(book: Book) -> Iterator[Finding]:
    """Every picture has words for who does not see it: ISO 14289-1, 7.3."""
    for element in _elements(book):
        if _role(book, element) == "/Figure" and not any(str(element.get(key, "")) for key in ("/Alt", "/ActualText")):
            hint = "give the picture a caption, or words of its own in the source"
            yield Finding("no-alt", "error", "a picture has no words in its place", _page_of(book, element), hint)


def _headings(book: Book) -> Iterator[Finding]:
    """No level of headings is left out on the way down: ISO 14289-1, 7.4.2."""
    level = 0
    for element in _elements(book):
        if found := HEADING.fullmatch(_role(book, element)):
            if int(found[1]) > level + 1:
                what = f"a heading of level {found[1]} follows {f'one of level {level}' if level else 'none'}"
                hint = "make the levels of the headings follow each other in the template"
                yield Finding("heading-skip", "error", what, _page_of(book, element), hint)
            level = int(found[1])


def _elements(book: Book) -> Iterator[Any]:
    """Give the elements of the tree in the order in which they are read."""
    root: Any = book.pdf.Root.get("/StructTreeRoot", {})
    waiting, seen = [root], set[Key]()
    for _ in range(ELEMENTS):
        if not waiting:
            break
        element: Any = waiting.pop()
        if element.is_indirect and element.objgen in seen:
            continue
        seen.add(element.objgen)
        if "/S" in element:
            yield element
        kids: Any = element.get("/K", ())
        inside = kids if isinstance(kids, Array) else [kids]
        waiting.extend(kid for kid in reversed(list(inside)) if isinstance(kid, Dictionary) and "/S" in kid)


def _role(book: Book, element: Any) -> str:
    """Give what an element is, by the standard's own name: a RoleMap says what others stand for."""
    roles: Any = book.pdf.Root.StructTreeRoot.get("/RoleMap", {})
    role = str(element.get("/S", ""))
    for _ in range(ROLES):
        if role not in roles:
            break
        role = str(roles[role])
    return role


def _page_of(book: Book, element: Any) -> str:
    number = book.number_of(element.get("/Pg"))
    return "" if number is None else f"page {number + 1}"


RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (
    _tagged,
    _shown_title,
    _order,
    _marks,
    _links,
    _figures,
    _headings,
)
