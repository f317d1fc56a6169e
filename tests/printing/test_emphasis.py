"""Emphasis in Chinese and Japanese is a dot below each character."""

from __future__ import annotations

import pytest

from digest.model import Article, Block, Origin
from digest.printing.emphasis import dotted


def set_in(language: str, html: str) -> str:
    article = Article("a", "article", "题", Origin("a.md", 1, 1), (Block("paragraph", "文", html),), language=language)
    return dotted(article).blocks[0].html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<em>好，A</em>好", '<em><span class="dot">好</span>，A</em>好'),
        (
            '<em>好<a href="x好">人</a></em>',
            '<em><span class="dot">好</span><a href="x好"><span class="dot">人</span></a></em>',
        ),
        ("<em>&amp;か</em>", '<em>&amp;<span class="dot">か</span></em>'),
        ("<strong>好</strong>", "<strong>好</strong>"),
    ],
)
def test_each_emphasised_character_has_a_box_of_its_own(html: str, expected: str) -> None:
    assert set_in("zh-CN", html) == expected


@pytest.mark.parametrize("language", ["en", "ko"])
def test_other_languages_slant_or_leave_it(language: str) -> None:
    assert set_in(language, "<em>好</em>") == "<em>好</em>"
