"""Assembles parts that were laid out apart into one PDF: pages, fonts, links, outline, and one tree of structure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pydyf

from digest.printing.gathering import Gathering, Place
from digest.printing.metadata import SILENT, Said, page_labels, written
from digest.printing.outline import outline
from digest.printing.parts import Face, LaidOut, gathered
from digest.printing.placing import Placed, placed
from digest.printing.volume import Volume, encoded, reference, text

# As pydyf writes them; a blank page has those of the page before.
BOXES = re.compile(rb"/(?:Media|Trim|Bleed)Box \[[^]]*\]")
NOTHING = b"q Q\n"  # Ghostscript 10 calls a stream without a byte an error


@dataclass(frozen=True, slots=True)
class Begun:
    """A page that is still to be written: its number, how it begins, and the number of what it shows."""

    number: int
    beginning: bytes
    contents: int


@dataclass(slots=True)
class Sewn:
    """A part whose objects are in the book.

    `fonts` and `element` are numbers kept for the names of its fonts and the top of its structure, `kids` are below it.
    `places` are named ones, each on a page of the part; `keys` are those of its faces.
    """

    fonts: int
    element: int
    keys: frozenset[str]
    pages: list[Begun] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    kids: list[bytes] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn when all pages are known: something beneath each of them, and in which fonts (their keys)."""

    beneath: Sequence[bytes] = ()
    fonts: Sequence[str] = ()


class Binder:
    """Puts the gatherings of parts into one PDF as they come, and their pages in order when all are there.

    Links to another part become links to named places, told by the titles that stand there (`titles`, by anchor).
    """

    def __init__(self, titles: Mapping[str, str]) -> None:
        self.volume = Volume()
        self._titles = titles
        self._pages, self._document = self.volume.reserve(), self.volume.reserve()
        self._pictures: dict[bytes, int] = {}
        self._nodes: list[int] = []
        self._next_key = 0
        self._parts: list[LaidOut] = []
        self._sewn: list[Sewn] = []
        self.faces: dict[str, Face] = {}  # of all parts: each by itself would be kept many times over

    @property
    def places(self) -> list[Placed]:
        """Each part where it stands; of its pages' objects and of its faces nothing is kept."""
        return placed(self._parts)

    def add(self, part: LaidOut, at: int | None = None, number_of: Callable[[str], str] = str) -> LaidOut:
        """Put a part behind the others, or before the one that has the number `at`, from 0; give it without objects.

        `number_of` an anchor is that of its page, for numbers that were to come.
        """
        at = len(self._parts) if at is None else at
        sewn = Sewn(self.volume.reserve(), self.volume.reserve(), frozenset(face.key for face in part.faces))
        for gathering in part.gatherings:
            self._sew(gathering, sewn, number_of)
        self._sewn.insert(at, sewn)
        self.faces = gathered([*self.faces.values(), *part.faces])
        self._parts.insert(at, replace(part, gatherings=(), faces=()))
        return self._parts[at]

    def _sew(self, new: Gathering, into: Sewn, number_of: Callable[[str], str]) -> None:
        """Write what does not depend on other parts."""
        streams = [self._number_of(stream.mark) for stream in new.streams]
        table = self._table(new, [number for number, _ in streams], into)
        objects, pages, links = 0, new.number + len(new.streams), new.number + len(new.streams) + len(new.pages)
        for each in new.objects:
            lines = each.numbered(table)
            self.volume.add_all(table[objects], lines)
            objects += lines.count(b"\n") + 1
        for stream, (number, is_new) in zip(new.streams, streams, strict=True):
            head = stream.head.numbered(table)
            if stream.folios:
                self.volume.add_stream(stream.filled(number_of), head.removeprefix(b"<<").removesuffix(b">>"), number)
            elif is_new:
                self.volume.add_packed(head, stream.data, number)
        for place, (anchor, link) in enumerate(new.links, start=links):
            told = link.numbered(table), text(self._titles.get(anchor, anchor))
            self.volume.add(b"%b/Contents %b>>" % told, table[place])
        self._enter(new, table)
        into.kids.append(new.kids.numbered(table))
        into.places.extend(replace(place, page=len(into.pages) + place.page) for place in new.places)
        for place, (page, contents) in enumerate(zip(new.pages, new.contents, strict=True), start=pages):
            into.pages.append(Begun(table[place], page.numbered(table), table[contents]))

    def _table(self, new: Gathering, streams: Sequence[int], part: Sewn) -> list[int]:
        """Give the numbers that a gathering's objects and keys have in this book."""
        count = len(new.pages) + len(new.links)
        objects, others = self.volume.reserve(new.number), self.volume.reserve(count)
        return [
            *range(objects, objects + new.number),
            *streams,
            *range(others, others + count),
            *(self._pages, part.element, part.fonts),
            *range(self._next_key, self._next_key + new.keys),
        ]

    def _number_of(self, mark: bytes) -> tuple[int, bool]:
        """Give a stream its number, and say whether it is new: a picture that is there already is not."""
        if mark in self._pictures:
            return self._pictures[mark], False
        number = self.volume.reserve()
        if mark:
            self._pictures[mark] = number
        return number, True

    def _enter(self, new: Gathering, table: Sequence[int]) -> None:
        """Enter a part's keys into the tree of parents: a node of a number tree, ISO 32000-1, 7.9.7."""
        if not new.keys:
            return
        facts = self._next_key, self._next_key + new.keys - 1, new.parents.numbered(table)
        self._nodes.append(self.volume.add(b"<</Limits[%d %d]/Nums[%b]>>" % facts))
        self._next_key += new.keys

    def bound(self, fonts: Mapping[str, bytes], drawn: Drawn = Drawn(), front: int = 0, said: Said = SILENT) -> bytes:
        """Give the file: `fonts` are references by their keys, `front` is the number of pages before the text."""
        pages = self._bind(drawn.beneath)
        for sewn in self._sewn:
            named = sorted({*sewn.keys, *drawn.fonts})
            self.volume.add(pydyf.Dictionary({key: fonts[key] for key in named}).data, sewn.fonts)
        kids = b" ".join(map(reference, pages))
        self.volume.add(b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(pages), kids), self._pages)
        catalog = {"Type": "/Catalog", "Pages": reference(self._pages), "PageLabels": page_labels(front)}
        catalog |= {**self._named(pages), **self._structured(), **outline(self.volume, self.places, pages)}
        facts, info = written(self.volume, said)
        return self.volume.finished(self.volume.add(pydyf.Dictionary(catalog | facts).data), info)

    def _bind(self, beneath: Sequence[bytes]) -> list[int]:
        """Write the pages in order, blank ones between parts; give their numbers."""
        found: list[int] = []
        before = b""
        for place, sewn in zip(self.places, self._sewn, strict=True):
            if len(found) < place.start:
                found.append(self._blank(before))
            for page in sewn.pages:
                drawing = beneath[len(found)] if beneath else b""
                shown = [*([self.volume.add_stream(drawing)] if drawing else []), page.contents]
                before = page.beginning
                self.volume.add(b"%b/Contents[%b]>>" % (before, b" ".join(map(reference, shown))), page.number)
                found.append(page.number)
        return found

    def _blank(self, like: bytes) -> int:
        """Write a blank page as large as another one."""
        boxes = b"".join(BOXES.findall(like))
        shown = reference(self.volume.add_packed(b"<</Length %d>>" % len(NOTHING), NOTHING))
        parent = reference(self._pages)
        return self.volume.add(b"<</Type/Page/Parent %b/Resources<<>>%b/Contents %b>>" % (parent, boxes, shown))

    def _named(self, pages: Sequence[int]) -> dict[str, bytes]:
        """Write the named places: a name tree of one node, ISO 32000-1, 7.9.6, sorted by the bytes of its keys."""
        found: dict[bytes, bytes] = {}
        for at, sewn in zip(self.places, self._sewn, strict=True):
            for place in sewn.places:
                there = pydyf.Array([reference(pages[at.start + place.page]), "/XYZ", place.x, place.y, 0])
                found.setdefault(encoded(place.name), text(place.name) + there.data)
        names = b" ".join(found[key] for key in sorted(found))
        return {"Names": b"<</Dests %b>>" % reference(self.volume.add(b"<</Names[%b]>>" % names))} if found else {}

    def _structured(self) -> dict[str, bytes]:
        """Write the top of the tree of structure, if any part has one: ISO 32000-1, 14.7."""
        if not self._nodes:
            return {}
        for sewn in self._sewn:
            facts = reference(self._document), b" ".join(sewn.kids)
            self.volume.add(b"<</Type/StructElem/S/Part/P %b/K[%b]>>" % facts, sewn.element)
        parts = b" ".join(reference(sewn.element) for sewn in self._sewn)
        nodes = self.volume.add(b"<</Kids[%b]>>" % b" ".join(map(reference, self._nodes)))
        top = reference(self._document), reference(nodes), self._next_key
        root = self.volume.add(b"<</Type/StructTreeRoot/K[%b]/ParentTree %b/ParentTreeNextKey %d>>" % top)
        self.volume.add(b"<</Type/StructElem/S/Document/P %b/K[%b]>>" % (reference(root), parts), self._document)
        return {"StructTreeRoot": reference(root), "MarkInfo": b"<</Marked true>>"}
