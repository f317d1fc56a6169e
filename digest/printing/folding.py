"""Folds a part, as WeasyPrint gives it to pydyf, into a gathering that any book can take up."""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

from digest.printing.gathering import Gathering, Numberless, Place, Streamed
from digest.printing.parts import BETWEEN_PARTS
from digest.printing.volume import COMPRESSION, TOGETHER

# How pydyf writes strings, in which nothing is a reference, and references; and how keys of a book's tree are noted.
NUMBER = re.compile(rb"(\((?:[^\\()]|\\.)*\))|(\d+) 0 ([RK])", re.DOTALL)
END = b">>"
BEGIN, FINISH = b"\nstream\n", b"\nendstream"


def folded(pdf: Any, name: str) -> Gathering:
    """Take the objects of a PDF of pydyf, in which WeasyPrint has written a part; it is used up by that."""
    pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    contents = [_target(page.pop("Contents")) for page in pages]
    links = [(each, _lead_across(each)) for each in pdf.objects if _leads_across(each)]
    document, kids, apart = _structure(pdf)
    fonts = _target(pdf.objects[_target(pages[0]["Resources"])]["Font"])
    apart |= {0, pdf.pages.number, pdf.catalog.number, fonts}
    apart |= {each.number for each in (*pages, *(link for link, _ in links))}
    rest = [each for each in pdf.objects if each.number not in apart]
    plain, streams = [each for each in rest if each.compressible], [each for each in rest if not each.compressible]
    _name_cells(pdf.objects, name)
    keys = _keyed(pdf)
    order = [each.number for each in (*plain, *streams, *pages, *(link for link, _ in links))]
    write = _Writer([*order, pdf.pages.number, document, fonts])
    marks: dict[int, bytes] = {}
    return Gathering(
        tuple(write(each.data for each in plain[at : at + TOGETHER]) for at in range(0, len(plain), TOGETHER)),
        len(plain),
        tuple(_streamed(each, write, _mark(each, pdf, marks)) for each in streams),
        tuple(write([page.data.removesuffix(END)]) for page in pages),
        tuple(map(write.place, contents)),
        tuple((anchor, write([link.data.removesuffix(END)])) for link, anchor in links),
        tuple(_places(pdf, pages)),
        len(keys),
        write([b" ".join(keys)]),
        write(kids),
    )


class _Writer:
    """Writes objects, whose `numbers` in their PDF become places in a table."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._places = {number: place for place, number in enumerate(numbers)}
        self._keys = len(numbers)

    def place(self, number: int) -> int:
        return self._places[number]

    def __call__(self, objects: Iterable[bytes]) -> Numberless:
        places: list[int] = []

        def noted(found: re.Match[bytes]) -> bytes:
            string, number, kind = found.groups()
            if string:
                return string.replace(b"\n", rb"\n")
            places.append(self._keys + int(number) if kind == b"K" else self._places[int(number)])
            return b"%d" if kind == b"K" else b"%d 0 R"

        text = b"\n".join(NUMBER.sub(noted, each) for each in (each.replace(b"%", b"%%") for each in objects))
        return Numberless(text, array("I", places).tobytes())


def _target(reference: bytes) -> int:
    return int(reference.split()[0])


def _structure(pdf: Any) -> tuple[int, list[bytes], set[int]]:
    """Give the number of the one element at the top of the structure, what is in it, and what is above: the book's."""
    if "StructTreeRoot" not in pdf.catalog:
        return 0, [], set()
    tree = pdf.objects[_target(pdf.catalog["StructTreeRoot"])]
    document = pdf.objects[_target(tree["K"][0])]
    return document.number, [b" ".join(document["K"])], {document.number, tree.number, _target(tree["ParentTree"])}


def _keyed(pdf: Any) -> list[bytes]:
    """Give the entries of the tree of parents; note its keys there, and where pages and links name theirs."""
    if "StructTreeRoot" not in pdf.catalog:
        return []
    for each in pdf.objects:
        for name in ("StructParents", "StructParent"):
            if isinstance(each, dict) and name in each:
                each[name] = _key(each[name])
    tree = pdf.objects[_target(pdf.catalog["StructTreeRoot"])]
    entries = pdf.objects[_target(tree["ParentTree"])]["Nums"]
    pairs = zip(entries[::2], entries[1::2], strict=True)
    return [b"%b %b" % (_key(key), getattr(value, "data", value)) for key, value in pairs]


def _key(number: int) -> bytes:
    return b"%d 0 K" % number


def _leads_across(each: Any) -> bool:
    """Whether an object is a link to an anchor of another part, which WeasyPrint takes for an address."""
    return isinstance(each, dict) and "A" in each and _address(each).startswith(BETWEEN_PARTS)


def _address(link: Any) -> str:
    address = link["A"].get("URI")
    return address.string if address else ""


def _lead_across(link: Any) -> str:
    """Make a link one to a named place, and give that name."""
    import pydyf

    anchor = unquote(_address(link).removeprefix(BETWEEN_PARTS))
    del link["A"]
    link.pop("Contents", None)
    link["Dest"] = pydyf.String(anchor)
    return anchor


def _places(pdf: Any, pages: Sequence[Any]) -> Iterator[Place]:
    on = {page.reference: number for number, page in enumerate(pages)}
    named = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", ())
    for name, (page, _, x, y, _) in zip(named[::2], named[1::2], strict=True):
        yield Place(name.string, on[page], x, y)


def _streamed(stream: Any, write: _Writer, mark: bytes) -> Streamed:
    """Write a stream, compressed as well as it pays, unless numbers are to come."""
    import pydyf

    stream.compress, asked = False, stream.compress
    if folios := tuple(stream.__dict__.get("folios", ())):
        return Streamed(
            write([pydyf.Dictionary(stream.extra).data]),
            stream.data.partition(BEGIN)[2].removesuffix(FINISH),
            mark,
            folios,
        )
    head, _, rest = stream.data.partition(BEGIN)
    data = rest.removesuffix(FINISH)
    if asked:
        data = zlib.compress(data, COMPRESSION)
        head = pydyf.Dictionary({**stream.extra, "Filter": "/FlateDecode", "Length": len(data)}).data
    return Streamed(write([head]), data, mark)


def _mark(stream: Any, pdf: Any, known: dict[int, bytes]) -> bytes:
    """Tell how a picture looks, by its data and that of its mask; another stream has no mark."""
    if stream.extra.get("Subtype") != "/Image":
        return b""
    if stream.number not in known:
        mask = stream.extra.get("SMask")
        own = {key: value for key, value in stream.extra.items() if key != "SMask"}
        known[stream.number] = sha256(
            repr(sorted((key, getattr(value, "data", value)) for key, value in own.items())).encode()
            + stream.data.partition(BEGIN)[2]
            + (_mark(pdf.objects[_target(mask)], pdf, known) if mask else b"")
        ).digest()
    return known[stream.number]


def _name_cells(objects: Sequence[Any], stretch: str) -> None:
    """Make the ids of head cells, by which other cells name them, unique in the book: WeasyPrint begins anew."""
    for each in objects:
        if not isinstance(each, dict):
            continue
        if "ID" in each:
            each["ID"].string = f"{stretch}-{each['ID'].string}"  # an object that the cells which name it share
        if each.get("S") == "/TR":
            _scope_heads([objects[_target(kid)] for kid in each["K"]])


def _scope_heads(row: Sequence[Any]) -> None:
    """Say of each head cell whether it heads its row or its column: PDF/UA-1, 7.5, where not all have text."""
    has_data = any(cell["S"] == "/TD" for cell in row)
    for at, cell in enumerate(row):
        if cell["S"] == "/TH":
            cell["A"]["Scope"] = "/Row" if at == 0 and has_data else "/Column"
