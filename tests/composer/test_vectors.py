"""What makes two articles alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from digest.composer.sections import section_shares
from digest.composer.terms import counted
from digest.composer.vectors import Portrait, Weighing, dot_products, heard, portrait, rarities, similarities, weighed
from digest.model import Article, Block, Origin


def article(body: str, title: str = "", column: str = "") -> Article:
    return Article("a1", "article", title, Origin("p.txt", 1, 1), (Block("paragraph", body),), column)


def learnt(articles: Sequence[Article]) -> Weighing:
    counts = [counted(article) for article in articles]
    rarity = rarities(counts)
    hearings = [heard(count, rarity) for count in counts]
    return weighed(articles, hearings, rarity, [section_shares(count, "zh-CN") for count in counts])


def pictured(article: Article, weighing: Weighing) -> Portrait:
    count = counted(article)
    return portrait(article, heard(count, weighing.terms), section_shares(count, "zh-CN"), weighing)


def likeness(*articles: Article) -> float:
    weighing = learnt(articles)
    return similarities([pictured(article, weighing) for article in articles], weighing.gain)[0][1]


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


def test_a_shared_page_brings_two_articles_nearer() -> None:
    def on(page: str, body: str) -> Article:
        return replace(article(body), origin=Origin(page, 1, 1))

    assert likeness(on("A1.txt", "来信一"), on("A1.txt", "回复二"), on("A2.txt", "消息三")) > 0
    assert likeness(on("A1.txt", "来信一"), on("A3.txt", "回复二"), on("A2.txt", "消息三")) == 0.0


def test_two_articles_of_a_section_are_more_alike_where_others_are_of_other_sections() -> None:
    ours, theirs = article("昨晚的足球比赛"), article("昨晚的篮球比赛")
    others = [article("昨晚的患者与疫苗"), article("稻田的农机"), article("债券与汇率"), article("航母和导弹")]
    weighing = learnt([ours, theirs, *others])
    one, other = pictured(ours, weighing), pictured(theirs, weighing)
    assert similarities([one, other], weighing.gain)[0][1] > similarities([one, other], 0.0)[0][1] > 0


def test_in_a_paper_of_one_field_sections_tell_nothing() -> None:
    reports = [article("足球比赛开哨"), article("篮球比赛落幕"), article("排球联赛冠军")]
    assert learnt(reports).gain == 0.0


def test_a_term_of_articles_that_are_alike_otherwise_weighs_more_than_one_of_strangers() -> None:
    rice = [article(f"早稻育秧插秧农机{matter}") for matter in ("甲乙", "丙丁")]
    rail = [article(f"地铁换乘列车站台{matter}") for matter in ("丙丁", "戊己")]
    weighing = learnt([*rice, *rail])
    assert weighing.terms["早稻"] > weighing.terms["丙丁"]


def test_every_two_vectors_are_multiplied_whether_their_terms_have_the_same_holders_or_not() -> None:
    together = dict.fromkeys("abcd", 2.0)
    vectors = [{**together, "e": 1.0}, {**together, "f": 3.0}, {"e": 5.0, "f": 7.0, "g": 1.0}, {}]
    assert dot_products(vectors) == [[0, 16, 5, 0], [16, 0, 21, 0], [5, 21, 0, 0], [0, 0, 0, 0]]
