"""Guesses an edition before its articles are grouped: the chapters of last time, with the articles as they are now.

After a small mend the guess is nearly always right, and the book is finished when the grouping is. It is only ever a
guess: whoever uses it compares it with the edition itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from digest.addresses import address
from digest.cache import CACHE
from digest.model import Article, Edition

STAGE = "foresight"


def guess(about: bytes, articles: Sequence[Article]) -> Edition | None:
    """Guess the edition of some articles; None where nothing is known `about` it, or articles have come or gone."""
    store = CACHE.get()
    if store is None:
        return None
    place = address(STAGE, about)
    name = store.find(bytes, [place]).get(place)
    last: Edition | None = store.find(Edition, [name]).get(name) if name else None
    by_id = {article.id: article for article in articles}
    if last is None or {article.id for article in (*last.articles, *last.outside)} != by_id.keys():
        return None
    return replace(
        last,
        chapters=tuple(replace(chapter, articles=tuple(_now(chapter.articles, by_id))) for chapter in last.chapters),
        left_out=tuple(replace(own, article=by_id[own.article.id]) for own in last.left_out),
        unplaced=tuple(replace(own, article=by_id[own.article.id]) for own in last.unplaced),
    )


def _now(articles: Iterable[Article], by_id: Mapping[str, Article]) -> Iterable[Article]:
    for last in articles:
        article = by_id[last.id]
        yield replace(article, origin=replace(article.origin, reprints=last.origin.reprints))


def remember(about: bytes, name: bytes | None) -> None:
    """Note under which name the edition will be kept, for the next time."""
    store = CACHE.get()
    if store and name:
        store.keep(STAGE, {address(STAGE, about): name})
