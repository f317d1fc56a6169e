"""Which language a text is written in, told by its script alone."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

Choice = TypeVar("Choice")

# The shape of a BCP 47 tag, or nothing: zh-CN, zh-Hant-HK, en.
LANGUAGE_TAG = r"^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$"
# A text in Latin script with fewer Han characters than one in this many letters is not Chinese.
FEW_HAN = 10
# Japanese prose has kana for about half of its letters, and never for less than this share; Chinese quotes some.
KANA_SHARE = 0.1
# What begins with these in its Unicode name is a letter of that script.
_SCRIPTS = {"CJK": "han", "HIRAGANA": "kana", "KATAKANA": "kana", "HANGUL": "hangul", "LATIN": "latin"}

# Where Chinese is written in traditional characters (CLDR's likely subtags).
_TRADITIONAL_REGIONS = {"tw", "hk", "mo"}


def lookup(tag: str, choices: Mapping[str, Choice]) -> Choice | None:
    """Find what there is for a BCP 47 tag (RFC 4647, section 3.4): of zh-Hant-HK, zh-hant-hk, then zh-hant, then zh.

    Keys are in lower case. A region where traditional characters are written stands for zh-hant, unless a script is
    named: zh-Hans-HK is simplified.
    """
    primary, *rest = tag.lower().replace("_", "-").split("-")
    if primary == "zh" and not {"hans", "hant"} & set(rest) and _TRADITIONAL_REGIONS & set(rest):
        rest = ["hant", *rest]
    ranges = ("-".join((primary, *rest[:length])) for length in range(len(rest), -1, -1))
    return next((choices[name] for name in ranges if name in choices), None)


def language_of(text: str) -> str:
    """Name a text's language as BCP 47 does: zh-CN, zh-TW, ja, ko, or en for anything in Latin script."""
    scripts = Counter(_script(char) for char in text if char.isalpha())
    letters = scripts.total()
    if scripts["hangul"] * 2 > letters:
        return "ko"
    if scripts["kana"] > letters * KANA_SHARE:
        return "ja"
    if not letters or scripts["han"] * FEW_HAN >= letters:
        return "zh-TW" if _is_traditional(text) else "zh-CN"
    return "en"


@lru_cache(maxsize=16384)
def _script(char: str) -> str:
    return _SCRIPTS.get(unicodedata.name(char, "").split(" ")[0].split("-")[0], "other")


def _is_traditional(text: str) -> bool:
    """Traditional forms are in Big5 and not in GB 2312, simplified ones the other way round; the rest are both."""
    sides = Counter(_side(char) for char in text)
    return sides["traditional"] > sides["simplified"]


@lru_cache(maxsize=16384)
def _side(char: str) -> str:
    big5, gb = _encodes(char, "big5"), _encodes(char, "gb2312")
    return "both" if big5 == gb else "traditional" if big5 else "simplified"


def _encodes(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
