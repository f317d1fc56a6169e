"""Bylines, photo credits and leads: whose name stands where, and what is only a bracket."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A surname may be parted from its given name, by custom (王 伟) or by a row's end (潘 志宝).
# A Han name of two to four characters (欧阳修远), or one with a dot between its parts (阿依古丽·买买提).
_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_NAME = rf"(?:{_HAN}{{1,8}}[·•]{_HAN}{{1,8}}|{_HAN}{{2,4}}|{_HAN}\s{_HAN}{{1,2}})"
_GAP = r"(?:\s*[、,，/]\s*|\s+)"
NAMES = rf"{_NAME}(?:{_GAP}{_NAME}){{0,7}}"
# What stands before the names, and may come again before the next: 本报记者, 新华社记者, 见习记者, 通讯员 …
_PAPER = r"(?:本报|本刊|本社|本网|本台|新华社|人民日报|中新社|光明日报|经济日报)"
_POST = r"(?:记者|通讯员|评论员|撰稿人?|实习生|编辑)"
_RANK = r"(?:全媒体|融媒体?|见习|实习|首席|特派|特约|驻站?)"
# A paper's own may be glued to the name; the rest need a separator, or 记者节开幕 would be a byline.
_GLUED = rf"{_PAPER}{_RANK}*{_POST}\s*"
_SPACED = rf"(?:{_RANK}*{_POST}|作者|撰文|编写|整理|采写|文|图)(?:\s*[:：/]\s*|\s+)"
_OFFICE = rf"(?:{_GLUED}[:：]?\s*|{_SPACED})"
_TEAM = rf"{NAMES}(?:\s*[、,，/]?\s*{_OFFICE}{NAMES}){{0,4}}"
# Inside brackets an office may always be glued: (记者王超).
_ANY_OFFICE = rf"(?:{_OFFICE}|{_RANK}*{_POST}\s*)"
_CREDITED = rf"(?:{_ANY_OFFICE})?{NAMES}(?:\s*[、,，/]?\s*{_ANY_OFFICE}{NAMES}){{0,4}}"
_GLUED_OFFICE = re.compile(rf"^(?:{_PAPER})?{_RANK}*{_POST}(?={_HAN}{{2,4}}|{_HAN}+[·•])")
_OFFICE_ALONE = re.compile(rf"(?:{_PAPER})?{_RANK}*{_POST}|作者|撰文|编写|整理|采写|文|图|摄影报道|摄影|报道|摄|供图")
_GLUED_WORK = re.compile(rf"(?<={_HAN}{{2}})(?:摄影报道|摄影|报道|供图|摄)$")
_WORK = r"(?:文/图|图/文|文并摄|撰文|文|报道|编写|整理)"
_SHOT = r"(?:摄影报道|摄影|/?\s*摄|供图|图)"

# (孟荣 付兰伟) alone on a line or after the last sentence.
BRACKETED = re.compile(rf"[(（]\s*(?P<names>{_CREDITED})\s*{_WORK}?\s*[)）]")
# 本报记者段维娜, □郝颺, 文/张三: needs a sign that it is one, or any short head would do.
OFFICED = re.compile(
    rf"[□■●○◎▲△]?\s*(?:(?:文/图|图/文)\s*[:：]?\s*)?{_OFFICE}{_TEAM}\s*{_WORK}?|(?:文/图|图/文)\s*[:：/]?\s*{_TEAM}"
)
BOXED = re.compile(rf"[□■●○◎▲△]\s*(?P<names>{_CREDITED})\s*{_WORK}?")
CREDIT = re.compile(rf"[(（]?\s*(?P<names>{_CREDITED})\s*{_SHOT}\s*[)）]?")
# A picture that nobody signs: 资料图片, 图片由受访者提供.
UNSIGNED = re.compile(
    r"[(（]?\s*(?:(?:本报)?资料图片?|(?:受访者|网络)供图|图片?(?:由|来自|来源)[:：]?[^，。]{2,16})\s*[)）]?"
)
CREDIT_AT_END = re.compile(
    rf"(?:[(（]\s*{_CREDITED}\s*{_SHOT}\s*[)）]|(?<=[。！？.!?”’」』\"…])\s*{_CREDITED}\s*{_SHOT})\s*$"
)
BYLINE_AT_END = re.compile(rf"(?<=[。！？!?.”’」』\"…])\s*[(（]\s*{_CREDITED}\s*{_WORK}?\s*[)）]\s*$")
# 本报讯(记者王超), 新华社北京1月4日电（记者张三、李四）
LEAD = re.compile(
    # 本报讯, 新华网深圳3月3日电, 时报讯; not 本报电话, 发电.
    r"(?:[^\s，。：“”、；！？]{0,5}[报刊网社台])(?:[^，,。;；\s]{0,10}\d日)?\s?(?:专?电(?![^\s(（:：记])|讯|消息)"
    r"\s*(?:[(（](?P<names>[^()（）]{2,40})[)）])?"
)
# The longest byline known has eight names with their offices; what stands further from the end is not looked at.
LONGEST = 120
# Words that newspapers put in brackets at an end and that are no names.
NOT_NAMES = frozenset(
    {
        "完",
        "全文完",
        "未完",
        "待续",
        "未完待续",
        "续完",
        "下转",
        "上接",
        "试行",
        "暂行",
        "草案",
        "修订",
        "节选",
        "略",
        "注",
    }
    | {"摘编", "摘登", "摘自", "附图", "附表", "资料图", "资料图片", "上", "中", "下"}
)


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline as printed, and the names in it."""

    printed: str
    names: tuple[str, ...]


def read_byline(text: str) -> Byline | None:
    """Read a line that is a byline and nothing else; None for any other line."""
    for pattern in (BRACKETED, OFFICED, BOXED):
        if pattern.fullmatch(text):
            return _byline(text)
    return None


def read_credit(text: str) -> Byline | None:
    """Read a line that is a photo credit and nothing else (组宣 摄, (黄建飞摄))."""
    return Byline(text, ()) if UNSIGNED.fullmatch(text) else _byline(text) if CREDIT.fullmatch(text) else None


def split_byline(text: str) -> tuple[str, str]:
    """Split a closing byline off the last sentence: ("…走深走实。", "(段维娜)"), or ("…", "")."""
    return _split(BYLINE_AT_END, text)


def split_credit(text: str) -> tuple[str, str]:
    """Split a closing photo credit off its caption: ("红烛精神照后人。", "组宣 摄"), or ("…", "")."""
    return _split(CREDIT_AT_END, text)


def lead_authors(text: str) -> tuple[str, ...]:
    """Name the authors that a paragraph's lead gives: 本报讯(记者王超) is ("王超",)."""
    lead = LEAD.match(text)
    return names_in(lead["names"]) if lead and lead["names"] else ()


def has_lead(text: str) -> bool:
    """Tell whether a text opens as news does: 本报讯, 新华社北京1月4日电."""
    return LEAD.match(text) is not None


def names_in(printed: str) -> tuple[str, ...]:
    """List the names in a printed byline, without offices (本报记者), works (摄) and brackets."""
    bare = re.sub(rf"(?<![^\s、,，(（])({_HAN})\s({_HAN}{{1,2}})(?![^\s、,，)）])", r"\1\2", printed)
    words = (_bare_name(word) for word in re.split(r"[\s、,，;；/:：()（）□■●○◎▲△]+", bare))
    return tuple(word for word in words if word)


def _bare_name(word: str) -> str:
    """Take the office before a name and the work after it away: 本报记者王超 is 王超, 文 alone is nothing."""
    if _OFFICE_ALONE.fullmatch(word):
        return ""
    word = _GLUED_OFFICE.sub("", word)
    return _GLUED_WORK.sub("", word)


def _split(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text, max(0, len(text) - LONGEST))
    if not found or not _byline(found[0].strip()):
        return text, ""
    return text[: found.start()].rstrip(), found[0].strip()


def _byline(text: str) -> Byline | None:
    names = names_in(text)
    if not names or NOT_NAMES.intersection(names):
        return None
    return Byline(text, names)
