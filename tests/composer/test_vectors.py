"""What makes two articles alike."""

from __future__ import annotations

import pytest

from digest.composer.vectors import similarities, terms, vectors
from digest.model import Article, Block, Origin


def article(body: str, title: str = "", column: str = "") -> Article:
    return Article("a1", "article", title, Origin("p.txt", 1, 1), (Block("paragraph", body),), column)


def likeness(*articles: Article) -> float:
    return similarities(vectors(articles))[0][1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("党的二十大", ["党的", "的二", "二十", "十大", "党的二", "的二十", "二十大"]),
        ("The Ministers, a minister", ["ministe", "ministe"]),
        ("サッカーの試合", ["サッカー", "試合"]),
        ("버스 노선", ["버스", "노선"]),
        ("市 委", ["市委"]),
        ("１２３ ４", []),
    ],
)
def test_terms_are_grams_of_han_and_hangul_and_beginnings_of_other_words(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_spaces_that_ocr_left_in_han_text_do_not_part_words() -> None:
    assert sorted(terms("学习宣传 贯彻党的二 十大精神")) == sorted(terms("学习宣传贯彻党的二十大精神"))


def test_the_same_text_is_as_like_as_can_be() -> None:
    assert likeness(article("早稻育秧全面展开"), article("早稻育秧全面展开")) == pytest.approx(1.0)


def test_nothing_in_common_is_no_likeness() -> None:
    assert likeness(article("早稻育秧"), article("地铁换乘")) == 0.0


def test_an_article_without_text_is_like_none() -> None:
    assert likeness(article(""), article("地铁换乘")) == 0.0


def test_a_word_in_the_head_weighs_more_than_in_the_body() -> None:
    about = article("换乘通道今起开放，方便市民")
    assert likeness(about, article("列车间隔三分钟", title="换乘")) > likeness(about, article("换乘列车间隔三分钟"))


def test_a_shared_column_brings_two_articles_nearer() -> None:
    letter, answer, news = article("来信一", column="读者来信"), article("回复二", column="读者来信"), article("消息三")
    assert likeness(letter, answer, news) > 0
    assert likeness(article("来信一"), article("回复二"), news) == 0.0


def test_a_column_that_every_article_carries_says_nothing() -> None:
    assert likeness(article("来信一", column="要闻"), article("回复二", column="要闻")) == pytest.approx(
        likeness(article("来信一", title="要闻"), article("回复二", title="要闻"))
    )
