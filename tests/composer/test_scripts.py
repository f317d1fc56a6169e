"""How text falls into runs and stretches."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.composer.scripts import closed, plain, runs, stretches


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学习党的精神，近日开展", ["学习党的精神", "近日开展"]),
        ("全市1919个支部", ["全市", "个支部"]),
        ("東京オリンピックの開会", ["東京オリンピック", "開会"]),
        ("The prime minister, he said", [("The", "prime", "minister"), ("he", "said")]),
        ("don't re-open", [("don't", "re-open")]),
        ("시내버스 노선", ["시내버스", "노선"]),
        ("使用 Python 编程", ["使用", ("Python",), "编程"]),
        ("1234 ……", []),
    ],
)
def test_a_stretch_ends_at_punctuation_digits_and_another_script(text: str, expected: list[object]) -> None:
    assert list(stretches(text)) == expected


def test_spaces_inside_han_text_are_closed_and_others_kept() -> None:
    assert closed("市 委组\u3000织部 and the 市 长") == "市委组织部 and the 市长"


@given(st.text() | st.text("，。：；！？（）…％０９～\u3000\u0301\u0338\u3099啊a"))
def test_full_width_forms_come_together_as_unicode_says(text: str) -> None:
    assert plain(text) == unicodedata.normalize("NFKC", text)


@given(st.text())
def test_runs_stand_in_their_text_one_after_the_other(text: str) -> None:
    end = 0
    for run in map("".join, runs(text)):
        end = text.index(run, end) + len(run)


@given(st.text())
def test_a_run_is_of_one_kind(text: str) -> None:
    assert all(len([*filter(None, run)]) == 1 for run in runs(text))


@given(st.text())
def test_stretches_keep_every_character_of_the_runs(text: str) -> None:
    joined = ["".join(stretch) for stretch in stretches(text)]
    assert "".join(joined) == "".join(map("".join, runs(text)))
