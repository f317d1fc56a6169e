from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from digest.model import Origin
from digest.wording import ENGLISH, JAPANESE, SIMPLIFIED, TRADITIONAL, han_number, wording


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-CN", SIMPLIFIED),
        ("zh", SIMPLIFIED),
        ("zh-Hans-HK", SIMPLIFIED),
        ("zh-TW", TRADITIONAL),
        ("zh-Hant", TRADITIONAL),
        ("zh-Hant-CN", TRADITIONAL),
        ("ZH_hk", TRADITIONAL),
        ("ja-JP", JAPANESE),
        ("en-GB", ENGLISH),
        ("mn", ENGLISH),
        ("", ENGLISH),
    ],
)
def test_a_language_falls_back_to_its_primary_language_and_then_to_english(language: str, words: object) -> None:
    assert wording(language) is words


@pytest.mark.parametrize("words", [SIMPLIFIED, TRADITIONAL, JAPANESE, ENGLISH])
def test_no_language_lacks_a_word(words: object) -> None:
    assert all(getattr(words, field.name) for field in fields(words))  # type: ignore[arg-type]


def test_a_date_is_written_as_the_language_writes_it() -> None:
    day = date(2023, 1, 8)
    assert [words.date(day) for words in (SIMPLIFIED, TRADITIONAL, JAPANESE, ENGLISH)] == [
        "2023年1月8日",
        "2023年1月8日",
        "2023年1月8日",
        "8 January 2023",
    ]


def test_a_source_note_says_file_page_date_and_lines() -> None:
    origin = Origin("a/第一版.txt", 12, 30, page="3", date=date(2023, 1, 28))
    assert SIMPLIFIED.source_note(origin) == "来源：a/第一版.txt，第 3 版，2023年1月28日，第 12–30 行"
    assert ENGLISH.source_note(origin) == "Source: a/第一版.txt, page 3, 28 January 2023, lines 12–30"


def test_a_page_that_is_no_number_stands_as_it_is() -> None:
    assert SIMPLIFIED.source_note(Origin("x.txt", 1, 2, page="A03版")) == "来源：x.txt，A03版，第 1–2 行"


def test_one_line_is_no_range() -> None:
    assert SIMPLIFIED.source_note(Origin("x.txt", 7, 7)) == "来源：x.txt，第 7 行"


def test_braces_in_a_source_are_no_placeholders() -> None:
    assert SIMPLIFIED.source_note(Origin("{first}.txt", 1, 2)) == "来源：{first}.txt，第 1–2 行"


def test_chapters_are_numbered_as_chinese_numbers_them() -> None:
    numbers = [1, 9, 10, 11, 19, 20, 21, 99, 100]
    assert [*map(han_number, numbers)] == ["一", "九", "十", "十一", "十九", "二十", "二十一", "九十九", "100"]
    assert SIMPLIFIED.chapter(12) == "第十二章"


def test_one_article_is_no_plural() -> None:
    assert (ENGLISH.count(1), ENGLISH.count(2)) == ("1 article", "2 articles")
