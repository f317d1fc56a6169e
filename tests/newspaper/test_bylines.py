from __future__ import annotations

import pytest

from digest.newspaper.bylines import has_lead, lead_authors, read_byline, read_credit, split_byline, split_credit


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("(孟凡 付兰 闫玉)", ("孟凡", "付兰", "闫玉")),
        ("（乔新）", ("乔新",)),
        ("本报记者段维", ("段维",)),
        ("□郝颺", ("郝颺",)),
        ("□ 本报记者 张三 通讯员 李四", ("张三", "李四")),
        ("(记者王超 通讯员李四)", ("王超", "李四")),
        ("文/图 张三", ("张三",)),
        ("（阿依古丽·买买提 张三）", ("阿依古丽·买买提", "张三")),
        ("(张 三)", ("张三",)),
        ("(政法宣)", ("政法宣",)),
    ],
)
def test_a_byline_gives_its_names(line: str, names: tuple[str, ...]) -> None:
    byline = read_byline(line)
    assert byline
    assert byline.names == names


@pytest.mark.parametrize(
    "line", ["(试行)", "(完)", "图书节开幕", "记者节来临", "文明创建", "感党恩 听党话 跟党走", "海南区：", "张三"]
)
def test_a_line_that_only_looks_like_a_byline_is_none(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize(
    "line", ["(黄飞 摄)", "组宣 摄", "曹艺摄", "（本报记者 张三 摄）", "资料图片", "图片由受访者提供"]
)
def test_a_photo_credit_is_told(line: str) -> None:
    assert read_credit(line)


def test_a_byline_glued_to_the_last_sentence_is_split_off() -> None:
    assert split_byline('走深走实。"(段维)') == ('走深走实。"', "(段维)")
    assert split_byline("取得新成效。 （黄飞 刘弼）") == ("取得新成效。", "（黄飞 刘弼）")


def test_a_bracket_that_closes_a_sentence_is_no_byline() -> None:
    assert split_byline("印发了办法。(试行)") == ("印发了办法。(试行)", "")
    assert split_byline("印发了工作办法(试行)") == ("印发了工作办法(试行)", "")


def test_a_credit_at_the_end_of_a_caption_is_split_off() -> None:
    assert split_credit("红烛精神照后人。组宣 摄") == ("红烛精神照后人。", "组宣 摄")


def test_a_lead_names_its_authors() -> None:
    assert lead_authors("本报讯(记者王超)1月4日，") == ("王超",)
    assert lead_authors("新华社北京1月4日电（记者张三、李四）近日，") == ("张三", "李四")
    assert lead_authors("本报讯 近日，") == ()
    assert has_lead("本报讯 近日，")
    assert not has_lead("近日，本报讯")
