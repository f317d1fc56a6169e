"""Heads: which of a story's stacked head lines is its column label, kicker, title, subtitle and byline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest.model import Doubt
from digest.newspaper.lines import Line, Piece

_DASH = re.compile(r"^[—–―-]{1,3}\s*(?=\S)")
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
    """A story's head as an editor would name its parts; each part keeps the pieces it was made from."""

    title: tuple[Piece, ...] = ()
    kicker: tuple[Piece, ...] = ()
    column: tuple[Piece, ...] = ()
    subtitle: tuple[Piece, ...] = ()
    byline: tuple[Piece, ...] = ()
    depth: int = 0
    doubts: tuple[Doubt, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All pieces of the head."""
        return (*self.column, *self.kicker, *self.title, *self.subtitle, *self.byline)

    @property
    def text(self) -> str:
        """The words of the head, to compare with a story's."""
        return " ".join(piece.text for piece in (*self.kicker, *self.title, *self.subtitle))


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
    if group[-1].is_byline:
        return not line.is_byline and not _is_subtitle(line.text)
    if line.is_byline or _is_subtitle(line.text):
        return False
    has_title = any(not is_kicker(had.text) and not had.is_byline for had in group)
    labelled = len(group) == 1 and has_title and bool(_LABEL.search(group[0].text) or group[0].line.depth)
    return is_kicker(line.text) and has_title and not labelled


def read_head(lines: Sequence[HeadLine]) -> Head:
    """Name the parts of one story's head; a subtitle has its dash, a kicker its colon, the rest is place and depth."""
    byline = tuple(_piece(line) for line in lines if line.is_byline)
    stacked = [line for line in lines if not line.is_byline]
    subtitle = [line for line in stacked[1:] if _is_subtitle(line.text)]
    named = [line for line in stacked if line not in subtitle]
    depth = min((line.line.depth for line in lines if line.line.depth), default=0)
    head = replace(_name(named), subtitle=tuple(map(_piece, subtitle)), byline=byline, depth=depth)
    if not head.title and head.kicker:
        return replace(head, title=head.kicker, kicker=())
    return head


def _name(lines: Sequence[HeadLine]) -> Head:
    """Part the lines above the subtitle: the title is what is left below the kicker, and the column above it."""
    at = max((i for i, line in enumerate(lines[:-1]) if is_kicker(line.text)), default=None)
    if at is None:
        at = _kicker_by_depth(lines)
    if at is None:
        return Head(title=tuple(map(_piece, lines)), doubts=_doubt_of_two(lines))
    return Head(
        title=tuple(map(_piece, lines[at + 1 :])),
        kicker=(_piece(lines[at]),),
        column=tuple(map(_piece, lines[:at])),
    )


def _kicker_by_depth(lines: Sequence[HeadLine]) -> int | None:
    """A line over the title that is set in another size is its kicker; lines of one size are one title."""
    if len(lines) < 2:
        return None
    depths = [line.line.depth for line in lines]
    if depths[0] != depths[-1] or _LABEL.search(lines[0].text):
        return max(i for i in range(len(lines) - 1) if depths[i] != depths[-1] or i == 0)
    return None


def _doubt_of_two(lines: Sequence[HeadLine]) -> tuple[Doubt, ...]:
    if len(lines) < 2:
        return ()
    return (
        Doubt(
            "title-lines", "taken as one title over several lines; the first could be a kicker", lines[0].line.number
        ),
    )


def is_kicker(text: str) -> bool:
    """Tell a line that announces the title below it: 海南区：, 市委宣传部:, or with OCR's full stop 海南区。."""
    return _COLON.search(text) is not None


def _is_subtitle(text: str) -> bool:
    return _DASH.match(text) is not None


def bare_kicker(text: str) -> str:
    """Take the colon off a kicker."""
    return _COLON.sub("", text)


def bare_subtitle(text: str) -> str:
    """Take the dash off a subtitle."""
    return _DASH.sub("", text)


def _piece(line: HeadLine) -> Piece:
    return Piece(line.line.number, line.text)
