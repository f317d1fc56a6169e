"""A PDF that is checked: what it claims to be, its pages, what each shows, and where its links lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from pikepdf import Array, Dictionary, Name, NameTree, Page, Pdf, String

from digest.checks.pdf.drawing import Drawn, Follower, Key
from digest.checks.pdf.streams import UNREADABLE, Budget, unpacked
from digest.checks.pdf.typeface import Typeface

LARGEST_PACKET = 4_000_000  # bytes of XMP; ours has 2000
DEEPEST = 64  # nodes of the tree of pages above a page
PDF_X = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
PDF_UA = "{http://www.aiim.org/pdfua/ns/id/}part"
DESCRIPTION = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline: its title, and the page it leads to, from 0; None for one that leads to no page."""

    title: str
    page: int | None


class Book:
    """An opened PDF; what is costly is read when a rule asks for it, and once."""

    def __init__(self, path: Path, pdf: Pdf) -> None:
        self.path, self.pdf = path, pdf
        self.pages: tuple[Page, ...] = tuple(pdf.pages)
        self._follower = Follower(pdf, path.stat().st_size)

    @cached_property
    def xmp(self) -> Element | None:
        """What the file says of itself in XML; None where that is missing or broken."""
        packet = self.pdf.Root.get("/Metadata")
        try:
            return None if packet is None else ElementTree.fromstring(unpacked(packet, Budget(LARGEST_PACKET)))  # noqa: S314  (expat bounds what entities expand to)
        except (ElementTree.ParseError, *UNREADABLE):
            return None

    def said(self, name: str) -> str:
        """Give a fact of the XMP, which stands in an element or in an attribute; an item of a list, the first."""
        if self.xmp is None:
            return ""
        for description in self.xmp.iter(DESCRIPTION):
            if name in description.attrib:
                return description.get(name, "").strip()
        found = self.xmp.find(f".//{name}")
        return "" if found is None else next(filter(None, (text.strip() for text in found.itertext())), "")

    @cached_property
    def intents(self) -> tuple[Any, ...]:
        """The output intents for a press."""
        intents: Any = self.pdf.Root.get("/OutputIntents", ())
        return tuple(intent for intent in intents if intent.get("/S") == "/GTS_PDFX")

    @cached_property
    def is_for_press(self) -> bool:
        """Whether it claims to be PDF/X."""
        return bool(self.said(PDF_X) or self.intents or "/GTS_PDFXVersion" in self.pdf.docinfo)

    @cached_property
    def is_accessible(self) -> bool:
        """Whether it claims to be PDF/UA."""
        return bool(self.said(PDF_UA))

    @cached_property
    def is_imposed(self) -> bool:
        """Whether it is made of sheets: nothing on them but pages, two side by side on some."""
        return any(drawn.sheet > 1 for drawn in self.drawn) and all(drawn.is_bare for drawn in self.drawn)

    @cached_property
    def drawn(self) -> tuple[Drawn, ...]:
        """What each page shows."""
        follow = self._follower.follow
        return tuple(follow(page, resources_of(page), keeps_words="/Annots" in page.obj) for page in self.pages)

    @property
    def typefaces(self) -> Mapping[Key, Typeface]:
        """The fonts that pages are set in, and those that they name."""
        drawn = self.drawn
        return self._follower.typefaces if drawn else {}

    def named_typefaces(self, page: Page) -> Iterator[Typeface]:
        """Give the fonts that a page names, whether it shows anything in them or not."""
        resources = resources_of(page)
        fonts: Any = {} if resources is None else resources.get("/Font", {})
        return (self.typefaces[self._follower.typeface(font)] for font in fonts.values())

    def numbered(self) -> Iterator[tuple[str, Page, Drawn]]:
        """Give each page with its place as findings say it, and what it shows."""
        for number, (page, drawn) in enumerate(zip(self.pages, self.drawn, strict=True), start=1):
            yield f"page {number}", page, drawn

    @cached_property
    def _numbers(self) -> Mapping[Key, int]:
        return {page.obj.objgen: number for number, page in reversed([*enumerate(self.pages)])}

    @cached_property
    def _names(self) -> Mapping[str, Any]:
        """The named places: those of a name tree, and those of PDF 1.1, in a dictionary."""
        names: Any = self.pdf.Root.get("/Names", {})
        tree = {str(name): where for name, where in NameTree(names["/Dests"]).items()} if "/Dests" in names else {}
        old: Any = self.pdf.Root.get("/Dests", {})
        return {name: old[name] for name in old} | tree

    def page_of(self, target: Any) -> int | None:
        """Give the page, from 0, that a place is on, which may be called by name; None where that is nowhere."""
        if isinstance(target, String | Name):
            target = self._names.get(str(target))
        if isinstance(target, Dictionary):
            target = target.get("/D")
        if not isinstance(target, Array) or not len(target):
            return None
        return self.number_of(target[0])

    def number_of(self, page: Any) -> int | None:
        """Give the place of a page, from 0; None for what is none of the book's."""
        return self._numbers.get(page.objgen) if isinstance(page, Dictionary) else None

    @cached_property
    def outline(self) -> tuple[Entry, ...]:
        """All lines of the outline, in their order."""
        root: Any = self.pdf.Root.get("/Outlines", {})
        waiting, seen, found = [root.get("/First")], set(), []
        while waiting:
            item: Any = waiting.pop()
            if item is None or item.objgen in seen:
                continue
            seen.add(item.objgen)
            action: Any = item.get("/A", {})
            is_elsewhere = "/A" in item and action.get("/S") != "/GoTo"
            target = self.page_of(item.get("/Dest", action.get("/D")))
            if not is_elsewhere:
                found.append(Entry(str(item.get("/Title", "")), target))
            waiting += [item.get("/Next"), item.get("/First")]
        return tuple(found)


def resources_of(page: Page) -> Any:
    """Give what a page's drawing may name: its own, or that of a node above it."""
    return inherited(page, "/Resources")


def inherited(page: Page, key: str) -> Any:
    """Give an attribute of a page that a node above it may have for it: ISO 32000-1, 7.7.3.4."""
    node: Any = page.obj
    for _ in range(DEEPEST):
        if node is None or key in node:
            break
        node = node.get("/Parent")
    return None if node is None else node.get(key)


def box_of(page: Page, key: str) -> tuple[float, float, float, float] | None:
    """Give a box of a page with its lower left corner first; None for one that it has not."""
    box: Any = inherited(page, key) if key in ("/MediaBox", "/CropBox") else page.obj.get(key)
    if box is None:
        return None
    x, y, other_x, other_y = map(float, box)
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def annotations_of(page: Page) -> Iterator[Any]:
    """Give the annotations of a page."""
    annotations: Any = page.obj.get("/Annots")
    yield from () if annotations is None else annotations
