"""How a book is made of paper: its sheets, its inks, how it is bound."""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4  # points


@dataclass(frozen=True, slots=True)
class Production:
    """What an editor settles with the printer.

    `signature` is the pages that a printed sheet is folded to; `profile` the ICC profile of the shop's press, and
    `condition` its name there; `thickness` that of a leaf in mm, which makes the spine of a cover: 0 for no cover.
    A booklet is printed on `sheet` (width, height in mm), so many sheets in a signature (0: all in one), of `creep` mm.
    """

    signature: int = 4
    crop_marks: bool = False
    profile: bytes = b""
    condition: str = ""
    thickness: float = 0.0
    sheet: tuple[float, float] = (297.0, 210.0)
    sheets: int = 0
    creep: float = 0.0


USUAL = Production()
