"""Heads: which of a story's stacked head lines is its column label, kicker, title, subtitle and byline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import add

from digest.model import Doubt
from digest.newspaper.lines import Line, Piece

_DASH = re.compile(r"^[—–―-]{1,3}\s*(?=\S)")
# A story speaks of its title: this share of a title's pairs of characters comes back in it.
ENOUGH = 0.3
# How much less than of the title a story speaks of its kicker; a blank line between the two speaks for a kicker, none
# for a title over two lines.
KICKER, APART, TOGETHER = 0.1, 0.15, 0.6
# A call closer than this, on the same scale, is a doubt.
CLOSE = 0.3
_COLON = re.compile(r"\s*[：:。]\s*$")
# A column label names a running theme: 学习党的二十大精神·看基层, 【一线】.
_LABEL = re.compile(r"[·•|｜]|^[【\[].*[】\]]$|专栏$|连载$")


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of a head: its source line, and whether it is a byline."""

    line: Line
    is_byline: bool = False

    @property
    def text(self) -> str:
        """The line without its marks."""
        return self.line.text


@dataclass(frozen=True, slots=True)
class Head:
    """The head lines of one story as they stand; which is the title is judged when the story is known."""

    lines: tuple[HeadLine, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All pieces of the head."""
        return tuple(map(_piece, self.lines))

    @property
    def depth(self) -> int:
        """The depth of its title's mark, as far as kickers and subtitles show themselves; 0 where none has a mark."""
        marked = [line for line in self.lines if line.line.depth]
        plain = [line for line in marked if not is_kicker(line.text) and not is_subtitle(line.text)]
        return (plain or marked)[-1].line.depth if marked else 0

    @property
    def text(self) -> str:
        """The words of the head, to compare with a story's."""
        return " ".join(line.text for line in self.lines if not line.is_byline)


@dataclass(frozen=True, slots=True)
class NamedHead:
    """A story's head as an editor would name its parts; each part keeps the pieces it was made from."""

    title: tuple[Piece, ...] = ()
    kicker: tuple[Piece, ...] = ()
    column: tuple[Piece, ...] = ()
    subtitle: tuple[Piece, ...] = ()
    byline: tuple[Piece, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def split_heads(lines: Sequence[HeadLine]) -> Iterator[tuple[HeadLine, ...]]:
    """Part a run of head lines into the heads of different stories: after a byline, and before a kicker."""
    group: list[HeadLine] = []
    for line in lines:
        if group and _begins_another(group, line):
            yield tuple(group)
            group = []
        group.append(line)
    if group:
        yield tuple(group)


def _begins_another(group: Sequence[HeadLine], line: HeadLine) -> bool:
    if line.line.settled.head_of or group[-1].line.settled.head_of:
        return line.line.settled.head_of != group[-1].line.settled.head_of
    if group[-1].is_byline:
        return not line.is_byline and not is_subtitle(line.text)
    if line.is_byline or is_subtitle(line.text):
        return False
    has_title = any(not is_kicker(had.text) and not had.is_byline for had in group)
    labelled = len(group) == 1 and has_title and bool(_LABEL.search(group[0].text) or group[0].line.depth)
    return is_kicker(line.text) and has_title and not labelled


def name_head(head: Head, text: str) -> NamedHead:
    """Name the parts of a head by their wording and place, and by which of them the story's `text` speaks."""
    if any(line.line.settled.role for line in head.lines):
        return _as_settled(head)
    byline = tuple(_piece(line) for line in head.lines if line.is_byline)
    stack = [line for line in head.lines if not line.is_byline]
    subtitle = [line for line in stack[1:] if is_subtitle(line.text)] or _subtitle_by_size(stack, text)
    stack = [line for line in stack if line not in subtitle]
    slogan = _slogan_below(stack, text)
    title = _title_of([line for line in stack if line not in slogan], text)
    above = stack[: stack.index(title[0])] if title else []
    kicker = [line for line in above[-1:] if not (_LABEL.search(line.text) and len(above) == 1)]
    column = [line for line in above if line not in kicker] + slogan
    return NamedHead(
        title=tuple(map(_piece, title)),
        kicker=tuple(map(_piece, kicker)),
        column=tuple(map(_piece, column)),
        subtitle=tuple(map(_piece, subtitle)),
        byline=byline,
        doubts=(*_doubt_of_lines(title, kicker, text), *_doubt_of_slogan(slogan)),
    )


def _as_settled(head: Head) -> NamedHead:
    """Name the parts as an editor settled them; a line without a role of its own goes with the title."""
    parts: dict[str, list[Piece]] = {"title": [], "kicker": [], "column": [], "subtitle": [], "byline": []}
    for line in head.lines:
        role = line.line.settled.role or ("byline" if line.is_byline else "title")
        parts[role if role in parts else "title"].append(_piece(line))
    title, kicker, column, subtitle, byline = map(tuple, parts.values())
    return NamedHead(title, kicker, column, subtitle, byline)


def _subtitle_by_size(stack: Sequence[HeadLine], text: str) -> list[HeadLine]:
    """A smaller line right below a title that the story speaks of is its subtitle, even without a dash."""
    if len(stack) < 2 or is_kicker(stack[-2].text) or not 0 < stack[-2].line.depth < stack[-1].line.depth:
        return []
    return [stack[-1]] if shared(stack[-2].text, text) >= max(ENOUGH, shared(stack[-1].text, text)) else []


def _slogan_below(stack: Sequence[HeadLine], text: str) -> list[HeadLine]:
    """A slogan of the page that OCR put below a title of several lines: the story does not speak of it."""
    if len(stack) < 2 or stack[-1].line.depth or not stack[-1].line.gap or shared(stack[-1].text, text):
        return []
    return [stack[-1]] if any(shared(line.text, text) >= ENOUGH for line in stack[:-1]) else []


def _title_of(stack: Sequence[HeadLine], text: str) -> list[HeadLine]:
    """The title is the last line and those right above it that are neither kicker nor label."""
    title = list(stack[-1:])
    for line in reversed(stack[:-1]):
        if _stands_over(line, title[0], text):
            break
        title.insert(0, line)
    return title


def _stands_over(line: HeadLine, title: HeadLine, text: str) -> bool:
    """Tell a kicker from the first line of a title over two lines.

    It has a colon or a size of its own, or the story speaks of it less than of the title; a blank line speaks for it.
    """
    if is_kicker(line.text) or _LABEL.search(line.text) or line.line.depth != title.line.depth:
        return True
    return _margin(line, title, text) > 0


def _margin(line: HeadLine, title: HeadLine, text: str) -> float:
    """How clearly a line is the kicker of the title below it; below 0 it is the title's first line."""
    apart = APART if title.line.gap else -TOGETHER
    return shared(title.text, text) - shared(line.text, text) + apart - KICKER


def _doubt_of_lines(title: Sequence[HeadLine], kicker: Sequence[HeadLine], text: str) -> Iterator[Doubt]:
    """A close call is told; a title over two lines without a blank line between, or a kicker by its colon, is none."""
    if len(title) > 1 and _margin(title[0], title[1], text) > -CLOSE:
        what = "taken as one title over several lines; the first could be its kicker"
        yield Doubt("title-lines", what, title[0].line.number)
    elif kicker and _is_same_size(kicker[0], title[0]) and _margin(kicker[0], title[0], text) < CLOSE:
        what = f"“{kicker[0].text}” was taken as the kicker of the title below; it could be the title's first line"
        yield Doubt("kicker-or-title", what, kicker[0].line.number)


def _is_same_size(kicker: HeadLine, title: HeadLine) -> bool:
    return not is_kicker(kicker.text) and kicker.line.depth == title.line.depth


def _doubt_of_slogan(slogan: Sequence[HeadLine]) -> Iterator[Doubt]:
    for line in slogan:
        what = f"“{line.text}” shares no word with the story: taken as a column label"
        yield Doubt("not-title", what, line.line.number)


def shared(head: str, text: str) -> float:
    """Say what share of a head's pairs of characters a text has, from 0 to 1."""
    pairs = pairs_of(head)
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def pairs_of(text: str) -> set[str]:
    """The pairs of characters in a text's words: the words of a language that has no spaces, near enough."""
    pairs: set[str] = set()
    for word in re.findall(r"[^\W_]+", text):
        pairs.update(map(add, word, word[1:]) if len(word) > 1 else word)
    return pairs


def is_kicker(text: str) -> bool:
    """Tell a line that announces the title below it: 海南区：, 市委宣传部:, or with OCR's full stop 海南区。."""
    return _COLON.search(text) is not None


def is_subtitle(text: str) -> bool:
    """Tell a line that begins with a subtitle's dash."""
    return _DASH.match(text) is not None


def bare_kicker(text: str) -> str:
    """Take the colon off a kicker."""
    return _COLON.sub("", text) or text


def bare_subtitle(text: str) -> str:
    """Take the dash off a subtitle."""
    return _DASH.sub("", text)


def _piece(line: HeadLine) -> Piece:
    return Piece(line.line.number, line.text)
