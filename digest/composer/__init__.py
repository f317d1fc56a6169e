"""The composer turns articles into the named and ordered chapters of an edition.

The way there, one step a file: what each article says (`vectors`), which belong together (`clusters`), which phrases a
chapter shares (`phrases`), what it is called and why (`names`), and in which order all is read (`order`). `scripts`
knows how text is written. Each file names its sources.
"""

from __future__ import annotations

from collections.abc import Sequence

from digest.composer.names import general_theme, name_themes
from digest.composer.order import in_reading_order, ordered_chapters
from digest.composer.piles import Piles, piled
from digest.model import Article, Chapter, Theme

__all__ = ["compose"]


def compose(articles: Sequence[Article], language: str) -> tuple[Chapter, ...]:
    """Put every article into exactly one chapter; titles are in `language`, a BCP 47 tag such as zh-CN.

    The same articles in the same order give the same chapters; no articles give none. Articles that hold together with
    no others stand in a last, general chapter; so do those of a chapter that cannot be named, for it has no theme.
    """
    piles = piled(articles)
    themes = _named(articles, piles, language)
    chapters: list[Chapter] = []
    general = list(piles.grouping.leftovers)
    for theme, members in zip(themes, piles.grouping.themes, strict=True):
        if theme is None:
            general += members
        else:
            chapters.append(Chapter(theme, in_reading_order(articles, members)))
    last = [Chapter(general_theme(language), in_reading_order(articles, general))] if general else []
    return (*ordered_chapters(chapters), *last)


def _named(articles: Sequence[Article], piles: Piles, language: str) -> tuple[Theme | None, ...]:
    """Name the themes after those of their articles that they were found among."""
    places = {index: place for place, index in enumerate(piles.sample)}
    members = [[places[index] for index in theme if index in places] for theme in piles.grouping.themes]
    return name_themes([articles[index] for index in piles.sample], members, piles.sections, language)
