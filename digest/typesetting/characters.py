"""Tells apart the kinds of characters that Chinese typesetting has rules for."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import lru_cache

OPENING = "“‘（《〈「『【〔〖［｛〘〚〝"
CLOSING = "”’）》〉」』】〕〗］｝〙〛〞〟，。、；：！？．"
DASHES = "—―⸺"
DOTS = "…⋯"
# NO-BREAK SPACE, ZERO WIDTH JOINER, WORD JOINER: what stands at either side of them stays together.
GLUE = "\u00a0\u200d\u2060\ufeff"
OBJECT = "\ufffc"  # stands for a picture or an inline block
# Right-to-left letters: their lines are WeasyPrint's own.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")


class Kind(Enum):
    """What a character is for those at either side of it."""

    HAN = "Han and kana, and everything else that is as wide as they are"
    OPENING = "a mark that holds on to what follows"
    CLOSING = "a mark that holds on to what comes before"
    DASH = "half of a dash"
    DOTS = "half of an ellipsis"
    LATIN = "letters and digits"
    SPACE = "the space between words"
    GLUE = "what holds on to both sides, or is part of the character before"
    OTHER = "signs of any other kind"


MARKS = {
    **dict.fromkeys(OPENING, Kind.OPENING),
    **dict.fromkeys(CLOSING, Kind.CLOSING),
    **dict.fromkeys(DASHES, Kind.DASH),
    **dict.fromkeys(DOTS, Kind.DOTS),
    **dict.fromkeys(GLUE, Kind.GLUE),
    " ": Kind.SPACE,
}


@lru_cache(maxsize=4096)  # a book has some 3000 characters
def kind(char: str) -> Kind:
    """Say what a character is."""
    if char in MARKS:
        return MARKS[char]
    category = unicodedata.category(char)
    if category[0] == "M" or category == "Cf":
        return Kind.GLUE
    if unicodedata.east_asian_width(char) in "WF":
        return Kind.HAN
    return Kind.LATIN if category[0] == "L" or category == "Nd" else Kind.OTHER


@lru_cache(maxsize=1024)
def has_han(text: str) -> bool:
    """Whether a text is set by the rules of Chinese: a character of it is wide, and none goes from right to left."""
    if text.isascii():
        return False
    return not RIGHT_TO_LEFT.search(text) and any(kind(char) is Kind.HAN for char in text)
