"""A page as its elements in the order of its lines: heads, paragraphs, captions, signatures and jump lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from digest.newspaper.bylines import may_be_signed, read_byline, read_credit, split_byline, split_credit
from digest.newspaper.classes import LineClass
from digest.newspaper.endings import is_closed
from digest.newspaper.furniture import split_jump_from, split_jump_to
from digest.newspaper.heads import HeadLine
from digest.newspaper.lines import Line, Piece
from digest.newspaper.paragraphs import Paragraph, paragraphs_of
from digest.newspaper.rows import spaced_measure


@dataclass(frozen=True, slots=True)
class HeadRun:
    """Head lines that stand together, bylines among them: the head of one story, or of several."""

    lines: tuple[HeadLine, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption with its credit; `touches_above`: no blank line parts it from what stands above."""

    paragraph: Paragraph
    credit: Piece | None = None
    touches_above: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A byline, or a photo credit, after a text: the end of a story."""

    piece: Piece
    is_credit: bool = False


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump line (上接第一版): a story goes on from, or to, another page."""

    piece: Piece


Element = HeadRun | Paragraph | Caption | Signature | Jump


def elements_of(lines: Sequence[Line], classes: Sequence[LineClass]) -> Iterator[Element]:
    """Give the page's elements; furniture is not among them, and a caption amid a paragraph comes after it."""
    page = spaced_measure([line for line, kind in zip(lines, classes, strict=True) if kind is LineClass.TEXT])
    text: list[Line] = []
    aside: list[Element] = []
    for kind, run in _runs(lines, classes):
        if kind is LineClass.TEXT:
            text.extend(run)
        elif kind is LineClass.CAPTION and text and not is_closed(text[-1].text):
            aside.extend(_captions(run))
        elif kind is not LineClass.FURNITURE:
            yield from (*_story(text, page), *aside, *_MAKERS[kind](run))
            text, aside = [], []
    yield from (*_story(text, page), *aside)


def _runs(lines: Sequence[Line], classes: Sequence[LineClass]) -> Iterator[tuple[LineClass, tuple[Line, ...]]]:
    """Part the lines where their class changes; a head keeps the bylines below it, a caption its credit."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or not _belongs(classes[start], lines[at], classes[at], lines[at - 1]):
            yield classes[start], tuple(lines[start:at])
            start = at


def _belongs(first: LineClass, line: Line, kind: LineClass, above: Line) -> bool:
    if first is LineClass.HEAD:
        return kind in (LineClass.HEAD, LineClass.BYLINE)
    if first is LineClass.CAPTION:
        goes_on = not line.gap or not is_closed(above.text)
        return not read_credit(above.text) and goes_on and kind in (LineClass.CAPTION, LineClass.CREDIT)
    return kind is first


def _story(lines: Sequence[Line], page: float) -> Iterator[Element]:
    """Give the paragraphs of a run of text, what opens and what closes a story taken off them."""
    for paragraph in paragraphs_of(lines, page) if lines else ():
        jump, paragraph = _split_first(paragraph)  # noqa: PLW2901  (what is left of it)
        if jump:
            yield jump
        rest, ends = _split_last(paragraph)
        if rest:
            yield rest
        yield from ends


def _split_first(paragraph: Paragraph) -> tuple[Jump | None, Paragraph]:
    first, *others = paragraph.pieces
    jump, text = split_jump_from(first.text)
    if not jump:
        return None, paragraph
    pieces = (Piece(first.line, text), *others) if text else tuple(others)
    return Jump(Piece(first.line, jump)), replace(paragraph, pieces=pieces)


def _split_last(paragraph: Paragraph) -> tuple[Paragraph | None, tuple[Element, ...]]:
    """Take a closing byline, credit or jump line off a paragraph; it may be cut over the last two rows."""
    if not paragraph.pieces:
        return None, ()
    if not may_be_signed(paragraph.pieces[-1].text):
        return paragraph, ()
    for split, make in _CLOSINGS:
        for count, gap in ((1, ""), (2, ""), (2, " ")):
            tail = paragraph.pieces[-count:]
            text, end = split(gap.join(piece.text for piece in tail))
            if end and (count == 1 or len(text) <= len(tail[0].text)):
                pieces = (*paragraph.pieces[:-count], *_take(tail, len(text)))
                return replace(paragraph, pieces=pieces) if pieces else None, (make(Piece(tail[-1].line, end)),)
    return paragraph, ()


def _take(pieces: Sequence[Piece], length: int) -> Iterator[Piece]:
    """The first `length` characters of some pieces."""
    for piece in pieces:
        if length > 0:
            yield Piece(piece.line, piece.text[:length])
        length -= len(piece.text)


_CLOSINGS: tuple[tuple[Callable[[str], tuple[str, str]], Callable[[Piece], Element]], ...] = (
    (split_byline, Signature),
    (split_credit, lambda piece: Signature(piece, is_credit=True)),
    (split_jump_to, Jump),
)


def _heads(run: Sequence[Line]) -> Iterator[Element]:
    yield HeadRun(tuple(HeadLine(line, is_byline=_is_byline(line)) for line in run))


def _is_byline(line: Line) -> bool:
    return line.settled.role == "byline" or (not line.settled.role and read_byline(line.text) is not None)


def _captions(run: Sequence[Line]) -> Iterator[Element]:
    credited = read_credit(run[-1].text) is not None
    body = run[:-1] if credited else run
    pieces = tuple(Piece(line.number, line.text) for line in body)
    credit = Piece(run[-1].number, run[-1].text) if credited else None
    yield Caption(Paragraph(pieces), credit, touches_above=not run[0].gap)


def _signatures(run: Sequence[Line]) -> Iterator[Element]:
    for line in run:
        yield Signature(Piece(line.number, line.text), is_credit=read_credit(line.text) is not None)


def _jumps(run: Sequence[Line]) -> Iterator[Element]:
    for line in run:
        yield Jump(Piece(line.number, line.text))


_MAKERS: dict[LineClass, Callable[[Sequence[Line]], Iterator[Element]]] = {
    LineClass.HEAD: _heads,
    LineClass.CAPTION: _captions,
    LineClass.BYLINE: _signatures,
    LineClass.CREDIT: _signatures,
    LineClass.JUMP: _jumps,
}
