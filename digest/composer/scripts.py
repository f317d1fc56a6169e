"""How text is written: runs of one script, and which scripts set spaces between words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# 々 repeats the ideograph before it and 〇 is a numeral: both stand inside words.
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〇"
_KATAKANA = "ァ-ヺー"
_HANGUL = "가-힣"
KATAKANA = frozenset(map(chr, range(ord("ァ"), ord("ヺ") + 1))) | {"ー"}
# Hiragana spells grammar more than matter, so it is no run of its own: it parts the runs, as punctuation does.
_HIRAGANA = "ぁ-ゖ"

_LETTER = rf"[^\W\d_{_HAN}{_KATAKANA}{_HANGUL}{_HIRAGANA}]"
_RUN = re.compile(rf"([{_HAN}]+|[{_HANGUL}]+)|([{_KATAKANA}]+)|({_LETTER}+(?:['’-]{_LETTER}+)*)")
_STRETCH = re.compile(rf"([{_HAN}{_KATAKANA}{_HANGUL}]+)|({_LETTER}+(?:(?:['’-]|[ \t\u00a0]+){_LETTER}+)*)")
# OCR leaves spaces in the middle of Han text, where nobody writes them. It is a space that is looked for first.
_GAP = re.compile(rf"[ \t\u3000](?<=[{_HAN}].)[ \t\u3000]*(?=[{_HAN}])")
# What Chinese text is full of: without these, most of it is in NFKC already, which costs next to nothing to see.
_FULL_WIDTH = {"…": "...", "\u3000": " ", **{chr(ord(mark) + 0xFEE0): mark for mark in ",:;!?()%~0123456789"}}


def plain(text: str) -> str:
    """Bring full-width and compatibility forms together (NFKC, Unicode UAX #15)."""
    for full, half in _FULL_WIDTH.items():
        text = text.replace(full, half)
    return unicodedata.normalize("NFKC", text)


def bare(text: str) -> str:
    """Give the letters and digits of a text alone, as if every paper set them alike."""
    return "".join(filter(str.isalnum, plain(text).casefold()))


def closed(text: str) -> str:
    """Take the spaces out of Han text."""
    return _GAP.sub("", text)


def runs(text: str) -> list[tuple[str, str, str]]:
    """Give the runs of one script in a text, in their order; digits, punctuation and hiragana are between them.

    Each is of Han or Hangul, of katakana, or a word of an alphabet: it has its place of three, the others are empty.
    """
    return _RUN.findall(text)


def stretches(text: str) -> Iterator[str | tuple[str, ...]]:
    """Give what can hold a phrase, in order: a string where words are not set apart, else a tuple of words.

    Punctuation, digits and hiragana end a stretch; a slice of one is a phrase of characters or of words.
    """
    return (joined or tuple(words.split()) for joined, words in _STRETCH.findall(text))
