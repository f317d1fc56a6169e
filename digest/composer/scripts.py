"""How text is written: runs of one script, and which scripts set spaces between words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Script = Literal["han", "katakana", "hangul", "word"]

# 々 repeats the ideograph before it and 〇 is a numeral: both stand inside words.
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〇"
_KATAKANA = "ァ-ヺー"
_HANGUL = "가-힣"
KATAKANA = frozenset(map(chr, range(ord("ァ"), ord("ヺ") + 1))) | {"ー"}
# Hiragana spells grammar more than matter, so it is no run of its own: it parts the runs, as punctuation does.
_HIRAGANA = "ぁ-ゖ"

_RUN = re.compile(
    rf"(?P<han>[{_HAN}]+)|(?P<katakana>[{_KATAKANA}]+)|(?P<hangul>[{_HANGUL}]+)"
    rf"|(?P<word>[^\W\d_{_HAN}{_KATAKANA}{_HANGUL}{_HIRAGANA}]+(?:['’-][^\W\d_{_HAN}{_KATAKANA}{_HANGUL}{_HIRAGANA}]+)*)"
)
_SCRIPTS: dict[str, Script] = {"han": "han", "katakana": "katakana", "hangul": "hangul", "word": "word"}
# OCR leaves spaces in the middle of Han text, where nobody writes them.
_GAP = re.compile(rf"(?<=[{_HAN}])[ \t\u3000]+(?=[{_HAN}])")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one script, or one word of an alphabet, and where it starts and ends in its text."""

    script: Script
    text: str
    start: int
    end: int


def plain(text: str) -> str:
    """Bring full-width and compatibility forms together (NFKC, Unicode UAX #15)."""
    return unicodedata.normalize("NFKC", text)


def bare(text: str) -> str:
    """Give the letters and digits of a text alone, as if every paper set them alike."""
    return "".join(filter(str.isalnum, plain(text).casefold()))


def closed(text: str) -> str:
    """Take the spaces out of Han text."""
    return _GAP.sub("", text)


def runs(text: str) -> Iterator[Run]:
    """Give the runs of a text in their order; digits, punctuation and hiragana are between them."""
    for match in _RUN.finditer(text):
        yield Run(_SCRIPTS[match.lastgroup or ""], match[0], match.start(), match.end())


def stretches(text: str) -> Iterator[str | tuple[str, ...]]:
    """Give what can hold a phrase, in order: a string where words are not set apart, else a tuple of words.

    Punctuation, digits and hiragana end a stretch; a slice of one is a phrase of characters or of words.
    """
    words: list[str] = []
    joined = ""
    at = 0
    for run in runs(text):
        between = text[at : run.start]
        if words and (run.script != "word" or between.strip(" \t\u00a0") or not between):
            yield tuple(words)
            words = []
        if joined and (run.script == "word" or between):
            yield joined
            joined = ""
        if run.script == "word":
            words.append(run.text)
        else:
            joined += run.text
        at = run.end
    if joined:
        yield joined
    if words:
        yield tuple(words)
