"""Pictures made ready for a book, each format and mode drawn here."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw, ImageOps

from digest import pictures
from digest.cache import keeping
from digest.crew import at_work
from digest.errors import PictureError
from digest.model import Article, Block, Chapter, Edition, Origin, Picture, Theme, edition_identifier
from digest.pictures import Plate, moves, plates, room_on

ROOM = (1600, 1600)
RED, WHITE = (255, 0, 0), (255, 255, 255)


def picture(path: Path) -> Picture:
    return Picture(path, path.name, f"article.md:{7}")


def edition(*paths: Path) -> Edition:
    blocks = tuple(Block("image", "图", picture=picture(path)) for path in paths)
    article = Article("a", "article", "题", Origin("article.md", 1, 9), blocks)
    return Edition("书", "zh-CN", edition_identifier("书", None, ()), (Chapter(Theme("章"), (article,)),))


def plate(path: Path, room: tuple[int, int] = ROOM) -> Plate:
    return plates(edition(path), room, "")[path]


def decoded(made: Plate) -> Image.Image:
    return Image.open(io.BytesIO(made.data))


def is_like(dot: object, colour: tuple[int, int, int], tolerance: int = 6) -> bool:
    assert isinstance(dot, tuple)
    return all(abs(one - other) <= tolerance for one, other in zip(dot, colour, strict=True))


def photograph(width: int, height: int) -> Image.Image:
    """Noise over a gradient: more colours than a drawing has."""
    grey = Image.linear_gradient("L").resize((width, height))
    noise = [Image.effect_noise((width, height), sigma) for sigma in (30, 40, 50)]
    return Image.blend(Image.merge("RGB", (grey, grey, grey)), Image.merge("RGB", noise), 0.3)


@pytest.mark.parametrize(
    ("mode", "colour", "name"),
    [
        ("RGB", RED, "a.png"),
        ("RGBA", (255, 0, 0, 255), "a.png"),
        ("CMYK", (0, 255, 255, 0), "a.jpg"),
        ("P", RED, "a.gif"),
        ("RGB", RED, "a.webp"),
        ("RGB", RED, "a.tiff"),
        ("CMYK", (0, 255, 255, 0), "a.tiff"),
        ("RGB", RED, "a.bmp"),
    ],
)
def test_whatever_the_format_and_the_mode_the_plate_is_rgb(
    tmp_path: Path, mode: str, colour: tuple[int, ...], name: str
) -> None:
    made = Image.new("RGB", (40, 30), RED).quantize() if mode == "P" else Image.new(mode, (40, 30), colour)
    made.save(tmp_path / name)
    set_ = decoded(plate(tmp_path / name))
    assert (set_.mode, set_.size) == ("RGB", (40, 30))
    assert is_like(set_.getpixel((20, 15)), RED)


@pytest.mark.parametrize("name", ["a.png", "a.tiff"])
def test_sixteen_bits_of_grey_keep_their_shades(tmp_path: Path, name: str) -> None:
    Image.new("I;16", (8, 8), 128 * 256).save(tmp_path / name)
    assert is_like(decoded(plate(tmp_path / name)).getpixel((4, 4)), (128, 128, 128))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_clear_is_white(tmp_path: Path, mode: str) -> None:
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    clear.convert(mode).save(tmp_path / "a.png", transparency=0 if mode == "P" else None)
    assert decoded(plate(tmp_path / "a.png")).getpixel((4, 4)) == WHITE


def test_a_picture_stands_as_its_camera_was_held(tmp_path: Path) -> None:
    lying = Image.new("RGB", (60, 30), RED)
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    lying.save(tmp_path / "a.jpg", exif=exif)
    made = plate(tmp_path / "a.jpg")
    assert (made.width, made.height) == decoded(made).size == (30, 60)


def test_nothing_tells_of_the_camera_the_place_or_the_program(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET"
    photograph(400, 300).save(tmp_path / "a.jpg", exif=exif, comment="SECRET", xmp=b"SECRET", dpi=(72, 72))
    made = plate(tmp_path / "a.jpg")
    assert made.media_type == "image/jpeg"
    assert b"SECRET" not in made.data
    assert not {"exif", "comment", "xmp", "icc_profile", "dpi"} & decoded(made).info.keys()


def test_colours_are_converted_by_the_picture_s_own_profile(tmp_path: Path) -> None:
    screens = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = screens.replace(b"rXYZ", b"tmp ").replace(b"bXYZ", b"rXYZ").replace(b"tmp ", b"bXYZ")
    Image.new("RGB", (8, 8), RED).save(tmp_path / "a.png", icc_profile=swapped)
    assert is_like(decoded(plate(tmp_path / "a.png")).getpixel((4, 4)), (0, 0, 255))


@pytest.mark.parametrize("profile", [b"no profile", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()])
def test_a_profile_that_says_nothing_of_the_picture_is_passed_over(tmp_path: Path, profile: bytes) -> None:
    Image.new("RGB", (8, 8), RED).save(tmp_path / "a.png", icc_profile=profile)
    assert decoded(plate(tmp_path / "a.png")).getpixel((4, 4)) == RED


@pytest.mark.parametrize(("size", "room", "expected"), [
    ((3200, 2000), (1600, 1600), (1600, 1000)),
    ((2000, 3200), (1600, 1600), (1000, 1600)),
    ((3000, 2000), (1500, 3000), (1500, 1000)),
    ((40, 30), (1600, 1600), (40, 30)),
    ((5000, 1), (1600, 1600), (1600, 1)),
])  # fmt: skip
def test_a_plate_is_no_larger_than_its_room_and_never_enlarged(
    tmp_path: Path, size: tuple[int, int], room: tuple[int, int], expected: tuple[int, int]
) -> None:
    Image.new("RGB", size, RED).save(tmp_path / "a.png")
    made = plate(tmp_path / "a.png", room)
    assert (made.width, made.height) == expected


def test_a_drawing_is_a_png_and_a_photograph_a_jpeg(tmp_path: Path) -> None:
    drawing = Image.new("RGB", (800, 600), "white")
    ImageDraw.Draw(drawing).line((0, 0, 800, 600), fill="black", width=5)
    drawing.save(tmp_path / "drawing.jpg", quality=95)
    drawing.save(tmp_path / "drawing.png")
    photograph(800, 600).save(tmp_path / "photograph.png")
    kinds = [plate(tmp_path / name).media_type for name in ("drawing.png", "photograph.png")]
    assert kinds == ["image/png", "image/jpeg"]


def test_pictures_that_come_out_alike_are_one_plate(tmp_path: Path) -> None:
    red = Image.new("RGB", (40, 30), RED)
    for name in ("a.png", "b.bmp"):
        red.save(tmp_path / name)
    Image.new("RGB", (40, 30), "blue").save(tmp_path / "c.png")
    made = plates(edition(*(tmp_path / name for name in ("a.png", "b.bmp", "a.png", "c.png"))), ROOM, "pictures/")
    assert [each.src for each in made.values()] == ["pictures/p-1.png", "pictures/p-1.png", "pictures/p-2.png"]


def test_the_same_picture_has_the_same_bytes_on_every_run(tmp_path: Path) -> None:
    photograph(700, 500).save(tmp_path / "a.jpg")
    assert plate(tmp_path / "a.jpg") == plate(tmp_path / "a.jpg")


def test_of_a_picture_that_moves_the_first_is_set(tmp_path: Path) -> None:
    first, *others = (Image.new("RGB", (8, 6), colour) for colour in (RED, "green", "blue"))
    first.save(tmp_path / "a.gif", save_all=True, append_images=others)
    assert moves(picture(tmp_path / "a.gif"))
    assert decoded(plate(tmp_path / "a.gif")).getpixel((4, 3)) == RED


# What cannot be set


def png(width: int, height: int) -> bytes:
    """The head of a PNG of any size, and the beginning of its dots."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + b"\0\0\0\0IDAT"


@pytest.mark.parametrize("side", [6_401, 20_000, 2**31 - 1])
def test_a_picture_that_unpacks_to_too_much_is_refused_unopened(tmp_path: Path, side: int) -> None:
    (tmp_path / "a.png").write_bytes(png(side, 10_000 if side < 2**31 - 1 else side))
    with pytest.raises(PictureError, match=r"^article\.md:7: the picture a\.png has more than 64 million pixels; save"):
        moves(picture(tmp_path / "a.png"))


def test_a_file_of_too_many_bytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LARGEST", 50)
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    with pytest.raises(PictureError, match=r"the picture a\.png has more than 0 MB; save a smaller copy"):
        moves(picture(tmp_path / "a.png"))


def test_a_measurement_is_refused(tmp_path: Path) -> None:
    Image.new("F", (8, 8), 0.5).save(tmp_path / "a.tiff")
    with pytest.raises(PictureError, match=r"has 32 bits a channel; save it as JPEG or PNG"):
        moves(picture(tmp_path / "a.tiff"))


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.gif", "a.webp", "a.tiff", "a.bmp"])
def test_a_damaged_picture_is_one_line_wherever_it_is_cut(tmp_path: Path, name: str) -> None:
    ImageOps.posterize(photograph(60, 40), 3).save(tmp_path / name)
    whole = (tmp_path / name).read_bytes()
    for end in range(8, len(whole) - 2, max(1, len(whole) // 25)):
        (tmp_path / name).write_bytes(whole[:end] + bytes(byte ^ 0x55 for byte in whole[end : end + 40]))
        with suppress(PictureError):
            plate(tmp_path / name)


def test_a_picture_that_has_gone_since_it_was_read_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match=r"^article\.md:7: the picture a\.png cannot be read \(No such"):
        plate(tmp_path / "a.png")


def test_a_sheet_is_filled_at_300_dots_an_inch() -> None:
    assert room_on((148, 210)) == (1748, 2480)


def test_an_edition_without_pictures_has_no_plates() -> None:
    one = replace(edition(), chapters=(Chapter(Theme("章"), ()),))
    assert plates(one, ROOM, "") == {}


def test_pictures_are_the_same_whoever_prepares_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "ENOUGH", 1)
    paths = [tmp_path / f"{number}.png" for number in range(4)]
    for number, path in enumerate(paths):
        photograph(40 + number, 30).save(path)
    alone = plates(edition(*paths), ROOM, "")
    with at_work(2):
        assert plates(edition(*paths), ROOM, "") == alone


def test_a_picture_is_prepared_once_and_again_when_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    photograph(40, 30).save(path)
    asked: list[tuple[int, int]] = []
    fit = pictures.fitted

    def noting(image: Image.Image, room: tuple[int, int]) -> Image.Image:
        asked.append(room)
        return fit(image, room)

    monkeypatch.setattr(pictures, "fitted", noting)
    with keeping(tmp_path / "cache"):
        first = plate(path)
        assert plate(path) == first
        plate(path, (20, 20))
        photograph(50, 30).save(path)
        assert plate(path) != first
    assert asked == [ROOM, (20, 20), ROOM]
