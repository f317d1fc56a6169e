"""What stands in the margins: strings as CSS defines them, numbers in their styles, nothing on a blank page."""

from __future__ import annotations

import pytest

from digest.printing.parts import Leaf
from digest.printing.running import MarginBox, counted, numbered, said

LEAVES = (
    Leaf("text", (("chapter", "甲"),), frozenset({"chapter"})),
    None,
    Leaf("text"),
    Leaf("text", (("chapter", "乙"), ("chapter", "丙"))),
)


def box(*content: tuple[str, str, str]) -> MarginBox:
    return MarginBox(content, 0, 0, 0, 9, (0, 0, 0), ("text",), is_head=True)


@pytest.mark.parametrize(
    ("keyword", "expected"),
    [
        ("first", ["甲", "甲", "乙"]),
        ("last", ["甲", "甲", "丙"]),
        ("start", ["甲", "甲", "甲"]),
        ("first-except", ["", "甲", ""]),
    ],
)
def test_a_string_is_that_of_its_page_or_the_last_before_it(keyword: str, expected: list[str]) -> None:
    pages = numbered(zip(LEAVES, range(1, 5), strict=True))
    heads = [said(box(("string", "chapter", keyword)), page, 4) for page in pages if page]
    assert heads == expected


def test_a_folio_has_the_words_around_it() -> None:
    (page,) = numbered([(Leaf("text"), 7)])
    assert page is not None
    content = (("text", "— ", ""), ("counter", "page", "decimal"), ("text", "/", ""), ("counter", "pages", "decimal"))
    assert said(box(*content), page, 12) == "— 7/12"
    assert page.side == "right"


def test_roman_numbers_are_those_of_css() -> None:
    from weasyprint.html import UA_COUNTER_STYLE

    numbers = range(4010)
    assert [counted(number, "lower-roman") for number in numbers] == [
        UA_COUNTER_STYLE.render_value(number, "lower-roman") for number in numbers
    ]


def test_numbers_are_written_in_the_counter_styles_of_css() -> None:
    assert [counted(4, how) for how in ("decimal", "lower-roman", "cjk-decimal")] == ["4", "iv", "四"]
