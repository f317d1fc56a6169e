from __future__ import annotations

import pytest

from digest.line_breaks import ending


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        ("聚焦五个着力助推纪实元素", "实元素"),
        ("乌海市写好“社会治理综合卷”", "综合卷”"),
        ("守一方平安，护万家灯火！", "家灯火！"),
        ("把建设美丽城市放在“心”上啊", "“心”上啊"),
    ],
)
def test_the_last_three_characters_stay_together_with_their_marks(head: str, kept: str) -> None:
    assert ending(head) == kept


@pytest.mark.parametrize(
    "head", ["", "短的标题", "Plain words in Latin", "乌海市党建工作 COVID-19", "乌海市党建工作会议A组织部"]
)
def test_a_short_head_and_a_word_of_latin_letters_are_left_alone(head: str) -> None:
    assert ending(head) == ""
