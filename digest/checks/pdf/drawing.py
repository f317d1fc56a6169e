"""Follows the drawing of a page: what its text is set in, in which inks, how large its pictures are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import hypot
from typing import Any

from pikepdf import Array, Dictionary, Page, Pdf

from digest.checks.pdf import colours
from digest.checks.pdf.content import instructions, strings
from digest.checks.pdf.streams import UNREADABLE, Budget, unpacked
from digest.checks.pdf.typeface import Typeface

Matrix = tuple[float, float, float, float, float, float]
Inks = tuple[float, ...]
Key = tuple[int, int]  # of an object in the file: its number and its generation

UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)
DEEPEST = 16  # forms inside forms; ours are one deep
INVISIBLE = 3  # the text rendering mode that shows nothing: ISO 32000-1, table 106
INCH = 72  # points
MCID = re.compile(rb"/MCID\s+(\d{1,9})")
BLACK: Inks = (0, 0, 0, 1)


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture where it is shown: pixels, and how many of them go to an inch."""

    width: int
    height: int
    dpi: float


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text, and where it begins on the page, in points."""

    x: float
    y: float
    text: str


@dataclass(slots=True)
class Drawn:
    """What a page shows.

    `codes` by the key of their font; `text_inks` in CMYK; `on_screen` names colour spaces of screens, with what is
    drawn in them; `marks` are the numbers that structure knows marked content by. `sheet` counts the forms that stand
    on the page itself, and `is_bare` says that nothing else does.
    """

    codes: dict[Key, set[int]] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    text_inks: set[Inks] = field(default_factory=set)
    on_screen: set[tuple[str, str]] = field(default_factory=set)
    pictures: set[Placed] = field(default_factory=set)
    marks: set[int] = field(default_factory=set)
    has_unmarked: bool = False
    sheet: int = 0
    is_bare: bool = True
    problem: str = ""


class Follower:
    """Reads the pages of one file; fonts are read once."""

    def __init__(self, pdf: Pdf, file_size: int) -> None:
        self.pdf = pdf
        self.drawing, self.fonts = Budget.of(file_size), Budget.of(file_size)
        self.typefaces: dict[Key, Typeface] = {}
        self.names: dict[Key, dict[bytes, Key]] = {}

    def typeface(self, font: Any) -> Key:
        """Read a font, and give the key that it is known by."""
        key: Key = font.objgen if font.is_indirect else (-1, len(self.typefaces))
        if key not in self.typefaces:
            self.typefaces[key] = Typeface(font, self.fonts)
        return key

    def follow(self, page: Page, resources: Any, *, keeps_words: bool) -> Drawn:
        """Read what a page shows; where it cannot be read to its end, `problem` says why."""
        run = _Run(self, keeps_words=keeps_words)
        try:
            group: Any = page.obj.get("/Group", {})
            run.note_space(group.get("/CS"), "transparency")
            contents: Any = page.obj.get("/Contents", ())
            parts = contents if isinstance(contents, Array) else [contents] if contents else []
            data = b"\n".join(unpacked(part, self.drawing) for part in parts)
            run.draw(data, resources, page.obj.objgen)
        except UNREADABLE as error:
            run.drawn.problem = str(error) or type(error).__name__
        return run.drawn


class _Run:
    """The state of one page's drawing: ISO 32000-1, 8.4."""

    def __init__(self, follower: Follower, *, keeps_words: bool) -> None:
        self.drawn = Drawn()
        self.follower, self.keeps_words = follower, keeps_words
        self.resources: Any = {}
        self.fonts: dict[bytes, Key] = {}
        self.inside: set[Key] = set()
        self.seen: set[Key] = set()
        self.depth = 0
        self.place: Matrix = UNMOVED
        self.fill: Inks | None = BLACK
        self.stroke: Inks | None = BLACK
        self.spaces = ["gray", "gray"]  # that of the fill, that of the stroke
        self.font: Key | None = None
        self.mode, self.leading = 0, 0.0
        self.line: Matrix = UNMOVED
        self.saved: list[tuple[Any, ...]] = []
        self.marked: list[bool] = []

    def draw(self, data: bytes, resources: Any, owner: Key) -> None:
        """Follow a content stream; without resources of its own it names those of what it is drawn in."""
        before = self.resources, self.fonts
        if resources is not None:
            self.resources = resources
            self.fonts = self.follower.names.setdefault(resources.objgen if resources.is_indirect else owner, {})
        for operands, operator in instructions(self.follower.pdf, data):
            if (effect := EFFECTS.get(operator)) is not None:
                effect(self, operands)
        self.resources, self.fonts = before

    def draw_inside(self, stream: Any, resources: Any = None, matrix: Any = UNMOVED) -> None:
        """Follow what is drawn by name: a form, a pattern, a soft mask, a glyph of a Type 3 font."""
        if self.depth >= DEEPEST or stream.objgen in self.inside:
            raise ValueError("a form is drawn inside itself, or too deep inside others")
        before = self.state(), self.line, self.saved
        self.saved = []
        self.depth += 1
        self.inside.add(stream.objgen)
        self.place = _times(map(float, matrix), self.place)
        self.note_space(stream.get("/Group", {}).get("/CS"), "transparency")
        data = unpacked(stream, self.follower.drawing)
        self.draw(data, stream.get("/Resources", resources), stream.objgen)
        self.inside.discard(stream.objgen)
        self.depth -= 1
        state, self.line, self.saved = before
        self.restore(state)

    def draw_once(self, stream: Any, resources: Any = None) -> None:
        """Follow what looks the same wherever it is drawn."""
        if stream.objgen not in self.seen:
            self.seen.add(stream.objgen)
            self.draw_inside(stream, resources)

    def state(self) -> tuple[Any, ...]:
        """Give what `q` saves."""
        return self.place, self.fill, self.stroke, (*self.spaces,), self.font, self.mode, self.leading

    def restore(self, state: tuple[Any, ...]) -> None:
        """Take back what `q` saved."""
        self.place, self.fill, self.stroke, spaces, self.font, self.mode, self.leading = state
        self.spaces = [*spaces]

    def named(self, kind: str, name: bytes) -> Any:
        """Find a resource by its name; None where there is none."""
        return self.resources.get(kind, {}).get(name.strip().decode("latin-1"))

    def note_space(self, space: Any, what: str) -> str:
        """Note a colour space of screens; give the kind of any."""
        kind = colours.kind_of(space) if space is not None else ""
        if colours.is_of_screens(kind):
            self.drawn.on_screen.add((kind, what))
        return kind

    def note_marks(self) -> None:
        """See whether what is shown now belongs to the structure, or is marked as an artifact."""
        if not self.depth:
            self.drawn.is_bare = False
        if not any(self.marked):
            self.drawn.has_unmarked = True


def _times(one: Any, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _save(run: _Run, _: bytes) -> None:
    run.saved.append(run.state())


def _restore(run: _Run, _: bytes) -> None:
    if run.saved:
        run.restore(run.saved.pop())


def _move(run: _Run, operands: bytes) -> None:
    run.place = _times(map(float, operands.split()), run.place)


def _begin_text(run: _Run, _: bytes) -> None:
    run.line = UNMOVED


def _set_line(run: _Run, operands: bytes) -> None:
    a, b, c, d, e, f = map(float, operands.split())
    run.line = (a, b, c, d, e, f)


def _move_line(run: _Run, operands: bytes) -> None:
    x, y = map(float, operands.split())
    run.line = _times((1, 0, 0, 1, x, y), run.line)


def _move_line_and_lead(run: _Run, operands: bytes) -> None:
    run.leading = -float(operands.split()[1])
    _move_line(run, operands)


def _set_leading(run: _Run, operands: bytes) -> None:
    run.leading = float(operands)


def _next_line(run: _Run, _: bytes) -> None:
    run.line = _times((1, 0, 0, 1, 0, -run.leading), run.line)


def _set_mode(run: _Run, operands: bytes) -> None:
    run.mode = int(operands)


def _set_font(run: _Run, operands: bytes) -> None:
    name = operands.split()[0]
    if name not in run.fonts:
        font = run.named("/Font", name)
        if font is None:
            raise ValueError(f"it is set in {name.decode('latin-1')}, which is not in the file")
        run.fonts[name] = run.follower.typeface(font)
    run.font = run.fonts[name]
    face = run.follower.typefaces[run.font]
    for glyph in face.drawings if face.is_type3 else ():
        run.draw_once(glyph, face.resources)


def _show(run: _Run, operands: bytes) -> None:
    shown = strings(operands)
    if not shown:
        return
    run.note_marks()
    if run.font is not None:
        codes, text = run.follower.typefaces[run.font].read(shown)
        run.drawn.codes.setdefault(run.font, set()).update(codes)
        run.drawn.text.append(text)
        if run.keeps_words:
            *_, x, y = _times(run.line, run.place)
            run.drawn.words.append(Word(x, y, text))
    if run.mode % 4 != INVISIBLE:
        run.drawn.text_inks.update(_inks_of_text(run))


def _inks_of_text(run: _Run) -> list[Inks]:
    """Modes 0 and 2 fill text, 1 and 2 stroke it; 4 to 6 do the same and clip: ISO 32000-1, table 106."""
    used = {0: [run.fill], 1: [run.stroke], 2: [run.fill, run.stroke]}[run.mode % 4]
    return [inks for inks in used if inks is not None]


def _show_on_next_line(run: _Run, operands: bytes) -> None:
    _next_line(run, b"")
    _show(run, operands)


def _coloured(side: int, kind: str) -> Callable[[_Run, bytes], None]:
    """Make the effect of an operator that sets a space and a colour at once."""

    def effect(run: _Run, operands: bytes) -> None:
        if kind == "DeviceRGB":
            run.drawn.on_screen.add((kind, "a colour"))
        run.spaces[side] = kind
        _set_inks(run, side, _inks(kind, operands))

    return effect


def _spaced(side: int) -> Callable[[_Run, bytes], None]:
    def effect(run: _Run, operands: bytes) -> None:
        space = run.named("/ColorSpace", operands)
        run.spaces[side] = run.note_space(operands.strip().decode("latin-1") if space is None else space, "a colour")
        _set_inks(run, side, BLACK if run.spaces[side] in ("gray", "CMYK") else None)

    return effect


def _toned(side: int) -> Callable[[_Run, bytes], None]:
    """Make the effect of an operator that sets a colour, or a pattern, in the space that was chosen."""

    def effect(run: _Run, operands: bytes) -> None:
        if b"/" in operands:
            _note_pattern(run, operands.split()[-1])
            _set_inks(run, side, None)
        else:
            _set_inks(run, side, _inks(run.spaces[side], operands))

    return effect


def _set_inks(run: _Run, side: int, inks: Inks | None) -> None:
    if side:
        run.stroke = inks
    else:
        run.fill = inks


def _inks(kind: str, operands: bytes) -> Inks | None:
    if kind == "gray":
        return (0, 0, 0, 1 - float(operands))
    return tuple(map(float, operands.split())) if kind == "CMYK" else None


def _note_pattern(run: _Run, name: bytes) -> None:
    pattern = run.named("/Pattern", name)
    if pattern is None:
        return
    if "/Shading" in pattern:
        run.note_space(pattern.Shading.get("/ColorSpace"), "a gradient")
    else:
        run.draw_once(pattern)


def _shade(run: _Run, operands: bytes) -> None:
    if (shading := run.named("/Shading", operands)) is not None:
        run.note_space(shading.get("/ColorSpace"), "a gradient")


def _set_state(run: _Run, operands: bytes) -> None:
    mask: Any = (run.named("/ExtGState", operands) or {}).get("/SMask")
    if isinstance(mask, Dictionary) and "/G" in mask:
        run.draw_once(mask.G)


def _show_object(run: _Run, operands: bytes) -> None:
    shown = run.named("/XObject", operands)
    if shown is None:
        raise ValueError(f"it shows {operands.decode('latin-1').strip()}, which is not in the file")
    if shown.get("/Subtype") == "/Form":
        run.drawn.sheet += not run.depth
        run.draw_inside(shown, matrix=shown.get("/Matrix", UNMOVED))
        return
    run.note_marks()
    if not shown.get("/ImageMask", False):
        run.note_space(shown.get("/ColorSpace"), "a picture")
    _place(run, int(shown.get("/Width", 0)), int(shown.get("/Height", 0)))


def _show_inline(run: _Run, operands: bytes) -> None:
    width, height, space = operands.split()
    run.note_marks()
    named = run.named("/ColorSpace", space)
    run.note_space(space.decode("latin-1") if named is None else named, "a picture")
    _place(run, int(width), int(height))


def _place(run: _Run, width: int, height: int) -> None:
    """Note a picture, whose corners are those of the unit square."""
    a, b, c, d, *_ = run.place
    across, up = hypot(a, b) / INCH, hypot(c, d) / INCH
    if across and up:
        run.drawn.pictures.add(Placed(width, height, min(width / across, height / up)))


def _mark(run: _Run, operands: bytes) -> None:
    is_artifact = operands.startswith(b"/Artifact")
    if not run.depth and (found := MCID.search(operands)):
        run.drawn.marks.add(int(found[1]))
    run.marked.append(is_artifact or b"MCID" in operands or _has_named_mark(run, operands))


def _has_named_mark(run: _Run, operands: bytes) -> bool:
    """See whether the properties of marked content stand among the resources, with a number of structure."""
    names = operands.split()
    if len(names) != 2 or not names[1].startswith(b"/"):  # tag, name
        return False
    number: Any = (run.named("/Properties", names[1]) or {}).get("/MCID")
    if number is not None and not run.depth:
        run.drawn.marks.add(int(number))
    return number is not None


def _unmark(run: _Run, _: bytes) -> None:
    if run.marked:
        run.marked.pop()


EFFECTS: Mapping[bytes, Callable[[_Run, bytes], None]] = {
    b"q": _save, b"Q": _restore, b"cm": _move, b"gs": _set_state,
    b"BT": _begin_text, b"Tm": _set_line, b"Td": _move_line, b"TD": _move_line_and_lead, b"TL": _set_leading,
    b"T*": _next_line, b"Tr": _set_mode, b"Tf": _set_font,
    b"Tj": _show, b"TJ": _show, b"'": _show_on_next_line, b'"': _show_on_next_line,
    b"g": _coloured(0, "gray"), b"G": _coloured(1, "gray"),
    b"k": _coloured(0, "CMYK"), b"K": _coloured(1, "CMYK"),
    b"rg": _coloured(0, "DeviceRGB"), b"RG": _coloured(1, "DeviceRGB"),
    b"cs": _spaced(0), b"CS": _spaced(1),
    b"sc": _toned(0), b"SC": _toned(1), b"scn": _toned(0), b"SCN": _toned(1),
    b"sh": _shade, b"Do": _show_object, b"BI": _show_inline,
    b"BDC": _mark, b"BMC": _mark, b"EMC": _unmark,
}  # fmt: skip
