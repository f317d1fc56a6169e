"""What an editor settles in <page>.toml holds, whatever the page looks like."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import SidecarError
from digest.model import Reading
from digest.newspaper.page import rebuild
from digest.newspaper.sidecar import Settlement, Sidecar, draft, load, sidecar_of

PAGE = """# 市图书馆新馆试运行

新馆第一天迎来读者六千余人。

馆内设有少儿阅览室。

市民广场

广场的长椅换成了木椅。

木椅的背后刻着诗句
"""
CUT = "今年以来，全区各单位坚持服务群众，推动工作\n\n新馆第一天开门。\n"


def settled(sidecar: Sidecar, page: str = PAGE) -> Reading:
    return rebuild(page, "page.txt", settlement=Settlement(sidecar))


def texts(reading: Reading) -> list[list[str]]:
    return [[block.text for block in article.blocks] for article in reading.articles]


def test_a_line_that_is_joined_goes_on_with_the_paragraph_above() -> None:
    assert texts(settled(Sidecar(join=(5,))))[0][0] == "新馆第一天迎来读者六千余人。馆内设有少儿阅览室。"


def test_a_line_that_is_cut_begins_a_paragraph() -> None:
    assert texts(rebuild(CUT, "page.txt")) == [["今年以来，全区各单位坚持服务群众，推动工作新馆第一天开门。"]]
    assert texts(settled(Sidecar(cut=(3,)), CUT)) == [
        ["今年以来，全区各单位坚持服务群众，推动工作", "新馆第一天开门。"]
    ]


def test_what_was_settled_raises_no_doubt() -> None:
    assert "cut-short" not in {doubt.code for doubt in settled(Sidecar(cut=(3,)), CUT).articles[0].doubts}


def test_a_line_can_begin_an_article() -> None:
    assert len(settled(Sidecar(begin=(5,))).articles) == 2


@pytest.mark.parametrize("role", ["title", "kicker", "subhead", "text", "caption", "furniture"])
def test_a_line_is_what_it_was_settled_to_be(role: str) -> None:
    reading = settled(Sidecar(lines={"7": role}))
    word = "市民广场"
    found = {
        "title": [article.title for article in reading.articles],
        "kicker": [article.kicker for article in reading.articles],
        "furniture": [line.text for line in reading.furniture],
        "subhead": [b.text for a in reading.articles for b in a.blocks if b.kind == "subhead"],
        "caption": [b.text for a in reading.articles for b in a.blocks if b.kind == "caption"],
        "text": ["".join(b.text for a in reading.articles for b in a.blocks if b.kind == "paragraph")],
    }
    assert any(word in text for text in found[role])


def test_a_head_belongs_to_the_article_it_was_settled_for() -> None:
    page = "第一篇的正文，说的是河道。\n\n(张三)\n\n第二篇的正文，说的是图书。\n\n(李四)\n\n河道清了\n"
    reading = settled(Sidecar(heads={"9": 5}), page)
    assert [(article.title, article.blocks[0].text[:3]) for article in reading.articles] == [
        ("", "第一篇"),
        ("河道清了", "第二篇"),
    ]


@given(st.sampled_from(["cut", "join", "begin"]), st.sets(st.sampled_from([1, 3, 5, 7, 9, 11])))
def test_nothing_is_lost_whatever_is_settled(what: str, lines: set[int]) -> None:
    reading = settled(msgspec.convert({what: sorted(lines)}, Sidecar))
    held = "".join(
        article.column + article.title + "".join(block.text for block in article.blocks) for article in reading.articles
    )
    held += "".join(line.text for line in reading.furniture)
    assert sorted(held.replace(" ", "")) == sorted(PAGE.replace("#", "").replace("\n", "").replace(" ", ""))


@pytest.mark.parametrize(
    ("toml", "line", "what"),
    [
        ("cut = [99]", 1, "`cut` names a line"),
        ("join = [2]", 1, "`join` names a line"),
        ('[lines]\n\n7 = "poem"', 3, "`lines.7`"),
        ('[lines]\nseven = "title"', 2, "`lines.seven` names a line"),
        ("[heads]\n1 = 99", 2, "`heads.1` names a line"),
        ("cuts = [1]", 1, "there is no setting `cuts`"),
        ("cut = [", 1, ""),
    ],
)
def test_a_mistake_in_a_sidecar_is_told_with_its_line(tmp_path: Path, toml: str, line: int, what: str) -> None:
    page = tmp_path / "page.txt"
    sidecar_of(page).write_text(toml, encoding="utf-8")
    with pytest.raises(SidecarError) as raised:
        rebuild(PAGE, "page.txt", settlement=load(page))
    assert str(raised.value).startswith(f"{tmp_path}/page.toml:{line}: {what}")


def test_a_draft_settles_nothing_and_names_every_doubt(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    reading = rebuild("今年以来，全区\n\n    新馆第一天开门。\n", "page.txt")
    sidecar_of(page).write_text(draft("page.txt", reading), encoding="utf-8")
    assert load(page).sidecar == Sidecar()
    assert all(doubt.code in draft("page.txt", reading) for a in reading.articles for doubt in a.doubts)
