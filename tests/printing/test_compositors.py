"""Parts laid out side by side: the same book for any number of processes, and errors that arrive whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digest import crew, style
from digest.crew import at_work
from digest.errors import BrokenStyleError
from digest.model import Article, Block, Chapter, Edition, Origin, Theme, edition_identifier
from digest.printing import compositors, layout
from digest.printing.parts import Looks, Part
from digest.printing.stretches import Errand, Run
from digest.writers import pdf

CLASSIC = style.find("classic", Path("/nonexistent"))


@pytest.fixture
def edition(monkeypatch: pytest.MonkeyPatch) -> Edition:
    """Three chapters of unlike length, each enough for a process of its own."""
    monkeypatch.setattr(compositors, "ENOUGH", 1)
    articles = [
        Article(
            f"a{number}",
            "article",
            f"第{number}篇",
            Origin("a.txt", 1, 2),
            (Block("paragraph", "文字，" * 90 * number),),
        )
        for number in (3, 1, 2)
    ]
    chapters = tuple(Chapter(Theme(article.title), (article,)) for article in articles)
    return Edition("书", "zh-CN", edition_identifier("书", None, articles), chapters)


def made(edition: Edition, path: Path, jobs: int) -> bytes:
    with at_work(jobs):
        pdf.write(edition, CLASSIC, path)
    return path.read_bytes()


def test_the_bytes_are_the_same_for_any_number_of_processes(edition: Edition, tmp_path: Path) -> None:
    alone = made(edition, tmp_path / "a.pdf", 1)
    assert [made(edition, tmp_path / "a.pdf", jobs) == alone for jobs in (2, 3)] == [True, True]


def test_characters_that_no_font_has_are_as_wide_whatever_a_process_did_before(
    edition: Edition, tmp_path: Path
) -> None:
    strange = [replace(each, blocks=(Block("paragraph", "文字 שלום ᚠᛇ，" * 90),)) for each in edition.articles]
    chapters = tuple(
        replace(chapter, articles=(article,)) for chapter, article in zip(edition.chapters, strange, strict=True)
    )
    book = replace(edition, chapters=chapters)
    alone = made(book, tmp_path / "a.pdf", 1)
    made(edition, tmp_path / "b.pdf", 1)
    assert [made(book, tmp_path / "a.pdf", jobs) == alone for jobs in (1, 2, 3)] == [True, True, True]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_parts_with_such_characters_have_the_same_pages_in_either_order(order: tuple[int, int]) -> None:
    text = "文字 שלום ᚠᛇ，" * 30
    html = "<html lang='{}'><head><title>t</title></head><body><p>{}</p><p><b>{}</b></p></body></html>"
    parts = [Part(language, html.format(language, text, text)) for language in ("zh-CN", "en")]
    looks = Looks((), CLASSIC.fonts, CLASSIC.folders, "".join(sorted(set("שלום" + "ᚠᛇ"))))
    found: dict[int, list[Run]] = {}
    for each in (looks, replace(looks, strangers=looks.strangers + "\U00013000")):
        for number in order if each is looks else (0, 1):
            made = compositors._lay_out(each, each.strangers.encode(), b"", Errand(parts[number]))
            found.setdefault(number, []).append(made)
    compositors._CASE.clear()
    assert all(before == after for before, after in found.values())


def test_an_error_in_a_process_arrives_with_its_place_and_names_the_part(edition: Edition, tmp_path: Path) -> None:
    folder = tmp_path / "styles" / "mine"
    folder.mkdir(parents=True)
    (folder / "style.toml").write_text('description = "mine"\nextends = "classic"')
    (folder / "print.css").write_text("article { background: url(nosuch.png) }")
    with pytest.raises(BrokenStyleError, match=r"styles/mine.*nosuch\.png") as raised, at_work(2):
        pdf.write(edition, style.find("mine", tmp_path), tmp_path / "a.pdf")
    assert raised.value.__notes__ == ["while chapter-1 was laid out"]


def test_a_short_book_starts_no_process(edition: Edition, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(compositors, "ENOUGH", 10**9)
    monkeypatch.setattr(crew, "_pool", None)
    assert made(replace(edition, chapters=edition.chapters[:2]), tmp_path / "a.pdf", 8)


def test_a_bug_names_the_article_at_which_it_was_found(
    edition: Edition, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lay_out = layout.Setter.lay_out

    def stumbling(self: layout.Setter, errand: Errand, frame: bytes = b"") -> Run:
        if "坏" in errand.part.html:
            raise ZeroDivisionError
        return lay_out(self, errand, frame)

    monkeypatch.setattr(layout.Setter, "lay_out", stumbling)
    (good,) = edition.chapters[0].articles
    bad = replace(good, id="b", title="一 <二> & 三", blocks=(Block("paragraph", "坏"),))
    together = replace(edition, chapters=(Chapter(Theme("章"), (good, bad)),))
    with pytest.raises(ZeroDivisionError) as raised:
        pdf.write(together, CLASSIC, tmp_path / "a.pdf")
    assert raised.value.__notes__ == ["while chapter-1 was laid out, at the article “一 <二> & 三”"]
