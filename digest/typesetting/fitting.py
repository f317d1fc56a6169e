"""Chooses what goes on a line: as much as fits, or one word more where squeezing marks for it is the lesser evil."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import inf

from digest.typesetting.characters import Kind, kind
from digest.typesetting.setting import Setting
from digest.typesetting.spaces import EM, HALF

ROUNDING = 1e-6  # CSS pixels
EXACT = 1e-9  # of a width that was a sum of others, as in WeasyPrint's split_inline_box
FURTHER = 4  # characters that squeezed marks may let on to a line beyond those that fit by themselves


@dataclass(frozen=True, slots=True)
class Room:
    """What a line offers: its width (None for as much as is needed), whether it is empty, and what is allowed in it."""

    width: float | None
    is_start: bool = True
    anywhere: bool = False  # a word that is too long for an empty line is broken


@dataclass(frozen=True, slots=True)
class Piece:
    """What goes on a line: characters from `start` to `stop`, their spaces, and where the next line goes on."""

    start: int
    stop: int
    resume: int
    lead: int
    after: list[int]
    width: float


class Fitting:
    """One line's choice: characters of a setting from `start` on, `end` of them being there, and a room for them."""

    def __init__(self, setting: Setting, start: int, room: Room, end: int | None = None) -> None:
        self.setting, self.start = setting, start
        self.end = len(setting.text) if end is None else end
        self.em: float = setting.em / EM  # what spaces are measured in
        endless = room.width is None or not setting.wraps
        self.limit = inf if endless or room.width is None else room.width * (1 + EXACT) + ROUNDING
        self.anywhere = room.anywhere and room.is_start
        self.lead = self._lead(is_start=start > 0 or (room.is_start and setting.around.leads))

    def piece(self) -> Piece:
        """Give what goes on a line from `start`: what fits by itself, or one more word where squeezing is less."""
        if self.limit == inf:
            return self._cut(self.end)
        tighter: Piece | None = None
        for resume in range(min(self.end, self._first_beyond() + FURTHER), self.start, -1):
            if resume < self.end and not self.setting.breaks[resume - 1]:
                continue
            if self._least(resume) > self.limit:
                continue
            piece = self._cut(resume)
            if piece.width <= self.limit:
                return tighter if tighter and self._over(tighter) <= self.limit - piece.width else piece
            if narrowed := self._narrowed(piece):
                if narrowed.after[:-1] == piece.after[:-1]:
                    return narrowed
                tighter = narrowed
        return tighter or self._too_long()

    def _least(self, resume: int) -> float:
        """Give a width that a piece up to `resume` has at least, however its marks are squeezed."""
        setting, stop = self.setting, resume
        while stop > self.start + 1 and setting.text[stop - 1] == " ":
            stop -= 1
        given = setting.gives[stop] - setting.gives[self.start] + HALF + max(setting.after[stop - 1], 0) + 1
        least: float = setting.reach[stop] - self._from() - given * self.em
        return least

    def _first_beyond(self) -> int:
        """Give the first character that does not fit."""
        return bisect_right(self.setting.reach, self._from() + self.limit)

    def _from(self) -> float:
        return self.setting.reach[self.start] - self.lead * self.em

    def _over(self, squeezed: Piece) -> float:
        """Give by how much a squeezed piece was wider than its line."""
        return self._cut(squeezed.resume).width - self.limit

    def _lead(self, *, is_start: bool) -> int:
        """Give what is taken away before the first character of a line: half of an opening mark."""
        setting, first = self.setting, self.setting.text[self.start : self.start + 1]
        opens = is_start and first and setting.trims and kind(first) is Kind.OPENING and setting.is_empty(first)
        return -HALF if opens else 0

    def _cut(self, resume: int) -> Piece:
        """Give the piece up to `resume` as wide as it is; nothing is behind its last character if the text goes on."""
        setting, start, stop = self.setting, self.start, resume
        goes_on = resume < self.end
        while goes_on and stop > start + 1 and setting.text[stop - 1] == " ":
            stop -= 1
        after = setting.after[start:stop]
        width = setting.reach[stop] - self._from()
        if goes_on and after:
            width -= after[-1] * self.em
            after[-1] = 0
        return Piece(start, stop, resume, self.lead, after, width)

    def _narrowed(self, piece: Piece) -> Piece | None:
        """Give a piece whose last mark, and if need be those inside it, lose as much as makes it fit."""
        setting = self.setting
        over = -int((self.limit - ROUNDING - piece.width) // self.em)
        after = piece.after.copy()
        last = setting.text[piece.stop - 1]
        if setting.trims and kind(last) is Kind.CLOSING and setting.is_empty(last):
            cut = min(over, HALF + after[-1])
            after[-1] -= cut
            over -= cut
        given = setting.gives[piece.stop - 1] - setting.gives[piece.start]
        if over > given or (over and not setting.fills):
            return None
        if over:
            self._squeeze(piece, after, over / given)
        return Piece(piece.start, piece.stop, piece.resume, piece.lead, after, self.limit)

    def _squeeze(self, piece: Piece, after: list[int], share: float) -> None:
        """Take a share of what each mark inside a piece can give, rounded so that the sum is right."""
        taken, gives = 0.0, self.setting.gives
        for index in range(piece.start, piece.stop - 1):
            if give := gives[index + 1] - gives[index]:
                whole = round(taken + give * share) - round(taken)
                after[index - piece.start] -= whole
                taken += give * share

    def _too_long(self) -> Piece:
        """Give the first word although it does not fit, or as much of it as fits where words may be broken."""
        setting, start, end = self.setting, self.start, self.end
        if not self.anywhere:
            return self._cut(next((index + 1 for index in range(start, end - 1) if setting.breaks[index]), end))
        resume = max(start + 1, min(end, self._first_beyond() - 1))
        while resume < end and kind(setting.text[resume]) is Kind.GLUE:
            resume += 1
        return self._cut(resume)
