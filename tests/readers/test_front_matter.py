"""Front matter of Markdown: every fact, in YAML and TOML, as people write it (errors: tests/cli/test_failures.py)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from digest.model import Article

Read = Callable[[str], Article]

YAML = """---
title: 给编辑部的信
subtitle: 一位读者的话
kicker: 来信
column: 读者之声
authors: [李四, 王五]
date: 2023-01-28
language: zh-TW
---
正文
"""
TOML = """+++
title = "给编辑部的信"
subtitle = "一位读者的话"
kicker = "来信"
column = "读者之声"
authors = ["李四", "王五"]
date = 2023-01-28
language = "zh-TW"
+++
正文
"""


@pytest.mark.parametrize("text", [YAML, TOML, YAML.replace("\n", "\r\n"), TOML.replace("\n", "\r")])
def test_every_fact_is_read(article: Read, text: str) -> None:
    found = article(text)
    assert (found.title, found.subtitle, found.kicker, found.column) == (
        "给编辑部的信",
        "一位读者的话",
        "来信",
        "读者之声",
    )
    assert (found.authors, found.byline) == (("李四", "王五"), "李四 王五")
    assert (found.origin.date, found.language) == (date(2023, 1, 28), "zh-TW")
    assert [block.text for block in found.blocks] == ["正文"]
    assert found.doubts == ()


def test_an_article_spans_its_whole_file(article: Read) -> None:
    found = article(YAML)
    assert (found.origin.source, found.origin.first, found.origin.last) == ("article.md", 1, 10)


@pytest.mark.parametrize(
    "authors",
    [
        "author: 李四、王五",
        "authors: 李四，王五",
        "authors:\n  - 李四\n  - 王五",
        "authors: 李四  王五",
        "author: [李四, '', 王五]",
    ],
)
def test_authors_are_read_as_people_write_them(article: Read, authors: str) -> None:
    assert article(f"---\n{authors}\n---\n正文").authors == ("李四", "王五")


def test_a_name_with_a_space_in_it_is_one_name(article: Read) -> None:
    assert article("---\nauthor: Mary Shelley\n---\n正文").authors == ("Mary Shelley",)


@pytest.mark.parametrize(
    "day",
    ["2023-01-08", "2023-1-8", "2023/1/8", "20230108", "2023年1月8日", "'2023-01-08'", "2023-01-08T23:59:59+14:00"],
)
def test_dates_are_read_as_people_write_them(article: Read, day: str) -> None:
    assert article(f"---\ndate: {day}\n---\n正文").origin.date == date(2023, 1, 8)


@pytest.mark.parametrize("title", ["007", "1:20", "no", "1e3", "2023-01-28", "0x1F", "yes"])
def test_a_title_in_yaml_is_the_text_that_stands_there(article: Read, title: str) -> None:
    assert article(f"---\ntitle: {title}\n---\n正文").title == title


@pytest.mark.parametrize("title", ["title:", "title: ~", "title: null", "title: ''"])
def test_a_fact_without_a_value_is_not_said(article: Read, title: str) -> None:
    assert article(f"---\n{title}\n---\n# 标题\n\n正文").title == "标题"


def test_a_year_in_toml_is_a_title(article: Read) -> None:
    assert article("+++\ntitle = 1984\n+++\n正文").title == "1984"


def test_a_title_over_two_lines_becomes_one(article: Read) -> None:
    assert article("---\ntitle: |\n  Two\n  lines\n---\n正文").title == "Two lines"


def test_a_pair_of_escapes_is_the_one_character_it_means(article: Read) -> None:
    assert article('---\ntitle: "\\ud83d\\ude00"\n---\n正文').title == "😀"


def test_half_a_pair_is_marked_as_damage(article: Read) -> None:
    assert article('---\ntitle: "信\\ud83d"\n---\n正文').title == "信\ufffd"


def test_keys_of_other_tools_are_told_as_doubts_with_their_line(article: Read) -> None:
    (doubt,) = article("---\ntitle: 信\nlayout: post\n---\n正文").doubts
    assert (doubt.code, doubt.line) == ("unknown-fact", 3)
    assert "`layout`" in doubt.message


def test_one_of_two_spellings_for_authors_is_told_as_a_doubt(article: Read) -> None:
    found = article("---\ntitle: 信\nauthor: 张三\nauthors: [李四]\n---\n正文")
    assert (found.authors, [doubt.line for doubt in found.doubts]) == (("李四",), [3])


def test_a_tag_of_yaml_runs_nothing(article: Read) -> None:
    assert article('---\ntitle: !!python/name:os.system "x"\n---\n正文').title == "x"


def test_the_body_s_lines_are_counted_from_the_top_of_the_file(article: Read) -> None:
    found = article("---\ntitle: 信\n---\n正文\n\n![图](https://example.org/a.png)\n")
    assert [(doubt.code, doubt.line) for doubt in found.doubts] == [("image-left-out", 6)]


@pytest.mark.parametrize("text", ["---\n\n正文", "正文\n\n---\n\ntitle: 正文\n"])
def test_a_line_of_dashes_that_opens_no_front_matter_is_text(article: Read, text: str) -> None:
    assert "* * *" in [block.text for block in article(text).blocks]


@pytest.mark.parametrize("text", ["---\n---\n正文", "---\n# 注\n---\n正文", "+++\n+++\n正文"])
def test_empty_front_matter_says_nothing(article: Read, text: str) -> None:
    assert [block.text for block in article(text).blocks] == ["正文"]
