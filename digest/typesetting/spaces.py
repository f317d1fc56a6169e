"""Says what stands between two characters of a Chinese line: a gap, half a mark less, or room to stretch."""

from __future__ import annotations

from functools import lru_cache

from digest.typesetting.breaks import Strictness, may_start
from digest.typesetting.characters import Kind, kind

EM = 1000  # spaces are measured in thousandths of an em, as PDF does
HALF = EM // 2
# Between Han and Latin or digits. CLREQ allows up to a quarter; an eighth is enough where lines are stretched too.
GAP = EM // 8
# A mark inside a line gives at most this for another character to fit: it stays wider than one that meets a mark.
GIVE = EM // 4
# A gap as wide as a character no longer looks like a line: such a line (a long address) is left ragged.
LOOSEST = 1.0


@lru_cache(maxsize=65536)
def gap(before: str, after: str) -> bool:
    """Whether Han and Latin meet here."""
    return {kind(before), kind(after)} == {Kind.HAN, Kind.LATIN}


@lru_cache(maxsize=65536)
def squeezed(before: str, after: str) -> str:
    """Give which of two adjacent marks loses its empty half, the two then being 1.5 em wide, or nothing."""
    first, second = kind(before), kind(after)
    if first is Kind.CLOSING and second in (Kind.CLOSING, Kind.OPENING):
        return before
    return after if first is Kind.OPENING and second is Kind.OPENING else ""


@lru_cache(maxsize=65536)
def stretches(before: str, after: str) -> bool:
    """Whether a line may be stretched between two characters.

    Not inside words, numbers, dashes and ellipses, and not between a mark and what it holds on to (JLREQ, 3.8.3).
    """
    first, second = kind(before), kind(after)
    if first is Kind.OPENING or Kind.GLUE in (first, second) or second is Kind.SPACE:
        return False
    if not may_start(after, Strictness.STRICT):
        return False
    if first is Kind.SPACE:
        return True
    return first in (Kind.HAN, Kind.CLOSING, Kind.DOTS, Kind.DASH) or second in (Kind.HAN, Kind.OPENING)
