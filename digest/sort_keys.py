"""Under what letters a library files a name or a title: Han by its pinyin, a Western name by its surname."""

from __future__ import annotations

import re

from digest.language import lookup
from digest.pinyin import syllables

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
# Surnames that are read otherwise than the same character elsewhere (《通用规范汉字字典》).
_SURNAMES = {
    "单": "Shan",
    "單": "Shan",
    "曾": "Zeng",
    "解": "Xie",
    "仇": "Qiu",
    "查": "Zha",
    "区": "Ou",
    "區": "Ou",
    "朴": "Piao",
    "盖": "Ge",
    "蓋": "Ge",
    "种": "Chong",
    "翟": "Zhai",
    "乐": "Yue",
    "樂": "Yue",
    "任": "Ren",
    "华": "Hua",
    "華": "Hua",
    "缪": "Miao",
    "繆": "Miao",
    "宓": "Mi",
    "召": "Shao",
    "折": "She",
    "员": "Yun",
    "尉迟": "Yuchi",
    "尉遲": "Yuchi",
    "万俟": "Moqi",
    "长孙": "Zhangsun",
    "長孫": "Zhangsun",
}
# Surnames of two characters that are read as they are written.
_DOUBLE = frozenset(
    (
        *("欧阳", "歐陽", "诸葛", "諸葛", "司马", "司馬", "上官", "皇甫", "东方", "東方"),
        *("公孙", "公孫", "慕容", "司徒", "令狐", "夏侯", "宇文", "轩辕", "端木"),
    )
)
# What a newspaper's offices end with: no person's.
_OFFICES = frozenset("部社局院室组組处處会會台报報网網宣")
# A Han name of more characters is an office's or a pen name's, and read as a phrase.
LONGEST_NAME = 4


def name_key(name: str, language: str) -> str:
    """Give the form a person's name is filed under: Duan Weina for 段维娜, Hemingway, Ernest for Ernest Hemingway."""
    name = " ".join(name.split())
    if _HAN.search(name):
        return _han_name(name) if _is_chinese(language) else name
    *given, last = name.split(" ")
    return f"{last}, {' '.join(given)}" if given else name


def title_key(title: str, language: str) -> str:
    """Give the form a title is filed under: 春节文摘 as Chun jie wen zhai, any other as it is."""
    title = " ".join(title.split())
    return _pinyin(title).capitalize() if _HAN.search(title) and _is_chinese(language) else title


def _is_chinese(language: str) -> bool:
    return lookup(language, {"zh": True}) or False


def _han_name(name: str) -> str:
    """Put the surname first, as it stands, and join the syllables of the given name."""
    if len(name) > LONGEST_NAME or name[-1] in _OFFICES or not all(map(_HAN.match, name)):
        return _pinyin(name).capitalize()
    surname = name[:2] if name[:2] in _SURNAMES or name[:2] in _DOUBLE else name[:1]
    read = _SURNAMES.get(surname) or _pinyin(surname).replace(" ", "").capitalize()
    given = _pinyin(name[len(surname) :]).replace(" ", "").capitalize()
    return f"{read} {given}".strip()


def _pinyin(text: str) -> str:
    """Read Han as pinyin without tones, a syllable a word; what is no Han stays."""
    return " ".join(" ".join(syllables(text)).split())
