from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digest.contents import article_title, contents
from digest.model import Article, Block, Chapter, Edition, Origin, Theme, edition_identifier

ORIGIN = Origin("第一版.txt", 1, 9)
XML_NAME = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)


def article(title: str = "", *texts: str, **fields: str) -> Article:
    blocks = tuple(Block("paragraph", text) for text in texts)
    return replace(Article("a", "article", title, ORIGIN, blocks), **fields)  # type: ignore[arg-type]


def edition(*chapters: Chapter) -> Edition:
    return Edition("文摘", "zh-CN", edition_identifier("文摘", None, ()), chapters)


def test_the_tree_has_chapters_and_in_each_its_articles() -> None:
    tree = contents(
        edition(Chapter(Theme("甲"), (article("一"), article("二"))), Chapter(Theme("乙"), (article("三"),)))
    )
    assert [(chapter.title, [entry.title for entry in chapter.children]) for chapter in tree] == [
        ("甲", ["一", "二"]),
        ("乙", ["三"]),
    ]


def test_an_article_without_a_title_is_called_by_its_kicker() -> None:
    assert article_title(article("", "正文", kicker="海南区")) == "海南区"


def test_without_a_kicker_too_it_is_called_by_its_opening_words() -> None:
    assert article_title(article("", "1月27日，社区工作人员走访辖区居民。")) == "1月27日，社区工作人员走访辖区…"


def test_opening_words_that_are_all_there_is_get_no_ellipsis() -> None:
    assert article_title(article("", "", "新年好")) == "新年好"


def test_opening_words_do_not_end_inside_a_latin_word() -> None:
    assert article_title(article("", "The quick brown foxes jump")) == "The quick brown…"


def test_without_any_words_it_is_called_by_its_column_or_its_source() -> None:
    assert article_title(article(column="图片新闻")) == "图片新闻"
    assert article_title(article()) == "第一版.txt"


def test_a_title_of_two_lines_is_one_entry_line() -> None:
    assert article_title(article("聚焦五个着力\n 助推深度融合")) == "聚焦五个着力 助推深度融合"


@given(st.lists(st.lists(st.text(max_size=5), max_size=4), max_size=4))
def test_anchors_are_unique_xml_ids_whatever_the_titles(titles: list[list[str]]) -> None:
    tree = contents(edition(*(Chapter(Theme("".join(row)), tuple(article(title) for title in row)) for row in titles)))
    anchors = [entry.anchor for chapter in tree for entry in (chapter, *chapter.children)]
    assert len(anchors) == len(set(anchors)) == sum(1 + len(row) for row in titles)
    assert all(map(XML_NAME.fullmatch, anchors))


@given(st.text(), st.text(), st.text(), st.text())
def test_every_entry_has_words(title: str, kicker: str, text: str, column: str) -> None:
    entry = article_title(article(title, text, kicker=kicker, column=column))
    assert entry.strip()
    assert len(entry.splitlines()) == 1
