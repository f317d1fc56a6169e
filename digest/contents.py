"""The one two-level tree of chapters and articles that the nav, NCX, PDF outline and printed contents share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from digest.model import Article, Chapter, Edition

OPENING_LENGTH = 16  # characters that stand for an article without a title: about half a line of a book


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents; `anchor` is a valid XML id and file name, unique in the book."""

    title: str
    anchor: str
    children: tuple[Entry, ...] = ()


def contents(edition: Edition) -> tuple[Entry, ...]:
    """List the chapters, and in each its articles, in reading order.

    The title page, the contents, the index and the colophon have no entry: a reader reaches them by the landmarks.
    Anchors count positions, as an id may hold anything (chapter-2, article-17). Without openers a chapter begins with
    its first article.
    """
    numbers = iter(range(1, 1 + sum(1 for _ in edition.articles)))
    return tuple(
        _chapter(chapter, f"chapter-{number}", tuple(_articles(chapter.articles, numbers)), edition.parts.openers)
        for number, chapter in enumerate(edition.chapters, start=1)
    )


def _chapter(chapter: Chapter, anchor: str, articles: tuple[Entry, ...], opener: bool) -> Entry:
    title = _one_line(chapter.theme.title) or "—"
    return Entry(title, anchor if opener or not articles else articles[0].anchor, articles)


def _articles(articles: tuple[Article, ...], numbers: Iterator[int]) -> Iterator[Entry]:
    for article in articles:
        yield Entry(article_title(article), f"article-{next(numbers)}")


def article_title(article: Article) -> str:
    """Name an article in one line: its title, else its kicker, its opening words, its column, its source."""
    opening = next((text for block in article.blocks if (text := _one_line(block.text))), "")
    choices = (article.title, article.kicker, _shortened(opening), article.column, article.origin.source)
    return next((line for choice in choices if (line := _one_line(choice))), "—")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shortened(text: str) -> str:
    """Cut after OPENING_LENGTH characters, at a space where there is one to cut at."""
    if len(text) <= OPENING_LENGTH:
        return text
    cut = text[:OPENING_LENGTH]
    inside_a_word = cut[-1].isascii() and cut[-1].isalnum() and text[OPENING_LENGTH].isascii()
    if inside_a_word and text[OPENING_LENGTH].isalnum() and " " in cut:
        cut = cut.rpartition(" ")[0]
    return cut.rstrip(" ，。、；：,.;:") + "…"
