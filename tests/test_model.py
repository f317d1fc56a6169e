from __future__ import annotations

from datetime import date

from digest.model import (
    Article,
    Block,
    Chapter,
    Edition,
    Origin,
    Theme,
    article_id,
    edition_identifier,
    with_distinct_ids,
)


def article(name: str) -> Article:
    return Article(name, "article", name, Origin("page.txt", 1, 2), (Block("paragraph", "正文"),))


def test_an_article_keeps_its_id_when_its_text_is_mended() -> None:
    assert article_id("page.txt", "引题", "标题", "原文") == article_id("page.txt", "引题", "标题", "改后")


def test_an_article_without_a_head_is_named_after_its_opening() -> None:
    assert article_id("page.txt", "", "", "一") != article_id("page.txt", "", "", "二")


def test_the_same_head_in_two_sources_gives_two_ids() -> None:
    assert article_id("1.txt", "", "标题", "") != article_id("2.txt", "", "标题", "")


def test_an_id_is_a_name_in_ascii_letters_and_digits() -> None:
    name = article_id("第一版.txt", "", "标题", "")
    assert (name.isascii(), name.isalnum(), name[0]) == (True, True, "a")


def test_the_second_article_of_one_id_is_numbered() -> None:
    names = [each.id for each in with_distinct_ids(map(article, ["a", "b", "a", "a"]))]
    assert names == ["a", "b", "a-2", "a-3"]


def test_an_edition_is_the_same_whatever_the_order_of_its_articles() -> None:
    day = date(2023, 1, 28)
    there, back = [article("a"), article("b")], [article("b"), article("a")]
    assert edition_identifier("文摘", day, there) == edition_identifier("文摘", day, back)


def test_another_title_or_day_or_article_is_another_edition() -> None:
    day = date(2023, 1, 28)
    names = {
        edition_identifier("文摘", day, [article("a")]),
        edition_identifier("选刊", day, [article("a")]),
        edition_identifier("文摘", None, [article("a")]),
        edition_identifier("文摘", day, [article("b")]),
    }
    assert len(names) == 4


def test_the_articles_of_an_edition_come_chapter_by_chapter() -> None:
    a, b, c = map(article, "abc")
    chapters = (Chapter(Theme("一"), (b, a)), Chapter(Theme("二"), (c,)))
    edition = Edition("文摘", "zh-CN", edition_identifier("文摘", None, [a, b, c]), chapters)
    assert [*edition.articles] == [b, a, c]
