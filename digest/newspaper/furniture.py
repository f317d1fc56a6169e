"""What a page carries besides articles: who edited it, its masthead and date, jump lines."""

from __future__ import annotations

import re
from datetime import date

from digest.newspaper.variants import folded

# Why a line is set aside, and what such lines look like; each pattern takes the whole line.
_EDITORS = (
    r"责任?编辑?|责编|值班(?:主任|编辑|总编)?|主编|编辑|美编|美术编辑|视觉|图编"
    r"|版式(?:设计)?|组版|排版|校对|检校|终审|审校"
)
FURNITURE = (
    ("editor", rf"[□■]?\s*(?:本版|本期)?\s*(?:{_EDITORS})\s*[:：/].{{0,60}}"),
    ("editor", r"(?:责编|责任编辑|版式设计|美术编辑|校对)\s+\S{2,4}(?:\s+\S{2,10}){0,6}"),
    ("page number", r"第?\s*[0-9０-９一二三四五六七八九十]{1,3}\s*版|[A-Z]?\d{1,3}|[-—–·]\s*\d{1,3}\s*[-—–·]"),
    (
        "date",
        r"(?:\D{0,12}\s)?(?:19|20)\d\d年\s*\d{1,2}月\s*\d{1,2}日(?:\s*(?:星期|周)[一二三四五六日天])?(?:\s\S{0,12}){0,4}",
    ),
    ("masthead", r".{0,30}(?:国内统一(?:连续出版物)?(?:刊)?号|邮发代号|CN\s?\d\d-\d{4}|ISSN\s?\d{4}).{0,60}"),
    ("contact", r"(?:新闻热线|热线电话|广告热线|投稿邮箱|电子邮箱|E-?mail|邮箱|网址|地址|邮编|电话)\s*[:：].{0,60}"),
    ("weather", r"(?:今日天气|天气预报|今天(?:白天|夜间)).{0,60}[℃度]"),
)
# One expression, asked once a line; a group's number says which pattern it was.
_FURNITURE = re.compile("|".join(f"({pattern})" for _, pattern in FURNITURE), re.IGNORECASE)

_PAGE = r"第?\s*[0-9０-９A-Z一二三四五六七八九十]{1,4}\s*版"
_JUMP = rf"(?:(?:上|紧|下)?[接转])\s*{_PAGE}(?:《[^》]{{1,40}}》)?"
_JUMP_LINE = re.compile(rf"[(（]?\s*[▲▼↑↓]?\s*{_JUMP}\s*[)）]?")
_JUMP_FROM = re.compile(rf"^\s*[(（]\s*(?:上|紧)接\s*{_PAGE}(?:《[^》]{{1,40}}》)?\s*[)）]\s*")
_JUMP_TO = re.compile(rf"\s*[(（]\s*(?:下转|转)\s*{_PAGE}(?:《[^》]{{1,40}}》)?\s*[)）]\s*$")
# No line of furniture, and no jump line with its title (转2版《…》), is longer.
LONGEST = 120
_DATE = re.compile(r"((?:19|20)\d\d)\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})")


def furniture_kind(text: str) -> str:
    """Say what kind of furniture a line is, as a word of the trade; "" for a line that may belong to an article."""
    if len(text) > LONGEST:
        return ""
    found = _FURNITURE.fullmatch(folded(text))
    return FURNITURE[found.lastindex - 1][0] if found and found.lastindex else ""


def is_jump_line(text: str) -> bool:
    """Tell whether a line is a jump line and nothing else: （下转第三版）, 上接第1版."""
    return len(text) <= LONGEST and _names_a_page(text) and _JUMP_LINE.fullmatch(folded(text)) is not None


def _names_a_page(text: str) -> bool:
    """Tell whether a text has the character of a page (第三版), as every jump line has, and few other lines."""
    return "版" in text


def split_jump_from(text: str) -> tuple[str, str]:
    """Split an opening jump line off a paragraph: ("（上接第一版）", "深化…"), or ("", text)."""
    found = _JUMP_FROM.match(folded(text[:LONGEST])) if _names_a_page(text) else None
    return (text[: found.end()].strip(), text[found.end() :]) if found else ("", text)


def split_jump_to(text: str) -> tuple[str, str]:
    """Split a closing jump line off a paragraph: ("…", "（下转第三版）"), or (text, "")."""
    if text.rstrip()[-1:] not in tuple(")）"):
        return text, ""
    from_here = max(0, len(text) - LONGEST)
    found = _JUMP_TO.search(folded(text[from_here:]))
    at = from_here + found.start() if found else len(text)
    return text[:at], text[at:].strip()


def is_continued(jump: str) -> bool:
    """Tell a jump line that continues a story from an earlier page (上接, 紧接) from one that sends the reader on."""
    return re.search(r"[上紧]接|^[(（]?\s*接", folded(jump)) is not None


def date_in(text: str) -> date | None:
    """Read the first date of a text (2023年1月28日, 2023-01-28), None where there is none that exists."""
    for found in _DATE.finditer(text):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            continue
    return None
