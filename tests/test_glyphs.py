from __future__ import annotations

from digest.glyphs import missing_glyphs, visible
from digest.model import Article, Block, Chapter, Doubt, Edition, Origin, Theme, edition_identifier


def edition_of(title: str, text: str) -> Edition:
    article = Article("a", "article", "题", Origin("第一版.txt", 3, 9), (Block("paragraph", text),))
    return Edition(title, "zh-CN", edition_identifier(title, None, [article]), (Chapter(Theme("章"), (article,)),))


def test_each_place_of_a_missing_glyph_is_told_with_its_line() -> None:
    assert [*missing_glyphs(edition_of("颺报", "李颺"), {"颺"})] == [
        Doubt("missing-glyph", "the edition's heads: no font of the style has 颺 (U+98BA)", 0),
        Doubt("missing-glyph", "第一版.txt:3: no font of the style has 颺 (U+98BA)", 3),
    ]


def test_a_missing_glyph_that_stands_in_no_article_is_told_all_the_same() -> None:
    assert [*missing_glyphs(edition_of("报", "文"), {"☞", "颺"})] == [
        Doubt("missing-glyph", "the edition, outside its articles: no font of the style has ☞ (U+261E), 颺 (U+98BA)", 0)
    ]


def test_what_is_not_seen_needs_no_glyph() -> None:
    assert visible(" \n\t\xa0\xad\u200b\u2060\u3000\ufe0f\ufeff\U000e0100春") == {"春"}
