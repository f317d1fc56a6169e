"""Turns every colour of an assembled PDF into inks: what WeasyPrint draws in RGB, grey and Lab becomes CMYK."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from digest.errors import BrokenStyleError
from digest.printing import halftones
from digest.printing.offset import Inks
from digest.printing.operators import Surface, inked, kind_of, known, rounded
from digest.printing.separation import Separation

if TYPE_CHECKING:
    from pikepdf import Pdf

FROM_ONE_TO_ANOTHER, STITCHED = 2, 3  # types of functions: ISO 32000-1, 7.10


@dataclass(frozen=True)
class Plates:
    """The plates of a press; `used` are the inks that colours became."""

    separation: Separation
    space: str = "/DeviceCMYK"
    operators: tuple[str, str] = ("k", "K")
    used: set[Inks] = field(default_factory=set)

    def colour(self, kind: str, numbers: Sequence[float]) -> Sequence[float]:
        """Give the inks of a colour."""
        inks = self.separation.inks(kind, *numbers)
        self.used.add(inks)
        return inks


@dataclass(frozen=True)
class Stencil:
    """A soft mask: colours there only let others through, by how light they are.

    In inks it would let through what a press prints: even solid black is not quite dark. ISO 32000-1, 11.5.3.
    """

    separation: Separation
    space: str = "/DeviceGray"
    operators: tuple[str, str] = ("g", "G")

    def colour(self, kind: str, numbers: Sequence[float]) -> Sequence[float]:
        """Give the lightness of a colour: ISO 32000-1, 10.3.2 and 10.3.4."""
        if kind == "grey":
            return numbers
        if kind == "rgb":
            red, green, blue = numbers
            return (0.3 * red + 0.59 * green + 0.11 * blue,)
        c, m, y, k = self.separation.inks(kind, *numbers)
        return (1 - min(1.0, 0.3 * c + 0.59 * m + 0.11 * y + k),)


def to_press(pdf: Pdf, profile: bytes) -> tuple[Inks, ...]:
    """Turn all colours of a PDF into inks of the press that a profile describes; give those of text and surfaces.

    What a style says as device-cmyk() stays. Raises BrokenStyleError for a colour of a space that no press knows.
    """
    separation = Separation(profile)
    plates = Plates(separation)
    walk = _Walk(pdf, plates, Stencil(separation))
    for page in pdf.pages:
        walk.page(page.obj)
    walk.forget_spaces()
    return tuple(sorted(plates.used))


class _Walk:
    """Goes through all that pages draw, once each: parts share resources, pages share pictures."""

    def __init__(self, pdf: Pdf, plates: Plates, stencil: Stencil) -> None:
        self._pdf = pdf
        self._plates, self._stencil = plates, stencil
        self._done: set[tuple[int, int]] = set()
        self._resources: list[Any] = []

    def page(self, page: Any) -> None:
        from pikepdf import Array

        resources = page.get("/Resources")
        contents = page.get("/Contents", ())
        for stream in contents if isinstance(contents, Array) else (contents,):
            self._content(stream, resources, self._plates)
        self._group(page, self._plates)
        self._resource(resources, self._plates)

    def forget_spaces(self) -> None:
        """Leave out the colour spaces that no colour is told in any more."""
        for resources in self._resources:
            held = resources.get("/ColorSpace", {})
            for name in [name for name, space in held.items() if kind_of(space) != "pattern"]:
                del held[name]
            if "/ColorSpace" in resources and not held.keys():
                del resources["/ColorSpace"]

    def _is_new(self, thing: Any) -> bool:
        """Say whether a thing is met for the first time; what is written in its place is met once anyway."""
        if thing.is_indirect and thing.objgen in self._done:
            return False
        self._done.add(thing.objgen)
        return True

    def _content(self, stream: Any, resources: Any, surface: Surface) -> None:
        if not self._is_new(stream):
            return
        named = resources.get("/ColorSpace", {}) if resources is not None else {}
        spaces = {name: kind_of(space) for name, space in named.items()}
        if (drawn := inked(stream, spaces, surface)) is not None:
            stream.write(drawn)

    def _drawing(self, stream: Any, surface: Surface) -> None:
        """Convert a form or the tile of a pattern: a stream with resources of its own."""
        if stream.objgen not in self._done:
            resources = stream.get("/Resources")
            self._content(stream, resources, surface)
            self._group(stream, surface)
            self._resource(resources, surface)

    def _group(self, owner: Any, surface: Surface) -> None:
        from pikepdf import Name

        if "/CS" in (group := owner.get("/Group", {})):
            group.CS = Name(surface.space)

    def _resource(self, resources: Any, surface: Surface) -> None:
        if resources is None or not self._is_new(resources):
            return
        self._resources.append(resources)
        # Masks first: WeasyPrint names them among the forms of a page as well, and they need the colours of pictures.
        for state in resources.get("/ExtGState", {}).values():
            self._mask(state.get("/SMask"))
        drawn = resources.get("/XObject", {})
        for name, thing in drawn.items():
            if thing.Subtype == "/Image":
                drawn[name] = self._picture(thing, surface)
            else:
                self._drawing(thing, surface)
        for pattern in resources.get("/Pattern", {}).values():
            if "/Shading" in pattern:
                self._shading(pattern.Shading, surface)
            else:
                self._drawing(pattern, surface)
        for shading in resources.get("/Shading", {}).values():
            self._shading(shading, surface)
        for font in resources.get("/Font", {}).values():
            for glyph in font.get("/CharProcs", {}).values():
                self._content(glyph, font.get("/Resources", resources), surface)

    def _mask(self, mask: Any) -> None:
        from pikepdf import Array, Dictionary

        if isinstance(mask, Dictionary):
            if "/BC" in mask:
                kind = known(kind_of(mask.G.Group.CS))
                mask.BC = Array(rounded(self._stencil.colour(kind, [float(part) for part in mask.BC])))
            self._drawing(mask.G, self._stencil)

    def _shading(self, shading: Any, surface: Surface) -> None:
        """Convert a gradient's colours; in between, it runs from ink to ink."""
        from pikepdf import Array, Name

        if not self._is_new(shading):
            return
        kind = known(kind_of(shading.ColorSpace))
        shading.ColorSpace = Name(surface.space)
        if "/Background" in shading:
            shading.Background = Array(rounded(surface.colour(kind, [float(part) for part in shading.Background])))
        for function in _functions(shading.get("/Function")):
            for end, given in (("/C0", [0]), ("/C1", [1])):
                numbers = [float(part) for part in function.get(end, given)]
                function[end] = Array(rounded(surface.colour(kind, numbers)))

    def _picture(self, picture: Any, surface: Surface) -> Any:
        if surface is self._stencil:
            return halftones.lightness(self._pdf, picture)
        if self._is_new(picture):
            halftones.separate(picture, self._plates.separation)
        return picture


def _functions(function: Any) -> Iterator[Any]:
    """Give the functions from one colour to another that a gradient is made of."""
    if function.FunctionType == STITCHED:
        for part in function.Functions:
            yield from _functions(part)
    elif function.FunctionType == FROM_ONE_TO_ANOTHER:
        yield function
    else:
        raise BrokenStyleError("a gradient is of a kind that no press knows", remedy="use linear or radial gradients")
