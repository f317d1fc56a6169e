"""Pictures of articles, as an EPUB and a PDF set them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image

from digest import ebook, style
from digest.checks import check
from digest.errors import BrokenStyleError, PictureError
from digest.model import Block, Chapter, Doubt, Edition, Parts, Picture, Theme
from digest.style import Style
from digest.writers import epub, json, pdf

HTML, OPF = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/opf}"
LINE = 17.5  # points


def image(path: Path, alt: str = "议事的桌子", size: tuple[int, int] = (900, 600)) -> Block:
    Image.new("RGB", size, "red").save(path)
    return Block("image", alt, picture=Picture(path, path.name, "article.md:6"))


def showing(small: Edition, *blocks: Block) -> Edition:
    first = replace(next(small.articles), blocks=blocks)
    return replace(small, chapters=(Chapter(Theme("章"), (first,)),))


def made(edition: Edition, look: Style, path: Path) -> tuple[dict[str, bytes], tuple[Doubt, ...]]:
    doubts = epub.write(edition, look, path)
    with ZipFile(path) as archive:
        return {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}, doubts


def metadata(files: dict[str, bytes], name: str) -> list[str | None]:
    package = ElementTree.fromstring(files["content.opf"])
    return [meta.text for meta in package.iter(f"{OPF}meta") if meta.get("property") == f"schema:{name}"]


# The EPUB


def test_a_picture_is_a_figure_with_its_words_and_its_caption(small: Edition, classic: Style, tmp_path: Path) -> None:
    caption = Block("caption", "图为现场。", "图为<em>现场</em>。")
    files, doubts = made(showing(small, image(tmp_path / "图 1.png"), caption), classic, tmp_path / "a.epub")
    figure = ElementTree.fromstring(files["article-1.xhtml"]).find(f".//{HTML}figure")
    assert figure is not None
    (picture,) = figure.iter(f"{HTML}img")
    assert (picture.get("src"), picture.get("alt"), picture.get("style")) == ("pictures/p-1.png", "议事的桌子", None)
    assert "".join(figure.itertext()).strip() == "图为现场。"
    assert files["pictures/p-1.png"][1:4] == b"PNG"
    assert doubts == ()
    assert check(tmp_path / "a.epub") == ()


def test_one_picture_shown_twice_is_stored_once(small: Edition, classic: Style, tmp_path: Path) -> None:
    one, other = image(tmp_path / "a.png"), image(tmp_path / "b.bmp", "又一张")
    files, _ = made(showing(small, one, one, other), classic, tmp_path / "a.epub")
    assert [name for name in files if name.startswith("pictures/")] == ["pictures/p-1.png"]
    assert files["article-1.xhtml"].count(b'src="pictures/p-1.png"') == 3


def test_a_caption_goes_with_its_picture_when_a_page_is_full(small: Edition, classic: Style, tmp_path: Path) -> None:
    text = Block("paragraph", "长" * ((ebook.PAGE_LIMIT - 64 - 128) // 3))
    blocks = (text, image(tmp_path / "a.png", ""), Block("caption", "图为现场。"), Block("paragraph", "下文。"))
    files, _ = made(showing(small, *blocks), classic, tmp_path / "a.epub")
    assert b"<figcaption" in files["article-1.xhtml"]
    assert "下文。".encode() in files["article-1-2.xhtml"]
    assert "图片说明".encode() not in files["article-1-2.xhtml"]


@pytest.mark.parametrize(
    ("alts", "cover", "modes", "described", "sufficient"),
    [
        ((), True, ["textual", "visual"], True, "textual"),
        ((), False, ["textual"], False, "textual"),
        (("甲", "乙"), False, ["textual", "visual"], True, "textual"),
        (("甲", ""), True, ["textual", "visual"], False, "textual,visual"),
    ],
)
def test_what_a_book_claims_of_its_images_is_true_of_it(
    small: Edition,
    classic: Style,
    tmp_path: Path,
    alts: tuple[str, ...],
    cover: bool,
    modes: list[str],
    described: bool,
    sufficient: str,
) -> None:
    blocks = (Block("paragraph", "正文。"), *(image(tmp_path / f"a{alt}.png", alt) for alt in alts))
    edition = replace(showing(small, *blocks), parts=Parts(cover=cover))
    files, _ = made(edition, classic, tmp_path / "a.epub")
    assert sorted(filter(None, metadata(files, "accessMode"))) == modes
    assert ("alternativeText" in metadata(files, "accessibilityFeature")) is described
    assert metadata(files, "accessModeSufficient") == [sufficient]
    (summary,) = metadata(files, "accessibilitySummary")
    assert summary is not None
    assert ("均附有替代文字" in summary, "1 幅图片没有替代文字" in summary) == (described, "" in alts)
    assert check(tmp_path / "a.epub") == ()


# The PDF


def widths(path: Path) -> list[int]:
    """The pixels that each picture stored in a PDF is wide."""
    with pikepdf.open(path) as document:
        streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        return [int(each["/Width"]) for each in streams if str(each.get("/Subtype")) == "/Image"]


def bounds(path: Path) -> list[tuple[int, float, float, float, float]]:
    """Each picture's page (from 1), left, bottom, right and top in points."""
    import pypdfium2  # type: ignore[import-untyped]

    with pypdfium2.PdfDocument(path) as document:
        return [
            (number, *found.get_bounds())
            for number, page in enumerate(document, start=1)
            for found in page.get_objects()
            if found.type == 3  # FPDF_PAGEOBJ_IMAGE
        ]


def lines_of(path: Path, character: str) -> list[tuple[int, float, float]]:
    """Page, left and bottom (points) of each line that begins with a character."""
    import pypdfium2

    found: list[tuple[int, float, float]] = []
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                if text.get_text_bounded(left, bottom, right, top).strip().startswith(character):
                    found.append((number, left, bottom))
    return found


@pytest.mark.parametrize(
    ("size", "width"), [((3000, 2000), 29 * 10.5), ((900, 601), 29 * 10.5), ((200, 111), 150), ((3000, 37), 29 * 10.5)]
)
def test_a_picture_is_as_wide_as_the_measure_at_most_and_text_below_it_is_on_the_grid(
    small: Edition, classic: Style, tmp_path: Path, size: tuple[int, int], width: float
) -> None:
    blocks = (
        Block("paragraph", "甲" * 20),
        image(tmp_path / "a.png", size=size),
        Block("caption", "丙" * 9),
        Block("paragraph", "乙" * 20),
    )
    pdf.write(showing(small, *blocks), classic, tmp_path / "a.pdf")
    ((page, left, bottom, right, top),) = bounds(tmp_path / "a.pdf")
    assert abs(right - left - width) < 0.5
    assert abs((top - bottom) / (right - left) - size[1] / size[0]) < 0.01
    ((_, _, above),), ((_, _, caption),), ((text_page, _, below),) = (
        lines_of(tmp_path / "a.pdf", each) for each in "甲丙乙"
    )
    assert page == text_page
    assert above > top > bottom > caption > below
    lines = (above - below) / LINE
    assert abs(lines - round(lines)) < 0.05


@pytest.mark.parametrize("name", ["classic", "gongwen"])
def test_a_high_picture_stays_on_its_page_with_its_caption(small: Edition, tmp_path: Path, name: str) -> None:
    look = style.find(name, tmp_path)
    blocks = (Block("paragraph", "甲" * 400), image(tmp_path / "a.png", size=(1000, 4000)), Block("caption", "丙" * 9))
    pdf.write(showing(small, *blocks), look, tmp_path / "a.pdf")
    ((page, _, bottom, _, top),) = bounds(tmp_path / "a.pdf")
    assert 0 < bottom < top < look.paper[1] / 25.4 * 72
    assert [number for number, _, _ in lines_of(tmp_path / "a.pdf", "丙")] == [page]


def test_in_print_every_picture_has_words(small: Edition, classic: Style, tmp_path: Path) -> None:
    blocks = (image(tmp_path / "a.png"), image(tmp_path / "b.png", "", (90, 60)))
    assert pdf.write(showing(small, *blocks), classic, tmp_path / "a.pdf") == ()
    with pikepdf.open(tmp_path / "a.pdf") as document:
        dictionaries = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        alternatives = [str(each["/Alt"]) for each in dictionaries if each.get("/S") == "/Figure"]
    assert alternatives == ["议事的桌子", "图片"]
    assert check(tmp_path / "a.pdf") == ()


def test_in_print_a_picture_has_300_dots_an_inch_and_is_stored_once(
    small: Edition, classic: Style, tmp_path: Path
) -> None:
    one = image(tmp_path / "a.png", size=(4000, 3000))
    pdf.write(showing(small, one, one), classic, tmp_path / "a.pdf")
    (width,) = widths(tmp_path / "a.pdf")
    assert width >= 29 * 10.5 / 72 * 300


@pytest.mark.parametrize("url", ["plate:p-2.png", "plate:/etc/passwd", "plate:../a.png"])
def test_a_style_reaches_no_file_by_the_scheme_of_plates(small: Edition, tmp_path: Path, url: str) -> None:
    folder = tmp_path / "styles" / "mine"
    folder.mkdir(parents=True)
    (folder / "style.toml").write_text('description = "mine"\nextends = "classic"')
    (folder / "print.css").write_text(f".title-page {{ background: url({url}) }}")
    with pytest.raises(BrokenStyleError, match="is not of this style"):
        pdf.write(showing(small, image(tmp_path / "a.png")), style.find("mine", tmp_path), tmp_path / "a.pdf")


# All


@pytest.mark.parametrize("writer", [epub, pdf])
def test_a_picture_that_is_damaged_inside_is_an_error_with_its_line(
    small: Edition, classic: Style, tmp_path: Path, writer: object
) -> None:
    block = image(tmp_path / "a.png")
    data = (tmp_path / "a.png").read_bytes()
    (tmp_path / "a.png").write_bytes(data[: len(data) // 2])
    with pytest.raises(PictureError, match=r"article\.md:6: the picture a\.png is damaged"):
        writer.write(showing(small, block), classic, tmp_path / "a.book")  # type: ignore[attr-defined]


def test_as_json_a_picture_is_its_kind_and_its_words(small: Edition, tmp_path: Path) -> None:
    data = json.edition_data(showing(small, image(tmp_path / "a.png")))
    assert data["chapters"][0]["articles"][0]["blocks"] == [{"type": "image", "text": "议事的桌子"}]
