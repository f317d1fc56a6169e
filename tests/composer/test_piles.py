"""How piles of any size are grouped, with themes given and without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from digest.cache import CACHE, keeping
from digest.composer import piles
from digest.composer.piles import piled
from digest.model import Article, Block

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


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[str]]:
    """Give the steps of grouping by a sample of nine that are done while results are kept."""
    done: list[str] = []

    def noting(name: str) -> None:
        step = getattr(piles, name)

        def noted(*args: object) -> object:
            done.append(name)
            return step(*args)

        monkeypatch.setattr(piles, name, noted)

    noting("_learnt")
    noting("_host_of")
    monkeypatch.setattr(piles, "MOST_COMPARED", 9)
    with keeping(tmp_path):
        yield done


def mended(articles: list[Article], place: int) -> list[Article]:
    """Give the articles with a word more in one of them."""
    blocks = (*articles[place].blocks, Block("paragraph", "地铁"))
    return [replace(own, blocks=blocks) if at == place else own for at, own in enumerate(articles)]


def test_what_has_been_grouped_is_not_grouped_again(paper: Paper, work: list[str]) -> None:
    articles = [article for _, article in paper("zh-CN")]
    first = piled(articles)
    assert work == ["_learnt", *["_host_of"] * (len(articles) - 9)]
    work.clear()
    assert piled(articles) == first
    assert work == []


def test_an_article_outside_the_sample_is_placed_again_by_itself_when_it_is_mended(
    paper: Paper, work: list[str]
) -> None:
    articles = [article for _, article in paper("zh-CN")]
    sample = piled(articles).sample
    work.clear()
    changed = mended(articles, next(index for index in range(len(articles)) if index not in sample))
    made = piled(changed)
    assert work == ["_host_of"]
    with unkept():
        assert piled(changed) == made


def test_when_one_of_the_sample_is_mended_all_is_grouped_again(paper: Paper, work: list[str]) -> None:
    articles = [article for _, article in paper("zh-CN")]
    sample = piled(articles).sample
    work.clear()
    changed = mended(articles, sample[4])
    made = piled(changed)
    assert work == ["_learnt", *["_host_of"] * (len(articles) - 9)]
    with unkept():
        assert piled(changed) == made


@pytest.mark.parametrize("beside", [True, False])
def test_what_was_learnt_for_other_themes_is_not_taken(paper: Paper, work: list[str], beside: bool) -> None:
    articles = [article for _, article in paper("zh-CN")]
    piled(articles)
    sample = piled(articles).sample
    made = piled(articles, [sample[:2]], beside)
    with unkept():
        assert piled(articles, [sample[:2]], beside) == made


@contextmanager
def unkept() -> Iterator[None]:
    """Let nothing be kept, and nothing kept be found, while the block runs."""
    token = CACHE.set(None)
    try:
        yield
    finally:
        CACHE.reset(token)
