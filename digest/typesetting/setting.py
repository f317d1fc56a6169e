"""The text of one box of a paragraph, ready to be broken into lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from digest.typesetting.breaks import Strictness, may_break
from digest.typesetting.characters import Kind, kind
from digest.typesetting.measuring import Line, Measurer
from digest.typesetting.shapes import Shaped
from digest.typesetting.spaces import EM, GAP, GIVE, HALF, gap, squeezed, stretches

FULL_STOPS = "。！？"  # they end a sentence, and keep their width inside a line


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands before and behind the text of a box in its paragraph, and whether it begins what its line begins."""

    before: str = ""
    after: str = ""
    leads: bool = True
    held: frozenset[int] = frozenset()  # behind which of its characters no line ends


class Rules(dict[tuple[str, str], tuple[int, bool | None, bool]]):
    """What holds between two characters of a face: the space, whether lines may break (or Unicode says), or stretch."""

    def __init__(self, halves: Callable[[str], tuple[bool, bool]], strictness: Strictness) -> None:
        super().__init__()
        self.halves, self.strictness = halves, strictness
        self.gives = Gives(self)

    def __missing__(self, pair: tuple[str, str]) -> tuple[int, bool | None, bool]:
        found = self[pair] = self._space(*pair), may_break(*pair, self.strictness), stretches(*pair)
        return found

    def _space(self, before: str, after: str) -> int:
        if gap(before, after):
            return GAP
        mark = squeezed(before, after)
        return -HALF if mark and self.is_empty(mark) else 0

    def is_empty(self, mark: str) -> bool:
        """Whether a mark can lose the half that is turned away from what it holds on to."""
        return self.halves(mark)[0 if kind(mark) is Kind.OPENING else 1]


class Gives(dict[str, int]):
    """How much narrower a mark may become inside a line for one more character to fit, where no space is behind it."""

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, char: str) -> int:
        is_whole = kind(char) is Kind.CLOSING and char not in FULL_STOPS
        found = self[char] = GIVE if is_whole and self._rules.is_empty(char) else 0
        return found


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
        between = list(map(rules.__getitem__, pairwise(text + around.after)))
        self.after = self._spaces([space for space, _, _ in between])
        self.breaks = self._breaks(shaped.breaks, [allowed for _, allowed, _ in between])
        self.stretches = [stretches for _, _, stretches in between] + [False] * (not around.after)
        em = self.em / EM
        self.reach: list[float] = [
            0.0,
            *accumulate([w + space * em for w, space in zip(self.widths, self.after, strict=True)]),
        ]
        gives = rules.gives
        self.gives = [
            0,
            *accumulate([0 if space else gives[char] for char, space in zip(text, self.after, strict=True)]),
        ]
        self._measurer = measurer

    def _spaces(self, spaces: list[int]) -> list[int]:
        """Give what is added behind each character.

        At the border of a box marks lose a half, but there is no gap, as no ActualText reaches across it.
        """
        if self.around.after:
            spaces[-1] = min(spaces[-1], 0) if self.fills else 0
            return spaces
        return [*spaces, 0]

    def _breaks(self, breaks: list[bool], ours: list[bool | None]) -> list[bool]:
        if not self.wraps:
            return [False] * len(self.text)
        end = len(self.text) - 1  # what is behind the last character is not for the text to say
        found = [theirs if allowed is None else allowed for theirs, allowed in zip(breaks, ours[:end], strict=False)]
        found += breaks[end:]
        for index in self.around.held:
            found[index] = False
        return found

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
