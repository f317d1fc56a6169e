"""The cache: nothing is made twice, and nothing in a book is ever stale, whatever changes between two runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from PIL import Image

from digest import cache
from digest.style import PACKAGE
from digest.writers import epub

Run = Callable[..., Result]
FORMATS = ("-f", "epub", "-f", "pdf", "-f", "json")


def styles() -> Path:
    shipped = PACKAGE / "styles"
    return shipped if shipped.is_dir() else PACKAGE.parent / "styles"


@pytest.fixture
def whole(pile: Path, project: Path) -> Path:
    """A project with everything that a book can be made from."""
    Image.new("RGB", (40, 30), "red").save(pile / "图.png")
    (pile / "有图.md").write_text("# 有图\n\n文字。\n\n![一张图](图.png)\n", encoding="utf-8")
    mine = project / "styles" / "mine"
    (mine / "templates").mkdir(parents=True)
    (mine / "style.toml").write_text('description = "mine"\nextends = "classic"\n', encoding="utf-8")
    (mine / "book.css").write_text("h2 { color: #600 }\n", encoding="utf-8")
    (mine / "print.css").write_text("article { background: url(dot.png) }\n", encoding="utf-8")
    Image.new("RGB", (4, 4), "white").save(mine / "dot.png")
    template = (PACKAGE / "templates" / "colophon.html").read_text(encoding="utf-8")
    (mine / "templates" / "colophon.html").write_text(template, encoding="utf-8")
    shutil.copy(_font(), project / "mine.otf")
    Image.new("RGB", (600, 800), "blue").save(project / "cover.png")
    (project / "digest.toml").write_text(
        'style = "mine"\n[edition]\ntitle = "书"\ncover = "cover.png"\n[fonts]\nhead = "mine.otf"\n', encoding="utf-8"
    )
    return project


def _font() -> Path:
    from pylopdf_fonts_zh_cn import sans_path

    return Path(sans_path())


def _other_font() -> Path:
    from pylopdf_fonts_zh_cn import serif_path

    return Path(serif_path())


def books(project: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project / "dist").iterdir()}


def _replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# What an editor may change between two runs.
CHANGES: dict[str, Callable[[Path], object]] = {
    "a page": lambda project: _replaced(project / "seeds" / "第1版.txt", "队员们", "战士们"),
    "a page's name": lambda project: (project / "seeds" / "第1版.txt").rename(project / "seeds" / "第3版.txt"),
    "a page more": lambda project: shutil.copy(project / "seeds" / "第1版.txt", project / "seeds" / "第9版.txt"),
    "a page less": lambda project: (project / "seeds" / "第2版.txt").unlink(),
    "an article": lambda project: _replaced(project / "seeds" / "来信.md", "很受感动", "深受感动"),
    "a sidecar": lambda project: (project / "seeds" / "第1版.toml").write_text('[lines]\n3 = "furniture"\n'),
    "a picture": lambda project: Image.new("RGB", (40, 30), "green").save(project / "seeds" / "图.png"),
    "the style": lambda project: _replaced(project / "styles" / "mine" / "book.css", "#600", "#060"),
    "the style's settings": lambda project: _replaced(project / "styles" / "mine" / "style.toml", "mine", "mi"),
    "the style it extends": lambda project: _replaced(project / "styles" / "mine" / "style.toml", "classic", "gongwen"),
    "a picture of the style": lambda project: Image.new("L", (4, 4), 240).save(project / "styles" / "mine" / "dot.png"),
    "a template": lambda project: _replaced(
        project / "styles" / "mine" / "templates" / "colophon.html", "<section", '<section title="末"'
    ),
    "a font": lambda project: shutil.copy(_other_font(), project / "mine.otf"),
    "the cover": lambda project: Image.new("RGB", (600, 800), "red").save(project / "cover.png"),
    "the title": lambda project: _replaced(project / "digest.toml", "书", "本"),
    "the publisher": lambda project: _replaced(
        project / "digest.toml", 'title = "书"', 'title = "书"\npublisher = "社"'
    ),
    "the parts": lambda project: _replaced(project / "digest.toml", "[fonts]", "[parts]\nindex = false\n[fonts]"),
    "the paper": lambda project: _replaced(project / "digest.toml", "[fonts]", '[pdf]\npaper = "A4"\n[fonts]'),
    "the press": lambda project: _replaced(project / "digest.toml", "[fonts]", "[print]\ncrop_marks = true\n[fonts]"),
    "the plan": lambda project: (project / "plan.toml").write_text(_plan(project), encoding="utf-8"),
}


def _plan(project: Path) -> str:
    from digest import press

    ids = [article.id for article in press.read([project / "seeds"]).articles]
    return f'[[chapters]]\ntitle = "章"\narticles = ["{ids[0]}"]\n'


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_books_are_those_of_a_run_without_a_cache(whole: Path, run: Run, change: str) -> None:
    formats = ("-f", "print") if change == "the press" else FORMATS
    run("make", *formats)
    before = books(whole)
    CHANGES[change](whole)
    shutil.rmtree(whole / "dist")
    run("make", *formats)
    after = books(whole)
    shutil.rmtree(whole / "dist")
    run("make", *formats, "--no-cache")
    assert after == books(whole)
    assert after != before or change == "the style's settings"


def test_changed_back_it_is_the_book_that_it_was(whole: Path, run: Run) -> None:
    run("make", *FORMATS)
    before = books(whole)
    _replaced(whole / "seeds" / "来信.md", "很受感动", "深受感动")
    run("make", *FORMATS)
    _replaced(whole / "seeds" / "来信.md", "深受感动", "很受感动")
    run("make", *FORMATS)
    assert books(whole) == before


def test_what_has_not_changed_is_not_made_again(pile: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run("make")

    def write(*_: object) -> None:
        raise AssertionError("it is made again")

    monkeypatch.setattr(epub, "write", write)
    monkeypatch.setattr("digest.composer.compose", write)
    monkeypatch.setattr("digest.readers.read", write)
    again = run("make")
    assert (again.stdout, again.stderr) == (first.stdout, first.stderr)


@pytest.mark.parametrize("at", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_damaged_cache_never_shows_in_a_book(
    pile: Path, project: Path, run: Run, at: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("make", *FORMATS)
    before = books(project)
    file = Path(run("cache").stdout.splitlines()[0])
    data = bytearray(file.read_bytes())
    begin = int(at * len(data))
    data[begin : begin + 4_000] = bytes(len(data[begin : begin + 4_000]))
    file.write_bytes(data)
    shutil.rmtree(project / "dist")
    run("make", *FORMATS)
    assert books(project) == before


def test_without_a_cache_nothing_is_written_beside_the_book(pile: Path, run: Run, project: Path) -> None:
    run("make", "--no-cache", "--cache", project / "kept")
    assert not (project / "kept").exists()


def test_the_folder_is_the_one_that_is_named(pile: Path, run: Run, project: Path) -> None:
    run("make", "--cache", project / "kept")
    assert run("cache", "--cache", project / "kept").stdout.splitlines()[0] == str(project / "kept" / cache.FILE_NAME)
    assert (project / "kept" / cache.FILE_NAME).exists()


def test_a_folder_that_cannot_be_used_is_told_and_the_book_is_made(pile: Path, run: Run, project: Path) -> None:
    (project / "file").touch()
    result = run("make", "--cache", project / "file")
    assert (result.exit_code, result.stdout) == (0, "dist/文摘.epub\n")
    assert result.stderr.count("nothing is kept for the next run") == 1


def test_the_command_lists_the_stages_and_what_they_hold(pile: Path, run: Run) -> None:
    run("make", "-f", "epub", "-f", "pdf")
    lines = run("cache").stdout.splitlines()[1:]
    stages = ["analysis", "book", "chapter", "characters", "edition", "font"]
    stages += ["foresight", "margins", "names", "pages", "part", "phrases", "reading"]
    assert [line.split()[0] for line in lines] == [*stages, "in"]
    counts = ["4", "2", "2", "2", "1", "2", "1", "1", "1", "4", "6", "1", "3"]
    assert [line.split()[1] for line in lines[:13]] == counts


def test_cleared_it_is_empty_and_all_is_made_anew(pile: Path, run: Run, project: Path) -> None:
    run("make")
    before = books(project)
    assert run("cache", "--clear").stdout.splitlines()[1].split()[2] == "0"
    run("make")
    assert books(project) == before


def test_a_mistake_is_told_each_time(pile: Path, run: Run) -> None:
    (pile / "空.txt").write_text("")
    assert [run("make").exit_code for _ in range(2)] == [4, 4]


def test_a_cache_without_a_cache_is_wrong_usage(run: Run) -> None:
    assert run("cache", "--no-cache").exit_code == 2
