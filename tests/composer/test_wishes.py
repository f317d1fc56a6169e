"""Which articles go to the themes that an editor fixes in digest.toml."""

from __future__ import annotations

import pytest

from digest.composer.wishes import wished_members
from digest.model import Article, Block, Origin
from digest.settings import ThemeSettings


def article(title: str = "", body: str = "", column: str = "") -> Article:
    return Article("a1", "article", title, Origin("p.txt", 1, 1), (Block("paragraph", body),), column)


RAIL = ThemeSettings("轨道交通", keywords=("地铁", "换乘"), columns=("轨道",))
ART = ThemeSettings("Art", keywords=("art",))


@pytest.mark.parametrize(
    ("own", "members"),
    [
        (article("地铁开通"), 1),
        (article("开通了", "坐地铁上班"), 1),
        (article("开通了", "市民说" * 60 + "坐地铁上班，坐地铁回家"), 1),
        (article("开通了", "市民说" * 60 + "坐地铁上班"), 0),
        (article("地 铁 开通"), 1),
        (article("开通了", "坐公交上班", "轨道周刊"), 1),
    ],
    ids=["in the head", "in the opening", "twice further down", "once further down", "spaces of OCR", "its column"],
)
def test_an_article_belongs_by_its_column_its_head_its_opening_or_what_it_says_twice(
    own: Article, members: int
) -> None:
    assert len(wished_members([own], [RAIL])[0]) == members


def test_a_word_of_an_alphabet_is_found_whole_in_any_case() -> None:
    party, gallery = article("A party of artists"), article("ART fair")
    assert wished_members([party, gallery], [ART]) == [(1,)]


def test_a_column_outweighs_keywords() -> None:
    columns = ThemeSettings("读者", columns=("读者来信",))
    assert wished_members([article("地铁换乘", "地铁", "读者来信")], [RAIL, columns]) == [(), (0,)]


def test_an_article_of_two_themes_goes_to_the_one_it_speaks_of_more() -> None:
    bus = ThemeSettings("公交", keywords=("公交",))
    both = article("地铁接公交", "公交改线，公交免费")
    assert wished_members([both], [RAIL, bus]) == [(), (0,)]
    assert wished_members([article("地铁接公交")], [RAIL, bus]) == [(0,), ()]
