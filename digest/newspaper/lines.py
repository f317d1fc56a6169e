"""A page's lines: numbered, their marks told apart from their text, and measured in ems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# A heading's marks: Markdown's, which OCR engines write. One # without a blank is a hashtag (#两会#), more are not.
HEADING = re.compile(r"(#{1,6})(?=\s|$)|(#{2,6})(?=[^\s#])")
# Editors count these as line ends, and no others: str.splitlines() would also break at form feeds and U+2028.
LINE_END = re.compile(r"\r\n|\r|\n")
# An OCR engine writes a paragraph's indent as blanks, ideographic or not.
INDENT = re.compile(r"[\s\u3000]+")
# What most of a page is, and is an em wide: Han, and the marks that a Chinese page sets full.
_EMS = re.compile("[\u4e00-\u9fff，。、：；！？“”]+")


@dataclass(frozen=True, slots=True)
class Settled:
    """What an editor settled about a line: its role, whether it breaks the paragraph, begins an article, is whose head.

    `head_of` is a line of the text that the head belongs to, 0 for none.
    """

    role: str = ""
    breaks: bool | None = None
    begins: bool = False
    head_of: int = 0


UNSETTLED = Settled()


@dataclass(frozen=True, slots=True)
class Line:
    """A visible line: its number from 1, its text and the width of that in ems of its own size.

    `depth` is that of a heading (0: not marked), `gap` the number of blank lines before it.
    """

    number: int
    text: str
    width: float
    depth: int = 0
    indent: float = 0.0
    gap: int = 0
    settled: Settled = UNSETTLED


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line, or all of it; the pieces of a page carry each of its characters exactly once."""

    line: int
    text: str


@lru_cache(maxsize=65536)
def em(char: str) -> float:
    """Give a character's width: an em for East Asian wide ones, half for the others, none for combining marks."""
    if unicodedata.combining(char):
        return 0.0
    # “ ” ‘ ’ … — are "ambiguous" (UAX #11): a Chinese page sets them a full em wide.
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5


def width(text: str) -> float:
    """Measure a text in ems."""
    rest = _EMS.sub("", text)
    return sum(map(em, rest), float(len(text) - len(rest)))


def is_wide(char: str) -> bool:
    """Tell whether a character is Han, kana or a full-width mark: one that needs no space beside it."""
    return em(char) == 1.0


def read_lines(text: str) -> Iterator[Line]:
    """Number the visible lines of a page; blank ones count, and are told by the gap before the next."""
    gap = 0
    for number, raw in enumerate(LINE_END.split(text), start=1):
        marked = " ".join(raw.split())
        heading = HEADING.match(marked) if marked[:1] == "#" else None
        depth = len(heading[0]) if heading else 0
        if bare := marked[depth:].strip():
            blank = INDENT.match(raw)
            yield Line(number, bare, width(bare), depth, width(blank[0]) if blank else 0.0, gap)
            gap = 0
        else:
            gap += 1
