"""What the composer promises of any pile of articles."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.cache import keeping
from digest.composer import compose, piles
from digest.model import Article, Block, Chapter, LeftOut, Origin, with_distinct_ids
from digest.settings import ThemeSettings

Paper = Callable[[str], list[tuple[str, Article]]]

TEXT = st.text("市民社区春节地铁教育的在，。 abcdefgh ABCアンケートひらがな한국어버스\n0123", max_size=60)
ARTICLES = st.lists(
    st.builds(
        Article,
        id=st.sampled_from(["a1", "a2", "a3"]),
        kind=st.sampled_from(["article", "photo", "continuation"]),
        title=TEXT,
        origin=st.builds(
            Origin, source=st.just("p.txt"), first=st.just(1), last=st.just(2), date=st.none() | st.dates()
        ),
        blocks=st.lists(st.builds(Block, st.sampled_from(["paragraph", "subhead", "caption"]), TEXT), max_size=4).map(
            tuple
        ),
        column=st.sampled_from(["", "要闻", "Sports"]),
        kicker=TEXT,
        language=st.sampled_from(["zh-CN", "en", "ja"]),
    ),
    max_size=14,
)


def chapters_of(articles: Sequence[Article], language: str) -> tuple[Chapter, ...]:
    return compose(articles, language).chapters


def article(title: str, body: str, place: int = 0, column: str = "") -> Article:
    return Article(f"a{place}", "article", title, Origin("p.txt", place, place), (Block("paragraph", body),), column)


def invented(sections: int, each: int) -> list[tuple[int, Article]]:
    """Give articles of sections with forty words each of their own, half of an article's words, and common ones."""
    chance = random.Random(7)
    han = [chr(0x4E00 + step * 7) for step in range(2600)]
    words = ["".join(pair) for pair in zip(han[::2], han[1::2], strict=True)]
    common, own = words[:200], [words[200 + 40 * section : 240 + 40 * section] for section in range(sections)]
    found = []
    for place in range(sections * each):
        section = place % sections
        text = [*chance.choices(own[section], k=40), *chance.choices(common, k=40)]
        chance.shuffle(text)
        found.append((section, article("，".join(chance.sample(own[section], 3)), "，".join(text), place)))
    return found


@given(ARTICLES, st.sampled_from(["zh-CN", "zh-TW", "en", "ja", "ko", "tlh"]))
@settings(max_examples=200, deadline=None)
def test_every_article_stands_in_one_chapter_or_is_left_out_and_no_two_titles_are_alike(
    articles: list[Article], language: str
) -> None:
    distinct = list(with_distinct_ids(articles))
    made = compose(distinct, language)
    chapters = made.chapters
    placed = [found.id for chapter in chapters for found in chapter.articles]
    assert sorted([*placed, *(own.article.id for own in made.left_out)]) == sorted(found.id for found in distinct)
    titles = [chapter.theme.title.casefold() for chapter in chapters]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    assert all(chapter.articles for chapter in chapters)


@pytest.mark.parametrize("language", ["zh-CN", "en", "ja", "ko"])
def test_a_chapter_is_a_section_of_the_paper_in_every_way_of_writing(paper: Paper, language: str) -> None:
    stories = paper(language)
    section = {story.id: name for name, story in stories}
    chapters = chapters_of([story for _, story in stories], language)
    found = [{section[story.id] for story in chapter.articles} for chapter in chapters]
    assert sorted(map(sorted, found)) == sorted([name] for name in set(section.values()))


@pytest.mark.parametrize(("sections", "each"), [(2, 6), (4, 8), (6, 5), (9, 4), (5, 20), (12, 12)])
def test_the_number_of_chapters_is_found(sections: int, each: int) -> None:
    stories = invented(sections, each)
    of = {story.id: section for section, story in stories}
    chapters = chapters_of([story for _, story in stories], "zh-CN")
    assert [len({of[story.id] for story in chapter.articles}) for chapter in chapters] == [1] * sections


def test_one_article_is_one_chapter_named_after_what_it_says() -> None:
    only = article("地铁二号线试运行", "地铁昨起试运行。市民说，地铁来了，出门方便；乘地铁上班省时。")
    (chapter,) = chapters_of([only], "zh-CN")
    assert chapter.articles == (only,)
    assert chapter.theme.title == "地铁"


def test_a_story_told_twice_stands_once_and_tells_where_it_stands_again() -> None:
    body = "社区居民欢聚一堂，春节气氛浓厚。社区送春联，春节送温暖，老人们在广场上看戏，孩子们围着糖画摊子不肯走。"
    shorter, fuller = article("社区春节联欢", body), article("春节联欢进社区", f"{body}锣鼓队从早敲到晚，十分热闹。", 7)
    made = compose([shorter, fuller], "zh-CN")
    (chapter,) = made.chapters
    assert [story.title for story in chapter.articles] == ["春节联欢进社区"]
    assert chapter.articles[0].origin.reprints == ("p.txt:0-0",)
    assert made.left_out == (LeftOut(shorter, "tells the same story as p.txt:7-7", fuller.id),)


def test_articles_without_a_word_stand_in_the_general_chapter() -> None:
    (chapter,) = chapters_of([article("", ""), article("", "")], "ja")
    assert chapter.theme.title == "総合"
    assert chapter.theme.why == ()


def test_no_articles_make_no_chapters() -> None:
    assert chapters_of([], "zh-CN") == ()


def test_two_strangers_share_no_theme() -> None:
    strangers = [
        article("早稻育秧", "农技员下田查看秧苗，叮嘱种粮大户控水。"),
        article("Bridge closes", "Engineers replace its cables."),
    ]
    assert [chapter.theme.title for chapter in chapters_of(strangers, "en")] == ["General"]


def test_what_fits_no_theme_stands_in_the_last_general_chapter(paper: Paper) -> None:
    stories = [story for _, story in paper("zh-CN")]
    stranger = article("Ṣàngó", "ọ̀rọ̀ àjèjì kan", place=99)
    chapters = chapters_of([stranger, *stories], "zh-CN")
    assert chapters[-1].theme.title == "综合"
    assert chapters[-1].articles == (stranger,)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("zh-CN", "综合"),
        ("zh-Hans-CN", "综合"),
        ("zh-TW", "綜合"),
        ("zh-Hant-HK", "綜合"),
        ("en-GB", "General"),
        ("tlh", "General"),
    ],
)
def test_the_general_chapter_is_called_so_in_the_editions_language(language: str, title: str) -> None:
    assert chapters_of([article("", ""), article("", "")], language)[0].theme.title == title


def test_articles_of_one_column_come_together_under_its_name(paper: Paper) -> None:
    letters = [
        article("", body, place, "读者来信") for place, body in enumerate(("路灯坏了", "井盖松动", "公厕太少"), 90)
    ]
    chapters = chapters_of([*(story for _, story in paper("zh-CN")), *letters], "zh-CN")
    (found,) = [chapter for chapter in chapters if letters[0] in chapter.articles]
    assert found.theme.title == "读者来信"
    assert found.articles == tuple(letters)


def test_a_lost_article_leaves_the_other_chapters_as_they_are(paper: Paper) -> None:
    stories = [story for _, story in paper("zh-CN")]
    together = {frozenset(story.id for story in chapter.articles) for chapter in chapters_of(stories, "zh-CN")}
    for lost in stories:
        rest = chapters_of([story for story in stories if story is not lost], "zh-CN")
        assert {frozenset(story.id for story in chapter.articles) for chapter in rest} == {
            chapter - {lost.id} for chapter in together
        }


def test_duplicates_are_kept_where_the_editor_wants_them() -> None:
    story = article(
        "社区春节联欢", "社区居民欢聚一堂，春节气氛浓厚。社区送春联，春节送温暖，老人们在广场上看戏，孩子们不肯走。"
    )
    (chapter,) = compose([story, replace(story, id="a1")], "zh-CN", keep_duplicates=True).chapters
    assert [own.id for own in chapter.articles] == ["a0", "a1"]


RAIL = ThemeSettings("轨道交通", keywords=("地铁", "换乘"), note="编者按")


def test_a_theme_that_is_wished_for_comes_first_with_its_title_its_note_and_its_words(paper: Paper) -> None:
    stories = paper("zh-CN")
    first, *others = compose([story for _, story in stories], "zh-CN", [RAIL]).chapters
    assert {section for section, story in stories if story in first.articles} == {"地铁"}
    assert (first.theme.title, first.theme.why, first.theme.note) == ("轨道交通", ("地铁", "换乘"), "编者按")
    assert len(others) == 2


def test_without_others_beside_it_the_rest_is_general(paper: Paper) -> None:
    stories = [story for _, story in paper("zh-CN")]
    titles = [chapter.theme.title for chapter in compose(stories, "zh-CN", [RAIL], beside=False).chapters]
    assert titles == ["轨道交通", "综合"]


def test_a_theme_that_is_wished_for_in_vain_is_no_chapter(paper: Paper) -> None:
    stories = [story for _, story in paper("zh-CN")]
    titles = [chapter.theme.title for chapter in compose(stories, "zh-CN", [ThemeSettings("航天", ("火箭",))]).chapters]
    assert "航天" not in titles
    assert len(titles) == 3


PRINT_A_PLAN = """
from digest.cache import keeping
from digest.composer import compose, piles
from digest.model import Article, Block, Origin
texts = "春节期间环卫工人坚守岗位 地铁换乘通道开放 社区送春联 early ferry harbour bridge school pupils orchard".split()
stories = [
    Article(f"a{n}", "article", texts[n % 7], Origin("p", n, n), (Block("paragraph", "，".join(texts[n % 5 :])),))
    for n in range(24)
]
print([(c.theme.title, c.theme.why, [a.id for a in c.articles]) for c in compose(stories, "zh-CN").chapters])
"""


def test_the_plan_does_not_depend_on_the_hash_seed() -> None:
    plans = {
        subprocess.run(
            [sys.executable, "-c", PRINT_A_PLAN],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "20231")
    }
    assert len(plans) == 1
    assert plans != {b"[]\n"}


@settings(max_examples=50)
@given(ARTICLES, st.integers(0, 13), TEXT)
def test_after_an_edit_what_is_kept_gives_the_chapters_that_a_fresh_start_gives(
    articles: list[Article], place: int, text: str
) -> None:
    before = [*with_distinct_ids(articles)]
    after = [
        replace(own, blocks=(*own.blocks, Block("paragraph", text))) if at == place else own
        for at, own in enumerate(before)
    ]
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(piles, "MOST_COMPARED", 7)
        fresh = [compose(some, "zh-CN", keep_duplicates=True) for some in (before, after)]
        with keeping(Path(folder)):
            assert [compose(some, "zh-CN", keep_duplicates=True) for some in (before, after, before)] == [
                *fresh,
                fresh[0],
            ]
