from __future__ import annotations

from digest.model import Reading
from digest.newspaper.jumps import join_parts
from digest.newspaper.page import rebuild

FIRST = (
    "# 各行各业新年展现新气象\n\n新年第一天，市民服务中心的大厅里坐满了人，叫号机一直响着，窗口后面的人(下转第三版)\n"
)
REST = "# 各行各业新年展现新气象\n\n(上接第一版)没有一个离开座位。\n\n到中午，办完的有四百多件。\n\n(沈一帆)\n"
OTHER = "# 河水清了\n\n(上接第一版)沿岸栽下的芦苇已经发芽。\n\n(何家骏)\n"


def pages(*texts: str) -> tuple[Reading, ...]:
    return tuple(rebuild(text, f"{number}.txt") for number, text in enumerate(texts, start=1))


def test_both_parts_of_a_story_are_one_article() -> None:
    first, rest = join_parts(pages(FIRST, REST))
    (article,) = first.articles
    assert rest.articles == ()
    assert [block.text for block in article.blocks] == [
        "新年第一天，市民服务中心的大厅里坐满了人，叫号机一直响着，窗口后面的人没有一个离开座位。",
        "到中午，办完的有四百多件。",
    ]
    assert (article.kind, article.authors) == ("article", ("沈一帆",))


def test_the_joined_article_says_where_its_second_part_stands() -> None:
    (article,) = join_parts(pages(FIRST, REST))[0].articles
    assert article.origin.also == ("2.txt:1-7",)
    assert article.origin.jumps == ("(下转第三版)", "(上接第一版)")
    assert "jump-joined" in {doubt.code for doubt in article.doubts}


def test_a_continuation_of_another_story_stays_alone() -> None:
    first, other = join_parts(pages(FIRST, OTHER))
    assert [article.title for article in (*first.articles, *other.articles)] == ["各行各业新年展现新气象", "河水清了"]
    assert other.articles[0].kind == "continuation"


def test_a_part_is_not_joined_to_two_stories() -> None:
    readings = join_parts(pages(FIRST, FIRST, REST))
    assert [len(reading.articles) for reading in readings] == [1, 1, 1]
