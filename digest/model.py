"""The plain, frozen data that every stage takes and gives: an edition of chapters of articles of blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal
from uuid import NAMESPACE_URL, UUID, uuid5

ArticleKind = Literal["article", "photo", "continuation"]
BlockKind = Literal["paragraph", "subhead", "caption", "image", "quote", "list", "table"]

# Every identifier is a uuid5 under this one namespace: same content, same book.
NAMESPACE = uuid5(NAMESPACE_URL, "https://pypi.org/project/digest-publisher/")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article stands in its source; lines count from 1, both ends included.

    `source` is the path as the book names it: below the folder that was read, with "/" between its parts.
    `jumps` are the jump lines as printed, such as （上接第一版）; `also` names where the story's other parts stand, as
    "003.txt:41-57", and `reprints` where the same story stands once more.
    """

    source: str
    first: int
    last: int
    page: str = ""
    date: date | None = None
    jumps: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    reprints: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Name the source and the lines in it: 003.txt:41-57."""
        return f"{self.source}:{self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was guessed: a stable code, what was guessed in a sentence, and the source's line (0: no line)."""

    code: str
    message: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that an article shows: its file, its name in the article, and where that stands (seeds/信.md:6)."""

    path: Path
    name: str
    where: str


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an article's body; `html` is safe XHTML that sets `text`, or empty for plain text.

    The text of an image is what it shows, in words; one without a `picture` is set as these words.
    """

    kind: BlockKind
    text: str
    html: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its heads as an editor would print them, its blocks, and where they came from.

    `byline` is the line as printed (本报记者段维娜), `authors` the names in it (段维娜).
    """

    id: str
    kind: ArticleKind
    title: str
    origin: Origin
    blocks: tuple[Block, ...] = ()
    column: str = ""
    kicker: str = ""
    subtitle: str = ""
    byline: str = ""
    authors: tuple[str, ...] = ()
    language: str = "zh-CN"
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line of a page that belongs to no article (责编, a masthead, a folio), and why it was set aside."""

    text: str
    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one source gave: its articles in their order, and what was set aside."""

    articles: tuple[Article, ...]
    furniture: tuple[Furniture, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A chapter's subject, the words and labels that hold it together, and its opening note (a blank line parts it)."""

    title: str
    why: tuple[str, ...] = ()
    note: str = ""

    @property
    def note_paragraphs(self) -> tuple[str, ...]:
        """The note's paragraphs, each one line."""
        return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", self.note) if part.strip())


@dataclass(frozen=True, slots=True)
class Chapter:
    """A theme and its articles in reading order."""

    theme: Theme
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An article that is not in the book, why, and the id of the fuller one where that tells the same story."""

    article: Article
    why: str
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An article that the editor's plan does not know yet: not in the book, with the title of the chapter proposed."""

    article: Article
    proposed: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Composition:
    """Where every article has gone: into one chapter, or left out, or waiting for the editor's word."""

    chapters: tuple[Chapter, ...]
    left_out: tuple[LeftOut, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """Which of a book's parts beside its articles it has."""

    cover: bool = True
    title_page: bool = True
    contents: bool = True
    openers: bool = True
    index: bool = True
    colophon: bool = True


ALL_PARTS = Parts()


@dataclass(frozen=True, slots=True)
class Edition:
    """The whole book, computed once: writers only write it down.

    `authors` are those of the compilation, where it has any; `series` is what it is number `number` of; `cover` is the
    editor's own picture, in bytes.
    """

    title: str
    language: str
    identifier: UUID
    chapters: tuple[Chapter, ...]
    subtitle: str = ""
    publisher: str = ""
    date: date | None = None
    left_out: tuple[LeftOut, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    authors: tuple[str, ...] = ()
    description: str = ""
    rights: str = ""
    series: str = ""
    number: int | None = None
    cover: bytes = b""
    parts: Parts = ALL_PARTS

    @property
    def articles(self) -> Iterator[Article]:
        """Every article of the book in reading order."""
        return (article for chapter in self.chapters for article in chapter.articles)

    @property
    def outside(self) -> tuple[Article, ...]:
        """The articles that are not in the book: those left out, then those that wait for a place."""
        return (*(own.article for own in self.left_out), *(own.article for own in self.unplaced))


def article_id(source: str, kicker: str, title: str, opening: str) -> str:
    """Name an article after its source and head, or, where it has none, after how its body opens.

    The body is left out, so that an article keeps its id when its text is mended.
    """
    head = f"{kicker}\n{title}" if title else opening[:40]
    return "a" + _uuid(f"article\n{source}\n{head}").hex[:16]


def with_distinct_ids(articles: Iterable[Article]) -> Iterator[Article]:
    """Give the second article of one id the suffix -2, and so on, in the order they come."""
    seen: Counter[str] = Counter()
    for article in articles:
        seen[article.id] += 1
        again = seen[article.id]
        yield article if again == 1 else replace(article, id=f"{article.id}-{again}")


def edition_identifier(title: str, day: date | None, articles: Iterable[Article]) -> UUID:
    """Name an edition after its title, its date and the articles in it, whatever their order."""
    names = "\n".join(sorted(article.id for article in articles))
    return _uuid(f"edition\n{title}\n{day or ''}\n{names}")


def _uuid(name: str) -> UUID:
    """Name it whatever it holds: a lone surrogate (from a file name, say) has no UTF-8, and uuid5 takes only that."""
    return uuid5(NAMESPACE, name.encode("utf-8", "backslashreplace").decode())
