"""The body of a Markdown article: its blocks, in text and in safe XHTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.markup import printable
from digest.model import NAMESPACE, Article, Block, Chapter, Edition, Theme
from digest.readers import Source
from digest.readers.markdown.front_matter import Document, FrontMatter
from digest.readers.markdown.manuscript import _blocks, _parse, _title

Read = Callable[[str], Article]
NOWHERE = Source(Path("/nonexistent/article.md"), "article.md")  # where no picture can be found


def blocks(text: str) -> list[Block]:
    """Parse a body without going through a file."""
    tokens, _ = _parse(Document(FrontMatter(), text, 1), NOWHERE)
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
        "<style>p { color: red }</style>",
        "> <svg onload=alert(1)>",
        "- <big>粗</big>",
        "## <b class=x>粗</b>",
        "| <div>粗</div> |\n|---|\n| <i onclick=x>斜</i> |",
        "```\n<script>alert(1)</script>\n```",
        "[<a href=x>粗</a>](https://example.org)",
        "`<script>`",
        "![<script>](https://example.org/x.png)",
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


@pytest.mark.parametrize("name", ["sub", "sup", "b", "i", "u"])
def test_a_tag_that_markdown_has_no_marks_for_is_set(name: str) -> None:
    assert blocks(f"H<{name}>2</{name.upper()}>O") == [Block("paragraph", "H2O", f"H<{name}>2</{name}>O")]


def test_a_reading_stands_above_its_characters() -> None:
    ruby = "<ruby>重庆<rp>（</rp><rt>chóng qìng</rt><rp>）</rp></ruby>"
    assert blocks(f"到{ruby}去。") == [Block("paragraph", "到重庆（chóng qìng）去。", f"到{ruby}去。")]


@pytest.mark.parametrize("tag", ["<br>", "<br/>", "<BR />"])
def test_a_break_in_html_is_a_line_end(tag: str) -> None:
    assert blocks(f"甲{tag}乙") == [Block("paragraph", "甲\n乙", "甲<br />\n乙")]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<b>甲", "&lt;b&gt;甲"),
        ("甲</b>", "甲&lt;/b&gt;"),
        ("<b><i>甲</b></i>", "&lt;b&gt;<i>甲&lt;/b&gt;</i>"),
        ("*<b>甲*</b>", "<em>&lt;b&gt;甲</em>&lt;/b&gt;"),
        ("<b>*甲</b>*", "&lt;b&gt;<em>甲&lt;/b&gt;</em>"),
        ("<b id='x'>甲</b>", "&lt;b id='x'&gt;甲&lt;/b&gt;"),
    ],
)
def test_a_tag_that_is_not_closed_where_it_should_be_is_text_and_a_doubt(article: Read, text: str, html: str) -> None:
    found = article(f"# 标题\n\n{text}")
    (block,) = found.blocks
    assert html in (block.html, block.text.replace("<", "&lt;").replace(">", "&gt;"))
    assert [(doubt.code, doubt.line) for doubt in found.doubts] == [("raw-html", 3)]


def test_html_that_stands_as_text_is_one_doubt_for_each_paragraph(article: Read) -> None:
    found = article("# 标题\n\n<div>甲</div>\n<p>乙</p>\n\n丙\n\n<span>丁</span>")
    assert [(doubt.code, doubt.message, doubt.line) for doubt in found.doubts] == [
        ("raw-html", "HTML stands as text: <div>", 3),
        ("raw-html", "HTML stands as text: <span>", 8),
    ]


@pytest.mark.parametrize(
    "text",
    ["甲<!-- 注 -->乙", "甲乙\n\n<!-- 注 -->", "<!--\n\n注\n\n-->\n\n甲乙", "甲乙\n<!--注\n\n-->", "> 甲<!--注-->乙"],
)
def test_a_comment_is_a_doubt_and_no_text(article: Read, text: str) -> None:
    found = article(f"# 标题\n\n{text}")
    assert [block.text for block in found.blocks] == ["甲乙"]
    assert [(doubt.code, doubt.message) for doubt in found.doubts] == [
        ("comment-left-out", "a comment is not in the book: 注")
    ]


@pytest.mark.parametrize("text", ["<!-- 甲", "<!-- 甲\n\n乙 --> 丙", "> <!-- 甲\n>\n> 乙 -->", "```\n<!-- 甲 -->\n```"])
def test_what_only_begins_like_a_comment_is_text(article: Read, text: str) -> None:
    found = article(f"# 标题\n\n{text}")
    assert "<!-- 甲" in found.blocks[0].text
    assert [doubt.code for doubt in found.doubts] == []


# Notes


def test_a_note_stands_at_the_end_of_its_article_under_its_number() -> None:
    assert blocks("正文[^1]，又[^甲]。\n\n[^甲]: 乙注。\n[^1]: 注释文字很重要。\n\n后文") == [
        Block("paragraph", "正文[1]，又[2]。", '正文<sup class="noteref">1</sup>，又<sup class="noteref">2</sup>。'),
        Block("paragraph", "后文"),
        Block(
            "list",
            "[1] 注释文字很重要。\n[2] 乙注。",
            '<ol class="notes">\n<li>注释文字很重要。</li>\n<li>乙注。</li>\n</ol>',
        ),
    ]


def test_a_note_keeps_its_paragraphs() -> None:
    (_, notes) = blocks("正文[^1]\n\n[^1]: 甲\n\n    乙\n\n    - 丙")
    assert (notes.text, notes.html) == (
        "[1] 甲\n乙\n丙",
        '<ol class="notes">\n<li>\n<p>甲</p>\n<p>乙</p>\n<ul>\n<li>丙</li>\n</ul>\n</li>\n</ol>',
    )


def test_one_note_can_be_referred_to_twice() -> None:
    assert [block.text for block in blocks("甲[^1]乙[^1]\n\n[^1]: 注")] == ["甲[1]乙[1]", "[1] 注"]


def test_a_note_that_no_text_refers_to_is_in_the_book_and_a_doubt(article: Read) -> None:
    found = article("# 标题\n\n正文[^2]\n\n[^1]: 甲注\n[^2]: 乙注\n[^2]: 丙注\n")
    assert found.blocks[-1].text == "[1] 乙注\n[2] 甲注\n[3] 丙注"
    assert [(doubt.code, doubt.message, doubt.line) for doubt in found.doubts] == [
        ("unused-note", "no text refers to the note [^1]", 5),
        ("unused-note", "no text refers to the note [^2]", 7),
    ]


def test_a_note_in_a_note_loses_nothing_of_either() -> None:
    (*_, notes) = blocks("正文[^1][^2]\n\n[^1]: 甲\n\n    [^2]: 乙\n\n    丙")
    assert notes.text == "[1] 甲\n丙\n[2] 乙"


def test_a_mark_without_a_note_is_text() -> None:
    assert blocks("正文[^1]") == [Block("paragraph", "正文[^1]")]


def test_notes_have_no_ids_that_two_articles_could_share() -> None:
    assert not any("id=" in block.html or "href=" in block.html for block in blocks("正文[^1]\n\n[^1]: 注"))


@pytest.mark.parametrize(
    "text", ["正文[^1]\n\n[^1]: 注", "H<sub>2</sub>O<br>甲", "|甲<br>乙|\n|-|\n|丙|", "- " * 14 + "甲"]
)
def test_writers_set_the_html_as_it_is(article: Read, text: str) -> None:
    found = article(f"# 标题\n\n{text}")
    chapter = Chapter(Theme("章"), (found,))
    edition, doubts = printable(Edition("书", "zh-CN", NAMESPACE, (chapter,)))
    assert doubts == ()
    assert next(edition.articles).blocks == found.blocks


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


def test_a_row_with_more_cells_than_the_head_keeps_them_in_its_last(article: Read) -> None:
    found = article("# 标题\n\n| 社区 | 户数 |\n|---|---|\n| 海南 | 120 | 人 | |\n> 引文\n")
    assert found.blocks[0].text.split("\n") == ["社区", "户数", "海南", "120 人"]
    assert [(doubt.code, doubt.line) for doubt in found.doubts] == [("long-row", 5)]


def test_what_stands_beside_the_marks_of_code_is_told(article: Read) -> None:
    found = article("# 标题\n\n```python 甲 乙\nx\n```\n")
    assert [(doubt.code, doubt.message) for doubt in found.doubts] == [
        ("code-info-left-out", "beside the marks of code stands: 甲 乙")
    ]


def test_an_element_that_says_nothing_is_no_block() -> None:
    assert blocks("#\n\n-\n\n&nbsp;\n\n<!-- 注 --><!-- 注 -->\n\n>\n") == []


# Nesting


@pytest.mark.parametrize("text", ["- " * 14 + "深处", ">" * 28 + " 深处", "> - " * 9 + "深处"])
def test_lists_and_quotes_are_kept_as_deep_as_writers_set_them(article: Read, text: str) -> None:
    found = article(f"# 标题\n\n{text}\n")
    assert (found.blocks[0].text, found.doubts) == ("深处", ())


@pytest.mark.parametrize("text", [">" * 300 + " 深处", "- " * 300 + "深处", "> - " * 15 + "深处", "1. " * 40 + "深处"])
def test_what_is_nested_too_deep_is_text_and_a_doubt(article: Read, text: str) -> None:
    found = article(f"# 标题\n\n{text}\n\n后文\n")
    assert "深处" in found.blocks[0].text
    assert found.blocks[-1].text == "后文"
    assert [(doubt.code, doubt.line) for doubt in found.doubts] == [("nested-too-deep", 3)]


def test_only_what_is_nested_too_deep_is_text(article: Read) -> None:
    found = article("# 标题\n\n> 引文\n\n" + ">" * 300 + " 深处\n\n- 甲\n\n" + "- " * 20 + "乙\n")
    assert [block.kind for block in found.blocks] == ["quote", "quote", "list"]
    assert found.blocks[0].text == "引文"
    assert found.blocks[2].text.startswith("甲\n- - ")
    assert [(doubt.code, doubt.line) for doubt in found.doubts] == [("nested-too-deep", 5), ("nested-too-deep", 9)]


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


# What a reader sees stands in letters and digits that no mark is made of.
VISIBLE = st.text(st.sampled_from("除夕夜消防灯亮着éüñЖ٣७"), min_size=1, max_size=4)
WHOLE = [
    *MARKS,
    *(
        "<sub>",
        "</sub>",
        "</b>",
        "<br>",
        "<div>",
        "<!-- ",
        " -->",
        "<i",
        "</",
        "/>",
        "~~",
        "| ",
        "\n|-|-|\n",
        "|\n",
        "~~~",
    ),
    *(
        "[^1]",
        "\n[^1]: ",
        "\n\n[^2]: ",
        "[^2]",
        "\n    ",
        "](http://example.org)",
        "\n[a]: x.md\n",
        "[a]",
        "===\n",
        "\t",
    ),
]


@given(st.lists(st.one_of(st.sampled_from(WHOLE), VISIBLE), max_size=40).map("".join))
@example("|a|\n|-|\n|b|除|")
@example("``` a 除\n")
@example("~~~é")
@example("[^1]: 除\n[^1]: 夕")
@example("\n[^1]: 除\n\n    [^2]: 夕\n\n    夜[^1]")
@example(">" * 40 + "除\n" + ">" * 40 + "夕")
def test_every_letter_and_digit_that_is_seen_ends_in_a_block_a_head_or_a_doubt(text: str) -> None:
    tokens, doubts = _parse(Document(FrontMatter(), text, 1), NOWHERE)
    title, tokens = _title(FrontMatter(), tokens)
    found = [*_blocks(tokens)]
    code = re.findall(r'class="language-([^"]*)"', "".join(block.html for block in found))
    kept = Counter("".join((title, *(block.text for block in found), *(doubt.message for doubt in doubts), *code)))
    lost = Counter(char for char in text if char > "\x7f") - kept
    assert not lost
