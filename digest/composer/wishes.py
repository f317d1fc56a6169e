"""Which articles belong to the themes that an editor has fixed beforehand, by column label and by keyword."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from digest.composer.phrases import OPENING_LENGTH
from digest.composer.scripts import closed, plain
from digest.model import Article, Theme
from digest.settings import ThemeSettings

# A keyword in a head or in the opening says what the article is about; further down it may be an aside, unless it comes
# again.
TELLING_WEIGHT = 2
LEAST_SCORE = 2


def wished_members(articles: Sequence[Article], wishes: Sequence[ThemeSettings]) -> list[tuple[int, ...]]:
    """Give each theme the positions of its articles: those of its columns, else those that most speak of its keywords.

    An article of two themes goes to the one that it speaks of more, of two alike to the one named first.
    """
    chosen = [_wish_of(article, wishes) for article in articles]
    return [tuple(index for index, own in enumerate(chosen) if own == wish) for wish in range(len(wishes))]


def wished_theme(wish: ThemeSettings) -> Theme:
    """Make the theme as the editor has named it; its columns and keywords hold it together."""
    return Theme(" ".join(wish.title.split()), (*wish.columns, *wish.keywords), wish.note)


def _wish_of(article: Article, wishes: Sequence[ThemeSettings]) -> int | None:
    label = _even(article.column)
    for place, wish in enumerate(wishes):
        if label and any(_even(column) in label for column in wish.columns):
            return place
    scores = [_score(article, wish.keywords) for wish in wishes]
    best = max(range(len(wishes)), key=scores.__getitem__, default=None)
    return best if best is not None and scores[best] >= LEAST_SCORE else None


def _score(article: Article, keywords: Sequence[str]) -> int:
    body = _even("\n".join(block.text for block in article.blocks))
    heads = _even("\n".join((article.column, article.kicker, article.title, article.subtitle)))
    telling = f"{heads}\n{body[:OPENING_LENGTH]}"
    return sum(
        TELLING_WEIGHT * len(pattern.findall(telling)) + len(pattern.findall(body, OPENING_LENGTH))
        for pattern in map(_pattern, keywords)
    )


@cache
def _pattern(keyword: str) -> re.Pattern[str]:
    """Look for a keyword as it is, but never for art in party: a word of an alphabet ends where its letters end."""
    word = _even(keyword)
    before = r"(?<![a-z])" if word[:1].isascii() else ""
    after = r"(?![a-z])" if word[-1:].isascii() else ""
    return re.compile(before + re.escape(word) + after)


def _even(text: str) -> str:
    """Even out what does not tell texts apart: width, case, spaces in Han."""
    return closed(plain(text)).casefold().strip()
