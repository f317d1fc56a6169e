"""A class for each line on its own: what a line is, as far as it alone can tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from digest.newspaper.bylines import has_lead, read_byline, read_credit
from digest.newspaper.endings import ends_sentence
from digest.newspaper.furniture import furniture_kind, is_jump_line
from digest.newspaper.lines import Line
from digest.newspaper.rows import WIDEST


class LineClass(StrEnum):
    """What a line can be; UNSURE is settled by the line's neighbours."""

    HEAD = "head"
    TEXT = "text"
    CAPTION = "caption"
    BYLINE = "byline"
    CREDIT = "credit"
    JUMP = "jump"
    FURNITURE = "furniture"
    UNSURE = "unsure"


# Heads of Chinese papers hold up to thirty characters a line; what is longer and unmarked is text.
LONGEST_HEAD = 32.0
# A marked line longer than this, and ended as a sentence, is a paragraph that OCR took for a head.
LONGEST_MARKED = 60.0
_FULL_STOP = re.compile(r"。|；|;(?=\D)")


# What an editor says a line is.
_SETTLED = {
    **dict.fromkeys(("title", "kicker", "column", "subtitle", "subhead"), LineClass.HEAD),
    "byline": LineClass.BYLINE,
    "text": LineClass.TEXT,
    "caption": LineClass.CAPTION,
    "furniture": LineClass.FURNITURE,
}


def classify(lines: Sequence[Line]) -> list[LineClass]:
    """Give each line the class that it shows by itself."""
    return [_class_of(line) for line in lines]


def _class_of(line: Line) -> LineClass:
    if line.settled.role:
        return _SETTLED[line.settled.role]
    if line.settled.head_of:
        return LineClass.HEAD
    if furniture_kind(line.text):
        return LineClass.FURNITURE
    if is_jump_line(line.text):
        return LineClass.JUMP
    if read_credit(line.text):
        return LineClass.CREDIT
    if read_byline(line.text):
        return LineClass.BYLINE
    if line.depth:
        return LineClass.TEXT if line.width > LONGEST_MARKED and ends_sentence(line.text) else LineClass.HEAD
    return LineClass.TEXT if _is_text(line) else LineClass.UNSURE


def _is_text(line: Line) -> bool:
    if line.width > max(LONGEST_HEAD, WIDEST) or has_lead(line.text) or _FULL_STOP.search(line.text):
        return True
    return ends_sentence(line.text) and not _may_exclaim(line.text)


def _may_exclaim(text: str) -> bool:
    """A head may ask or exclaim (你准备好了吗？); it does so once, at its end, and not as somebody's speech."""
    return text[-1:] in "！？!?" and text[:1] not in '“"「『' and not re.search(r"[，。！？,!?；]", text[:-1])
