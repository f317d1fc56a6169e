"""The body of a Markdown article: its blocks, in text and in safe XHTML."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Article, Block
from digest.readers.markdown import FrontMatter, _blocks, _Document, _parse

Read = Callable[[str], Article]


def blocks(text: str) -> list[Block]:
    """Parse a body without going through a file."""
    tokens, _ = _parse(_Document(FrontMatter(), text, 1))
    return [*_blocks(tokens)]


# Heads


def test_a_first_heading_is_the_title_and_no_part_of_the_body(article: Read) -> None:
    found = article("# 标 *题*\n\n正文")
    assert (found.title, [block.text for block in found.blocks]) == ("标 题", ["正文"])


def test_a_first_heading_that_repeats_the_title_is_no_part_of_the_body(article: Read) -> None:
    assert [block.text for block in article("---\ntitle: 标题\n---\n# 标题\n\n正文").blocks] == ["正文"]


def test_a_first_heading_beside_another_title_is_a_subhead(article: Read) -> None:
    found = article("---\ntitle: 标题\n---\n## 小标题\n\n正文")
    assert (found.title, found.blocks[0]) == ("标题", Block("subhead", "小标题"))


def test_later_headings_are_subheads() -> None:
    assert [block.kind for block in blocks("正文\n\n## 一\n\n正文\n\n### 二\n")] == [
        "paragraph",
        "subhead",
        "paragraph",
        "subhead",
    ]


def test_an_article_without_a_head_says_so(article: Read) -> None:
    assert [doubt.code for doubt in article("正文").doubts] == ["no-head"]


def test_an_article_without_a_body_says_so(article: Read) -> None:
    assert [doubt.code for doubt in article("# 标题\n").doubts] == ["no-body"]


def test_the_language_is_that_of_the_text(article: Read) -> None:
    assert article("# A letter\n\nDear editor, I read your report.").language == "en"


# Lines and inline marks


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("除夕夜\n灯亮着", "除夕夜灯亮着"),
        ("灯亮着，\n装备", "灯亮着，装备"),
        ("used by\nmany people", "used by many people"),
        ("参加GDP\n统计", "参加GDP统计"),
        ("**除夕**\n夜", "除夕夜"),
        ("a **b**\nc", "a b c"),
    ],
)
def test_a_line_end_is_a_space_between_latin_words_and_nothing_beside_han(text: str, joined: str) -> None:
    (block,) = blocks(text)
    assert block.text == joined


def test_a_hard_break_stays_a_line_end() -> None:
    (block,) = blocks("行胜于言。  \n功在不舍。")
    assert (block.text, block.html) == ("行胜于言。\n功在不舍。", "行胜于言。<br />\n功在不舍。")


def test_plain_text_needs_no_html() -> None:
    assert blocks("3 < 5 & 7 > 2") == [Block("paragraph", "3 < 5 & 7 > 2")]


def test_emphasis_is_in_the_html_and_not_in_the_text() -> None:
    assert blocks("重点是**实干**。") == [Block("paragraph", "重点是实干。", "重点是<strong>实干</strong>。")]


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "正文<img src=x onerror=alert(1)>正文",
        "<iframe src='https://example.org'></iframe>",
        "<!-- 注 -->",
        "<style>p { color: red }</style>",
        "> <svg onload=alert(1)>",
        "- <b>粗</b>",
        "## <b>粗</b>",
        "| <b>粗</b> |\n|---|\n| <i>斜</i> |",
        "```\n<script>alert(1)</script>\n```",
        "[<b>粗</b>](https://example.org)",
        "`<script>`",
        "![<script>](x.png)",
    ],
)
def test_raw_html_stays_visible_text_and_is_never_live(html: str) -> None:
    (block,) = blocks(html)
    live = ElementTree.fromstring(f"<div>{block.html or block.text.replace('<', '&lt;')}</div>")
    names = {element.tag for element in live.iter()}
    assert names <= {
        "div",
        "a",
        "blockquote",
        "p",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "pre",
        "code",
    }
    assert "<" in block.text
    assert "".join(live.itertext()).split() == block.text.split() or block.kind == "table"


# Links and images


@pytest.mark.parametrize("href", ["https://example.org/a?b=c", "http://example.org", "mailto:a@example.org"])
def test_a_link_that_works_from_any_reader_is_kept(href: str) -> None:
    (block,) = blocks(f"见[网站]({href})。")
    assert (block.text, block.html) == ("见网站。", f'见<a href="{href}">网站</a>。')


@pytest.mark.parametrize("href", ["other.md", "/etc/passwd", "#a", "ftp://example.org", "//example.org", "../a.txt"])
def test_a_link_that_leads_out_of_the_book_is_text_and_a_doubt(article: Read, href: str) -> None:
    found = article(f"# 标题\n\n见[网站]({href})。")
    assert found.blocks == (Block("paragraph", "见网站。"),)
    assert [(doubt.code, doubt.line) for doubt in found.doubts] == [("link-left-out", 3)]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "JAVASCRIPT:x"]
)
def test_a_link_that_would_run_something_is_never_a_link(href: str) -> None:
    (block,) = blocks(f"见[网站]({href})。")
    assert "href" not in block.html


def test_an_image_is_its_description_and_a_doubt(article: Read) -> None:
    found = article("# 标题\n\n![社区工作人员](a.png)\n")
    assert found.blocks == (Block("paragraph", "社区工作人员"),)
    assert [(doubt.code, doubt.message) for doubt in found.doubts] == [
        ("image-left-out", "the picture a.png is not in the book yet")
    ]


def test_the_target_of_a_link_that_no_text_has_is_told_as_a_doubt(article: Read) -> None:
    found = article("# 标题\n\n正文[网站]\n\n[注]: 本报讯\n[网站]: https://example.org\n")
    assert [(doubt.code, doubt.message, doubt.line) for doubt in found.doubts] == [
        ("unused-link", "no text links to [注]: 本报讯", 5)
    ]


# Blocks


def test_a_quotation_is_a_quote() -> None:
    (block,) = blocks("> 行胜于言。\n>\n> 功在不舍。")
    assert (block.kind, block.text) == ("quote", "行胜于言。\n功在不舍。")
    assert block.html == "<blockquote>\n<p>行胜于言。</p>\n<p>功在不舍。</p>\n</blockquote>"


@pytest.mark.parametrize(("text", "name"), [("- 甲\n- 乙", "ul"), ("1. 甲\n2. 乙", "ol")])
def test_a_list_is_a_list(text: str, name: str) -> None:
    assert blocks(text) == [Block("list", "甲\n乙", f"<{name}>\n<li>甲</li>\n<li>乙</li>\n</{name}>")]


def test_a_table_is_a_table() -> None:
    (block,) = blocks("| 社区 | 户数 |\n|---|---|\n| 海南 | 120 |")
    assert (block.kind, block.text.split()) == ("table", ["社区", "户数", "海南", "120"])
    assert "<td>海南</td>" in block.html


@pytest.mark.parametrize("text", ["```python\nx = 1 < 2\n```", "    x = 1 < 2"])
def test_code_is_a_quote_with_its_characters_as_they_are(text: str) -> None:
    (block,) = blocks(text)
    assert (block.kind, block.text) == ("quote", "x = 1 < 2\n")
    assert "x = 1 &lt; 2" in block.html


def test_a_thematic_break_is_set_as_the_trade_does() -> None:
    assert blocks("甲\n\n***\n\n乙")[1] == Block("paragraph", "* * *")


@pytest.mark.parametrize("text", [">" * 300 + " 深处", "- " * 300 + "深处", "> - " * 15 + "深处", "1. " * 40 + "深处"])
def test_what_is_nested_too_deep_is_text_and_a_doubt(article: Read, text: str) -> None:
    found = article(f"# 标题\n\n{text}\n\n后文\n")
    assert "深处" in found.blocks[0].text
    assert found.blocks[-1].text == "后文"
    assert [doubt.code for doubt in found.doubts] == ["nested-too-deep"]


def test_after_a_text_that_was_nested_too_deep_quotes_are_quotes_again() -> None:
    blocks(">" * 300 + " 深处")
    assert [block.kind for block in blocks("> 引文")] == ["quote"]


# Any text

MARKS = [
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "```\n",
    "|",
    "---",
    "\n",
    "\n\n",
    "  \n",
    "**",
    "*",
    "`",
    "[",
    "](",
    ")",
    "![",
    "<b>",
]
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
PIECES = st.one_of(st.sampled_from(MARKS), st.text(HAN, max_size=6), st.text("，。 abc&;#", max_size=6))
CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


@given(st.lists(st.one_of(PIECES, st.text(st.characters(exclude_categories=["Cs"]))), max_size=30).map("".join))
def test_the_html_of_any_text_is_well_formed_but_for_the_controls_that_writers_take_out(text: str) -> None:
    for block in blocks(text):
        ElementTree.fromstring(f"<div>{block.html.translate(CONTROLS)}</div>")


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_word_of_a_text_is_in_a_block_or_a_doubt(text: str) -> None:
    tokens, doubts = _parse(_Document(FrontMatter(), text, 1))
    kept = "".join((*(block.text + block.html for block in _blocks(tokens)), *(doubt.message for doubt in doubts)))
    assert not {char for char in text if "\u4e00" <= char <= "\u9fa5"} - set(kept)
