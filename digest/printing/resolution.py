"""Tells with how many dots an inch the pictures of a PDF are printed, where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pikepdf import Pdf

POINTS = 72  # an inch
DEEPEST = 20  # drawings within drawings; one that holds itself would never end
Matrix = tuple[float, float, float, float, float, float]
UPRIGHT: Matrix = (1, 0, 0, 1, 0, 0)
# All that a picture's place depends on. WeasyPrint's streams have thousands of others.
FOLLOWED = "q Q cm Do"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a page shows it: the page from 0, its name there, its size in pixels, its dots an inch.

    `is_line_art` is a picture in black and white alone, for which a shop asks more.
    """

    page: int
    name: str
    width: int
    height: int
    dpi: float
    is_line_art: bool = False


def resolutions(pdf: Pdf) -> Iterator[Shown]:
    """Give each picture as each page shows it, through forms and the tiles of patterns, without those of soft masks."""
    for number, page in enumerate(pdf.pages):
        resources: Any = page.obj.get("/Resources", {})
        if _holds_pictures(resources, DEEPEST):
            yield from _shown(number, page, resources, UPRIGHT, DEEPEST)


def _holds_pictures(resources: Any, depth: int) -> bool:
    things = [*resources.get("/XObject", {}).values(), *resources.get("/Pattern", {}).values()]
    return any(
        thing.get("/Subtype") == "/Image" or (depth and _holds_pictures(thing.get("/Resources", {}), depth - 1))
        for thing in things
    )


def _shown(number: int, drawing: Any, resources: Any, matrix: Matrix, depth: int) -> Iterator[Shown]:
    """Follow the coordinates through a stream to what it draws, and on into that."""
    import pikepdf

    saved: list[Matrix] = []
    first = matrix
    for instruction in pikepdf.parse_content_stream(drawing, FOLLOWED):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "q":
                saved.append(matrix)
            case "Q" if saved:
                matrix = saved.pop()
            case "cm":
                matrix = _within(operands, matrix)
            case "Do":
                yield from _drawn(number, str(operands[0]), resources, matrix, depth)
    for tile in resources.get("/Pattern", {}).values() if depth else ():
        if "/Resources" in tile:
            inner = _within(tile.get("/Matrix", UPRIGHT), first)
            yield from _shown(number, tile, tile.Resources, inner, depth - 1)


def _drawn(number: int, name: str, resources: Any, matrix: Matrix, depth: int) -> Iterator[Shown]:
    thing = resources.XObject[name]
    if thing.Subtype == "/Form" and depth:
        inner = _within(thing.get("/Matrix", UPRIGHT), matrix)
        yield from _shown(number, thing, thing.get("/Resources", resources), inner, depth - 1)
    elif thing.Subtype == "/Image":
        width, height = int(thing.Width), int(thing.Height)
        a, b, c, d, _, _ = matrix
        sides = [(width, hypot(a, b)), (height, hypot(c, d))]
        dpi = min((dots * POINTS / points for dots, points in sides if points), default=0.0)
        yield Shown(number, name.removeprefix("/"), width, height, dpi, int(thing.get("/BitsPerComponent", 1)) == 1)


def _within(inner: Any, outer: Matrix) -> Matrix:
    """Give the coordinates of what is drawn by `inner` in coordinates that are drawn by `outer`."""
    a, b, c, d, e, f = (float(part) for part in inner)
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
