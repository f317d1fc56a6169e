"""The text of one box of a paragraph, ready to be broken into lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from digest.typesetting.breaks import Strictness, may_break
from digest.typesetting.characters import Kind, kind
from digest.typesetting.glyphs import SpacedLine, byte_offsets
from digest.typesetting.spaces import EM, GAP, GIVE, HALF, gap, squeezed, stretches

FULL_STOPS = "。！？"  # they end a sentence, and keep their width inside a line


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands before and behind the text of a box in its paragraph, and whether it begins what its line begins."""

    before: str = ""
    after: str = ""
    leads: bool = True
    held: frozenset[int] = frozenset()  # behind which of its characters no line ends


class Setting:
    """Widths, spaces and breaks of a text. Spaces are thousandths of an em, widths CSS pixels."""

    def __init__(
        self,
        text: str,
        style: Any,
        widths: list[float],
        breaks: list[bool],
        halves: Callable[[str], tuple[bool, bool]],
        around: Neighbours,
        strictness: Strictness,
    ) -> None:
        self.text, self.style, self.widths, self.around = text, style, widths, around
        self.offsets = byte_offsets(text)
        self.em: float = style["font_size"]
        self.wraps = style["white_space"] == "normal"
        self.fills = style["text_align_all"] == "justify"
        # Where lines are centred a mark's white belongs to it; where they are flush it belongs to the margin.
        self.trims = style["text_align_all"] in ("justify", "start", "left")
        self.halves = halves
        self.after = self._spaces()
        self.breaks = self._breaks(breaks, strictness)
        self.stretches = [stretches(a, b) for a, b in pairwise(text + around.after)] + [False] * (not around.after)
        em = self.em / EM
        self.reach: list[float] = [
            0.0,
            *accumulate(w + space * em for w, space in zip(widths, self.after, strict=True)),
        ]
        self.gives = [0, *accumulate(self._gives(index) for index in range(len(text)))]

    def _spaces(self) -> list[int]:
        """Give what is added behind each character.

        At the border of a box marks lose a half, but there is no gap, as no ActualText reaches across it.
        """
        spaces = [self._space(a, b) for a, b in pairwise(self.text + self.around.after)]
        if self.around.after:
            spaces[-1] = min(spaces[-1], 0) if self.fills else 0
            return spaces
        return [*spaces, 0]

    def _space(self, before: str, after: str) -> int:
        if gap(before, after):
            return GAP
        mark = squeezed(before, after)
        return -HALF if mark and self.is_empty(mark) else 0

    def is_empty(self, mark: str) -> bool:
        """Whether a mark can lose the half that is turned away from what it holds on to."""
        return self.halves(mark)[0 if kind(mark) is Kind.OPENING else 1]

    def _breaks(self, breaks: list[bool], strictness: Strictness) -> list[bool]:
        if not self.wraps:
            return [False] * len(self.text)
        for index, pair in enumerate(pairwise(self.text)):
            allowed = may_break(*pair, strictness)
            if allowed is not None:
                breaks[index] = allowed
        for index in self.around.held:
            breaks[index] = False
        return breaks

    def _gives(self, index: int) -> int:
        """Give how much narrower the mark at `index` may become inside a line for one more character to fit."""
        char = self.text[index]
        is_whole = kind(char) is Kind.CLOSING and char not in FULL_STOPS and not self.after[index]
        return GIVE if is_whole and self.is_empty(char) else 0

    def index(self, offset: int) -> int:
        """Give the character that begins at a byte."""
        return bisect_right(self.offsets, offset) - 1

    def line(self, start: int, stop: int, lead: int, after: list[int]) -> SpacedLine:
        """Give the line that the characters from `start` to `stop` are drawn as, with what is added to them."""
        line = SpacedLine(self.style, self.text[start:stop], lead, after)
        line.widths = self.widths[start:stop]
        line.stretches = self.stretches[start:stop]
        before = self.around.before
        outside = kind(before) in (Kind.LATIN, Kind.OTHER) if before else False
        line.stretches_before = start == 0 and outside and stretches(before, self.text[0])
        return line
