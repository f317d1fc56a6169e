"""In which order chapters, and the articles in them, are read.

Sizes count by their power of two only: a mended paragraph must not reshuffle the book.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from digest.model import Article, Chapter


def in_reading_order(articles: Sequence[Article], members: Iterable[int]) -> tuple[Article, ...]:
    """Put stories before photo news, the weightier first, then the older, then what the papers print earlier."""
    return tuple(articles[index] for index in sorted(members, key=lambda index: (*_rank(articles[index]), index)))


def ordered_chapters(chapters: Iterable[Chapter]) -> list[Chapter]:
    """Put the weightiest chapter first; of equal weight, the one whose story began earlier, then the longer."""
    return sorted(chapters, key=_chapter_rank)


def _rank(article: Article) -> tuple[bool, int, date]:
    return article.kind == "photo", -_magnitude(_size(article)), article.origin.date or date.max


def _chapter_rank(chapter: Chapter) -> tuple[int, date, int, str]:
    sizes = sum(_size(article) for article in chapter.articles)
    dates = [article.origin.date for article in chapter.articles if article.origin.date]
    return -_magnitude(sizes), min(dates, default=date.max), -len(chapter.articles), chapter.theme.title


def _size(article: Article) -> int:
    """Count the characters of an article's body."""
    return sum(len(block.text) for block in article.blocks)


def _magnitude(size: int) -> int:
    return size.bit_length()
