"""The editor's way: `digest plan` writes a file, the editor changes it, `digest make` follows it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console

from digest import press
from digest.listing import plan_tree
from digest.settings import EditionSettings

Run = Callable[..., Any]
Refused = Callable[..., tuple[int, str]]
PLAN = Path("plan.toml")


def edit(pattern: str, new: str) -> None:
    text, times = re.subn(pattern, new, PLAN.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
    assert times == 1
    PLAN.write_text(text, encoding="utf-8")


def made(run: Run) -> dict[str, Any]:
    (path,) = run("make", "--format", "json").stdout.split("\n")[:1]
    edition: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return edition


def test_plan_writes_its_file_and_tells_where(run: Run, pile: Path) -> None:
    told = run("plan")
    assert PLAN.exists()
    assert "plan.toml: written" in told.stderr
    assert "plan.toml" not in told.stdout


def test_planned_twice_nothing_changes(run: Run, pile: Path) -> None:
    run("plan")
    before = PLAN.read_bytes()
    assert "plan.toml: is up to date" in run("plan").stderr
    assert PLAN.read_bytes() == before


def test_a_book_by_an_unchanged_plan_is_the_book_without_one(run: Run, pile: Path) -> None:
    without = made(run)
    run("plan")
    assert made(run) == without


def test_make_follows_titles_notes_and_order(run: Run, pile: Path) -> None:
    run("plan")
    ids = re.findall(r'^    "(a[0-9a-f]+)"', PLAN.read_text(encoding="utf-8"), re.MULTILINE)
    chapters = "".join(
        f'[[chapters]]\ntitle = "第{number}组"\nnote = "编者按{number}"\narticles = ["{name}"]\n'
        for number, name in enumerate(reversed(ids))
    )
    edit(r"\[\[chapters.*(?=\[known\])", chapters)
    book = made(run)
    assert [chapter["title"] for chapter in book["chapters"]] == ["第0组", "第1组", "第2组", "第3组"]
    assert [chapter["note"] for chapter in book["chapters"]] == ["编者按0", "编者按1", "编者按2", "编者按3"]
    assert [chapter["articles"][0]["id"] for chapter in book["chapters"]] == ids[::-1]


def test_a_new_article_is_told_of_and_not_in_the_book(run: Run, pile: Path) -> None:
    run("plan")
    (pile / "新.md").write_text("# 新桥通车\n\n大桥昨日通车，市民步行过江。\n", encoding="utf-8")
    told = run("make", "--format", "json")
    assert "articles that the plan does not place yet: 1" in told.stderr
    assert "新桥通车" not in str(made(run)["chapters"])
    assert "not placed yet" in run("plan").stdout
    assert "[[unplaced]]" in PLAN.read_text(encoding="utf-8").split("[known]")[0].split("[[chapters]]")[-1]


def test_a_broken_plan_stops_the_book_and_keeps_the_file(refused: Refused, run: Run, pile: Path) -> None:
    run("plan")
    edit(r'title = "', 'titel = "')
    before = PLAN.read_bytes()
    assert refused("make") == (
        18,
        "plan.toml:7: there is no setting `chapters.titel`; `digest plan` in an empty folder shows every setting",
    )
    assert refused("plan")[0] == 18
    assert PLAN.read_bytes() == before


def test_a_source_that_is_gone_is_told_for_each_of_its_articles(run: Run, pile: Path) -> None:
    run("plan")
    (pile / "第1版.txt").unlink()
    told = run("make")
    assert told.exit_code == 18
    assert len(re.findall(r"^digest: plan\.toml:\d+: there is no article a", told.stderr, re.MULTILINE)) == 2


def test_the_plan_can_have_another_place(run: Run, pile: Path) -> None:
    Path("digest.toml").write_text('plan = "chapters.toml"\n', encoding="utf-8")
    run("plan")
    assert Path("chapters.toml").exists()
    assert not PLAN.exists()


def test_a_plan_that_cannot_be_written_is_told(refused: Refused, pile: Path) -> None:
    Path("digest.toml").write_text('plan = "nowhere/plan.toml"\n', encoding="utf-8")
    assert refused("plan") == (
        13,
        "nowhere/plan.toml: cannot be written (No such file or directory); check the folder",
    )


def test_themes_of_digest_toml_come_first(run: Run, pile: Path) -> None:
    Path("digest.toml").write_text('[[themes]]\ntitle = "春耕"\nkeywords = ["早稻"]\n', encoding="utf-8")
    plan = json.loads(run("plan", "--json").stdout)
    assert plan["chapters"][0]["title"] == "春耕"


def test_a_theme_that_finds_no_article_is_told(run: Run, pile: Path) -> None:
    Path("digest.toml").write_text('[[themes]]\ntitle = "航天"\nkeywords = ["火箭"]\n', encoding="utf-8")
    assert "theme-empty: no article was found for the theme “航天”" in run("make").stderr
    assert "no article was found for the theme “航天”" in run("plan").stderr


def test_on_a_terminal_the_chapters_are_a_tree_with_sizes_and_reasons(pile: Path) -> None:
    edition = press.compose(press.read([pile]).articles, EditionSettings(title="样\x1b[2J本"))
    console = Console(width=100, record=True, file=StringIO())
    console.print(plan_tree(edition))
    shown = console.export_text()
    assert shown.startswith("样")
    assert "\x1b" not in shown
    assert "├──" in shown or "└──" in shown
    assert all(title in shown for title in ("守一方平安", "护万家灯火"))
    assert re.search(r"articles?, \d+ characters", shown)
