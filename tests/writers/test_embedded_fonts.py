"""An EPUB with the style's fonts: what is cut down, what it is called, who is told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from digest import embedded, style, subset
from digest.errors import BrokenStyleError
from digest.model import Block, Edition
from digest.style import Style
from digest.writers import epub

Made = dict[str, bytes]
APPLE_OPTIONS = "META-INF/com.apple.ibooks.display-options.xml"


def make(edition: Edition, look: Style, folder: Path) -> Made:
    epub.write(edition, look, folder / "a.epub")
    with ZipFile(folder / "a.epub") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def with_fonts(classic: Style) -> Style:
    return replace(classic, embed_fonts=True)


@pytest.fixture(scope="module")
def made(small: Edition, with_fonts: Style, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(small, with_fonts, tmp_path_factory.mktemp("fonts"))


@pytest.fixture
def own_style(tmp_path: Path) -> Callable[..., Style]:
    """A style of the project that embeds fonts; `files` are put into its folder."""

    def own_style(sheet: str, **files: str) -> Style:
        folder = tmp_path / "styles" / "mine"
        (folder / "templates").mkdir(parents=True)
        (folder / "style.toml").write_text(f'description = "mine"\nextends = "classic"\nembed_fonts = true\n{sheet}')
        for name, text in files.items():
            (folder / name.replace("__", "/").replace("_", ".")).write_text(text)
        return style.find("mine", tmp_path)

    return own_style


def test_without_a_word_the_reader_chooses_the_face(small: Edition, classic: Style, tmp_path: Path) -> None:
    made = make(small, classic, tmp_path)
    assert [name for name in made if "font" in name or name == APPLE_OPTIONS] == []
    assert not any(b"font-family" in data for name, data in made.items() if name.endswith((".css", ".xhtml")))


def test_there_is_one_font_a_face_and_a_sheet_that_every_page_links(made: Made) -> None:
    assert [name for name in made if "fonts/" in name] == [
        *("EPUB/fonts/text.otf", "EPUB/fonts/head.otf", "EPUB/fonts/faces.css")
    ]
    pages = [data for name, data in made.items() if name.endswith(".xhtml")]
    assert all(b'href="fonts/faces.css"' in page for page in pages)


def test_fonts_and_sheet_are_in_the_manifest(made: Made) -> None:
    items = ElementTree.fromstring(made["EPUB/content.opf"]).iterfind("{*}manifest/{*}item")
    listed = {item.get("href"): item.get("media-type") for item in items}
    assert listed["fonts/text.otf"] == listed["fonts/head.otf"] == "font/otf"
    assert listed["fonts/faces.css"] == "text/css"


def test_each_face_holds_what_is_set_in_it(made: Made) -> None:
    text, head = (subset.characters(made[f"EPUB/fonts/{role}.otf"]) for role in ("text", "head"))
    assert set("除夕夜，消防救援大队") <= text  # of the paragraphs
    assert set("聚焦五个着力") <= head  # of an article's head
    assert not set("夕夜") & head


def test_the_marks_that_readers_put_before_items_are_there(made: Made) -> None:
    assert set("0123456789.•") <= subset.characters(made["EPUB/fonts/text.otf"])


def test_apple_is_told_to_show_the_fonts(made: Made) -> None:
    option = ElementTree.fromstring(made[APPLE_OPTIONS]).find(".//option[@name='specified-fonts']")
    assert option is not None
    assert option.text == "true"


def test_heads_are_not_bold_on_top_of_their_own_face(made: Made) -> None:
    assert b"font-weight: normal" in made["EPUB/fonts/faces.css"]


def test_the_same_edition_is_the_same_bytes(small: Edition, with_fonts: Style, made: Made, tmp_path: Path) -> None:
    again = make(small, with_fonts, tmp_path)
    digests = [hashlib.sha256(b"".join(each.values())).hexdigest() for each in (made, again)]
    assert digests[0] == digests[1]


def test_a_character_that_no_face_has_is_a_doubt_with_its_article(
    small: Edition, with_fonts: Style, tmp_path: Path
) -> None:
    first, *others = small.chapters[0].articles
    odd = replace(first, blocks=(Block("paragraph", "笑\U0001f600笑"),))
    edition = replace(small, chapters=(replace(small.chapters[0], articles=(odd, *others)),))
    doubts = epub.write(edition, with_fonts, tmp_path / "a.epub")
    assert [(doubt.code, doubt.line) for doubt in doubts] == [("missing-glyph", 3)]
    assert doubts[0].message == "第一版.txt:3: no font of the style has \U0001f600 (U+1F600)"


def test_two_roles_of_one_font_share_a_file(small: Edition, own_style: Callable[..., Style], tmp_path: Path) -> None:
    look = own_style('[fonts]\ntext = "Noto Serif SC"\ntitle = "Noto Serif SC"\n')
    made = make(small, look, tmp_path)
    assert [name for name in made if name.endswith(".otf")] == ["EPUB/fonts/text.otf", "EPUB/fonts/head.otf"]
    assert b'font-family: "title";\n  src: url("text.otf")' in made["EPUB/fonts/faces.css"]
    assert set("聚焦") <= subset.characters(made["EPUB/fonts/text.otf"])  # heads are set in `title` where there is one


def test_a_role_in_which_nothing_is_set_is_not_embedded(
    small: Edition, own_style: Callable[..., Style], tmp_path: Path
) -> None:
    look = own_style("", templates__faces_css="body { font-family: text }")
    assert [name for name in make(small, look, tmp_path) if name.endswith(".otf")] == ["EPUB/fonts/text.otf"]


def test_a_style_s_own_faces_are_obeyed(small: Edition, own_style: Callable[..., Style], tmp_path: Path) -> None:
    look = own_style("", templates__faces_css="body { font-family: head } h2 { font-family: text }")
    made = make(small, look, tmp_path)
    assert set("消防救援") <= subset.characters(made["EPUB/fonts/head.otf"])
    assert not set("消防救援") & subset.characters(made["EPUB/fonts/text.otf"])


def test_a_file_that_is_no_font_is_told(small: Edition, own_style: Callable[..., Style], tmp_path: Path) -> None:
    look = own_style('[fonts]\nkai = "my.otf"\n', my_otf="noise")
    with pytest.raises(BrokenStyleError, match=r"mine: one of its fonts cannot be read"):
        make(small, look, tmp_path)
    with pytest.raises(BrokenStyleError, match=r"mine/my\.otf: the font of 'kai' is no OTF or TTF"):
        embedded.fit(look, [], [])


def test_a_damaged_font_is_told(with_fonts: Style, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(font: bytes, wanted: set[str]) -> bytes:
        raise RuntimeError("Subsetting failed")

    monkeypatch.setattr(subset, "subset", failing)
    page = b'<html xmlns="http://www.w3.org/1999/xhtml"><body>text</body></html>'
    with pytest.raises(BrokenStyleError, match=r"NotoSerifSC-Regular\.otf: is a damaged font"):
        embedded.fit(with_fonts, [page], [])
