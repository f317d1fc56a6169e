from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.language import LANGUAGE_TAG, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("除夕夜，消防救援大队的灯一直亮着。", "zh-CN"),
        ("除夕夜，消防救援大隊的燈一直亮著，隊員們檢查裝備。", "zh-TW"),
        ("漁港に新しい魚市場が完成した。", "ja"),
        ("과수원에서 사과 수확이 시작됐다.", "ko"),
        ("The harbour bridge will close in June.", "en"),
        ("本报讯 NBA总决赛MVP颁给Nikola Jokic，APP Store、iPhone同日发布。", "zh-CN"),
        ("The reporter wrote 北京 on a map of the old town, then she left for home.", "en"),
        ("中国の首都は北京。", "ja"),
        ("日本茶の“の”字招牌挂满了这条老街，游客络绎不绝，生意十分红火。", "zh-CN"),
        ("2023-01-28", "zh-CN"),
        ("", "zh-CN"),
    ],
)
def test_a_text_is_in_the_language_of_its_script(text: str, language: str) -> None:
    assert language_of(text) == language


@given(st.text())
def test_any_text_is_in_some_language(text: str) -> None:
    assert language_of(text) in {"zh-CN", "zh-TW", "ja", "ko", "en"}


@pytest.mark.parametrize("tag", ["", "zh-CN", "zh-Hant-HK", "en", "yue", "es-419", "de-1996", "zh-cmn-Hans"])
def test_a_tag_has_the_shape_of_bcp_47(tag: str) -> None:
    assert re.search(LANGUAGE_TAG, tag)


@pytest.mark.parametrize(
    "tag", ["chinese", "zh_CN", "zh-", "-CN", "zh CN", "中文", "zh-c1", "en-US-US", "en-12", "zh-CN\n"]
)
def test_what_is_no_tag_does_not(tag: str) -> None:
    assert not re.search(LANGUAGE_TAG, tag)
