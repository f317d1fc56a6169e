from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.newspaper.clean import clean, clean_head, fold, has_odd_quotes

DAMAGED = st.text(st.sampled_from("党建服务群众a1 ,.:;!?()\"'“”，。：　…—《》@/"), max_size=60) | st.text(max_size=60)


@given(DAMAGED)
def test_cleaning_changes_no_word(text: str) -> None:
    assert fold(clean(text)) == fold(text)
    assert fold(clean_head(text)) == fold(text)


# Of quotes that touch each other nobody can say which opens.
@given(DAMAGED.filter(lambda text: not re.search(r"[\"'“”‘’]\s*[\"'“”‘’]", text)))
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("他说:好,走吧!", "他说：好，走吧！"),
        ("条例(试行)第3条", "条例（试行）第3条"),
        ("哪条路?新路;旧路", "哪条路？新路；旧路"),
        ("通车.施工方", "通车。施工方"),
    ],
)
def test_marks_in_han_text_become_full_width(damaged: str, mended: str) -> None:
    assert clean(damaged) == mended


@pytest.mark.parametrize(
    "kept",
    [
        "8.3万",
        "11月10日5:30",
        "1+6",
        "1,000元",
        "http://a.cn/b,c?d=1:2",
        "mail@a.cn",
        "Hello, world (again): yes!",
        "it's",
        "f(x)",
    ],
)
def test_marks_in_numbers_times_addresses_and_latin_keep_their_width(kept: str) -> None:
    assert clean(kept) == kept


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ('"好!再来一段!"', "“好！再来一段！”"),
        ('运用"第一议题""三会一课"等', "运用“第一议题”“三会一课”等"),
        ("他说:'走吧'", "他说：‘走吧’"),
    ],
)
def test_straight_quotes_become_pairs(damaged: str, mended: str) -> None:
    assert clean(damaged) == mended


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("学懂弄通做实党的二 十大精神", "学懂弄通做实党的二十大精神"),
        ("效果好 不 好 ，必 须 以", "效果好不好，必须以"),
        ("排查 2 次，风险点 37 个", "排查2次，风险点37个"),
        ("成效。 下一步", "成效。下一步"),
    ],
)
def test_spaces_left_by_old_lines_go(damaged: str, mended: str) -> None:
    assert clean(damaged) == mended


@pytest.mark.parametrize(
    "kept",
    ["本报讯 近日，新馆开门", "“凝心铸魂强党性 牢记嘱托谱新篇”专题", "use two words here", "本报讯（记者王超） 近日"],
)
def test_a_space_that_is_meant_stays(kept: str) -> None:
    assert clean(kept) == kept


def test_the_space_between_the_halves_of_a_headline_stays() -> None:
    assert clean_head("扎根生活沃土  文艺服务群众") == "扎根生活沃土 文艺服务群众"


def test_a_quote_without_partner_is_told() -> None:
    assert has_odd_quotes('他说:"走吧')
    assert not has_odd_quotes('他说:"走吧"')
    assert not has_odd_quotes('a 5" nail')


@pytest.mark.parametrize(
    ("head", "mended"),
    [
        ("学习党的 二十大精神", "学习党的二十大精神"),
        ("宣讲让 精神入脑入心", "宣讲让精神入脑入心"),
        ("推动 党务公开提质增效", "推动党务公开提质增效"),
        ("扎根生活沃土 文艺服务群众", "扎根生活沃土 文艺服务群众"),
    ],
)
def test_a_space_where_only_an_old_line_ended_goes_from_a_headline(head: str, mended: str) -> None:
    assert clean_head(head, "推动党务公开规范运行。扎根生活沃土,文艺服务群众。") == mended
