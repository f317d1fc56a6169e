from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.markup import ZERO_WIDTH, printable, size
from digest.model import Article, Block, BlockKind, Chapter, Doubt, Edition, Origin, Picture, Theme, edition_identifier


def edition(*blocks: Block, title: str = "题") -> Edition:
    article = Article("a", "article", title, Origin("第一版.txt", 3, 9), blocks)
    return Edition("文摘", "zh-CN", edition_identifier("文摘", None, ()), (Chapter(Theme("章"), (article,)),))


def set_block(block: Block) -> tuple[Block, tuple[Doubt, ...]]:
    fit, doubts = printable(edition(block))
    return next(fit.articles).blocks[0], doubts


def test_text_that_xml_can_hold_is_left_alone() -> None:
    whole = edition(Block("paragraph", "李颺 & <b> ]]> 𠮷\t。"))
    assert printable(whole) == (whole, ())


def test_a_forbidden_character_becomes_the_replacement_character_with_a_doubt() -> None:
    fit, doubts = printable(edition(Block("paragraph", "甲\x00乙\ufffe丙\ud800"), title="题\x1f"))
    article = next(fit.articles)
    assert (article.title, article.blocks[0].text) == ("题�", "甲�乙�丙�")
    assert [(doubt.code, doubt.line) for doubt in doubts] == [("forbidden-character", 3)] * 2
    assert doubts[1].message == "第一版.txt:3: set as U+FFFD, as no e-book can hold it: U+0000 U+D800 U+FFFE"


def test_a_character_without_width_is_dropped_and_told_once_an_article() -> None:
    blocks = (Block("paragraph", "甲\u200b乙"), Block("paragraph", "丙丁", "<em>丙\u200d丁</em>"))
    fit, doubts = printable(edition(*blocks, title="\ufeff题\u200b"))
    article = next(fit.articles)
    assert (article.title, article.blocks[0].text, article.blocks[1].html) == ("题", "甲乙", "<em>丙丁</em>")
    assert doubts == (
        Doubt(
            "zero-width",
            "第一版.txt:3: left out, as some readers draw a box for it: U+200B U+200D U+FEFF",
            3,
        ),
    )


def test_a_character_without_width_hides_in_no_reference() -> None:
    block, _ = set_block(Block("paragraph", "丙丁", "<em>丙&#x200B;丁</em>"))
    assert (block.text, block.html) == ("丙丁", "")


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_the_text_the_result_is_well_formed_and_as_long(text: str) -> None:
    fit, _ = printable(edition(Block("paragraph", text)))
    block = next(fit.articles).blocks[0]
    assert len(block.text) == len(ZERO_WIDTH.sub("", text))
    element = ElementTree.Element("p")
    element.text = block.text
    ElementTree.fromstring(ElementTree.tostring(element))


@pytest.mark.parametrize(
    ("kind", "html", "inside"),
    [
        ("paragraph", "<p>见<em>图</em></p>", "见<em>图</em>"),
        ("paragraph", "见<em>图</em>", "见<em>图</em>"),
        (
            "paragraph",
            "<a href='https://a.org:80/新闻?q=%E6%96%B0#一'>甲</a>",
            "<a href='https://a.org:80/新闻?q=%E6%96%B0#一'>甲</a>",
        ),
        ("paragraph", "<a href='mailto:a.b@example.org'>甲</a>", "<a href='mailto:a.b@example.org'>甲</a>"),
        ("quote", "<p>甲</p><p>乙</p>", "<p>甲</p><p>乙</p>"),
        ("subhead", "<h2>一、<b>建强</b></h2>", "一、<b>建强</b>"),
        (
            "quote",
            '<pre><code class="language-c++">a &lt; b\n</code></pre>',
            '<pre><code class="language-c++">a &lt; b\n</code></pre>',
        ),
        ("list", "<ol start='3'><li>甲</li></ol>", "<ol start='3'><li>甲</li></ol>"),
    ],
)
def test_the_element_that_a_template_writes_is_taken_off(kind: BlockKind, html: str, inside: str) -> None:
    block, doubts = set_block(Block(kind, "纯文本", html))
    assert (block.html, doubts) == (inside, ())


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<p onclick='x'>甲</p>",
        "<p style='position:fixed'>甲</p>",
        "<p id='chapter-1'>甲</p>",
        "<img src='/etc/passwd' alt=''/>",
        "<a href='javascript:alert(1)'>甲</a>",
        "<a href='file:///etc/passwd'>甲</a>",
        "<a href='#chapter-1'>甲</a>",
        "<a href='https://example.org/a b'>甲</a>",
        "<a href='https://\u2100.org/'>甲</a>",
        "<a href='https://[::1'>甲</a>",
        "<a href='https://example.org/100%'>甲</a>",
        "<a href='https://example.org/#a#b'>甲</a>",
        "<p>没有关上",
        "<p>甲</p><p>乙</p>",
        "<em><p>甲</p></em>",
        "<li>甲</li>",
        "<a href='https://example.org/'><a href='https://example.org/'>甲</a></a>",
        "甲&nbsp;乙",
        "<b/>从此都是黑体",
        "<!-- 注 -->",
        "<![CDATA[文字]]>",
        "</root><root>",
        "<p>\x00</p>",
        "<em>" * 5000 + "深" + "</em>" * 5000,
    ],
)
def test_markup_beyond_what_text_needs_gives_way_to_plain_text(html: str) -> None:
    block, doubts = set_block(Block("paragraph", "纯文本", html))
    assert (block.text, block.html) == ("纯文本", "")
    assert [doubt.code for doubt in doubts] == ["unsafe-html"]


@pytest.mark.parametrize("html", ["<ul>甲</ul>", "<p>甲</p>", "<table><td>甲</td></table>", "甲<ul><li>乙</li></ul>"])
def test_a_list_holds_its_items_and_nothing_else(html: str) -> None:
    block, doubts = set_block(Block("list", "纯文本", html))
    assert (block.html, [doubt.code for doubt in doubts]) == ("", ["unsafe-html"])


@pytest.mark.parametrize(
    ("kind", "html"),
    [
        ("list", "<dl><dt>甲</dt></dl>"),
        ("list", "<dl><dd>乙</dd><dt>甲</dt></dl>"),
        ("table", "<table><tr><td>甲</td></tr><caption>乙</caption></table>"),
        ("table", "<table><tbody><tr><td>甲</td></tr></tbody><thead><tr><td>乙</td></tr></thead></table>"),
        ("table", "<table><tbody><tr><td>甲</td></tr></tbody><tr><td>乙</td></tr></table>"),
        ("paragraph", "<ruby>漢</ruby>"),
        ("paragraph", "<ruby>漢<rp>(</rp><rt>hàn</rt></ruby>"),
        ("paragraph", "<ruby>漢<rt>hàn</rt>字</ruby>"),
        ("paragraph", "<q lang='en' xml:lang='de'>甲</q>"),
        ("paragraph", "<a href='https://example.org:65536/'>甲</a>"),
    ],
)
def test_what_is_not_valid_in_a_book_gives_way_to_plain_text(kind: BlockKind, html: str) -> None:
    block, doubts = set_block(Block(kind, "纯文本", html))
    assert (block.html, [doubt.code for doubt in doubts]) == ("", ["unsafe-html"])


@pytest.mark.parametrize(
    ("kind", "html"),
    [
        ("list", "<dl><dt>甲</dt><dt>乙</dt><dd>丙</dd></dl>"),
        ("table", "<table><caption>甲</caption><thead><tr><th>乙</th></tr></thead><tr><td>丙</td></tr></table>"),
        ("paragraph", "<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby>"),
        ("paragraph", "<a href='https://example.org:65535/'>甲</a>"),
    ],
)
def test_what_is_valid_in_a_book_is_set(kind: BlockKind, html: str) -> None:
    assert set_block(Block(kind, "纯文本", html)) == (Block(kind, "纯文本", html), ())


@pytest.mark.parametrize(
    ("kind", "html", "audible"),
    [
        ("table", "<table><tr><th scope='col'></th><th>户数</th></tr></table>",
         "<table><tr><td></td><th>户数</th></tr></table>"),
        ("list", "<ul><li><h4> </h4>甲</li></ul>", "<ul><li><p> </p>甲</li></ul>"),
        ("paragraph", "甲 &amp; <a href='https://example.org/'><b></b><br/></a>",
         "甲 &amp; <span><b></b><br/></span>"),
    ],
)  # fmt: skip
def test_nothing_is_announced_that_says_nothing(kind: BlockKind, html: str, audible: str) -> None:
    assert set_block(Block(kind, "甲", html)) == (Block(kind, "甲", audible), ())


def test_heads_inside_a_block_stand_right_below_the_article_s() -> None:
    html = "<blockquote><h1>甲</h1><h6>乙</h6></blockquote>"
    block, _ = set_block(Block("quote", "甲\n乙", html))
    assert block.html == "<blockquote><h3>甲</h3><h3>乙</h3></blockquote>"


def test_a_subhead_of_no_words_is_none() -> None:
    assert set_block(Block("subhead", "\u200b"))[0] == Block("paragraph", "")


def test_markup_of_no_words_gives_way_to_the_plain_text() -> None:
    assert set_block(Block("subhead", "甲", "<b></b>"))[0] == Block("subhead", "甲")


@pytest.mark.parametrize("blank", ["\u200b", " \u200b ", "\u3000"])
def test_a_fact_or_a_head_of_white_space_is_none(blank: str) -> None:
    given = edition(Block("paragraph", "甲"), title=blank)
    given = replace(given, title=blank, publisher=blank, authors=(blank, "乙"))
    fit, _ = printable(given)
    assert (fit.title, fit.publisher, fit.authors, next(fit.articles).title) == ("文摘", "", ("乙",), "")


def test_an_image_with_a_file_keeps_it_and_its_words_are_cleaned() -> None:
    picture = Picture(Path("a.jpg"), "a.jpg", "a.md:3")
    block, doubts = set_block(Block("image", "走访\ufffe居民", picture=picture))
    assert block == Block("image", "走访\ufffd居民", picture=picture)
    assert [doubt.code for doubt in doubts] == ["forbidden-character"]


def test_an_image_without_a_file_is_set_as_its_words_with_a_doubt() -> None:
    block, doubts = set_block(Block("image", "走访居民", "<img src='a.jpg' alt='走访居民'/>"))
    assert block == Block("image", "走访居民")
    assert [doubt.code for doubt in doubts] == ["image-left-out"]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_the_size_of_a_block_is_never_guessed_too_small(text: str) -> None:
    from markupsafe import escape

    assert size(Block("paragraph", text)) >= len(f"<p>{escape(text)}</p>\n".encode())
