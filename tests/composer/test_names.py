"""What a chapter is called, and why."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from digest.composer.grammar import nounness
from digest.composer.names import name_themes
from digest.composer.sections import section_shares
from digest.composer.terms import counted
from digest.model import Article, Block, Origin, Theme


def article(title: str, *paragraphs: str, column: str = "", language: str = "zh-CN") -> Article:
    blocks = tuple(Block("paragraph", text) for text in paragraphs)
    return Article("a1", "article", title, Origin("p.txt", 1, 1), blocks, column=column, language=language)


FLOOD = [
    article("防汛物资全部到位", "本报讯 昨日，城东防汛物资全部到位，防汛人员上堤。市民张某说，防汛工作很细。"),
    article("水库提前腾出库容", "本报讯 昨日，水库提前腾出库容，确保防汛安全。市民李某说，看到防汛人员很安心。"),
    article("防汛演练在江边举行", "本报讯 昨日，防汛演练举行，三百人参加。市民王某说，这样的防汛演练要多办。"),
]
EXAM = [
    article("中考考点公布", "本报讯 昨日，中考考点公布，全市十二个。市民赵某说，中考离家近。家长为中考准备。"),
    article("中考期间禁止鸣笛", "本报讯 昨日，交警宣布中考路段禁止鸣笛。市民钱某说，要给中考让路。"),
    article("公交免费送考生", "本报讯 昨日，公交公司宣布，中考三天免费送考生。市民孙某说，中考暖心。"),
]


def themes(
    articles: list[Article], chapters: list[list[int]], language: str = "zh-CN", taken: Sequence[str] = ()
) -> tuple[Theme | None, ...]:
    sections = [section_shares(counted(article), article.language) for article in articles]
    return name_themes(articles, chapters, sections, language, taken)


def titles(
    articles: list[Article], chapters: list[list[int]], language: str = "zh-CN", taken: Sequence[str] = ()
) -> list[str | None]:
    return [theme.title if theme else None for theme in themes(articles, chapters, language, taken)]


def test_a_title_is_what_sets_the_chapter_apart_not_the_commonest_word_of_the_edition() -> None:
    assert titles([*FLOOD, *EXAM], [[0, 1, 2], [3, 4, 5]]) == ["防汛", "中考"]


def test_a_column_shared_by_half_of_a_chapter_is_its_title() -> None:
    flood = [
        article(story.title, story.blocks[0].text, column=column)
        for story, column in zip(FLOOD, ("江河汛情", "江河汛情", ""), strict=True)
    ]
    assert titles([*flood, *EXAM], [[0, 1, 2], [3, 4, 5]])[0] == "江河汛情"


def test_a_column_found_mostly_elsewhere_is_no_title() -> None:
    columns = ["要闻", "要闻", "", "要闻", "要闻", "要闻"]
    labelled = [
        article(story.title, story.blocks[0].text, column=column)
        for story, column in zip([*FLOOD, *EXAM], columns, strict=True)
    ]
    assert titles(labelled, [[0, 1, 2], [3, 4, 5]]) == ["防汛", "要闻"]


def test_a_slogan_is_too_long_for_a_title() -> None:
    slogan = "深入推进防汛工作责任落实到位确保人民群众安全度过汛期"
    flood = [article(story.title, story.blocks[0].text, column=slogan) for story in FLOOD]
    assert titles([*flood, *EXAM], [[0, 1, 2], [3, 4, 5]])[0] != slogan


def test_a_phrase_is_not_cut_in_the_middle_of_a_word() -> None:
    gifts = [
        article("企业送出爱心包", "四百个爱心包送到社区，爱心包里有米。收到爱心包，老人笑了。"),
        article("学校收到爱心包", "学校收到爱心包，内有书本。孩子打开爱心包，又把爱心包传给同桌。"),
    ]
    (theme,) = themes([*gifts, *EXAM], [[0, 1]])
    assert theme is not None
    assert theme.title == "爱心包"
    assert "心包" not in theme.why


def test_a_common_verb_in_front_is_left_out() -> None:
    office = [
        article("推动机关党建", "各单位推动机关党建提质，机关党建有新招。推动机关党建要实。"),
        article("推动机关党建增效", "会议要求推动机关党建增效，推动机关党建出彩。抓机关党建靠人，评机关党建靠数。"),
    ]
    others = [
        article("推动项目开工", "全区推动项目开工，推动园区建设。"),
        article("推动农业增收", "镇里推动农业增收，推动果园扩大，推动销售。"),
        article("桥梁检修", "工人连夜检修桥梁。"),
        article("书店开业", "老街书店开业，读者盈门。"),
    ]
    assert titles([*office, *others], [[0, 1]]) == ["机关党建"]


def test_a_title_of_words_is_a_noun_as_printed() -> None:
    stories = [
        article("Six Nations squad named", "England will play in the Six Nations. The Six Nations is hard to win."),
        article(
            "Wales look to Six Nations", "Wales lost in the Six Nations, and the Six Nations goes on without them."
        ),
        article("Rates rise", "The bank will raise the rates, and the rates are the talk of the town."),
    ]
    assert titles(stories, [[0, 1]], "en") == ["Six Nations"]


def test_a_title_is_in_the_editions_language_where_the_chapter_has_it() -> None:
    foreign = [
        article("Flood guard", f"The flood guard is out. A flood guard says: {n}.", language="en") for n in "abc"
    ]
    assert titles([*FLOOD, *foreign], [[0, 1, 2, 3, 4, 5]]) == ["防汛"]
    assert titles(foreign, [[0, 1, 2]]) == ["Flood guard"]


def test_no_title_is_a_part_of_another() -> None:
    again = [article(story.title + "。", story.blocks[0].text + "完。") for story in FLOOD]
    first, second = titles([*FLOOD, *again], [[0, 1, 2], [3, 4, 5]])
    assert first is not None
    assert second is not None
    assert first not in second
    assert second not in first


def test_articles_that_share_no_phrase_are_named_after_a_clause_of_a_title() -> None:
    assert titles([article("市民夜跑 风雨无阻", "完。"), article("渡船停航", "止。")], [[0, 1]]) == ["市民夜跑"]


def test_a_clause_of_an_english_title_keeps_its_words() -> None:
    assert titles([article("Ferry runs late: fog", "x"), article("Bus", "y")], [[0, 1]], "en") == ["Ferry runs late"]


def test_what_has_no_words_has_no_name() -> None:
    assert titles([article(""), article("")], [[0, 1]]) == [None]


def test_the_reasons_are_the_labels_and_phrases_none_a_part_of_another() -> None:
    flood = [article(story.title, story.blocks[0].text, column="江河汛情") for story in FLOOD]
    (theme,) = themes([*flood, *EXAM], [[0, 1, 2]])
    assert theme is not None
    assert theme.why[:2] == ("江河汛情", "防汛")
    assert len(theme.why) <= 6
    assert not [(a, b) for a in theme.why for b in theme.why if a != b and a in b]


@pytest.mark.parametrize("word", ["昨日", "本报", "市民", "记者"])
def test_what_every_story_says_is_no_reason(word: str) -> None:
    named = themes([*FLOOD, *EXAM], [[0, 1, 2], [3, 4, 5]])
    assert all(theme and word not in theme.why for theme in named)


MATCHES = [
    article("雨中三分", "昨晚主场球迷撑伞看完了比赛，前锋补射得手。"),
    article("少年杯开哨", "十二支球队参加，裁判都是志愿的学生，决赛在周末。"),
    article("她破了纪录", "田径选手林楠在最后一轮夺冠，教练抱起了她。"),
]


def test_stories_that_share_a_section_and_no_phrase_are_called_after_the_section() -> None:
    assert titles([*MATCHES, *FLOOD], [[0, 1, 2], [3, 4, 5]]) == ["体育", "防汛"]


def test_a_section_is_named_in_the_language_of_the_edition() -> None:
    assert titles([*MATCHES, *FLOOD], [[0, 1, 2]], "en") == ["Sport"]


def test_a_title_that_is_given_already_is_not_taken_again() -> None:
    assert titles([*MATCHES, *FLOOD], [[0, 1, 2]], taken=["体育"]) != ["体育"]


@pytest.mark.parametrize(
    ("phrase", "title"),
    [
        ("防汛演练", True),
        ("坚决筑牢", False),
        ("不少市民", False),
        ("山林更安全", False),
        ("栋居民楼", False),
    ],
)
def test_a_title_is_a_noun_phrase(phrase: str, title: bool) -> None:
    assert (nounness(phrase, "zh-CN") == 1.0) is title


def test_a_borrowed_word_is_never_cut() -> None:
    body = "{}でファッションの催しが開かれた。"
    shows = [article("", body.format(place), language="ja") for place in ("京都", "大阪", "神戸")]
    others = [article("", f"{place}でサンマの水揚げが始まった。", language="ja") for place in ("根室", "気仙沼")]
    assert titles([*shows, *others], [[0, 1, 2]], "ja") == ["ファッション"]
