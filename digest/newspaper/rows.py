"""Rows: lines as they stood in the column, found again in wrapped lines and in the spaces OCR left for them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from digest.newspaper.endings import ends_sentence
from digest.newspaper.lines import UNSETTLED, Line, Settled, em, is_wide

# Columns of a newspaper hold 9 to 24 characters; a wider line is a paragraph, not a row.
NARROWEST, WIDEST = 8.0, 26.0
# Justification, a prohibited line start and half-width digits make a full row this much wider or narrower.
SLACK = 1.6
# A paragraph's first row is indented by two ems; what is this near to an end of that scale is told apart.
INDENT, SHARP = 2.0, 0.75
# Fewer rows than this do not show a measure.
FEW = 4
# A measure shows in this many rows up and down: half a column of a short story.
NEAR, STRIDE = 8, 4
# Marks that OCR writes half-width.
HALVED = frozenset(",:;!?()\"'")
# What most of a row is; it is an em wide.
_HAN = re.compile("[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a column: its text, its source line, what parts it from the row before, and its column's measure.

    `gap` is 0 within a line (OCR left a space), 1 at a line's end, more after blank lines; `measure` is in ems,
    0 where none shows.
    """

    line: int
    text: str
    gap: int
    measure: float = 0.0
    indent: float = 0.0
    settled: Settled = UNSETTLED

    @property
    def is_indented(self) -> bool | None:
        """Tell whether a full row starts two ems in; None where neither its blanks nor its width tell."""
        if self.indent >= INDENT:
            return True
        short = self.measure - set_width(self.text)
        if not self.measure or short > INDENT + SLACK:
            return None
        if short >= INDENT - SHARP:
            return True
        return False if short <= SHARP else None


# Asked again for each of a row's neighbours: a page of 500 rows, 60 000 times.
@lru_cache(maxsize=8192)
def set_width(text: str) -> float:
    """Measure a row as it was set, in ems, before OCR halved its marks and spread its characters.

    A mark counts three quarters: the compositor sets it full or half wide as the row needs, and half at the row's end.
    """
    close = despaced(text)
    inner, last = close[:-1], close[-1:]
    rest = _HAN.sub("", inner)
    return sum(map(_set_em, rest), float(len(inner) - len(rest))) + (0.5 if is_mark(last) else sum(map(em, last)))


@lru_cache(maxsize=8192)
def _set_em(char: str) -> float:
    return 0.75 if is_mark(char) else em(char)


@lru_cache(maxsize=8192)
def is_mark(char: str) -> bool:
    """Tell whether a character is a mark that a compositor squeezes; `.` stands in numbers more often."""
    return char in HALVED or (char != "." and unicodedata.category(char)[0] == "P") if char else False


def despaced(text: str) -> str:
    """Close up a row whose characters were spread apart (好 不 好), and spaces beside wide characters."""
    if " " not in text:
        return text
    parts = text.split(" ")
    gaps = ["" if is_wide(left[-1:] or "x") or is_wide(right[:1] or "x") else " " for left, right in pairwise(parts)]
    return "".join(chain.from_iterable(zip(parts, [*gaps, ""], strict=True)))


def measure_of(widths: Sequence[float]) -> float:
    """Find a column's measure: the width that most rows reach, 0 where no width is shared by enough of them."""
    halves = [round(2 * w) for w in widths if NARROWEST <= w <= WIDEST]
    if len(halves) < FEW:
        return 0.0
    near = Counter(halves)
    times = near.get
    share, best = max([(times(half - 1, 0) + own + times(half + 1, 0), half) for half, own in near.items()])
    # A third: paragraphs' first and last rows are shorter, and may be every second row in a page of short ones.
    return best / 2 if share * 3 >= len(widths) else 0.0


def rows_of(lines: Sequence[Line], page: float = 0.0) -> list[Row]:
    """Break a run of text lines, which share one column width, into rows.

    `page` is the page's `spaced_measure`, for a run too short to show its own.
    """
    spaced = spaced_measure(lines) or (page if _fits(lines, page) else 0.0)
    if spaced:
        return [row for line in lines for row in _split(line, spaced)]
    measures = _measures([set_width(line.text) for line in lines])
    return [
        Row(line.number, line.text, 1 + line.gap, measures[at // STRIDE], line.indent, line.settled)
        for at, line in enumerate(lines)
    ]


def _measures(widths: Sequence[float]) -> list[float]:
    """The measure around rows, one for each STRIDE: columns of a page differ, a run may go through several."""
    return [measure_of(widths[max(0, at - NEAR) : at + NEAR + 1]) for at in range(0, len(widths), STRIDE)]


def _fits(lines: Sequence[Line], measure: float) -> bool:
    """Tell whether the spaces of a short run stand where rows of the page's measure would have ended."""
    whole = [set_width(part) for line in lines for part in line.text.split(" ")[:-1]]
    near = sum(abs(w - measure) <= SLACK or abs(w + INDENT - measure) <= SLACK for w in whole)
    return bool(measure and whole) and near * 3 >= len(whole) * 2


def spaced_measure(lines: Sequence[Line]) -> float:
    """Find the measure of columns whose row ends OCR turned into spaces; 0 where spaces are only spaces."""
    inner = [set_width(part) for line in lines for part in line.text.split(" ")[1:-1]]
    measure = measure_of(inner)
    near = sum(abs(w - measure) <= SLACK for w in inner)
    # Two of three: words and slogans set apart by spaces have no common width.
    return measure if measure and near * 3 >= len(inner) * 2 else 0.0


def _split(line: Line, measure: float) -> list[Row]:
    """Break a line at the spaces where a row was full, or a paragraph ended; other spaces stay."""
    rows: list[Row] = []
    start, gap, settled = 0, 1 + line.gap, line.settled
    spaces = [at for at, char in enumerate(line.text) if char == " "]
    for space, following in pairwise([*spaces, len(line.text)]):
        part = line.text[start:space]
        reach = set_width(part)
        fuller = set_width(line.text[start:following])
        ends = reach >= measure - INDENT - SLACK and abs(reach - measure) <= abs(fuller - measure)
        if ends or ends_sentence(part):
            rows.append(Row(line.number, part, gap, measure, settled=settled))
            start, gap, settled = space + 1, 0, UNSETTLED
    return [*rows, Row(line.number, line.text[start:], gap, measure, settled=settled)]
