"""Bylines, photo credits and leads: whose name stands where, and what is only a bracket.

A line is taken apart into words (offices, names, works), so that reading it takes time in proportion to its length:
one regular expression for all of it would try the ways to part a long line of names one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from digest.newspaper.variants import folded

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_PAPER = r"(?:本报|本刊|本社|本网|本台|新华社|人民日报|中新社|光明日报|经济日报)"
_POST = r"(?:记者|通讯员|评论员|撰稿人?|实习生|编辑)"
_RANK = r"(?:全媒体|融媒体?|见习|实习|首席|特派|特约|驻站?)"
_SHOT = r"(?:摄影报道|摄影|供图|摄)"
# What a word of a byline can be; each pattern takes the whole word. A name has two to four characters (欧阳修远), or
# parts with a dot between them (阿依古丽·买买提), and may have its office or its work glued to it.
_OFFICE = re.compile(rf"(?:{_PAPER})?{_RANK}{{0,3}}{_POST}|作者|撰文|编写|整理|采写|文|图")
_WORK = re.compile(rf"{_SHOT}|图|文|{_HAN}{{0,4}}报[道导]")
_NAMED = re.compile(
    rf"(?P<office>(?P<paper>{_PAPER})?{_RANK}{{0,3}}{_POST})?"
    rf"(?P<name>{_HAN}{{1,8}}[·•]{_HAN}{{1,8}}|{_HAN}{{2,4}}?)(?P<work>{_SHOT})?"
)
_BOXES = "□■●○◎▲△"
_SEPARATORS = re.compile(r"[\s、,，;；/／:：]+")
# A picture that nobody signs: 资料图片, 图片由受访者提供.
_UNSIGNED = re.compile(
    r"[(（]?\s*(?:(?:本报)?资料图片?|(?:受访者|网络)供图|图片?(?:由|来自|来源)[:：]?[^，。]{2,16})\s*[)）]?"
)
# 本报讯, 新华网深圳3月3日电, 时报讯; not 本报电话, 发电. The names are the reporter's.
_LEAD = re.compile(
    r"[^\s，。：“”、；！？]{0,5}[报刊网社台](?:[^，,。;；\s]{0,10}\d日)?\s?(?:专?电(?![^\s(（：:记])|讯|消息)"
    r"\s*(?:[(（](?P<names>[^()（）]{2,40})[)）])?"
)
_ENGLISH = re.compile(r"(?:By|BY)\s+(?P<names>(?:(?:[A-Z][\w.'’-]*|and),?(?: |$)){2,9})")
# The longest byline known has eight names with their offices; what is longer, or further from an end, is none.
LONGEST, MOST_WORDS = 120, 24
# The last characters of what a credit can end with: 摄, 摄影, 摄影报道, 供图, in both scripts.
_SHOT_ENDS = tuple("摄攝影道導图圖片")
# What a sentence ends with, before a signature.
_ENDS = '。！？!?.”’」』"…'
# Words that newspapers put in brackets at an end and that are no names.
NOT_NAMES = frozenset(
    {"完", "全文完", "未完", "待续", "未完待续", "续完", "下转", "上接", "试行", "暂行", "草案", "修订", "节选"}
    | {"略", "注", "摘编", "摘登", "摘自", "附图", "附表", "资料图", "资料图片", "上", "中", "下"}
)

Kind = Literal["office", "name", "work"]


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline as printed, and the names in it."""

    printed: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a byline: what it is, the name in it, and what is glued to that."""

    kind: Kind
    name: str = ""
    paper: bool = False
    office: bool = False
    shot: bool = False


def read_byline(text: str) -> Byline | None:
    """Read a line that is a byline and nothing else; None for any other line.

    A bracket or a box shows one; without, it begins with a paper's own office (本报记者段维娜) or with an office set
    apart (文/张三), or it ends in a report's place (记者陳美玲/臺北報導). In English it begins with By.
    """
    if english := _english_names(text):
        return Byline(text, english)
    words = _words(text)
    if not words or not any(word.kind == "name" for word in words) or any(word.shot for word in words[:-1]):
        return None
    shown = text[:1] in _BOXES or (text[:1] in "(（" and text[-1:] in ")）")
    first, last = words[0], words[-1]
    if shown or first.paper or first.kind == "office" or (first.office and last.kind == "work"):
        return _byline(text, words)
    return None


def read_credit(text: str) -> Byline | None:
    """Read a line that is a photo credit and nothing else (组宣 摄, (黄建飞摄)); 资料图片 names nobody."""
    if len(text) <= LONGEST and ("图" in text or "圖" in text) and _UNSIGNED.fullmatch(folded(text)):
        return Byline(text, ())
    words = _words(text)
    if not words or not any(word.kind == "name" for word in words) or not words[-1].shot:
        return None
    return _byline(text, words)


def may_be_signed(text: str) -> bool:
    """Tell whether a text ends as one with a byline, a credit or a jump line below it does: in a bracket, or in 摄."""
    last = text.rstrip()[-1:]
    return not last or last in ")）" or last in _SHOT_ENDS


def split_byline(text: str) -> tuple[str, str]:
    """Split a closing byline off the last sentence: ("…走深走实。", "(段维娜)"), or ("…", "")."""
    rest, bracket = _closing_bracket(text)
    if not rest or rest[-1] not in _ENDS or not read_byline(bracket):
        return text, ""
    return rest, bracket


def split_credit(text: str) -> tuple[str, str]:
    """Split a closing photo credit off its caption: ("红烛精神照后人。", "组宣 摄"), or ("…", "")."""
    if text.rstrip(" )）")[-1:] not in _SHOT_ENDS:
        return text, ""
    rest, tail = _closing_bracket(text)
    if not tail:
        at = max(text.rfind(mark, max(0, len(text) - LONGEST)) for mark in _ENDS) + 1
        rest, tail = (text[:at], text[at:].strip()) if at else (text, "")
    return (rest, tail) if rest and tail and read_credit(tail) else (text, "")


def lead_authors(text: str) -> tuple[str, ...]:
    """Name the authors that a paragraph's lead gives: 本报讯(记者王超) is ("王超",)."""
    lead = _LEAD.match(folded(text[:LONGEST]))
    return names_in(text[lead.start("names") : lead.end("names")]) if lead and lead["names"] else ()


def lead_end(text: str) -> int:
    """Give the place where a lead ends that a text opens with (本报讯, 新华社北京1月4日电), 0 where there is none."""
    lead = _LEAD.match(folded(text[:LONGEST]))
    return lead.end() if lead else 0


def has_lead(text: str) -> bool:
    """Tell whether a text opens as news does."""
    return lead_end(text) > 0


def names_in(printed: str) -> tuple[str, ...]:
    """List the names in a printed byline, without offices (本报记者), works (摄) and brackets."""
    return _english_names(printed) or tuple(word.name for word in _words(printed) if word.kind == "name")


def bare_byline(printed: str) -> str:
    """Take the brackets and boxes off a printed byline."""
    return printed.strip(f"()（）{_BOXES} ")


def _english_names(text: str) -> tuple[str, ...]:
    english = _ENGLISH.fullmatch(text[:LONGEST]) if text[:2] in ("By", "BY") else None
    return tuple(re.split(r",\s*|\s+and\s+", english["names"].strip())) if english else ()


def _byline(text: str, words: Sequence[_Word]) -> Byline | None:
    names = tuple(word.name for word in words if word.kind == "name")
    return None if NOT_NAMES.intersection(map(folded, names)) else Byline(text, names)


def _closing_bracket(text: str) -> tuple[str, str]:
    """Part a text before its closing bracket, spaces around it gone; ("…", "") where it ends in none."""
    whole = text.rstrip()
    if whole[-1:] not in tuple(")）"):
        return text, ""
    at = max(whole.rfind(mark, max(0, len(whole) - LONGEST)) for mark in "(（")
    return (whole[:at].rstrip(), whole[at:]) if at >= 0 else (text, "")


# Asked for a byline, then for a credit.
@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[_Word, ...]:
    """Take a byline apart; empty for a text with a word that has no place in one."""
    if len(text) > LONGEST or "。" in text:
        return ()
    bare = text.strip().lstrip(_BOXES).strip()
    if bare[:1] in tuple("(（") and bare[-1:] in tuple(")）"):
        bare = bare[1:-1]
    parts = [part for part in _SEPARATORS.split(bare) if part]
    if not parts or len(parts) > MOST_WORDS:
        return ()
    words: list[_Word] = []
    for part in _joined(parts):
        word = _word(part)
        if word is None:
            return ()
        words.append(word)
    return tuple(words)


def _joined(parts: Sequence[str]) -> list[str]:
    """Put a surname parted from its given name, by custom (王 伟) or by a row's end (潘 志宝), back to it."""
    whole: list[str] = []
    for part in parts:
        if whole and _is_surname(whole[-1]) and re.fullmatch(rf"{_HAN}{{1,2}}{_SHOT}?", folded(part)):
            whole[-1] += part
        else:
            whole.append(part)
    return whole


def _is_surname(part: str) -> bool:
    return len(part) == 1 and not _OFFICE.fullmatch(folded(part)) and not _WORK.fullmatch(folded(part))


def _word(part: str) -> _Word | None:
    plain = folded(part)
    if _OFFICE.fullmatch(plain):
        return _Word("office", paper=re.match(_PAPER, plain) is not None, office=True)
    if _WORK.fullmatch(plain):
        return _Word("work", shot=re.search(_SHOT, plain) is not None)
    named = _NAMED.fullmatch(plain)
    if not named:
        return None
    name = part[named.start("name") : named.end("name")]
    return _Word("name", name, bool(named["paper"]), bool(named["office"]), bool(named["work"]))
