"""Places the parts of a book one behind the other: each begins on a right-hand page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.printing.parts import LaidOut


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
