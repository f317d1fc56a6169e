"""Assembles parts that were laid out apart into one PDF: pages, fonts, links, outline, and one tree of structure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

from digest.printing.parts import BETWEEN_PARTS, Bookmark, LaidOut

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf


@dataclass(frozen=True, slots=True)
class Placed:
    """A part, and the page of the book, from 0, on which it begins."""

    part: LaidOut
    start: int


def placed(parts: Sequence[LaidOut]) -> list[Placed]:
    """Let each part begin on a right-hand page, behind a blank one where it must."""
    found: list[Placed] = []
    start = 0
    for part in parts:
        found.append(Placed(part, start))
        start += len(part.leaves) + len(part.leaves) % 2
    return found


class Binder:
    """Puts the pages of parts into one PDF as they come, blank ones between them, and merges their structure.

    Links to another part, which WeasyPrint cannot know, come as addresses of a scheme of ours and become links to
    named places, told by the titles that stand there (`titles`, by anchor). The parts have no fonts yet: `give_fonts`.
    """

    def __init__(self, titles: Mapping[str, str]) -> None:
        import pikepdf

        self._pdf = pikepdf.new()
        self._titles = titles
        self._tree = Tree(self._pdf)
        self._names: dict[str, Object] = {}
        self._parts: list[LaidOut] = []

    def add(self, part: LaidOut, at: int | None = None) -> None:
        """Put a part behind the others, or before the one that has the number `at`, from 0."""
        import pikepdf

        at = len(self._parts) if at is None else at
        start = sum(len(other.leaves) + len(other.leaves) % 2 for other in self._parts[:at])
        with pikepdf.open(BytesIO(part.pdf)) as source:
            _fill(self._pdf, start)
            for number, page in enumerate(source.pages):  # `extend` would warn that named places are lost: they are not
                self._pdf.pages.insert(start + number, page)
            pages = [self._pdf.pages[start + number] for number in range(len(part.leaves))]
            if at < len(self._parts) and len(pages) % 2:
                self._pdf.pages.insert(start + len(pages), _blank(self._pdf, pages[-1]))
            _link_across(pages, self._titles)
            for name, where in _named_places(source):
                self._names.setdefault(name, self._pdf.copy_foreign(where))
            self._tree.add(source, pages, part, at)
        self._parts.insert(at, part)

    def bound(self) -> tuple[Pdf, list[Placed]]:
        """Give the PDF, and each part where it stands."""
        import pikepdf

        if self._names:
            self._pdf.Root.Names = pikepdf.Dictionary(Dests=_name_tree(self._names))
        self._tree.close()
        _share_images(self._pdf)
        return self._pdf, placed(self._parts)


def _fill(pdf: Pdf, number: int) -> None:
    """Add blank pages, of the size of the last, until the book has this number."""
    while len(pdf.pages) < number:
        add_blank(pdf)


def add_blank(pdf: Pdf) -> None:
    """Add a blank page of the size of the last."""
    pdf.pages.append(_blank(pdf, pdf.pages[-1]))


def _blank(pdf: Pdf, like: Page) -> Page:
    import pikepdf

    boxes = {key: like.obj[key] for key in ("/MediaBox", "/TrimBox", "/BleedBox") if key in like.obj}
    nothing = pdf.make_stream(b"q Q\n")  # Ghostscript 10 calls a stream without a byte an error
    page = pikepdf.Dictionary(Type=pikepdf.Name.Page, Resources=pikepdf.Dictionary(), Contents=nothing)
    for key, box in boxes.items():
        page[key] = box
    return pikepdf.Page(pdf.make_indirect(page))


def _link_across(pages: Sequence[Page], titles: Mapping[str, str]) -> None:
    import pikepdf

    for page in pages:
        annotations: Any = page.obj.get("/Annots", ())
        for annotation in annotations:
            action: Any = annotation.get("/A", {})
            address = str(action.get("/URI", ""))
            if address.startswith(BETWEEN_PARTS):
                del annotation["/A"]
                anchor = address.removeprefix(BETWEEN_PARTS)
                annotation.Dest = pikepdf.String(anchor)
                annotation.Contents = pikepdf.String(titles.get(anchor, anchor))


def _named_places(source: Pdf) -> Iterator[tuple[str, Object]]:
    names: Any = source.Root.get("/Names", {})
    pairs = names.get("/Dests", {}).get("/Names", ())
    for at in range(0, len(pairs), 2):
        yield str(pairs[at]), source.make_indirect(pairs[at + 1])


def _name_tree(names: Mapping[str, Object]) -> Object:
    """Give a name tree of one node: ISO 32000-1, 7.9.6, wants its keys sorted by their bytes."""
    import pikepdf

    keys = {bytes(pikepdf.String(name)): name for name in names}
    flat = [value for key in sorted(keys) for value in (pikepdf.String(keys[key]), names[keys[key]])]
    return pikepdf.Dictionary(Names=pikepdf.Array(flat))


class Tree:
    """One tree of structure for all parts: ISO 32000-1, 14.7."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._parts: list[Object] = []
        self._numbers: list[Any] = []
        self._next = 0
        self._root = pdf.make_indirect(_dictionary(Type="/StructTreeRoot"))
        self._document = pdf.make_indirect(_dictionary(Type="/StructElem", S="/Document", P=self._root))

    def add(self, source: Pdf, pages: Sequence[Page], laid: LaidOut, at: int) -> None:
        """Hang a part's structure into the tree, as part number `at`, with numbers of its own for pages and links."""
        import pikepdf

        if "/StructTreeRoot" not in source.Root:
            return
        root = source.Root.StructTreeRoot
        part = self._pdf.copy_foreign(root.K[0])
        part.S, part.P = pikepdf.Name.Part, self._document
        self._parts.insert(at, part)
        numbers = self._pdf.copy_foreign(source.make_indirect(root.ParentTree.Nums))
        for at in range(0, len(numbers), 2):
            self._numbers.extend((self._next + int(numbers[at]), numbers[at + 1]))
        for page in pages:
            page.obj.StructParents = self._next + int(page.obj.StructParents)
            annotations: Any = page.obj.get("/Annots", ())
            for annotation in annotations:
                if "/StructParent" in annotation:
                    annotation.StructParent = self._next + int(annotation.StructParent)
        self._next += len(numbers) // 2
        if laid.has_tables:
            _name_cells(part, laid.name)

    def close(self) -> None:
        """Write the tree, if any part has one."""
        import pikepdf

        if not self._parts:
            return
        self._document.K = pikepdf.Array(self._parts)
        self._root.K = pikepdf.Array([self._document])
        self._root.ParentTree = self._pdf.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(self._numbers)))
        self._root.ParentTreeNextKey = self._next
        self._pdf.Root.StructTreeRoot = self._root
        self._pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)


def _dictionary(**entries: Any) -> Any:
    import pikepdf

    made: Any = pikepdf.Dictionary()
    for key, value in entries.items():
        made[f"/{key}"] = pikepdf.Name(value) if isinstance(value, str) else value
    return made


def _name_cells(element: Object, part: str) -> None:
    """Make the ids of head cells, by which other cells name them, unique in the book: WeasyPrint counts in a part."""
    import pikepdf

    waiting: list[Any] = [element]
    while waiting:
        here = waiting.pop()
        if "/ID" in here:
            here.ID = pikepdf.String(f"{part}-{here.ID}")
        if "/A" in here and "/Headers" in here.A:
            here.A.Headers = pikepdf.Array([pikepdf.String(f"{part}-{name}") for name in here.A.Headers])
        kids: Any = here.get("/K", ())
        inside = [kid for kid in kids if _is_element(kid)] if isinstance(kids, pikepdf.Array) else []
        if here.S == "/TR":
            _scope_heads(inside)
        waiting.extend(inside)


def _is_element(kid: Any) -> bool:
    import pikepdf

    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def _scope_heads(row: Sequence[Any]) -> None:
    """Say of each head cell whether it heads its row or its column: PDF/UA-1, 7.5, where not all have text."""
    import pikepdf

    has_data = any(cell.S == "/TD" for cell in row)
    for at, cell in enumerate(row):
        if cell.S == "/TH":
            cell.A = cell.get("/A", pikepdf.Dictionary(O=pikepdf.Name.Table))
            cell.A.Scope = pikepdf.Name.Row if at == 0 and has_data else pikepdf.Name.Column


def _share_images(pdf: Pdf) -> None:
    """Keep one of images that are alike, with their masks."""
    import pikepdf

    seen: dict[bytes, Object] = {}
    for resources in {page.obj.Resources.objgen: page.obj.Resources for page in pdf.pages}.values():
        drawn: Any = resources.get("/XObject", {})
        for name in list(drawn.keys()):
            if drawn[name].get("/Subtype") == pikepdf.Name.Image:
                drawn[name] = seen.setdefault(_mark_of(drawn[name]), drawn[name])


def _mark_of(image: Object) -> bytes:
    mask = image.get("/SMask")
    mark = sha256(image.read_raw_bytes())
    mark.update(repr(sorted((key, str(value)) for key, value in image.items() if key != "/SMask")).encode())
    mark.update(_mark_of(mask) if mask is not None else b"")
    return mark.digest()


def give_fonts(pdf: Pdf, places: Sequence[Placed], fonts: Mapping[str, Object], drawn: Sequence[str]) -> None:
    """Name each part its fonts: those that it is set in, and those of the running heads (`drawn`)."""
    for place in places:
        held = pdf.pages[place.start].obj.Resources.Font
        for key in sorted({*(face.key for face in place.part.faces), *drawn}):
            held[f"/{key}"] = fonts[key]


def stamp(pdf: Pdf, page: Page, drawing: bytes) -> None:
    """Draw beneath what a page shows: WeasyPrint's streams begin with a change of coordinates that they never undo."""
    import pikepdf

    if drawing:
        page.obj.Contents = pikepdf.Array([pdf.make_stream(drawing), page.obj.Contents])


def outline(pdf: Pdf, places: Sequence[Placed]) -> None:
    """Write the bookmarks of all parts as one outline."""
    import pikepdf

    with pdf.open_outline() as tree:
        open_items: list[tuple[int, Any]] = []
        for place in places:
            for bookmark in place.part.bookmarks:
                item = pikepdf.OutlineItem(bookmark.title, _destination(pdf, place, bookmark))
                while open_items and open_items[-1][0] >= bookmark.level:
                    open_items.pop()
                (open_items[-1][1].children if open_items else tree.root).append(item)
                open_items.append((bookmark.level, item))


def _destination(pdf: Pdf, place: Placed, bookmark: Bookmark) -> Any:
    import pikepdf

    page = pdf.pages[place.start + bookmark.page].obj
    return pikepdf.Array([page, pikepdf.Name.XYZ, round(bookmark.x, 3), round(bookmark.y, 3), 0])
