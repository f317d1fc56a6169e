"""Writes the parts of a book as HTML, as a style's templates have it; a chapter that says what it said is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from digest import pictures
from digest.addresses import address
from digest.cache import encoded, kept
from digest.contents import Entry
from digest.context import book_context
from digest.model import Chapter, Edition
from digest.pictures import Plate
from digest.printing.folios import UNKNOWN, awaited_text
from digest.printing.parts import BETWEEN_PARTS, Part
from digest.style import Style

PLATE = "plate:"  # the scheme of our pictures' addresses: they are in memory, and no file is named by them


@dataclass(frozen=True, slots=True)
class Sheets:
    """An edition ready for its parts, and the context that their templates share."""

    edition: Edition
    style: Style
    context: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A part as HTML, and which characters are in it, each once and sorted."""

    html: str
    characters: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A chapter that is to be written: its number, its entry in the contents, the picture of each place for one."""

    number: int
    chapter: Chapter
    entry: Entry
    plates: tuple[Plate, ...]


def sheets(edition: Edition, style: Style) -> Sheets:
    """Prepare what all parts share."""
    plates = pictures.plates(edition, pictures.room_on(style.paper), PLATE)
    context = book_context(edition, href=_href)
    return Sheets(edition, style, context | {"plates": plates, "in_print": True})


def _href(anchor: str) -> str:
    return f"{BETWEEN_PARTS}{anchor}"


def chapters(book: Sheets) -> Iterator[Part]:
    """Write all chapters."""
    pairs = zip(book.edition.chapters, book.context["contents"], strict=True)
    drafts = [
        Draft(number, chapter, entry, tuple(_plates(book, chapter)))
        for number, (chapter, entry) in enumerate(pairs, start=1)
    ]

    def named(draft: Draft) -> bytes | None:
        return _name(book, draft)

    def made(those: Sequence[Draft]) -> Iterator[Written]:
        return (_written(book, draft) for draft in those)

    for draft, written in zip(drafts, kept("chapter", Written, drafts, named, made), strict=True):
        shown = {plate.src: plate.data for plate in draft.plates}
        yield Part(f"chapter-{draft.number}", written.html, shown, characters=written.characters)


def _plates(book: Sheets, chapter: Chapter) -> Iterator[Plate]:
    """Give the picture of each place for one in a chapter, in their order."""
    blocks = (block for article in chapter.articles for block in article.blocks)
    yield from (book.context["plates"][block.picture.path] for block in blocks if block.picture)


def _name(book: Sheets, draft: Draft) -> bytes | None:
    """Name a chapter's HTML after all that ours is made from; None where a style's templates may ask for more."""
    if book.style.has_templates:
        return None
    about = [book.edition.title, book.edition.language, book.edition.parts, draft.number]
    seen = [[plate.src, plate.width, plate.height] for plate in draft.plates]
    return address("chapter", encoded(about), encoded(draft.chapter), encoded(draft.entry), encoded(seen))


def _written(book: Sheets, draft: Draft) -> Written:
    """Write a chapter; our own templates see nothing of the edition but that."""
    context = {**book.context, "chapter": draft.chapter, "chapter_entry": draft.entry, "number": draft.number}
    if not book.style.has_templates:
        nothing = {"contents": (draft.entry,), "index": {"authors": (), "sources": ()}, "sources": [], "doubts": 0}
        alone = replace(book.edition, chapters=(draft.chapter,), left_out=(), unplaced=(), doubts=())
        context |= {"edition": alone, **nothing}
    return _seen(book.style.render("book.html", part="body.html", **context))


def _seen(html: str) -> Written:
    return Written(html, "".join(sorted(set(html))))


def matter(book: Sheets, name: str, number_of: Callable[[str], str] | None = None) -> Iterator[Part]:
    """Write the front or the back matter, unless all of it is left out; without numbers of pages they are to come."""
    parts = book.edition.parts
    there = {"front": parts.title_page or parts.contents, "back": parts.index or parts.colophon}
    if not there[name]:
        return
    known = {each.anchor for entry in book.context["contents"] for each in (entry, *entry.children)}
    asked: list[str] = []

    def to_come(anchor: str) -> str:
        asked.append(anchor if anchor in known else UNKNOWN)
        return awaited_text(len(asked) - 1)

    html = book.style.render("book.html", part=f"{name}.html", folio=number_of or to_come, **book.context)
    written = _seen(html)
    yield Part(name, written.html, folios=tuple(asked), characters=written.characters)
