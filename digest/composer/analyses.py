"""What an article says by itself, its terms and the sections that they speak of, kept for as long as it says that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest.addresses import address
from digest.cache import encoded, kept
from digest.composer.sections import section_shares
from digest.composer.terms import counted
from digest.model import Article


@dataclass(frozen=True, slots=True)
class Analysis:
    """How often an article says each of its terms, and the sections that these speak of."""

    counts: Mapping[str, int]
    sections: Mapping[str, float]


def analysed(articles: Sequence[Article]) -> list[Analysis]:
    """Analyse articles, in their order; one that says what it said is not analysed again."""
    return [*kept("analysis", Analysis, articles, _address, lambda fresh: map(analysis, fresh))]


def analysis(article: Article) -> Analysis:
    """Analyse an article."""
    counts = counted(article)
    return Analysis(counts, section_shares(counts, article.language))


def said(articles: Iterable[Article]) -> bytes:
    """Write down all that grouping takes from articles: what they say, where they stand, but not in which lines."""
    return encoded([_said(article) for article in articles])


def _said(article: Article) -> list[object]:
    heads = [article.column, article.kicker, article.title, article.subtitle, article.language]
    return [heads, article.origin.source, article.origin.page, [(block.kind, block.text) for block in article.blocks]]


def _address(article: Article) -> bytes:
    return address("analysis", said([article]))
