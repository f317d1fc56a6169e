"""Parts as HTML: a chapter that says what it said is not written again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digest import style
from digest.cache import keeping
from digest.model import Article, Block, Chapter, Edition, Origin, Parts, Picture, Theme, edition_identifier
from digest.printing import manuscript
from digest.printing.parts import Part

CLASSIC = style.find("classic", Path("/nonexistent"))


@pytest.fixture
def edition() -> Edition:
    articles = [
        Article(
            f"a{at}",
            "article",
            f"第{at}篇",
            Origin("a.txt", 1, 2),
            (
                Block("paragraph", "昨日，地铁开门迎客。"),
                Block("table", "甲\t乙", "<table><tr><td>甲</td></tr></table>"),
            ),
            column="要闻",
            kicker="肩题",
            subtitle="副题",
            byline="本报记者",
        )
        for at in (1, 2, 3)
    ]
    chapters = tuple(Chapter(Theme(article.title), (article,)) for article in articles)
    return Edition("书", "zh-CN", edition_identifier("书", None, articles), chapters)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Note the contexts that chapters are rendered in."""
    found: list[Any] = []
    render = style.Style.render

    def noted(look: style.Style, template: str, **context: Any) -> str:
        found.append(context)
        return render(look, template, **context)

    monkeypatch.setattr(style.Style, "render", noted)
    return found


def written(edition: Edition, look: style.Style = CLASSIC) -> list[Part]:
    return [*manuscript.chapters(manuscript.sheets(edition, look))]


def mine(folder: Path) -> style.Style:
    place = folder / "styles" / "mine" / "templates"
    place.mkdir(parents=True)
    (place.parent / "style.toml").write_text('description = "mine"\nextends = "classic"')
    (place / "body.html").write_text("<p>{{ number }}/{{ edition.chapters | length }}</p>")
    return style.find("mine", folder)


def test_only_the_chapter_that_has_changed_is_written_again(
    edition: Edition, tmp_path: Path, rendered: list[Any]
) -> None:
    with keeping(tmp_path):
        written(edition)
        (old,) = edition.chapters[1].articles
        new = replace(edition.chapters[1], articles=(replace(old, title="另一篇"),))
        mended = replace(edition, chapters=(edition.chapters[0], new, edition.chapters[2]))
        rendered.clear()
        parts = written(mended)
    assert [context["number"] for context in rendered] == [2]
    assert parts == written(mended)


@pytest.mark.parametrize(
    "change",
    [{"title": "另一本"}, {"language": "ja"}, {"parts": Parts(openers=False)}],
    ids=lambda change: next(iter(change)),
)
def test_what_the_edition_says_of_itself_is_in_all_chapters(
    edition: Edition, tmp_path: Path, change: dict[str, Any]
) -> None:
    changed = replace(edition, **change)
    with keeping(tmp_path):
        before, after = written(edition), written(changed)
    assert after == written(changed)
    assert all(one.html != other.html for one, other in zip(before, after, strict=True))


def test_our_templates_see_nothing_of_other_chapters(edition: Edition, rendered: list[Any]) -> None:
    written(edition)
    assert [context["edition"].chapters for context in rendered] == [(chapter,) for chapter in edition.chapters]
    assert [[entry.title for entry in context["contents"]] for context in rendered] == [["第1篇"], ["第2篇"], ["第3篇"]]


def test_a_style_s_templates_see_all_and_are_asked_each_time(
    edition: Edition, tmp_path: Path, rendered: list[Any]
) -> None:
    look = mine(tmp_path)
    with keeping(tmp_path):
        for _ in range(2):
            assert [part.html.split("<p>")[1].split("</p>")[0] for part in written(edition, look)] == [
                "1/3",
                "2/3",
                "3/3",
            ]
    assert len(rendered) == 6


def test_the_characters_of_a_part_are_told(edition: Edition) -> None:
    assert all(set(part.characters) == set(part.html) for part in written(edition))


def test_pictures_that_change_places_are_shown_there(edition: Edition, tmp_path: Path) -> None:
    from PIL import Image

    paths = [tmp_path / name for name in ("a.png", "b.png", "c.png")]
    for path, colour in zip(paths, ("red", "blue", "red"), strict=True):
        Image.new("RGB", (40, 40), colour).save(path)
    blocks = tuple(Block("image", "图", picture=Picture(path, path.name, "a.md:1")) for path in paths)
    (article,) = edition.chapters[0].articles
    chapter = replace(edition.chapters[0], articles=(replace(article, blocks=blocks),))
    book = replace(edition, chapters=(chapter,))
    with keeping(tmp_path / "cache"):
        before = written(book)
        Image.new("RGB", (40, 40), "blue").save(paths[2])
        after = written(book)
    assert [part.html for part in after] == [part.html for part in written(book)] != [part.html for part in before]
