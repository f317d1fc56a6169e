"""Who wrote what, and from which source: the index at a book's end."""

from __future__ import annotations

from datetime import date

from digest.contents import contents
from digest.index import authors, sources
from digest.model import Article, Block, Chapter, Edition, Origin, Theme, edition_identifier


def article(number: int, source: str, *names: str) -> Article:
    return Article(
        f"a{number}", "article", f"第{number}篇", Origin(source, 1, 2), (Block("paragraph", "文"),), authors=names
    )


def edition(*articles: Article, language: str = "zh-CN") -> Edition:
    identifier = edition_identifier("书", date(2023, 1, 28), articles)
    return Edition("书", language, identifier, (Chapter(Theme("甲"), articles[:2]), Chapter(Theme("乙"), articles[2:])))


BOOK = edition(article(1, "b.txt", "周正", "段维娜"), article(2, "a.txt"), article(3, "b.txt", "段维娜"))


def test_authors_stand_in_the_order_of_their_pinyin_with_their_articles_in_reading_order() -> None:
    assert [(line.name, [entry.anchor for entry in line.entries]) for line in authors(BOOK, contents(BOOK))] == [
        ("段维娜", ["article-1", "article-3"]),
        ("周正", ["article-1"]),
    ]


def test_sources_stand_in_the_order_of_their_names() -> None:
    assert [(line.name, [entry.title for entry in line.entries]) for line in sources(BOOK, contents(BOOK))] == [
        ("a.txt", ["第2篇"]),
        ("b.txt", ["第1篇", "第3篇"]),
    ]


def test_page_two_stands_before_page_ten() -> None:
    book = edition(article(1, "第10版.txt"), article(2, "第2版.txt"))
    assert [line.name for line in sources(book, contents(book))] == ["第2版.txt", "第10版.txt"]


def test_a_book_without_named_authors_has_none() -> None:
    book = edition(article(1, "a.txt"))
    assert authors(book, contents(book)) == ()
