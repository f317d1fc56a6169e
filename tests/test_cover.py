from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from digest import cover, style
from digest.cover import COLUMN, LEADING, LONGEST_TITLE, TITLE_HEIGHT, title_lines
from digest.errors import BrokenStyleError, SettingsError
from digest.model import Chapter, Edition, Theme, edition_identifier
from digest.wording import wording

NOWHERE = Path("/nonexistent")
JPEG_NOISE = 24  # how far the shades of one flat colour may lie apart


def edition(title: str, *themes: str) -> Edition:
    chapters = tuple(Chapter(Theme(theme), ()) for theme in themes)
    return Edition(title, "zh-CN", edition_identifier(title, None, ()), chapters)


def drawn(title: str, *themes: str) -> tuple[Image.Image, list[str]]:
    picture, doubts = cover.draw(edition(title, *themes), style.find("classic", NOWHERE), wording("zh-CN"))
    return Image.open(io.BytesIO(picture)), [doubt.message for doubt in doubts]


def square(line: str, size: int) -> float:
    """Measure as if every character were as wide as it is high."""
    return len(line) * size


@pytest.mark.parametrize(
    "title",
    ["报", "春节文摘", "聚焦五个着力助推党建和业务工作深度融合，市委组织部推动机关党建高质量发展纪实录", "长" * 200],
)
def test_a_title_of_any_length_stays_inside_its_margins(title: str) -> None:
    picture, doubts = drawn(title, "党的建设" * 20, "社区")
    assert (picture.size, picture.format, picture.mode) == ((1200, 1600), "JPEG", "RGB")
    for margin in ((1080, 0, 1200, 1600), (80, 0, 160, 1600), (80, 1540, 1200, 1600), (80, 0, 1200, 240)):
        shades = picture.crop(margin).getextrema()
        assert all(high - low < JPEG_NOISE for low, high in shades)  # type: ignore[misc]
    assert not doubts


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=250))
@settings(max_examples=100, deadline=None)
def test_no_line_of_a_title_is_wider_or_all_of_them_higher_than_their_room(title: str) -> None:
    lines, size = title_lines(title, square)
    assert all(square(line, size) <= COLUMN + size for line in lines)  # an ellipsis may follow the last
    assert len(lines) * LEADING * size <= TITLE_HEIGHT


def test_a_short_title_is_large_and_a_long_one_small() -> None:
    assert title_lines("文摘", square)[1] > title_lines("文摘" * 10, square)[1] > title_lines("文摘" * 60, square)[1]


@pytest.mark.parametrize("title", ["长" * 5000, "long words " * 500, "x" * 5000])
def test_a_title_too_long_to_read_on_a_cover_is_cut_with_a_doubt(title: str) -> None:
    measured: list[str] = []

    def measure(line: str, size: int) -> float:
        measured.append(line)
        return square(line, size)

    lines, _ = title_lines(title, measure)
    assert "".join(lines).endswith("…")
    assert max(map(len, measured)) <= LONGEST_TITLE
    assert drawn(title)[1] == ["the cover: the title is too long for it, and ends in an ellipsis"]


def test_lines_are_of_like_length() -> None:
    lines, _ = title_lines("乌海日报文摘合订本", square)
    assert max(map(len, lines)) - min(map(len, lines)) <= 1


def test_a_title_breaks_at_its_own_spaces_first() -> None:
    assert title_lines("守一方平安 护万家灯火", square)[0] == ["守一方平安", "护万家灯火"]


def test_no_line_starts_with_a_mark_or_ends_inside_a_number() -> None:
    lines, _ = title_lines("聚焦“五个着力”，2023年乌海日报", square)
    assert not [line for line in lines if line[0] in "”，年" or line[-1] == "“"]


def test_more_chapters_than_fit_are_told_by_an_ellipsis() -> None:
    many, _ = drawn("文摘", *"甲乙丙丁戊己庚辛")
    few, _ = drawn("文摘", *"甲乙丙丁戊")
    assert many.tobytes() != few.tobytes()


def test_a_character_that_no_face_has_is_a_doubt() -> None:
    assert drawn("李颺")[1] == []
    assert drawn("🎉")[1] == ["the cover: no font of the style has 🎉 (U+1F389)"]


@pytest.mark.parametrize(
    "link", ["/etc/hostname.png", "../../secret.png", "https://example.org/a.png", "file:///etc/a.png"]
)
def test_a_cover_that_names_a_file_is_refused(tmp_path: Path, link: str) -> None:
    folder = tmp_path / "styles" / "mine" / "templates"
    folder.mkdir(parents=True)
    (folder.parent / "style.toml").write_text('description = "mine"')
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="3" height="4"><image href="{link}"/></svg>'
    (folder / "cover.svg").write_text(svg)
    with pytest.raises(BrokenStyleError, match=r"cover\.svg: is no drawing: it names a file"):
        cover.draw(edition("文摘"), style.find("mine", tmp_path), wording("zh-CN"))


def test_a_cover_that_is_no_svg_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "styles" / "mine" / "templates"
    folder.mkdir(parents=True)
    (folder.parent / "style.toml").write_text('description = "mine"')
    (folder / "cover.svg").write_text("no svg")
    with pytest.raises(BrokenStyleError, match=r"cover\.svg: is no drawing"):
        cover.draw(edition("文摘"), style.find("mine", tmp_path), wording("zh-CN"))


def test_the_same_edition_has_the_same_cover() -> None:
    whole = replace(edition("文摘", "甲"), subtitle="五个版面", publisher="日报社")
    found = style.find("classic", NOWHERE)
    assert cover.draw(whole, found, wording("zh-CN")) == cover.draw(whole, found, wording("zh-CN"))


def own_picture(mode: str, size: tuple[int, int]) -> bytes:
    data = io.BytesIO()
    Image.new(mode, size).save(data, "TIFF" if mode == "CMYK" else "PNG")
    return data.getvalue()


@pytest.mark.parametrize(
    ("mode", "size", "fitted"),
    [("RGBA", (3000, 4000), (1200, 1600)), ("CMYK", (300, 500), (300, 500)), ("P", (9, 9), (9, 9))],
)
def test_the_editor_s_own_picture_becomes_rgb_and_no_larger_than_a_cover(
    mode: str, size: tuple[int, int], fitted: tuple[int, int]
) -> None:
    own = replace(edition("书"), cover=own_picture(mode, size))
    picture, doubts = cover.draw(own, style.find("classic", NOWHERE), wording("zh-CN"))
    image = Image.open(io.BytesIO(picture))
    assert (image.size, image.format, image.mode, dict(image.getexif()), doubts) == (fitted, "JPEG", "RGB", {}, ())


def test_a_cover_that_is_no_picture_is_refused() -> None:
    with pytest.raises(SettingsError, match="no picture that can be read"):
        cover.draw(replace(edition("书"), cover=b"text"), style.find("classic", NOWHERE), wording("zh-CN"))


def test_the_number_of_the_series_stands_at_the_foot() -> None:
    numbered = replace(edition("书"), series="党建月报", number=128)
    assert cover.draw(numbered, style.find("classic", NOWHERE), wording("zh-CN")) != cover.draw(
        edition("书"), style.find("classic", NOWHERE), wording("zh-CN")
    )
