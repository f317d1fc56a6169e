"""What is counted as a term."""

from __future__ import annotations

import pytest

from digest.composer.terms import counted, terms
from digest.model import Article, Block, Origin


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


def test_a_term_of_the_head_counts_three_times() -> None:
    article = Article("a1", "article", "换乘", Origin("p.txt", 1, 1), (Block("paragraph", "换乘通道"),))
    assert counted(article) == {"换乘": 4, "乘通": 1, "通道": 1, "换乘通": 1, "乘通道": 1}
