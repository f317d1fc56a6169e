"""In which order chapters and articles are read."""

from __future__ import annotations

from datetime import date

from digest.composer.order import in_reading_order, ordered_chapters
from digest.model import Article, ArticleKind, Block, Chapter, Origin, Theme


def article(name: str, size: int, day: date | None = None, kind: ArticleKind = "article") -> Article:
    return Article(name, kind, name, Origin("p.txt", 1, 1, date=day), (Block("paragraph", "字" * size),))


def names(*articles: Article) -> list[str]:
    return [found.id for found in in_reading_order(articles, range(len(articles)))]


def test_photo_news_follows_the_stories() -> None:
    assert names(article("photo", 900, kind="photo"), article("short", 60)) == ["short", "photo"]


def test_the_weightier_story_comes_first() -> None:
    assert names(article("brief", 200), article("report", 2000)) == ["report", "brief"]


def test_of_equal_weight_the_older_comes_first_and_the_undated_last() -> None:
    stories = (
        article("undated", 300),
        article("later", 310, date(2023, 1, 9)),
        article("earlier", 290, date(2023, 1, 7)),
    )
    assert names(*stories) == ["earlier", "later", "undated"]


def test_a_mended_paragraph_does_not_change_the_order() -> None:
    assert names(article("first", 300), article("second", 310)) == ["first", "second"]


def test_the_weightiest_chapter_comes_first_and_of_equal_ones_the_older() -> None:
    light = Chapter(Theme("轻"), (article("a", 100),))
    new = Chapter(Theme("新"), (article("b", 3000, date(2023, 1, 9)),))
    old = Chapter(Theme("旧"), (article("c", 2900, date(2023, 1, 7)),))
    assert [chapter.theme.title for chapter in ordered_chapters([light, new, old])] == ["旧", "新", "轻"]
