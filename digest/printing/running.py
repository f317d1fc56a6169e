"""Draws running heads and folios: where a style's margin boxes stand, and what they say on each page.

A style writes them in CSS, as margin boxes of @page. WeasyPrint lays each kind of page out once, as a specimen; from
there on the words of a page are shaped and drawn here. That takes a fraction of the time of margin boxes on every page,
knows the numbers of a book that was laid out in parts, and marks them as artifacts, which PDF/UA asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from digest.errors import BrokenStyleError
from digest.printing.folios import texts
from digest.printing.layout import POINT, Setter
from digest.printing.parts import Face, Leader, Leaf

SIDES = ("left", "right")
ANY_WORD = "国"  # stands for what a specimen's strings will say
DOTS = (0.9, 5.25)  # points: the size of a leader's dots, and from dot to dot: half a character of 五号
LEADER_GAP = 4.0  # points between words or number and the dots
# CSS Counter Styles 3, 6.1: what lower-roman writes, and where.
ROMAN_RANGE = range(1, 4000)
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
SHORTEST_LEADER = 10.0  # points; less is a smudge

Content = tuple[tuple[str, str, str], ...]  # (kind, name, how): text · counter, name, style · string, name, keyword


@dataclass(frozen=True, slots=True)
class MarginBox:
    """Where a running head or a folio stands, in points from the lower left corner, and what it says.

    `x` is where it begins (`at` 0), its middle (0.5) or its end (1).
    """

    content: Content
    x: float
    y: float
    at: float
    size: float
    colour: tuple[float, float, float]
    families: tuple[str, ...]
    is_head: bool


@dataclass(frozen=True, slots=True)
class Numbered:
    """A page of the whole book: its leaf, its number as a book counts, which side it is, all strings set so far."""

    leaf: Leaf
    number: int
    side: str
    strings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Running:
    """The margin boxes of each (kind of page, side), and the faces that they are set in."""

    boxes: Mapping[tuple[str, str], tuple[MarginBox, ...]]
    faces: tuple[Face, ...]


def margin_boxes(setter: Setter, kinds: Iterable[str], names: Iterable[str], language: str) -> Running:
    """Lay out a specimen of each kind of page; give the margin boxes of each (kind, side).

    `names` are those of the strings that pages set. Raises BrokenStyleError for a margin box that says anything else
    than text, a page's number, and strings.
    """
    wanted = [(kind, side) for kind in sorted(set(kinds)) for side in SIDES]
    strings = ", ".join(f"{name} '{ANY_WORD}'" for name in sorted(set(names)))
    pages = "".join(
        f'<div style="page: {kind or "auto"}; break-before: {side}{f"; string-set: {strings}" if strings else ""}">'
        f"{ANY_WORD}</div>"
        for kind, side in wanted
    )
    document, faces = setter.specimen(f'<html lang="{escape(language)}"><body>{pages}</body></html>')
    there = {
        (page._page_box.page_type.name or "", page._page_box.page_type.side): page
        for page in document.pages
        if not page._page_box.page_type.blank
    }
    boxes = {key: tuple(_boxes(there[key], setter.looks.folders[0])) for key in wanted if key in there}
    return Running(boxes, faces)


def _boxes(page: Any, folder: Path) -> Iterator[MarginBox]:
    for box in page._page_box.children:
        if not (keyword := getattr(box, "at_keyword", "")):
            continue
        content = tuple(_content(box.style["content"], folder))
        if content and (text := next(texts(box), None)):
            at = {"center": 0.5, "right": 1.0, "end": 1.0}.get(box.style["text_align_all"], 0.0)
            left = box.content_box_x()
            red, green, blue, *_ = box.style["color"].to("srgb").coordinates
            yield MarginBox(
                content,
                x=(left + at * box.width) * POINT,
                y=(page.height - text.position_y - text.baseline) * POINT,
                at=at,
                size=text.style["font_size"] * POINT,
                colour=(red, green, blue),
                families=tuple(text.style["font_family"]),
                is_head=keyword.startswith("@top"),
            )


def _content(content: Any, folder: Path) -> Iterator[tuple[str, str, str]]:
    if isinstance(content, str):  # normal, none, inhibit
        return
    for kind, value in content:
        if kind == "string":
            yield ("text", value, "")
        elif kind == "counter()" and value[0] in ("page", "pages"):
            yield ("counter", value[0], value[1])
        elif kind == "string()":
            yield ("string", value[0], value[1] if len(value) > 1 else "first")
        else:
            what = f"a margin box says {kind}, and it can say text, counter(page), counter(pages) and string() alone"
            raise BrokenStyleError(what, where=folder, remedy="mend `content` in its print.css")


def numbered(leaves: Iterable[tuple[Leaf | None, int]]) -> Iterator[Numbered | None]:
    """Carry strings along pages in their order, each with its number; a blank page is None."""
    strings: dict[str, str] = {}
    for leaf, number in leaves:
        if leaf is None:
            yield None
        else:
            yield Numbered(leaf, number, SIDES[number % 2], dict(strings))
            strings |= dict(leaf.strings)


def said(box: MarginBox, page: Numbered, pages: int) -> str:
    """Give what a margin box says on a page."""
    return "".join(_piece(page, pages, *piece) for piece in box.content)


def _piece(page: Numbered, pages: int, kind: str, name: str, how: str) -> str:
    if kind == "counter":
        return counted(page.number if name == "page" else pages, how)
    return _string(page, name, how) if kind == "string" else name


def _string(page: Numbered, name: str, keyword: str) -> str:
    """Give a named string on a page: CSS GCPM 3, 1.1.2."""
    here = [text for each, text in page.leaf.strings if each == name]
    before = page.strings.get(name, "")
    if not here:
        return before
    choices = {"last": here[-1], "first-except": "", "start": here[0] if name in page.leaf.first else before}
    return choices.get(keyword, here[0])


def counted(number: int, how: str = "decimal") -> str:
    """Write a page's number in a counter style of CSS; for the usual two WeasyPrint (a third of a second) can rest."""
    if how == "decimal":
        return str(number)
    if how == "lower-roman" and number in ROMAN_RANGE:
        return "".join(_roman(number))
    from weasyprint.html import UA_COUNTER_STYLE

    return str(UA_COUNTER_STYLE.render_value(number, how))


def _roman(number: int) -> Iterator[str]:
    for worth, letters in ROMAN:
        yield letters * (number // worth)
        number %= worth


def drawn(
    page: Numbered, boxes: Iterable[MarginBox], pages: int, pen: Pen, number_of: Callable[[str], str] = str
) -> bytes:
    """Give the content of a page that is no part of its text: running heads, folio, dotted lines.

    `number_of` an anchor is that of its page.
    """
    stamps = [
        _artifact(pen.words(words, box), f" /Subtype /{'Header' if box.is_head else 'Footer'}")
        for box in boxes
        if (words := said(box, page, pages)).strip()
    ]
    dots = b"".join(_dots(leader, number_of) for leader in page.leaf.leaders)
    return b"".join([*stamps, _artifact(dots, "") if dots else b""])


def _artifact(drawing: bytes, subtype: str) -> bytes:
    """Mark what a screen reader passes over: ISO 32000-1, 14.8.2.2."""
    kind = "Pagination" if subtype else "Layout"
    return f"/Artifact << /Type /{kind}{subtype} >> BDC\n".encode() + drawing + b"EMC\n"


def _dots(leader: Leader, number_of: Callable[[str], str]) -> bytes:
    """Draw round dots that stand below each other on all lines: a dash of no length, with round caps."""
    size, step = DOTS
    first = -(-(leader.left + LEADER_GAP) // step) * step
    folio = leader.folio
    right = folio.left(number_of(folio.anchor)) * POINT if folio else leader.right
    last = (right - LEADER_GAP) // step * step
    if last - first < SHORTEST_LEADER:
        return b""
    y = leader.y + size / 2
    return f"q 0 G 1 J {size} w [0 {step}] 0 d {first:.3f} {y:.3f} m {last + 0.01:.3f} {y:.3f} l S Q\n".encode()


class Pen:
    """Shapes and draws words in the fonts of a book; `used` are the glyphs it has drawn, by the key of their face."""

    def __init__(self, fonts: Mapping[str, Path], faces: Iterable[Face]) -> None:
        self._fonts = fonts
        self._faces = {face.file: face for face in faces if face.file}
        self._shapers: dict[Path, Any] = {}
        self._used: dict[Path, tuple[dict[int, int], dict[int, str]]] = {}
        self._known: dict[tuple[str, int], tuple[MarginBox, bytes]] = {}

    @property
    def used(self) -> tuple[Face, ...]:
        """The faces, with what was drawn in them."""
        return tuple(
            replace(self._faces[path], widths=widths, texts=texts, strangers={})
            for path, (widths, texts) in sorted(self._used.items())
        )

    def words(self, text: str, box: MarginBox) -> bytes:
        """Draw words where a margin box stands; a head stands on many pages."""
        key = text, id(box)
        if key not in self._known:
            self._known[key] = box, self._words(text, box)
        return self._known[key][1]

    def _words(self, text: str, box: MarginBox) -> bytes:
        runs = [(path, [*self._glyphs(path, run)]) for path, run in self._runs(text, box.families)]
        wide = sum(advance for _, glyphs in runs for _, advance in glyphs) * box.size / 1000
        colour = " ".join(f"{part:g}" for part in box.colour)
        start = f"BT {colour} rg 1 0 0 1 {box.x - box.at * wide:.3f} {box.y:.3f} Tm\n"
        shown = "".join(
            f"/{self._faces[path].key} {box.size:g} Tf <{''.join(f'{glyph:04x}' for glyph, _ in glyphs)}> Tj\n"
            for path, glyphs in runs
        )
        return f"{start}{shown}ET\n".encode()

    def _runs(self, text: str, families: Sequence[str]) -> Iterator[tuple[Path, str]]:
        """Set each character in the first of the families, else of the style's fonts, that has it."""
        order = [self._fonts[name] for name in (*families, *self._fonts) if name in self._fonts]
        usable = [path for path in dict.fromkeys(order) if path in self._faces]
        found = ((self._font_of(character, usable), character) for character in text)
        for path, group in groupby(found, key=lambda pair: pair[0]):
            yield path, "".join(character for _, character in group)

    def _font_of(self, character: str, usable: Sequence[Path]) -> Path:
        return next((path for path in usable if self._shaper(path).get_nominal_glyph(ord(character))), usable[0])

    def _shaper(self, path: Path) -> Any:
        import uharfbuzz

        if path not in self._shapers:
            self._shapers[path] = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))
        return self._shapers[path]

    def _glyphs(self, path: Path, run: str) -> Iterator[tuple[int, int]]:
        """Shape a run; give each glyph and its advance in thousandths of an em, the one that PDF will give it."""
        import uharfbuzz

        font = self._shaper(path)
        buffer = uharfbuzz.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer, {"kern": False, "liga": False})
        widths, texts = self._used.setdefault(path, ({}, {}))
        for info in buffer.glyph_infos:
            width = round(font.get_glyph_h_advance(info.codepoint) * 1000 / font.face.upem)
            widths.setdefault(info.codepoint, width)
            texts.setdefault(info.codepoint, run[info.cluster])
            yield info.codepoint, width
