"""Editions made by hand: small ones, and one with everything that an article can hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from digest import style
from digest.model import Article, Block, Chapter, Doubt, Edition, Origin, Theme, edition_identifier
from digest.style import Style

DAY = date(2023, 1, 28)
SENTENCE = "除夕夜，消防救援大队的灯一直亮着，队员们把装备又检查了一遍。"


def article(name: str, title: str, *blocks: Block, **fields: object) -> Article:
    whole = Article(name, "article", title, Origin("第一版.txt", 3, 9), blocks or (Block("paragraph", SENTENCE * 8),))
    return replace(whole, **fields)  # type: ignore[arg-type]


def edition_of(*chapters: Chapter, title: str = "春节文摘", day: date | None = DAY) -> Edition:
    identifier = edition_identifier(title, day, (each for chapter in chapters for each in chapter.articles))
    return Edition(title, "zh-CN", identifier, chapters, "五个版面", "日报社", day)


@pytest.fixture(scope="session")
def classic() -> Style:
    return style.find("classic", Path("/nonexistent"))


@pytest.fixture(scope="session")
def small() -> Edition:
    return edition_of(
        Chapter(Theme("党的建设"), (article("a1", "聚焦五个着力 助推深度融合"), article("a2", "守一方平安"))),
        Chapter(Theme("春节坚守"), (article("a3", "护万家灯火"),)),
    )


@pytest.fixture(scope="session")
def rich() -> Edition:
    """Every kind of block, every head, hostile text, and an article that has no title."""
    everything = article(
        "a1",
        "“四化强四力” 推动党建提质增效",
        Block("paragraph", "本报讯 李颺在现场。" + SENTENCE * 4),
        Block("subhead", "一、建强组织"),
        Block(
            "paragraph", "重点是实干。", "重点是<strong>实干</strong>，见<a href='https://example.org/a?b=c'>网站</a>。"
        ),
        Block("quote", "行胜于言。\n功在不舍。"),
        Block("list", "第一项\n第二项"),
        Block("list", "甲 乙", "<ol><li>甲</li><li>乙</li></ol>"),
        Block("table", "社区\t户数\n海南\t120"),
        Block(
            "table",
            "项目",
            "<table><thead><tr><th>项目</th></tr></thead><tbody><tr><td>&lt;供暖&gt;</td></tr></tbody></table>",
        ),
        Block("image", "社区工作人员"),
        Block("caption", "1月27日，社区工作人员走访居民。"),
        column="要闻",
        kicker="海南区西街道",
        subtitle="机关党建高质量发展纪实",
        byline="本报记者 段维娜",
        authors=("段维娜",),
        origin=Origin("第一版.txt", 1, 40, page="1", date=DAY, jumps=("（下转第三版）",), reprints=("晚报.txt:2-9",)),
        doubts=(Doubt("title-guessed", "a guess", 1),),
    )
    hostile = article(
        "a2",
        "标题 & <script>alert(1)</script> ]]> " + "很长" * 90,
        Block("paragraph", "控制\x00字符 \ufffe \ud800 与 ]]> & <b>不是标记</b>"),
        Block("paragraph", "纯文本", "<script>alert(1)</script>"),
        Block("paragraph", "مرحبا בעולם hello world " + "x" * 300),
        kicker="<kicker>",
        byline="“记者”",
        origin=Origin("文件 <1>&.txt", 7, 7),
    )
    photo = article("3 号", "", Block("caption", "图为社区工作人员走访居民，了解他们的生活情况。"), kind="photo")
    english = article("a4", "Plain words", Block("paragraph", "An English paragraph. " * 20), language="en")
    return edition_of(
        Chapter(Theme("党的建设", ("党建",)), (everything, photo)),
        Chapter(Theme("<社区> & 民生", note="编者按：\n看<社区>。\n\n第二段"), (hostile, english)),
        title="乌海日报文摘",
    )
