"""What a book is assembled from: its parts as HTML, and as what WeasyPrint made of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from digest.printing.gathering import Folio, Gathering

BETWEEN_PARTS = "digest:"  # the scheme of a link to an anchor, until all parts are known


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the book that begins a right-hand page: its HTML, and its pictures by address.

    `folios` are the anchors of the numbers of pages that are to come in it, `characters` those that are in it.
    """

    name: str
    html: str
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    folios: tuple[str, ...] = ()
    characters: str = ""


@dataclass(frozen=True, slots=True)
class Looks:
    """What all parts are set in: (base address, CSS) of each sheet, in order, and the font files by role.

    `folders` are those that a sheet may load files from; `strangers` the characters that no font has, sorted.
    """

    sheets: tuple[tuple[str, str], ...]
    fonts: Mapping[str, Path]
    folders: tuple[Path, ...]
    strangers: str = ""
    tagged: bool = True


@dataclass(frozen=True, slots=True)
class Face:
    """How a part uses a font: by glyph, the width in thousandths of an em, and the text that it stands for.

    `file` is one of Looks.fonts; `data` holds a font that came with a style sheet instead. `strangers` maps characters
    without a glyph to the numbers that stand in for one.
    """

    key: str
    name: str
    family: str
    file: Path | None
    data: bytes
    ascent: int
    descent: int
    flags: int
    weight: int
    index: int
    glyph_count: int
    variations: tuple[tuple[str, float], ...]
    widths: Mapping[int, int]
    texts: Mapping[int, str]
    strangers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Leader:
    """A dotted line in points from the lower left corner of the page: from `left` to `right` at height `y`.

    Where it leads to a number that is to come, `folio`, it ends before that.
    """

    left: float
    right: float
    y: float
    folio: Folio | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page as it was laid out: its CSS name, the strings that were set on it, in order, and its dotted lines.

    `first` holds the strings that the page's first element sets.
    """

    kind: str
    strings: tuple[tuple[str, str], ...] = ()
    first: frozenset[str] = frozenset()
    leaders: tuple[Leader, ...] = ()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the outline: level from 1, title, page of its part from 0, place on it in points."""

    level: int
    title: str
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A part in pages: their objects, without fonts, and what the book needs to know. It can cross to another process.

    `anchors` tells on which of its pages, from 0, each id stands, `asked` to which of the part's own its links lead;
    `margins` are the white at the spine and at the outer edge of its first page, in points.
    """

    name: str
    gatherings: tuple[Gathering, ...]
    leaves: tuple[Leaf, ...]
    bookmarks: tuple[Bookmark, ...]
    anchors: Mapping[str, int]
    margins: tuple[float, float]
    faces: tuple[Face, ...] = ()
    missing: frozenset[str] = frozenset()
    too_wide: tuple[str, ...] = ()  # anchors of the articles whose tables had to be broken anywhere
    folios: tuple[str, ...] = ()  # anchors of the numbers of pages that can be filled in
    asked: frozenset[str] = frozenset()


def joined(stretches: Sequence[LaidOut]) -> LaidOut:
    """Make one part of stretches of it, each of which counts its pages from 0."""
    bookmarks: list[Bookmark] = []
    anchors: dict[str, int] = {}
    before = 0
    for stretch in stretches:
        bookmarks.extend(replace(mark, page=before + mark.page) for mark in stretch.bookmarks)
        anchors = {name: before + page for name, page in stretch.anchors.items()} | anchors
        before += len(stretch.leaves)
    return replace(
        stretches[0],
        gatherings=tuple(gathering for stretch in stretches for gathering in stretch.gatherings),
        leaves=tuple(leaf for stretch in stretches for leaf in stretch.leaves),
        bookmarks=tuple(bookmarks),
        anchors=anchors,
        faces=tuple(gathered(face for stretch in stretches for face in stretch.faces).values()),
        missing=frozenset(character for stretch in stretches for character in stretch.missing),
        folios=tuple(anchor for stretch in stretches for anchor in stretch.folios),
        too_wide=tuple(dict.fromkeys(anchor for stretch in stretches for anchor in stretch.too_wide)),
        asked=frozenset(anchor for stretch in stretches for anchor in stretch.asked),
    )


def gathered(faces: Iterable[Face]) -> dict[str, Face]:
    """Unite the uses of each face, by its key: what an earlier stretch says of a glyph stays."""
    found: dict[str, list[Face]] = {}
    for face in faces:
        found.setdefault(face.key, []).append(face)
    return {key: _united(found[key]) for key in sorted(found)}


def _united(uses: Sequence[Face]) -> Face:
    widths: dict[int, int] = {}
    texts: dict[int, str] = {}
    strangers: dict[str, int] = {}
    for face in reversed(uses):
        widths.update(face.widths)
        texts.update(face.texts)
        strangers.update(face.strangers)
    return replace(uses[0], widths=widths, texts=texts, strangers=strangers)
