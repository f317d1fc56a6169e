"""Which language a text is written in, told by its script alone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

Choice = TypeVar("Choice")

# A BCP 47 tag, or nothing: zh-CN, zh-Hant-HK, en. Language, its extensions, script, region, variants (RFC 5646, 2.1); a
# book in any other is not valid.
LANGUAGE_TAG = (
    r"^([A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    r"(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*)?\Z"
)
# A text in Latin script with fewer Han characters than one in this many letters is not Chinese.
FEW_HAN = 10
# Japanese prose has kana for about half of its letters, and never for less than this share; Chinese quotes some.
KANA_SHARE = 0.1
# What begins with these in its Unicode name is a letter of that script.
_SCRIPTS = {"CJK": "han", "HIRAGANA": "kana", "KATAKANA": "kana", "HANGUL": "hangul", "LATIN": "latin"}
# Most of a Chinese text.
_HAN = re.compile("[\u4e00-\u9fff]+")

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
    others = _HAN.sub("", text)
    scripts = Counter(map(_script, filter(str.isalpha, others)))
    scripts["han"] += len(text) - len(others)
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
    """Traditional forms are in Big5 and not in GB 2312, simplified ones the other way round; the rest are both.

    So there are more of the traditional ones where more of the text fits into Big5, each character in two bytes.
    """
    return len(text.encode("big5", "ignore")) > len(text.encode("gb2312", "ignore"))
