"""The law of the newspaper package: every character of a page ends in one place of one article, or in the furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Reading
from digest.newspaper.clean import fold
from digest.newspaper.page import rebuild

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
# What may be taken away, and how much of it an article can account for: the brackets and boxes of its bylines and
# credits, the dash of its subtitle, the colon or stop of its kicker, all as `fold` gives them. Heading marks stand at
# the start of a line.
BRACKETS, BOXES, DASHES, STOPS = "()", "□■●○◎▲△", "—–―-", ":."
MOST_SIGNATURES = 8

SIGNED = (
    "(张三 李四)",
    "本报记者王五",
    "□赵六",
    "(钱七 摄)",
    "组宣 摄",
    "(政法宣)",
    "资料图片",
    "责编：孙八",
    "(试行)",
)
HEADED = ("# ", "## ", "#### ", "——", "-", "海南区：", "市委宣传部:", "学习·看基层", "第4版", "2023年1月28日 星期六")
TOLD = ("（上接第一版）", "(下转第3版)", "本报讯 ", "图为现场。", "http://a.cn/b,c", "1,000", "5:30", "Hello, world. ")
MARKS = ("“", "”", '"', "……", "　　", "。", "，", "!", "\t", "\x0c", "\u2028")
PHRASES = st.sampled_from((*SIGNED, *HEADED, *TOLD, *MARKS))
WORDS = st.text(
    st.sampled_from("党的建设人民城市春节服务群众党务公开，。、；：！？,:;!?()“”\"' 　12ab.%#—…·"), max_size=40
)
LINES = st.lists(PHRASES | WORDS, max_size=5).map("".join)
PAGES = st.lists(LINES, max_size=30).map("\n".join)


def printed(reading: Reading) -> Iterator[str]:
    """Everything that a reading holds of its page."""
    for article in reading.articles:
        yield from (article.column, article.kicker, article.title, article.subtitle, article.byline)
        yield from (block.text for block in article.blocks)
        yield from article.origin.jumps
    yield from (line.text for line in reading.furniture)


def characters(text: str) -> Counter[str]:
    return Counter(fold(text))


def assert_conserved(page: str) -> None:
    reading = rebuild(page, "page.txt")
    before, after = characters(page), characters("".join(printed(reading)))
    assert after - before == Counter()
    lost = before - after
    assert set(lost) <= {"#", *BRACKETS, *BOXES, *DASHES, *STOPS}
    signed = sum(MOST_SIGNATURES for article in reading.articles if article.byline)
    assert lost["#"] <= sum(len(mark) for mark in re.findall(r"(?:^|[\r\n])[^\S\r\n]*(#{1,6})", page))
    assert max(lost[mark] for mark in BRACKETS) <= signed
    assert sum(lost[mark] for mark in BOXES) <= signed
    assert sum(lost[mark] for mark in DASHES) <= 3 * sum(1 for article in reading.articles if article.subtitle) * 8
    assert sum(lost[mark] for mark in STOPS) <= sum(1 for article in reading.articles if article.kicker)


@given(PAGES)
def test_no_character_of_any_page_is_lost_or_doubled(page: str) -> None:
    assert_conserved(page)


@given(st.text(max_size=400))
def test_no_character_of_any_text_at_all_is_lost_or_doubled(text: str) -> None:
    assert_conserved(text)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem[:3])
def test_no_character_of_a_seed_is_lost_or_doubled(seed: Path) -> None:
    assert_conserved(seed.read_text(encoding="utf-8"))


@given(PAGES)
def test_the_same_page_gives_the_same_articles(page: str) -> None:
    assert rebuild(page, "page.txt") == rebuild(page, "page.txt")


@given(PAGES)
def test_every_line_number_is_one_of_the_page(page: str) -> None:
    reading = rebuild(page, "page.txt")
    last = page.count("\n") + 1
    for article in reading.articles:
        assert 1 <= article.origin.first <= article.origin.last <= last
        assert all(1 <= doubt.line <= last for doubt in article.doubts)
    assert all(1 <= line.line <= last for line in reading.furniture)
