"""`digest articles` and `digest plan`: for eyes, and as JSON for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]

BLOCKS = {"paragraph", "subhead", "caption", "image", "quote", "list", "table"}
# The shape of an article, as DESIGN's contracts have it.
SHAPE: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "source": str,
    "lines": list,
    "kind": str,
    "column": str,
    "kicker": str,
    "title": str,
    "subtitle": str,
    "authors": list,
    "date": (str, type(None)),
    "blocks": list,
    "doubts": list,
}


@pytest.fixture
def articles(run: Run, pile: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("articles", "--json").stdout)
    return found


@pytest.fixture
def plan(run: Run, pile: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("plan", "--json").stdout)
    return found


def test_an_article_has_the_keys_of_the_contract_in_their_order(articles: list[dict[str, Any]]) -> None:
    assert {tuple(article) for article in articles} == {tuple(SHAPE)}


def test_the_values_of_an_article_have_the_types_of_the_contract(articles: list[dict[str, Any]]) -> None:
    assert not [
        (key, article[key]) for article in articles for key, kind in SHAPE.items() if not isinstance(article[key], kind)
    ]


def test_the_lines_of_an_article_are_its_first_and_its_last(articles: list[dict[str, Any]]) -> None:
    assert all(1 <= first <= last for first, last in (article["lines"] for article in articles))


def test_blocks_and_doubts_have_the_shape_of_the_contract(run: Run, pile: Path) -> None:
    (pile / "无题.txt").write_text("本报讯 除夕夜，消防救援大队的灯一直亮着。\n", encoding="utf-8")
    found = json.loads(run("articles", "--json").stdout)
    blocks = [block for article in found for block in article["blocks"]]
    doubts = [doubt for article in found for doubt in article["doubts"]]
    assert {tuple(block) for block in blocks} == {("type", "text")}
    assert {block["type"] for block in blocks} <= BLOCKS
    assert {tuple(doubt) for doubt in doubts} == {("code", "message", "line")}
    assert {type(doubt["line"]) for doubt in doubts} == {int}


def test_ids_are_unique(articles: list[dict[str, Any]]) -> None:
    ids = [article["id"] for article in articles]
    assert len(ids) == len(set(ids))


def test_ids_are_unique_where_the_same_page_is_there_twice(run: Run, pile: Path) -> None:
    (pile / "again").mkdir()
    for page in pile.glob("*.txt"):
        (pile / "again" / page.name).write_bytes(page.read_bytes())
    ids = [article["id"] for article in json.loads(run("articles", "--json").stdout)]
    assert len(ids) == len(set(ids)) == 7


def test_a_plan_has_the_shape_of_the_contract(plan: dict[str, Any]) -> None:
    assert tuple(plan) == ("title", "chapters", "left_out")
    assert isinstance(plan["title"], str)
    assert {tuple(chapter) for chapter in plan["chapters"]} == {("title", "articles")}
    assert all(chapter["title"] for chapter in plan["chapters"])


def test_every_article_is_in_exactly_one_chapter_or_left_out(
    articles: list[dict[str, Any]], plan: dict[str, Any]
) -> None:
    planned = [name for chapter in plan["chapters"] for name in chapter["articles"]] + plan["left_out"]
    assert sorted(planned) == sorted(article["id"] for article in articles)


def test_the_plan_is_that_of_the_book(run: Run, plan: dict[str, Any]) -> None:
    run("make", "-f", "json")
    book = json.loads(Path("dist/文摘.json").read_bytes())
    chapters = [
        {"title": chapter["title"], "articles": [article["id"] for article in chapter["articles"]]}
        for chapter in book["chapters"]
    ]
    assert chapters == plan["chapters"]


def test_json_holds_han_as_it_is(run: Run, pile: Path) -> None:
    assert "守一方平安" in run("articles", "--json").stdout


def test_a_pile_without_articles_is_an_empty_array(run: Run, project: Path) -> None:
    Path("page.txt").write_text("责编：张三\n", encoding="utf-8")
    result = run("articles", "page.txt", "--json")
    assert json.loads(result.stdout) == []
    assert result.stderr.startswith("digest: page.txt: no article was found in it")


def test_the_list_for_eyes_tells_where_each_article_stands(run: Run, pile: Path) -> None:
    lines = run("articles").stdout.splitlines()
    assert [line.split(" ")[0] for line in lines if not line.startswith(" ")] == [
        "来信.md:1-8",
        "第1版.txt:1-3",
        "第1版.txt:5-7",
        "第2版.txt:1-3",
    ]


def test_the_list_for_eyes_shows_doubts_and_furniture(run: Run, project: Path) -> None:
    Path("page.txt").write_text("本报讯 除夕夜，消防救援大队的灯一直亮着。\n责编：张三\n", encoding="utf-8")
    shown = run("articles", "page.txt").stdout
    assert "? page.txt:1 no-head: " in shown
    assert "- 2 furniture (editor): 责编：张三" in shown


def test_the_plan_for_eyes_shows_each_title_below_its_chapter(run: Run, pile: Path) -> None:
    shown = run("plan").stdout
    assert shown.startswith("文摘\n  ")
    assert all(f" {title}\n" in shown for title in ("守一方平安", "护万家灯火", "早稻育秧全面展开", "给编辑部的信"))


@pytest.mark.parametrize("command", [["articles"], ["articles", "--json"], ["plan", "--json"]])
def test_a_listing_writes_no_file(run: Run, pile: Path, command: list[str]) -> None:
    before = sorted(pile.parent.rglob("*"))
    run(*command)
    assert sorted(pile.parent.rglob("*")) == before


def test_a_page_s_escape_sequences_do_not_reach_the_terminal(run: Run, project: Path) -> None:
    Path("letter.md").write_text("# a \x1b[2J\n\n[b](c%1b[2J)\n" + "正文" * 200, encoding="utf-8")
    shown = run("articles", "letter.md").stdout + run("plan", "letter.md").stdout
    assert "\x1b" not in shown
    assert r"\x1b[2J" in shown


def test_a_sidecar_is_written_beside_each_page_and_never_over_one(run: Run, pile: Path) -> None:
    first = run("articles", "--sidecar")
    written = first.stdout.split()
    assert written
    assert {Path(path).suffix for path in written} == {".toml"}
    Path(written[0]).write_text("# mine\n", encoding="utf-8")
    again = run("articles", "--sidecar")
    assert again.stdout == ""
    assert "is there already" in again.stderr
    assert Path(written[0]).read_text(encoding="utf-8") == "# mine\n"


def test_a_sidecar_as_written_changes_nothing(run: Run, pile: Path) -> None:
    before = run("articles", "--json").stdout
    run("articles", "--sidecar")
    assert run("articles", "--json").stdout == before
