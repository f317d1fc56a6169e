"""Under what letters names and titles are filed."""

from __future__ import annotations

import pytest

from digest.sort_keys import name_key, title_key


@pytest.mark.parametrize(
    ("name", "language", "key"),
    [
        ("段维娜", "zh-CN", "Duan Weina"),
        ("李刚", "zh-CN", "Li Gang"),
        ("单田芳", "zh-CN", "Shan Tianfang"),
        ("曾國藩", "zh-TW", "Zeng Guofan"),
        ("欧阳修", "zh-CN", "Ouyang Xiu"),
        ("尉迟恭", "zh-CN", "Yuchi Gong"),
        ("鲁", "zh-CN", "Lu"),
        ("本报评论员", "zh-CN", "Ben bao ping lun yuan"),
        ("编辑部", "zh-CN", "Bian ji bu"),
        ("山田太郎", "ja", "山田太郎"),
        ("Ernest  Hemingway", "en", "Hemingway, Ernest"),
        ("Ban Ki Moon", "zh-CN", "Moon, Ban Ki"),
        ("Plato", "en", "Plato"),
        ("", "zh-CN", ""),
    ],
)
def test_a_name_is_filed_by_its_surname(name: str, language: str, key: str) -> None:
    assert name_key(name, language) == key


@pytest.mark.parametrize(
    ("title", "language", "key"),
    [
        ("春节文摘", "zh-CN", "Chun jie wen zhai"),
        ("重庆 2023", "zh-CN", "Chong qing 2023"),
        ("春の本", "ja", "春の本"),
        ("A Digest", "en", "A Digest"),
    ],
)
def test_a_title_is_filed_by_its_pinyin_where_it_is_chinese(title: str, language: str, key: str) -> None:
    assert title_key(title, language) == key
