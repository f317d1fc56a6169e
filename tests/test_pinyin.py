"""How Chinese is read, held against pypinyin, whose table is ours."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pinyin.write import table
from pypinyin import lazy_pinyin

from digest.pinyin import TABLE, syllables

PHRASES = [line.split(" ")[0] for line in TABLE.read_text(encoding="utf-8").split("\n\n")[2].splitlines()]
OWN = [line for line in TABLE.read_text(encoding="utf-8").split("\n\n")[2].splitlines() if " " in line]


def test_the_table_is_pypinyins() -> None:
    assert TABLE.read_text(encoding="utf-8") == table()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("重庆", ["chong", "qing"]),
        ("重要", ["zhong", "yao"]),
        ("银行行长", ["yin", "hang", "hang", "zhang"]),
        ("2023年 春", ["2023", "nian", " ", "chun"]),
        ("abc", ["abc"]),
        ("", []),
    ],
)
def test_a_text_is_read_by_its_phrases(text: str, read: list[str]) -> None:
    assert syllables(text) == read


@settings(max_examples=500)
@given(
    st.lists(
        st.sampled_from(OWN) | st.sampled_from(PHRASES) | st.text("一了中国人行长ABC，。 ", max_size=3), max_size=5
    )
)
def test_whatever_stands_beside_each_other_is_read_as_pypinyin_does(parts: list[str]) -> None:
    text = "".join(part.split(" ")[0][at % 2 :] for at, part in enumerate(parts))
    assert syllables(text) == lazy_pinyin(text)
