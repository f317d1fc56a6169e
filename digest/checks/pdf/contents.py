"""Whether the contents tell the truth: printed page numbers, and titles in the outline, against the pages they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from unicodedata import normalize

from pikepdf import Page

from digest.checks import Finding
from digest.checks.pdf.book import Book, annotations_of
from digest.checks.pdf.drawing import Word
from digest.glyphs import NEEDS_NONE

FOLIO = re.compile(r"\d{1,5}|[ivxlc]{1,9}", re.IGNORECASE)
HINT = "make the book again: its pages were counted before they were final"
NEAR = 1.0  # points that a word may begin outside of its link
# One glyph may stand for several characters, of which the file names one: dashes, dots, forms that NFKC knows.
SAME = {ord(character): same for group, same in (("‐‑‒–—―─", "-"), ("·•・‧∙", "·")) for character in group}
# Title characters from which a half of it may do: of a title that shares a glyph with another text, one character is
# another one.
HALVED = 8


def _titles(book: Book) -> Iterator[Finding]:
    """The title of each line in the outline stands on the page that it leads to."""
    texts: dict[int, str] = {}
    for entry in book.outline:
        if entry.page is None or not _can_be_read(book, entry.page):
            continue
        text = texts.setdefault(entry.page, _plain("".join(book.drawn[entry.page].text)))
        if not any(part in text for part in _parts(_plain(entry.title))):
            what = f"the outline leads here for {entry.title}, which is not here"
            yield Finding("wrong-folio", "error", what, f"page {entry.page + 1}", HINT)


def _can_be_read(book: Book, number: int) -> bool:
    drawn = book.drawn[number]
    return bool(drawn.text) and not drawn.problem and all(book.typefaces[key].texts for key in drawn.codes)


def _plain(text: str) -> str:
    return NEEDS_NONE.sub("", normalize("NFKC", text).translate(SAME)).casefold()


def _parts(title: str) -> tuple[str, ...]:
    half = len(title) // 2
    return (title,) if len(title) < HALVED else (title[:half], title[half:])


def _folios(book: Book) -> Iterator[Finding]:
    """A number that is linked beside words that lead to the same place is that of the page there."""
    if "/PageLabels" not in book.pdf.Root:  # then nobody knows where the numbers begin
        return
    for number, (page, drawn) in enumerate(zip(book.pages, book.drawn, strict=True), start=1):
        for folio, target in _linked_folios(book, page, drawn.words):
            if folio.casefold() != (label := str(book.pages[target].label)).casefold():
                what = f"the number {folio} is printed here for the page {label}"
                yield Finding("wrong-folio", "error", what, f"page {number}", HINT)


def _linked_folios(book: Book, page: Page, words: list[Word]) -> Iterator[tuple[str, int]]:
    """Give the numbers of a contents page; a number without words is something else: the mark of a note."""
    targets: dict[bytes, tuple[int, list[str]]] = {}
    for annotation in annotations_of(page):
        goal: Any = annotation.get("/Dest", annotation.get("/A", {}).get("/D"))
        target = book.page_of(goal)
        if target is not None:
            shown = normalize("NFKC", "".join(_inside(annotation, words))).strip()
            targets.setdefault(goal.unparse(), (target, []))[1].append(shown)
    for target, said in targets.values():
        if any(text and not FOLIO.fullmatch(text) for text in said):
            yield from ((text, target) for text in said if FOLIO.fullmatch(text))


def _inside(annotation: Any, words: list[Word]) -> Iterator[str]:
    """Give the words that begin in a link."""
    x, y, other_x, other_y = map(float, annotation.get("/Rect"))
    left, right, low, high = min(x, other_x), max(x, other_x), min(y, other_y), max(y, other_y)
    for word in words:
        if left - NEAR <= word.x < right and low - NEAR <= word.y <= high + NEAR:
            yield word.text


RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (_titles, _folios)
