"""How piles of any size are grouped, with themes given and without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from digest.composer import piles
from digest.composer.piles import piled
from digest.model import Article

Paper = Callable[[str], list[tuple[str, Article]]]


def sections_of(paper: list[tuple[str, Article]], members: tuple[int, ...]) -> Counter[str]:
    return Counter(paper[index][0] for index in members)


def test_a_pile_beyond_the_sample_is_grouped_like_the_sample(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piles, "MOST_COMPARED", 9)
    chinese = paper("zh-CN")
    made = piled([article for _, article in chinese])
    assert len(made.sample) == 9
    assert [len(sections_of(chinese, theme)) for theme in made.grouping.themes] == [1, 1, 1]
    assert sum(map(len, made.grouping.themes)) >= 11


def test_one_article_more_changes_one_of_the_sample(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piles, "MOST_COMPARED", 6)
    articles = [article for _, article in paper("zh-CN")]
    before = {articles[index].id for index in piled(articles).sample}
    after = {articles[1:][index].id for index in piled(articles[1:]).sample}
    assert len(before & after) >= 5


def test_given_themes_come_first_and_keep_their_articles(paper: Paper) -> None:
    chinese = paper("zh-CN")
    rail = tuple(index for index, (section, _) in enumerate(chinese) if section == "地铁")[:2]
    grouping = piled([article for _, article in chinese], [rail, ()]).grouping
    assert set(rail) <= set(grouping.themes[0])
    assert sections_of(chinese, grouping.themes[0]).keys() == {"地铁"}
    assert grouping.themes[1] == ()


def test_without_others_beside_them_what_fits_no_given_theme_is_left_over(paper: Paper) -> None:
    chinese = paper("zh-CN")
    rail = tuple(index for index, (section, _) in enumerate(chinese) if section == "地铁")
    grouping = piled([article for _, article in chinese], [rail], beside=False).grouping
    assert len(grouping.themes) == 1
    assert sections_of(chinese, grouping.leftovers).keys() == {"水稻", "足球"}
