"""An article is analysed once, for as long as it says the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from digest.cache import keeping
from digest.composer import analyses
from digest.composer.analyses import Analysis, analysed
from digest.model import Article, Block, Origin


def article(body: str, title: str = "早稻育秧") -> Article:
    return Article("a1", "article", title, Origin("p.txt", 1, 1), (Block("paragraph", body),))


ARTICLES = [article("农技员下田，县里的足球比赛也开哨。"), article("地铁换乘，party of 比赛。"), article("")]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[Article]]:
    """Give the articles that are analysed while results are kept."""
    noted: list[Article] = []
    analyse = analyses.analysis

    def noting(article: Article) -> Analysis:
        noted.append(article)
        return analyse(article)

    monkeypatch.setattr(analyses, "analysis", noting)
    with keeping(tmp_path):
        yield noted


def test_what_has_not_changed_is_not_analysed_again(made: list[Article]) -> None:
    analysed(ARTICLES)
    made.clear()
    analysed(ARTICLES[::-1])
    assert made == []


@pytest.mark.parametrize("change", [{"title": "早稻"}, {"column": "要闻"}, {"language": "en"}])
def test_only_what_says_something_else_is(made: list[Article], change: dict[str, str]) -> None:
    analysed(ARTICLES)
    made.clear()
    mended = replace(ARTICLES[1], **change)  # type: ignore[arg-type]
    analysed([ARTICLES[0], mended, ARTICLES[2]])
    assert made == [mended]


def test_an_article_in_other_lines_says_the_same(made: list[Article]) -> None:
    analysed(ARTICLES)
    made.clear()
    analysed([replace(ARTICLES[0], origin=Origin("p.txt", 7, 9), id="a9")])
    assert made == []


def test_what_is_kept_is_what_was_made_with_the_terms_in_their_order(made: list[Article]) -> None:
    fresh, again = analysed(ARTICLES), analysed(ARTICLES)
    assert made == ARTICLES
    assert again == fresh
    assert [[*own.counts.items()] for own in again] == [[*own.counts.items()] for own in fresh]
