"""What plan.toml says, what stays of it as it was typed, and which mistakes in it are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.composer import compose, follow, plan_file
from digest.composer.plan import plan_of
from digest.errors import PlanError
from digest.model import Article, Block, Composition, Origin

# Holds the place in a chapter for an id that is being moved.
MARK = "moving"
MATTERS = ("早稻育秧", "地铁换乘", "校园足球")


def article(number: int, title: str = "", body: str = "") -> Article:
    matter = MATTERS[number % 3]
    text = body or f"{matter}第{number}篇：" + "".join(
        f"{matter}的事{number}{chr(0x4E00 + 37 * number + step)}。" for step in range(9)
    )
    return Article(
        f"a{number:016x}",
        "article",
        title or f"{matter}之{number}",
        Origin("p.txt", number, number),
        (Block("paragraph", text),),
    )


PILE = [article(number) for number in range(9)]


def planned(folder: Path, articles: Sequence[Article] = PILE) -> Path:
    path = folder / "plan.toml"
    path.write_text(plan_file.written(plan_of(compose(articles, "zh-CN")), articles), encoding="utf-8")
    return path


def rerun(path: Path, articles: Sequence[Article]) -> Composition:
    """Do what `digest plan` does where there is a plan."""
    plan = plan_file.read(path, articles)
    assert plan is not None
    made = follow(plan, articles, "zh-CN")
    path.write_text(plan_file.updated(path.read_text(encoding="utf-8"), plan_of(made), articles), encoding="utf-8")
    return made


def refused(path: Path, articles: Sequence[Article] = PILE) -> list[str]:
    with pytest.raises(PlanError) as error:
        plan_file.read(path, articles)
    return [line.message.replace(str(path.parent) + "/", "") for line in (error.value, *error.value.also)]


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_plan_reads_back_as_it_was_written(tmp_path: Path) -> None:
    assert plan_file.read(planned(tmp_path), PILE) == plan_of(compose(PILE, "zh-CN"))


def test_each_id_has_the_head_behind_it(tmp_path: Path) -> None:
    assert '"a0000000000000004",  # 地铁换乘之4 (p.txt:4-4)' in planned(tmp_path).read_text(encoding="utf-8")


def test_without_a_file_there_is_no_plan(tmp_path: Path) -> None:
    assert plan_file.read(tmp_path / "plan.toml", PILE) is None


def test_running_it_again_changes_nothing(tmp_path: Path) -> None:
    path = planned(tmp_path)
    before = path.read_bytes()
    rerun(path, PILE)
    assert path.read_bytes() == before


def test_comments_order_and_notes_of_the_editor_stay(tmp_path: Path) -> None:
    path = planned(tmp_path)
    edited(path, "[[chapters]]\n", '# 先读这一章\n[[chapters]]  # 重要\nnote = "编者按\\n\\n第二段"\n')
    before = path.read_text(encoding="utf-8")
    made = rerun(path, [*PILE, article(9)])
    after = path.read_text(encoding="utf-8")
    assert made.chapters[0].theme.note == "编者按\n\n第二段"
    assert after.startswith(before[: before.index("[known]")])


def test_what_is_new_waits_with_a_chapter_proposed(tmp_path: Path) -> None:
    path = planned(tmp_path)
    made = rerun(path, [*PILE, article(10)])
    (late,) = made.unplaced
    home = next(chapter for chapter in made.chapters if PILE[1] in chapter.articles)
    assert (late.article.id, late.proposed) == (article(10).id, home.theme.title)
    assert f'[[unplaced]]\narticle = "{article(10).id}"  # 地铁换乘之10 (p.txt:10-10)' in path.read_text(
        encoding="utf-8"
    )


def test_what_waits_is_placed_by_moving_its_id(tmp_path: Path) -> None:
    path = planned(tmp_path)
    rerun(path, [*PILE, article(10)])
    text = path.read_text(encoding="utf-8")
    start, end = text.index("\n[[unplaced]]"), text.index("\n[known]")
    path.write_text(
        (text[:start] + text[end:]).replace("articles = [\n", f'articles = [\n"{article(10).id}",\n', 1),
        encoding="utf-8",
    )
    made = rerun(path, [*PILE, article(10)])
    assert made.chapters[0].articles[0].id == article(10).id
    assert made.unplaced == ()


def test_an_article_whose_line_is_taken_out_is_left_out(tmp_path: Path) -> None:
    path = planned(tmp_path)
    edited(path, '    "a0000000000000004",  # 地铁换乘之4 (p.txt:4-4)\n', "")
    made = rerun(path, PILE)
    assert [(own.article.id, own.why) for own in made.left_out] == [(PILE[4].id, "taken out of the plan")]
    assert PILE[4] not in [each for chapter in made.chapters for each in chapter.articles]
    assert '[[left_out]]\narticle = "a0000000000000004"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("change", ["title", "file", "text"])
def test_an_article_with_another_head_file_or_text_keeps_its_place(tmp_path: Path, change: str) -> None:
    path = planned(tmp_path)
    mended = {
        "title": replace(PILE[4], id="aNEW", title="地铁换乘通道"),
        "file": replace(PILE[4], id="aNEW", origin=Origin("q.txt", 1, 9)),
        "text": replace(
            PILE[4], id="aNEW", blocks=(Block("paragraph", PILE[4].blocks[0].text.replace("第4篇", "第四篇")),)
        ),
    }[change]
    pile = [mended if own is PILE[4] else own for own in PILE]
    before = [[each.title for each in chapter.articles] for chapter in compose(PILE, "zh-CN").chapters]
    made = rerun(path, pile)
    assert [[each.title.replace("通道", "之4") for each in chapter.articles] for chapter in made.chapters] == before
    assert (made.unplaced, made.left_out) == ((), ())
    assert '    "aNEW",  # 地铁换乘之4' in path.read_text(encoding="utf-8")


def test_an_id_that_is_gone_is_named_with_its_line(tmp_path: Path) -> None:
    path = planned(tmp_path)
    line = path.read_text(encoding="utf-8").split("\n").index('    "a0000000000000004",  # 地铁换乘之4 (p.txt:4-4)') + 1
    assert refused(path, PILE[:4] + PILE[5:]) == [
        f"plan.toml:{line}: there is no article a0000000000000004 any more; take the line out, or bring its source back"
    ]


def test_an_id_named_twice_is_named_with_its_second_line(tmp_path: Path) -> None:
    path = planned(tmp_path)
    edited(path, "[known]", f'[[left_out]]\narticle = "{PILE[4].id}"\n\n[known]')
    line = path.read_text(encoding="utf-8").split("\n").index(f'article = "{PILE[4].id}"') + 1
    assert refused(path) == [f"plan.toml:{line}: article {PILE[4].id} has a place already; leave it in one place"]


def test_an_id_that_another_tells_the_story_of_is_not_named_twice(tmp_path: Path) -> None:
    path = planned(tmp_path)
    edited(path, "[known]", f'[[left_out]]\narticle = "agone"\nsame_as = "{PILE[4].id}"\n\n[known]')
    line = path.read_text(encoding="utf-8").split("\n").index('article = "agone"') + 1
    assert refused(path) == [
        f"plan.toml:{line}: there is no article agone any more; take the line out, or bring its source back"
    ]


def test_a_chapter_without_articles_is_named_with_its_line(tmp_path: Path) -> None:
    path = planned(tmp_path)
    edited(path, "[known]", '[[chapters]]\ntitle = "空"\narticles = []\n\n[known]')
    line = path.read_text(encoding="utf-8").split("\n").index('title = "空"')
    assert refused(path) == [f"plan.toml:{line}: the chapter “空” has no articles; give it one, or take it out"]


def test_every_mistake_has_its_line(tmp_path: Path) -> None:
    path = planned(tmp_path)
    edited(path, "[known]", f'[[chapters]]\ntitle = "空"\n\n[[left_out]]\narticle = "{PILE[4].id}"\n\n[known]')
    assert len(refused(path, PILE[1:])) == 3


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("title = ", "titel = ", "there is no setting `chapters.titel`"),
        ("articles = [", "articles = [7,", "`chapters.articles` has to be"),
        ("[[chapters]]", "[[chapters]", "Expected"),
        ('title = "', 'title = "" #', "`chapters.title` has to be text"),
    ],
)
def test_what_is_no_plan_is_named_with_its_line(tmp_path: Path, old: str, new: str, what: str) -> None:
    path = planned(tmp_path)
    at = path.read_text(encoding="utf-8").split("[[chapters]]")
    second = (
        "[[chapters]]".join(at[:2]) + ("[[chapters]]" + at[2]).replace(old, new, 1) + "[[chapters]]".join(["", *at[3:]])
    )
    path.write_text(second, encoding="utf-8")
    (line,) = refused(path)
    assert what in line
    number = int(line.split(":")[1])
    assert number >= "[[chapters]]".join(at[:2]).count("\n") + 1


def test_a_plan_without_chapters_cannot_be_followed(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text("# 空\n", encoding="utf-8")
    assert refused(path) == ["plan.toml:1: it has no chapters; write one, or take the file away"]


@pytest.mark.parametrize("title", ['引"号', "反\\斜", "换\n行", "\x00\x1b\x7f", "#井", "🎉", "\ud800"])
def test_any_title_can_be_written(tmp_path: Path, title: str) -> None:
    pile = [replace(own, title=title) for own in PILE]
    assert plan_file.read(planned(tmp_path, pile), pile) is not None


# One step of an editor, with two numbers that say which article and where.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["move", "rename", "drop", "leave out", "merge", "split", "turn", "new", "mend", "rerun"]),
        st.integers(0, 99),
        st.integers(0, 99),
    ),
    max_size=12,
)


def take(document: Any, which: int) -> str:
    """Take an id out of the chapters, but for the mark; the chapter goes with its last one."""
    places = [
        (chapter, at) for chapter in document["chapters"] for at, name in enumerate(chapter["articles"]) if name != MARK
    ]
    chapter, at = places[which % len(places)]
    name = str(chapter["articles"].pop(at))
    if not chapter["articles"]:
        document["chapters"].remove(chapter)
    return name


def apply(document: Any, step: str, one: int, other: int) -> None:
    chapters = document["chapters"]
    some = chapters[other % len(chapters)]
    if step == "move":
        some["articles"].insert(one % (len(some["articles"]) + 1), MARK)
        name = take(document, one)
        some["articles"][some["articles"].index(MARK)] = name
    elif step == "rename":
        some["title"] = f"第{one}题"
    elif step in ("drop", "leave out") and sum(len(own["articles"]) for own in chapters) > 1:
        name = take(document, one)
        if step == "leave out":
            document.setdefault("left_out", tomlkit.aot()).append({"article": name, "why": "不用"})
    elif step == "merge" and len(chapters) > 1:
        first = chapters[one % len(chapters)]
        if first is not some:
            some["articles"].extend(list(first["articles"]))
            chapters.remove(first)
    elif step == "split" and len(some["articles"]) > 1:
        half = [some["articles"].pop() for _ in range(len(some["articles"]) // 2)]
        chapters.append({"title": "另一章", "articles": half})
    elif step == "turn":
        names = list(some["articles"])[::-1]
        for at, name in enumerate(names):
            some["articles"][at] = name


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_no_sequence_of_steps_loses_or_doubles_an_article(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    pile = list(PILE)
    path = planned(tmp_path_factory.mktemp("plan"))
    for step, one, other in [*steps, ("rerun", 0, 0)]:
        if step == "new":
            pile.append(article(len(pile) + 1))
        elif step == "mend":
            own = pile[one % len(pile)]
            pile[one % len(pile)] = replace(own, id=f"{own.id}m", title=f"{own.title}（改）")
        elif step == "rerun":
            made = rerun(path, pile)
            placed = [each.id for chapter in made.chapters for each in chapter.articles]
            outside = [own.article.id for own in made.left_out] + [own.article.id for own in made.unplaced]
            assert sorted([*placed, *outside]) == sorted(each.id for each in pile)
            read = plan_file.read(path, pile)
            assert read is not None
            assert sorted(read.ids) == sorted(each.id for each in pile)
            assert rerun(path, pile) == made
        else:
            document = tomlkit.parse(path.read_text(encoding="utf-8"))
            apply(document, step, one, other)
            path.write_text(tomlkit.dumps(document), encoding="utf-8")
