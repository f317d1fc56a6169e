"""The text of one box of a paragraph, ready to be broken into lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from operator import add
from typing import Any

from digest.typesetting.breaks import Strictness, may_break
from digest.typesetting.characters import Kind, kind
from digest.typesetting.measuring import Line, Measurer
from digest.typesetting.shapes import Shaped
from digest.typesetting.spaces import EM, GAP, GIVE, HALF, gap, squeezed, stretches

FULL_STOPS = "。！？"  # they end a sentence, and keep their width inside a line
# Between two Han characters there is no space, lines break where Unicode lets them, and stretch.
NOT_HAN = re.compile("[^\u4e00-\u9fff]")


def _exceptions(text: str) -> Iterator[int]:
    """Give the characters of a text behind which Han does not meet Han."""
    done = -1
    for found in NOT_HAN.finditer(text):
        at = found.start()
        if at - 1 > done:
            yield at - 1
        yield at
        done = at
    if done != len(text) - 1:
        yield len(text) - 1


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands before and behind the text of a box in its paragraph, and whether it begins what its line begins."""

    before: str = ""
    after: str = ""
    leads: bool = True
    held: frozenset[int] = frozenset()  # behind which of its characters no line ends


class Rules(dict[tuple[str, str], tuple[int, bool | None, bool, int]]):
    """What holds between two characters of a face: the space, whether lines may break, or stretch, what a mark gives.

    Of the last character of a text the one behind it is empty. Whether lines may break is None where Unicode says it.
    """

    def __init__(self, halves: Callable[[str], tuple[bool, bool]], strictness: Strictness) -> None:
        super().__init__()
        self.halves, self.strictness = halves, strictness

    def __missing__(self, pair: tuple[str, str]) -> tuple[int, bool | None, bool, int]:
        before, after = pair
        space = self._space(before, after) if after else 0
        allowed = may_break(before, after, self.strictness) if after else None
        found = space, allowed, bool(after) and stretches(before, after), 0 if space else self.gives(before)
        self[pair] = found
        return found

    def _space(self, before: str, after: str) -> int:
        if gap(before, after):
            return GAP
        mark = squeezed(before, after)
        return -HALF if mark and self.is_empty(mark) else 0

    def is_empty(self, mark: str) -> bool:
        """Whether a mark can lose the half that is turned away from what it holds on to."""
        return self.halves(mark)[0 if kind(mark) is Kind.OPENING else 1]

    def gives(self, char: str) -> int:
        """Give how much narrower a mark with no space behind it may become for one more character to fit on a line."""
        is_whole = kind(char) is Kind.CLOSING and char not in FULL_STOPS
        return GIVE if is_whole and self.is_empty(char) else 0


class Setting:
    """Widths, spaces and breaks of a text. Spaces are thousandths of an em, widths CSS pixels."""

    def __init__(
        self, text: str, style: Any, shaped: Shaped, rules: Rules, around: Neighbours, measurer: Measurer
    ) -> None:
        self.text, self.style, self.around = text, style, around
        self.widths, self.shape = shaped.widths, shaped.shape
        self.em: float = style["font_size"]
        self.wraps = style["white_space"] == "normal"
        self.fills = style["text_align_all"] == "justify"
        # Where lines are centred a mark's white belongs to it; where they are flush it belongs to the margin.
        self.trims = style["text_align_all"] in ("justify", "start", "left")
        self.is_empty = rules.is_empty
        self.after = [0] * len(text)
        self.stretches = [True] * len(text)
        self.breaks = shaped.breaks.copy() if self.wraps else [False] * len(text)
        gives = [0] * len(text)
        for index in _exceptions(text):
            pair = text[index], text[index + 1 : index + 2] or around.after
            self.after[index], allowed, self.stretches[index], gives[index] = rules[pair]
            if allowed is not None and self.wraps:
                self.breaks[index] = allowed
        self.breaks[-1] = shaped.breaks[-1] and self.wraps  # what is behind the last is not for the text to say
        if self.wraps:
            for index in around.held:
                self.breaks[index] = False
        self.gives = [0, *accumulate(gives)]
        if around.after:
            self._end_at_a_border(rules)
        each = map((self.em / EM).__mul__, self.after)
        self.reach: list[float] = [0.0, *accumulate(map(add, self.widths, each))]
        self._measurer = measurer

    def _end_at_a_border(self, rules: Rules) -> None:
        """Take the gap from behind the last character: no ActualText reaches across the border of a box.

        Marks lose a half there, too.
        """
        space = self.after[-1] = min(self.after[-1], 0) if self.fills else 0
        self.gives[-1] = self.gives[-2] + (0 if space else rules.gives(self.text[-1]))

    def index(self, offset: int) -> int:
        """Give the character that begins at a byte."""
        return len(self.text.encode()[:offset].decode())

    def offset(self, index: int) -> int:
        """Give the byte at which a character begins."""
        return len(self.text[:index].encode())

    def line(self, start: int, stop: int, lead: int, after: list[int]) -> Line:
        """Give the line that the characters from `start` to `stop` are drawn as, with what is added to them."""
        line = self._measurer.line(self.style, self.text[start:stop], self.shape, start, lead, after)
        line.widths = self.widths[start:stop]
        line.stretches = self.stretches[start:stop]
        before = self.around.before
        outside = kind(before) in (Kind.LATIN, Kind.OTHER) if before else False
        line.stretches_before = start == 0 and outside and stretches(before, self.text[0])
        return line
