"""Paragraphs: rows joined where a wrap or a column cut them, and parted where OCR glued them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from digest.model import Doubt
from digest.newspaper.endings import ends_sentence, is_closed_over
from digest.newspaper.lines import Line, Piece, is_wide
from digest.newspaper.rows import INDENT, SHARP, SLACK, Row, rows_of, set_width

# What a paragraph that lists begins with, after a colon.
_ITEMS = ("——", "—", "“", '"', "一是", "首先", "一、", "1.", "1、", "（一）", "(一)", "①", "●", "■", "◆")
# No paragraph of a newspaper is shorter, in ems: …盼头。”|段静说。 is one.
SHORTEST_PARAGRAPH = 6.0
# What somebody's words begin with: most often a paragraph.
_SPEECH = '“"「『'
_OPENING, _CLOSING = '“‘「『《〈（([{"', "，。、；：！？”’」』》〉）)]},;:!?…"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its pieces in reading order, what was guessed of it, and whether it was settled to begin a story."""

    pieces: tuple[Piece, ...]
    doubts: tuple[Doubt, ...] = ()
    begins: bool = False

    @cached_property
    def text(self) -> str:
        """The pieces in one line, spaces only where Latin words meet."""
        return join(piece.text for piece in self.pieces)

    @property
    def line(self) -> int:
        """The line on which the paragraph starts."""
        return self.pieces[0].line


def join(texts: Iterable[str]) -> str:
    """Join rows: Han needs nothing between them, Latin words and numbers a space."""
    parts: list[str] = []
    for text in filter(None, texts):
        if parts and _is_apart(parts[-1][-1], text[0]):
            parts.append(" ")
        parts.append(text)
    return "".join(parts)


def _is_apart(last: str, first: str) -> bool:
    return not (is_wide(last) or is_wide(first) or last in _OPENING or first in _CLOSING)


def paragraphs_of(lines: Sequence[Line], page: float = 0.0) -> list[Paragraph]:
    """Put a run of text lines back into the paragraphs that they were; `page` is the page's spaced measure."""
    rows = rows_of(lines, page)
    groups: list[list[Row]] = []
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        if groups and not starts_paragraph(groups[-1], row, below):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [_paragraph(group, following) for group, following in zip(groups, [*groups[1:], None], strict=True)]


def _paragraph(rows: Sequence[Row], following: Sequence[Row] | None) -> Paragraph:
    last = rows[-1]
    finished = _is_finished(rows, following[0].text if following else "")
    pieces = tuple(Piece(row.line, row.text) for row in rows)
    settled = following is not None and following[0].settled.breaks
    return Paragraph(pieces, () if finished or settled else (_lost(last),), rows[0].settled.begins)


def starts_paragraph(above: Sequence[Row], row: Row, below: Row | None) -> bool:
    """Decide whether a row begins a paragraph, by how the rows `above` end and where this one starts.

    A row in mid-sentence goes on in the next, unless a blank line follows and the next shows an indent: then OCR lost
    the paragraph's last, short row. A finished row ends the paragraph when it is short, or when the next is indented.
    """
    if row.settled.begins or row.settled.breaks is not None:
        return row.settled.begins or bool(row.settled.breaks)
    last = above[-1]
    finished = _is_finished(above, row.text)
    if _must_continue(row.text):
        return False
    indented = row.indent >= INDENT or (row.is_indented is True and _shows_an_indent(row, below))
    if not finished:
        return indented and row.gap > 1 and _is_full(above)
    if not last.measure:
        return row.gap > 0
    if row.gap > 1:
        # A column may end with a sentence: then the row is full, and the next starts at the edge.
        return not (_is_full(above) and row.is_indented is False and last.is_indented is False)
    return indented or not _is_full(above)


def _is_full(rows: Sequence[Row]) -> bool:
    """Tell whether the last of some rows is full; a paragraph's only row is its first, and starts two ems in."""
    last = rows[-1]
    indent = INDENT if len(rows) == 1 and last.is_indented is not False else 0.0
    return bool(last.measure) and set_width(last.text) >= last.measure - indent - SLACK


def _shows_an_indent(row: Row, below: Row | None) -> bool:
    """A short row is short at its start, not at its end, if below it goes on: a sentence, a full row, a tiny one."""
    if below is None or below.gap > 1:
        return row.text[0] in _SPEECH and not ends_sentence(row.text)
    reach = set_width(below.text)
    return not ends_sentence(row.text) or reach >= row.measure - SHARP or reach < SHORTEST_PARAGRAPH


def _is_finished(rows: Sequence[Row], following: str) -> bool:
    above, text = rows[-2].text if len(rows) > 1 else "", rows[-1].text
    return is_closed_over(above, text) or (text[-1:] in "：:" and following.startswith(_ITEMS))


def _must_continue(text: str) -> bool:
    """No paragraph starts with a closing mark, a comma or an ellipsis."""
    return text[:1] in "，。、；：！？”’」』》）)，,;:!?…"


def _lost(row: Row) -> Doubt:
    return Doubt(
        "cut-short",
        f"the paragraph stops at “{row.text[-8:]}”: its last characters seem lost, or it goes on below",
        row.line,
    )
