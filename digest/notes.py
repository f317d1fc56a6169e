"""Links each mark of a note with its note, both ways: noteref and footnote in the words of EPUB's structure vocabulary.

A reader that knows them shows the note where its mark is touched; any other follows the link, and the way back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from xml.etree import ElementTree

from digest.contents import Entry
from digest.markup import PIECES, written
from digest.model import Block, Chapter, Edition

# As the reader of Markdown writes them: digest.readers.markdown.
MARK = re.compile(r'<sup class="noteref">(\d+)</sup>')
NOTES = '<ol class="notes">'


@dataclass(frozen=True, slots=True)
class Places:
    """Where the first mark of each note stands, and where each note: by its number, the file of the book.

    `gathered` is the block that holds the notes; what looks like a second one is a list like any other.
    """

    marks: Mapping[int, str]
    notes: Mapping[int, str]
    gathered: Block | None


def linked(parts: Sequence[tuple[Block, ...]], anchor: str, files: Sequence[str]) -> list[tuple[Block, ...]]:
    """Link the notes of an article that is set in some files, each with its part of the blocks.

    Ids begin with the article's own `anchor`; marks without a note, and notes without a mark, stay without a link.
    """
    places = _places(parts, files)
    seen: set[int] = set()
    return [
        tuple(_linked(block, anchor, file, places, seen) for block in part)
        for part, file in zip(parts, files, strict=True)
    ]


def linked_in_one_file(edition: Edition, tree: Iterable[Entry]) -> Edition:
    """Link the notes of all articles of a book that is one document."""
    chapters = tuple(
        Chapter(
            chapter.theme,
            tuple(
                replace(article, blocks=linked([article.blocks], leaf.anchor, [""])[0])
                for article, leaf in zip(chapter.articles, entry.children, strict=True)
            ),
        )
        for chapter, entry in zip(edition.chapters, tree, strict=True)
    )
    return replace(edition, chapters=chapters)


def _places(parts: Sequence[tuple[Block, ...]], files: Sequence[str]) -> Places:
    marks: dict[int, str] = {}
    notes: dict[int, str] = {}
    found: Block | None = None
    for part, file in zip(parts, files, strict=True):
        for block in part:
            for mark in MARK.finditer(block.html):
                marks.setdefault(int(mark[1]), file)
            if found is None and block.html.startswith(NOTES):
                found, notes = block, dict.fromkeys(range(1, len(_items(block.html)) + 1), file)
    return Places(marks, notes, found)


def _linked(block: Block, anchor: str, file: str, places: Places, seen: set[int]) -> Block:
    html = block.html
    if block is places.gathered:
        html = "".join(_footnotes(html, anchor, file, places))
    if not MARK.search(html):
        return block if html == block.html else replace(block, html=html)

    def link(mark: re.Match[str]) -> str:
        number = int(mark[1])
        if number not in places.notes:
            return f"<sup>{number}</sup>"
        own = "" if number in seen else f' id="{anchor}-mark-{number}"'
        seen.add(number)
        href = _href(places.notes[number], file, f"{anchor}-note-{number}")
        return f'<sup><a{own} href="{href}" epub:type="noteref" role="doc-noteref">{number}</a></sup>'

    return replace(block, html=MARK.sub(link, html))


def _footnotes(html: str, anchor: str, file: str, places: Places) -> Iterator[str]:
    """Set each note as an aside, its number leading back to the first mark of it."""
    yield '<section class="notes" epub:type="footnotes">'
    for number, item in enumerate(_items(html), start=1):
        back = f"{number}"
        if number in places.marks:
            href = _href(places.marks[number], file, f"{anchor}-mark-{number}")
            back = f'<a href="{href}" epub:type="backlink" role="doc-backlink">{number}</a>'
        whole = _numbered(item, f'<span class="number">{back}</span>')
        yield f'<aside id="{anchor}-note-{number}" epub:type="footnote" role="doc-footnote">{whole}</aside>'
    yield "</section>"


def _numbered(item: ElementTree.Element, number: str) -> str:
    """Set a note with its number before its first words: on a line alone where a list, a table or code comes first."""
    text, pieces = escape((item.text or "").lstrip(), quote=False), [*map(written, item)]
    if not text and pieces and item[0].tag == "p":
        opening = pieces[0].index(">") + 1
        return "".join((pieces[0][:opening], f"{number} ", pieces[0][opening:], *pieces[1:])).strip()
    words = next((at for at, child in enumerate(item) if child.tag in PIECES), len(pieces))
    return "".join((f"<p>{number} ", text, *pieces[:words], "</p>", *pieces[words:])).strip()


def _href(target: str, here: str, anchor: str) -> str:
    return f"{'' if target == here else target}#{anchor}"


def _items(html: str) -> list[ElementTree.Element]:
    """Give the notes of a list that `markup` has found to be well-formed."""
    return list(ElementTree.fromstring(html))  # noqa: S314  (no DTD can stand inside an element)
