from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest import style
from digest.checks import check
from digest.contents import contents
from digest.errors import BrokenStyleError, LibraryMissingError
from digest.fonts import only_fonts
from digest.model import Article, Block, Chapter, Doubt, Edition, Origin, Theme
from digest.printing import compositors
from digest.style import Style
from digest.writers import pdf

A5_BODY = 297.6  # points from the left edge: beyond it a running head or folio is on the right
LINE = 17.5  # points
QUOTED = "乙" * 20
SAME_LINE, SAME_WORD = 6, 5  # points: what an element, or a span of text, inside a word parts is still one word


@dataclass(frozen=True)
class Word:
    text: str
    x: float
    y: float
    right: float


@dataclass(frozen=True)
class Made:
    path: Path
    doubts: tuple[Doubt, ...]
    pages: tuple[tuple[Word, ...], ...]

    def text(self, number: int) -> str:
        """The words of a page, which counts from 1."""
        return " ".join(word.text for word in self.pages[number - 1])

    @property
    def body(self) -> tuple[tuple[Word, ...], ...]:
        """The words of each page between its running head and its folio."""
        return tuple(tuple(word for word in page if 50 < word.y < 540) for page in self.pages)


def make(edition: Edition, look: Style, path: Path) -> Made:
    doubts = pdf.write(edition, look, path)
    return Made(path, doubts, tuple(_pages(path)))


def _pages(path: Path) -> Iterator[tuple[Word, ...]]:
    """Lay the pages out again with pypdfium2: the program's own library cannot vouch for itself."""
    import pypdfium2  # type: ignore[import-untyped]

    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            text, height = page.get_textpage(), page.get_height()
            words: list[Word] = []
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                found = text.get_text_bounded(left, bottom, right, top)
                word = Word(found.strip(), left, height - top, right)
                if words and abs(words[-1].y - word.y) < SAME_LINE and 0 <= word.x - words[-1].right < SAME_WORD:
                    # A text that says what it is (ActualText) has a rectangle of its own.
                    word = Word(words[-1].text + found.rstrip(), words[-1].x, word.y, word.right)
                    words.pop()
                words.append(word)
            yield tuple(words)


def outline(path: Path) -> list[tuple[str, list[str]]]:
    with pikepdf.open(path) as document, document.open_outline() as tree:
        assert not [leaf for chapter in tree.root for entry in chapter.children for leaf in entry.children]
        return [(str(chapter.title), [str(entry.title) for entry in chapter.children]) for chapter in tree.root]


@pytest.fixture(scope="module")
def long_edition(small: Edition) -> Edition:
    """Three chapters of several articles, of lengths that fall differently on the pages."""
    chapters = tuple(
        Chapter(
            Theme(title),
            tuple(
                Article(
                    f"a{title}{number}",
                    "article",
                    f"{title}第{number}篇 一个不长也不短的标题",
                    Origin("第一版.txt", 1, 9),
                    (Block("subhead", "小标题"),) * (number % 2)
                    + (
                        Block(
                            "paragraph",
                            "",
                            "除夕夜，<strong>消防救援</strong>大队的<em>灯</em>一直<code>a</code>亮着。" * 9,
                        ),
                    )
                    + (Block("paragraph", f"本报讯 {'除夕夜，消防救援大队的灯一直亮着。' * (3 + 7 * number)}"),)
                    * (2 + number),
                )
                for number in range(1, 6)
            ),
        )
        for title in ("甲章", "乙章", "丙章")
    )
    return replace(small, chapters=chapters)


@pytest.fixture(scope="module")
def made(long_edition: Edition, classic: Style, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(long_edition, classic, tmp_path_factory.mktemp("pdf") / "long.pdf")


@pytest.fixture(scope="module")
def rich_made(rich: Edition, classic: Style, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(rich, classic, tmp_path_factory.mktemp("pdf") / "rich.pdf")


def pages_of(made: Made) -> dict[str, int]:
    """The page on which each destination of the PDF stands, from 1."""
    with pikepdf.open(made.path) as document:
        names = pikepdf.NameTree(document.Root.Names.Dests)
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages, start=1)}
        return {str(name): numbers[names[name][0].objgen] for name in names}


def labels_of(made: Made) -> list[str]:
    """What a viewer calls each page."""
    import pypdfium2

    with pypdfium2.PdfDocument(made.path) as document:
        return [document.get_page_label(number) for number in range(len(document))]


def index_page(made: Made) -> int:
    """The page, from 1, on which the index begins."""
    return next(number for number, page in enumerate(made.pages, start=1) if "出处索引" in [word.text for word in page])


def test_the_outline_is_the_tree_of_contents(made: Made, rich_made: Made, long_edition: Edition, rich: Edition) -> None:
    for book, edition in ((made, long_edition), (rich_made, rich)):
        tree = contents(edition)
        assert outline(book.path) == [(entry.title, [leaf.title for leaf in entry.children]) for entry in tree]


def test_the_printed_contents_tell_the_page_of_every_entry(made: Made, long_edition: Edition) -> None:
    """The text begins with page 1, whatever stands before it."""
    where = pages_of(made)
    printed = " ".join(word.text for page in made.body[2 : where["chapter-1"] - 1] for word in page)
    for chapter in contents(long_edition):
        for entry in (chapter, *chapter.children):
            number = where[entry.anchor]
            after = printed.split(entry.title, 1)[1]
            assert after.split()[0] == str(number - where["chapter-1"] + 1)
            assert entry.title.split()[0] in made.text(number)


def test_chapters_start_on_a_right_hand_page(made: Made) -> None:
    where = pages_of(made)
    assert [where[f"chapter-{number}"] % 2 for number in (1, 2, 3)] == [1, 1, 1]


def test_a_running_head_shows_its_chapter_at_the_outer_edge(made: Made, long_edition: Edition) -> None:
    where = pages_of(made)
    starts = [(where[entry.anchor], entry.title) for entry in contents(long_edition)]
    for number in range(where["article-1"], index_page(made)):
        head = [word for word in made.pages[number - 1] if word.y < 50]
        if number in where.values() and number in [start for start, _ in starts]:
            assert head == []
        elif made.pages[number - 1]:
            chapter = [title for start, title in starts if start < number][-1]
            assert [word.text for word in head] == [chapter]
            assert (head[0].x > 300) == (number % 2 == 1)


def test_folios_count_the_pages_at_the_outer_edge(made: Made) -> None:
    bare = set()
    labels = labels_of(made)
    for number, page in enumerate(made.pages, start=1):
        folios = [word for word in page if word.y > 540]
        if not folios:
            bare.add(number)
            continue
        assert [word.text for word in folios] == [labels[number - 1]]
        assert (folios[0].x > 300) == (number % 2 == 1)
    blank = {number for number, page in enumerate(made.pages, start=1) if not page}
    openers = {pages_of(made)[f"chapter-{number}"] for number in (1, 2, 3)}
    assert bare == {1, len(made.pages)} | blank | openers


def test_the_front_matter_has_numbers_of_its_own_and_the_text_begins_with_1(made: Made) -> None:
    front = pages_of(made)["chapter-1"] - 1
    assert labels_of(made)[: front + 2] == [*["i", "ii", "iii", "iv", "v", "vi"][:front], "1", "2"]


def test_lines_stand_on_one_grid_inside_one_measure(made: Made) -> None:
    """27 lines of 29 characters: 10.5 pt apart across, 17.5 pt down, on every page of text."""
    where = pages_of(made)
    openers = {where[f"chapter-{number}"] for number in (1, 2, 3)}
    for number in range(where["article-1"], len(made.pages)):
        if number in openers:
            continue
        body = [word for word in made.body[number - 1] if word.right - word.x > 200]  # full lines of text
        left = 60 if number % 2 else 54.9
        assert all(left - 1 <= word.x and word.right <= left + 29 * 10.5 + 1 for word in body)
        offsets = {round((word.y - body[0].y) / LINE, 2) % 1 for word in body}
        assert all(min(offset, 1 - offset) < 0.12 for offset in offsets), (number, offsets)


def test_no_page_starts_with_a_last_line_or_ends_with_a_first_one_or_a_head(made: Made, long_edition: Edition) -> None:
    heads = {word for article in long_edition.articles for word in article.title.split()} | {"小标题"}
    where = pages_of(made)
    text = made.body[where["article-1"] - 1 : index_page(made) - 1]
    pages = [page for page in text if len(page) > 3]
    assert len(pages) > 10
    for page in pages:
        left = min(line.x for line in page)
        starts = [line.x - left > 15 for line in page]
        assert starts[0] or not starts[1] or page[1].text in heads, page[:2]
        assert not starts[-1] or "来源" in page[-1].text, page[-1]
        assert page[-1].text not in heads


def test_paragraphs_are_indented_by_two_characters_without_space_between(
    small: Edition, classic: Style, tmp_path: Path
) -> None:
    blocks = (Block("paragraph", "甲" * 29), Block("paragraph", "乙" * 29))
    edition = replace(small, chapters=(Chapter(Theme("章"), (replace(next(small.articles), blocks=blocks),)),))
    page = make(edition, classic, tmp_path / "a.pdf").body[5]
    lines = [word for word in page if set(word.text) <= {"甲", "乙"}]
    assert [(line.text[0], len(line.text)) for line in lines] == [("甲", 27), ("甲", 2), ("乙", 27), ("乙", 2)]
    assert round((lines[0].x - lines[1].x) / 10.5, 1) == 2.0
    assert {round((b.y - a.y) / LINE, 1) for a, b in pairwise(lines)} == {1.0}


def fonts(path: Path) -> dict[str, bool]:
    """Each font of a PDF, and whether it is embedded."""
    found = {}
    with pikepdf.open(path) as document:
        for page in document.pages:
            resources: Any = page.obj.Resources
            for font in resources.get("/Font", {}).values():
                descriptor = font.DescendantFonts[0].FontDescriptor
                found[str(font.BaseFont)[8:]] = "/FontFile3" in descriptor
    return found


def test_text_and_heads_are_our_two_faces_embedded(rich_made: Made) -> None:
    assert fonts(rich_made.path) == {"Noto-Serif-SC": True, "Noto-Sans-SC": True}


def test_a_font_of_the_machine_never_enters(small: Edition, tmp_path: Path) -> None:
    """Even a style that asks for one by name, or for `monospace`, is set in its own."""
    folder = tmp_path / "styles" / "mine"
    folder.mkdir(parents=True)
    (folder / "style.toml").write_text('description = "mine"\nextends = "classic"')
    (folder / "print.css").write_text("p { font-family: 'DejaVu Sans', monospace } h2 { font-family: sans-serif }")
    path = tmp_path / "a.pdf"
    pdf.write(small, style.find("mine", tmp_path), path)
    assert set(fonts(path)) <= {"Noto-Serif-SC", "Noto-Sans-SC"}


def test_fontconfig_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch, classic: Style, tmp_path: Path) -> None:
    import os

    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/mine.conf")
    with only_fonts(classic.fonts, str(tmp_path)):
        assert os.environ["FONTCONFIG_FILE"] != "/etc/mine.conf"
    assert os.environ["FONTCONFIG_FILE"] == "/etc/mine.conf"


def test_metadata_comes_from_the_edition_alone(made: Made, small: Edition, classic: Style, tmp_path: Path) -> None:
    with pikepdf.open(made.path) as document:
        info = {str(key): str(value) for key, value in document.docinfo.items()}
        assert (info["/Title"], info["/Author"], info["/Creator"]) == ("春节文摘", "日报社", "digest 0.1.0")
        assert info["/CreationDate"].startswith("D:20230128")
        assert str(document.Root.Lang) == "zh-CN"
    undated = make(replace(small, date=None), classic, tmp_path / "a.pdf")
    with pikepdf.open(undated.path) as document:
        assert not {"/CreationDate", "/ModDate"} & set(document.docinfo.keys())


@pytest.mark.parametrize("year", [1, 476, 9999])
def test_every_year_is_written_with_four_digits(small: Edition, classic: Style, tmp_path: Path, year: int) -> None:
    path = tmp_path / "a.pdf"
    pdf.write(replace(small, date=date(year, 2, 3)), classic, path)
    with pikepdf.open(path) as document:
        assert str(document.docinfo["/CreationDate"]).startswith(f"D:{year:04}0203")
    assert check(path) == ()


def test_a_character_without_a_font_is_a_doubt_that_names_its_article(rich_made: Made, small: Edition) -> None:
    missing = [doubt for doubt in rich_made.doubts if doubt.code == "missing-glyph"]
    assert [doubt.line for doubt in missing] == [7]
    assert "文件 <1>&.txt:7: no font of the style has" in missing[0].message
    assert "ב (U+05D1)" in missing[0].message
    assert "颺" not in missing[0].message


def set_alone(small: Edition, look: Style, path: Path, *blocks: Block, **changes: Any) -> Made:
    """Set one article of these blocks; its text begins on page 6."""
    one = replace(next(small.articles), blocks=blocks)
    return make(replace(small, chapters=(Chapter(Theme("章"), (one,)),), **changes), look, path)


def test_captions_without_a_picture_stand_labelled_behind_the_text(
    small: Edition, classic: Style, tmp_path: Path
) -> None:
    blocks = (Block("caption", "甲图"), Block("caption", "乙图"), Block("paragraph", "正文。"))
    page = set_alone(small, classic, tmp_path / "a.pdf", *blocks).body[5]
    texts = [word.text for word in page]
    assert texts[texts.index("正文。") :][:4] == ["正文。", "图片说明", "甲图", "乙图"]


def test_a_thematic_break_stands_in_the_middle(small: Edition, classic: Style, tmp_path: Path) -> None:
    blocks = (Block("paragraph", "甲" * 27), Block("paragraph", "* * *"), Block("paragraph", "乙"))
    page = set_alone(small, classic, tmp_path / "a.pdf", *blocks).body[5]
    stars = [word for word in page if "*" in word.text]
    assert abs((stars[0].x + stars[-1].right) / 2 - (54.9 + 29 * 10.5 / 2)) < 2


def test_the_text_of_a_loose_list_begins_at_its_bullet(small: Edition, classic: Style, tmp_path: Path) -> None:
    tight = Block("list", "甲", "<ul><li>甲</li></ul>")
    loose = Block("list", "乙", "<ul><li><p>乙</p></li></ul>")
    page = set_alone(small, classic, tmp_path / "a.pdf", tight, loose).body[5]
    first, second = (word for word in page if word.text in ("甲", "乙"))
    assert abs(first.x - second.x) < 2


@pytest.mark.parametrize("html", [f"<pre><code>{QUOTED}</code></pre>", f"<blockquote><p>{QUOTED}</p></blockquote>"])
def test_code_and_quotations_stand_apart_and_the_text_behind_them_on_the_grid(
    small: Edition, classic: Style, tmp_path: Path, html: str
) -> None:
    blocks = (Block("paragraph", "甲" * 29), Block("quote", QUOTED, html), Block("paragraph", "丙" * 29))
    page = set_alone(small, classic, tmp_path / "a.pdf", *blocks).body[5]
    (text, quote, after) = ([word for word in page if word.text[0] == first] for first in "甲乙丙")
    assert quote[0].x - text[-1].x > 20
    assert quote[0].right - quote[0].x < len(QUOTED) * 9.5  # points; the text has 10.5
    lines = (after[0].y - text[0].y) / LINE
    assert abs(lines - round(lines)) < 0.05


def test_spaced_out_letters_are_for_han_alone(small: Edition, classic: Style, tmp_path: Path) -> None:
    made = set_alone(small, classic, tmp_path / "a.pdf", Block("paragraph", "Text."), language="en")
    assert made.body[2][0].text == "Contents"
    assert "Chapter 1" in made.text(5)


def test_no_character_of_a_head_is_left_over_on_a_line(small: Edition, classic: Style, tmp_path: Path) -> None:
    for length in range(20, 26):
        one = replace(next(small.articles), title="市" * length)
        edition = replace(small, chapters=(Chapter(Theme("章"), (one,)),))
        made = make(edition, classic, tmp_path / f"{length}.pdf")
        lines = [word for page in made.pages for word in page if set(word.text) == {"市"}]
        assert min(len(line.text) for line in lines) >= 3


def table(columns: int, cell: str) -> Block:
    row = "".join(f"<td>{cell}</td>" for _ in range(columns))
    return Block("table", cell * columns, f"<table><tbody><tr>{row}</tr></tbody></table>")


def test_the_numbers_of_a_wide_table_stay_whole(small: Edition, classic: Style, tmp_path: Path) -> None:
    made = set_alone(small, classic, tmp_path / "a.pdf", table(16, "1008.5"))
    assert made.text(6).count("1008.5") == 16
    assert made.doubts == ()


def test_a_table_that_cannot_fit_is_a_doubt_and_loses_nothing(small: Edition, classic: Style, tmp_path: Path) -> None:
    made = set_alone(small, classic, tmp_path / "a.pdf", table(16, "100000008.5"))
    assert [(doubt.code, doubt.line) for doubt in made.doubts] == [("table-too-wide", 3)]
    assert all(word.right < 400 for page in made.pages for word in page)
    with pikepdf.open(made.path) as document:
        assert document.check_pdf_syntax() == []


def test_every_block_is_on_the_page(rich_made: Made) -> None:
    text = "".join(rich_made.text(number) for number in range(6, len(rich_made.pages) + 1)).replace(" ", "")
    for words in (
        "要闻",
        "海南区西街道",
        "本报记者段维娜",
        "李颺",
        "一、建强组织",
        "行胜于言",
        "第二项",
        "<供暖>",
        "图片：社区工作人员",
    ):
        assert words in text


def styled(tmp_path: Path, small: Edition, **files: str) -> Path:
    folder = tmp_path / "styles" / "mine"
    (folder / "templates").mkdir(parents=True)
    (folder / "style.toml").write_text('description = "mine"\nextends = "classic"')
    for name, text in files.items():
        (folder / name.replace("__", "/").replace("_", ".")).write_text(text)
    pdf.write(small, style.find("mine", tmp_path), tmp_path / "a.pdf")
    return tmp_path / "a.pdf"


@pytest.mark.parametrize("css", ["\np { colour: red }", "\np { text-indent: 2 em }", "\n@page { margin: nonsense }"])
def test_css_that_weasyprint_does_not_know_is_an_error_with_its_line(tmp_path: Path, small: Edition, css: str) -> None:
    with pytest.raises(BrokenStyleError, match=r"mine/print\.css:2: "):
        styled(tmp_path, small, print_css=css)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "https://example.org/a.png", "../secret.png", "nosuch.png", "//host/a.png"]
)
def test_a_file_from_outside_of_the_style_is_refused(tmp_path: Path, small: Edition, url: str) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "secret.png").write_bytes(b"secret")
    with pytest.raises(BrokenStyleError, match=r"is not of this style|is no file"):
        styled(tmp_path, small, print_css=f"body {{ background: url({url}) }}")


def test_a_picture_of_the_style_is_set(tmp_path: Path, small: Edition) -> None:
    from PIL import Image

    folder = tmp_path / "styles" / "mine"
    folder.mkdir(parents=True)
    Image.new("RGB", (8, 8), "red").save(folder / "mark.png")
    (folder / "style.toml").write_text('description = "mine"\nextends = "classic"')
    (folder / "print.css").write_text(".title-page { background: url(mark.png) no-repeat }")
    pdf.write(small, style.find("mine", tmp_path), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as document:
        assert any(
            str(each.get("/Subtype")) == "/Image" for each in document.objects if isinstance(each, pikepdf.Stream)
        )


def test_nothing_that_weasyprint_logs_reaches_the_terminal(made: Made) -> None:
    assert logging.getLogger("weasyprint").propagate
    assert len(logging.getLogger("weasyprint").handlers) == 1  # its own


def test_a_missing_pango_is_told_with_the_command_that_mends_it(
    small: Edition, classic: Style, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoPango:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(compositors, "_CASE", compositors._Case())  # no setter is there yet
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    with pytest.raises(LibraryMissingError, match=r"libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"):
        pdf.write(small, classic, tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


def test_gongwen_is_a4_with_22_lines_of_28_characters(small: Edition, tmp_path: Path) -> None:
    blocks = (Block("paragraph", "甲" * 28 * 60),)
    edition = replace(small, chapters=(Chapter(Theme("章"), (replace(next(small.articles), blocks=blocks),)),))
    made = make(edition, style.find("gongwen", tmp_path), tmp_path / "a.pdf")
    with pikepdf.open(made.path) as document:
        assert [round(float(side) / 72 * 25.4) for side in document.pages[0].mediabox[2:]] == [210, 297]
    full = made.pages[6]
    lines = [word for word in full if set(word.text) == {"甲"}]
    assert (len(lines), {len(line.text) for line in lines}) == (22, {28})
    assert [word.text for word in full if "—" in word.text] == ["— 3 —"]
    left, right = min(line.x for line in lines), max(line.right for line in lines)
    assert 0 <= left / 72 * 25.4 - 28 < 1  # the white of the character itself
    assert (right - left) / 72 * 25.4 <= 156


def test_qpdf_finds_nothing_wrong(made: Made) -> None:
    with pikepdf.open(made.path) as document:
        assert document.check_pdf_syntax() == []
    assert check(made.path) == ()


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=30), min_size=6, max_size=6))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_words_they_are_set(small: Edition, classic: Style, tmp_path: Path, words: list[str]) -> None:
    """Any text in any place: no complaint of WeasyPrint but about glyphs, and the outline is still the contents."""
    title, theme, head, kicker, source, text = words
    first = next(small.articles)
    blocks = (
        Block("caption", text),
        Block("paragraph", text),
        Block("table", text),
        Block("list", text),
        Block("subhead", text),
    )
    article = replace(first, title=head, kicker=kicker, blocks=blocks, origin=replace(first.origin, source=source))
    edition = replace(small, title=title, chapters=(Chapter(Theme(theme), (article,)),))
    doubts = pdf.write(edition, classic, tmp_path / "a.pdf")
    assert {doubt.code for doubt in doubts} <= {"missing-glyph", "forbidden-character", "zero-width"}
    assert [len(entries) for _, entries in outline(tmp_path / "a.pdf")] == [1]
