"""Pictures of Markdown articles: which files a book shows, where they stand, and what is told of the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from digest.errors import PictureError
from digest.model import Article, Block
from digest.readers import Source, markdown, walk

Read = Callable[[str], Article]


@pytest.fixture(autouse=True)
def a(here: Path) -> Path:
    """A picture a.png beside the article."""
    path = here / "a.png"
    Image.new("RGB", (4, 3), "red").save(path)
    return path


def told(article: Article) -> list[tuple[str, int]]:
    return [(doubt.code, doubt.line) for doubt in article.doubts]


def shown(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in article.blocks]


# Which files


def test_a_picture_beside_the_article_is_an_image_that_knows_its_file(article: Read, a: Path) -> None:
    found = article("# 题\n\n![社区 *工作*人员](a.png)\n")
    (block,) = found.blocks
    assert (block.kind, block.text, block.html) == ("image", "社区 工作人员", "")
    assert block.picture is not None
    assert (block.picture.path, block.picture.name) == (a.resolve(), "a.png")
    assert block.picture.where.endswith("article.md:3")
    assert found.doubts == ()


@pytest.mark.parametrize("name", ["图 1.png", "a#1?.png", "100%.png"])
def test_a_file_of_any_name_is_found(article: Read, a: Path, name: str) -> None:
    a.rename(a.with_name(name))
    assert shown(article(f"# 题\n\n![图](<{name}>)\n")) == [("image", "图")]


def test_a_picture_above_the_article_is_shown_if_it_is_below_the_folder_that_was_given(here: Path) -> None:
    Path("texts").mkdir()
    Path("texts/one.md").write_text("# 题\n\n![图](../a.png)\n", encoding="utf-8")
    (source,) = walk([here]).sources
    assert shown(markdown.read(source).articles[0]) == [("image", "图")]
    (source,) = walk([here / "texts"]).sources
    assert told(markdown.read(source).articles[0]) == [("image-left-out", 3)]


@pytest.mark.parametrize(
    "target",
    [
        "/etc/a.png",
        "//host/a.png",
        "https://example.org/a.png",
        "../a.png",
        "x/../../a.png",
        "%2e%2e/a.png",
        "%5C%5Chost/a.png",
    ],
)
def test_a_picture_from_elsewhere_stays_words_with_a_doubt(article: Read, target: str) -> None:
    found = article(f"# 题\n\n见![图]({target})。\n")
    assert found.blocks == (Block("paragraph", "见图。"),)
    assert told(found) == [("image-left-out", 3)]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(
    article: Read, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.png"
    Image.new("RGB", (4, 3)).save(secret)
    Path("link.png").symlink_to(secret)
    assert told(article("# 题\n\n![图](link.png)\n")) == [("image-left-out", 3)]


def test_a_drawing_that_can_hold_a_script_stays_words_with_a_doubt(article: Read) -> None:
    Path("a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    found = article("# 题\n\n![图](a.svg)\n")
    assert (shown(found), told(found)) == ([("paragraph", "图")], [("image-left-out", 3)])


def test_the_doubt_about_a_picture_as_long_as_a_book_is_short(article: Read) -> None:
    (doubt,) = article(f"# 题\n\n![图](data:image/png;base64,{'A' * 10_000})\n").doubts
    assert len(doubt.message) < 300


@pytest.mark.parametrize("target", ["b.png", "图/b.png", "%00.png", "x" * 300 + ".png", "."])
def test_a_missing_picture_is_named_with_file_and_line(article: Read, target: str) -> None:
    with pytest.raises(PictureError, match=r"article\.md:5: there is no picture .*; mend its path"):
        article(f"# 题\n\n正文\n二行\n![图]({target})\n")


def test_a_link_to_itself_is_no_picture(article: Read) -> None:
    Path("loop.png").symlink_to("loop.png")
    with pytest.raises(PictureError, match=r"article\.md:3: there is no picture loop\.png"):
        article("# 题\n\n![图](loop.png)\n")


@pytest.mark.parametrize("data", [b"", b"no picture", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", b"<svg/>"])
def test_a_file_that_is_no_picture_is_named_with_file_and_line(article: Read, a: Path, data: bytes) -> None:
    a.write_bytes(data)
    with pytest.raises(PictureError, match=r"article\.md:3: the picture a\.png is none that can be read; save it as"):
        article("# 题\n\n![图](a.png)\n")


def test_a_picture_that_moves_is_told(article: Read) -> None:
    first, *others = (Image.new("RGB", (4, 3), colour) for colour in ("red", "green", "blue"))
    first.save("a.gif", save_all=True, append_images=others)
    assert told(article("# 题\n\n![图](a.gif)\n![图](a.gif)\n")) == [("first-picture-only", 3)]


def test_a_picture_without_words_is_told_and_shown(article: Read) -> None:
    found = article("# 题\n\n![](a.png)\n")
    assert (shown(found), told(found)) == ([("image", "")], [("no-alt", 3)])


# Where they stand


def test_pictures_at_the_ends_of_a_paragraph_stand_before_and_behind_it(article: Read) -> None:
    found = article("# 题\n\n![甲](a.png)\n正文\n二行\n![乙](a.png)\n")
    assert shown(found) == [("image", "甲"), ("paragraph", "正文二行"), ("image", "乙")]
    assert told(found) == []


def test_a_picture_among_words_stands_behind_its_paragraph_with_a_doubt(article: Read) -> None:
    found = article("# 题\n\n上文\n![图](a.png)\n下文\n")
    assert shown(found) == [("paragraph", "上文下文"), ("image", "图")]
    assert told(found) == [("image-moved", 4)]


@pytest.mark.parametrize("text", ["- 甲 ![图](a.png)\n- 乙", "> 甲乙 ![图](a.png)", "|甲|乙|\n|-|-|\n|![图](a.png)||"])
def test_a_picture_in_a_list_a_quotation_or_a_table_stands_behind_it_with_a_doubt(article: Read, text: str) -> None:
    found = article(f"# 题\n\n{text}\n")
    assert [block.kind for block in found.blocks][1:] == ["image"]
    assert "甲" in found.blocks[0].text
    assert "图" not in found.blocks[0].html
    assert [doubt.code for doubt in found.doubts] == ["image-moved"]


def test_a_picture_of_the_head_opens_the_body(article: Read) -> None:
    found = article("# ![徽](a.png) 标题\n\n正文\n")
    assert (found.title, shown(found)) == ("标题", [("image", "徽"), ("paragraph", "正文")])


def test_a_picture_is_no_link_and_the_link_is_told(article: Read) -> None:
    found = article("# 题\n\n[![图](a.png)](https://example.org/)\n")
    assert (shown(found), told(found)) == ([("image", "图")], [("link-left-out", 3)])


def test_emphasis_that_holds_a_picture_alone_leaves_nothing(article: Read) -> None:
    (_, block) = article("# 题\n\n![图](a.png) **![乙](a.png)** 正文\n").blocks[1:]
    assert (block.text, block.html) == ("正文", "")


# Captions


@pytest.mark.parametrize(
    "text",
    ['![图](a.png "图为*现场*。")', "![图](a.png)\n*图为现场。*", "![图](a.png)\n\n_图为现场。_"],
)
def test_a_title_or_emphasis_right_below_is_the_caption(article: Read, text: str) -> None:
    assert [block.kind for block in article(f"# 题\n\n{text}\n\n正文").blocks] == ["image", "caption", "paragraph"]


def test_the_markup_inside_a_caption_stays(article: Read) -> None:
    block = article("# 题\n\n![图](a.png)\n\n*图为**现场**。*\n").blocks[1]
    assert (block.text, block.html) == ("图为现场。", "图为<strong>现场</strong>。")


@pytest.mark.parametrize("text", ["*甲*乙", "*甲*和*乙*", "**甲**", "> *甲*", "甲"])
def test_what_is_more_than_emphasis_is_no_caption(article: Read, text: str) -> None:
    assert [block.kind for block in article(f"# 题\n\n![图](a.png)\n\n{text}\n").blocks][1] != "caption"


def test_a_picture_has_one_caption(article: Read) -> None:
    found = article('# 题\n\n![图](a.png "甲")\n\n*乙*\n')
    assert shown(found) == [("image", "图"), ("caption", "甲"), ("paragraph", "乙")]


def test_emphasis_below_words_is_no_caption(article: Read) -> None:
    assert shown(article("# 题\n\n正文\n\n*乙*\n"))[1] == ("paragraph", "乙")


def test_each_file_is_looked_at_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[object] = []

    def moves(picture: object) -> bool:
        looks.append(picture)
        return False

    monkeypatch.setattr("digest.pictures.moves", moves)
    Path("one.md").write_text("# 题\n\n" + "![图](a.png)\n\n" * 100, encoding="utf-8")
    (found,) = markdown.read(Source(Path("one.md"), "one.md")).articles
    assert (len(found.blocks), len(looks)) == (100, 1)
