"""The press and its profile: what the standard says, what others make of it, and whose profiles we take."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Sequence
from io import BytesIO
from math import dist
from pathlib import Path
from struct import pack

import pikepdf
import pytest
from PIL import Image, ImageCms

from digest.errors import SettingsError
from digest.printing import coated, offset
from digest.printing.offset import Inks, Lab
from digest.printing.press_profile import OURS, output_intent, profile_of

PROFILE = OURS.read_bytes()
RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC
BLACK_POINTS = ImageCms.Flags.BLACKPOINTCOMPENSATION


def apart(one: Lab, other: Lab) -> float:
    """ΔE*ab: 1 is hardly seen, 5 is what ISO 12647-2 allows a press."""
    return dist(one, other)


def absolute(lab: Lab) -> Lab:
    paper = offset.xyz_of(offset.PAPER)
    return offset.lab_of([share * white for share, white in zip(offset.xyz_of(lab), paper, strict=True)])


def printable(count: int) -> list[Inks]:
    chance = random.Random(1)
    inks = ((chance.random(), chance.random(), chance.random(), chance.random() ** 2) for _ in range(10 * count))
    return [each for each in inks if sum(each) <= offset.MOST_INK][:count]


# The press


@pytest.mark.parametrize(("name", "lab"), offset.SOLIDS.items())
def test_solids_and_their_overprints_have_the_colours_of_the_standard(name: str, lab: Lab) -> None:
    c, m, y, k = (float(ink in name) for ink in "cmyk")
    assert apart(absolute(offset.colour_of((c, m, y, k))), lab) < 1e-6


def test_no_ink_is_the_paper() -> None:
    assert apart(offset.colour_of((0, 0, 0, 0)), (100, 0, 0)) < 1e-9


def test_a_dot_of_half_covers_two_thirds_and_back() -> None:
    assert offset.covered(0.5) == pytest.approx(0.66)
    assert [offset.tone_of(offset.covered(tone / 10)) for tone in range(11)] == pytest.approx(
        [t / 10 for t in range(11)]
    )


def test_all_inks_are_as_dark_as_an_offset_print() -> None:
    lightness, a, b = offset.colour_of((1, 1, 1, 1))
    assert (8 < lightness < 11, abs(a) < 1, abs(b) < 1) == (True, True, True)


def test_inks_that_are_found_for_a_colour_print_it() -> None:
    colours = [offset.colour_of(inks) for inks in printable(300)]
    misses = sorted(apart(lab, offset.colour_of(offset.inks_for(lab)[0])) for lab in colours)
    assert misses[270] < 0.01
    assert misses[-1] < 1.5


@pytest.mark.parametrize("lightness", range(15, 101, 5))
def test_greys_stay_grey(lightness: int) -> None:
    inks, _ = offset.inks_for((lightness, 0, 0))
    assert apart(offset.colour_of(inks), (lightness, 0, 0)) < 0.01


@pytest.mark.parametrize("lightness", range(10, 61, 5))
def test_dark_greys_are_mostly_black_ink(lightness: int) -> None:
    (c, m, y, k), _ = offset.inks_for((lightness, 0, 0))
    assert max(c, m, y) < k


def test_no_colour_takes_more_ink_than_a_sheet_bears() -> None:
    colours = [(l, a, b) for l in (0, 5, 10, 20, 40) for a in (-60, -5, 0, 5, 60) for b in (-60, 0, 10, 60)]  # noqa: E741
    assert max(sum(offset.inks_for(lab)[0]) for lab in colours) <= 3 + 1e-9


# The profile


def test_the_committed_profile_is_what_the_numbers_of_the_press_make() -> None:
    assert coated.made() == PROFILE, "python -m digest.printing.coated makes it anew"


def test_the_profile_says_what_it_is_and_on_what_terms() -> None:
    opened = ImageCms.ImageCmsProfile(BytesIO(PROFILE))
    assert ImageCms.getProfileDescription(opened).strip() == coated.NAME
    assert "CC0" in ImageCms.getProfileCopyright(opened)
    assert (opened.profile.device_class, opened.profile.xcolor_space, opened.profile.version) == ("prtr", "CMYK", 2.4)
    assert len(PROFILE) < 300_000


def converted(picture: Image.Image, there: bool) -> Image.Image:
    """Convert between Lab and the profile's inks with LittleCMS, as it is."""
    press, lab = ImageCms.ImageCmsProfile(BytesIO(PROFILE)), ImageCms.createProfile("LAB")
    if there:
        transform = ImageCms.buildTransform(lab, press, "LAB", "CMYK", RELATIVE)
    else:
        transform = ImageCms.buildTransform(press, lab, "CMYK", "LAB", RELATIVE)
    result = ImageCms.applyTransform(picture, transform)
    assert result is not None
    return result


def row(mode: str, dots: Sequence[Sequence[int]]) -> Image.Image:
    bands = [Image.frombytes("L", (len(dots), 1), bytes(band)) for band in zip(*dots, strict=True)]
    return Image.merge(mode, bands)


def dots_of(picture: Image.Image) -> list[tuple[int, ...]]:
    return list(zip(*(band.tobytes() for band in picture.split()), strict=True))


def test_colours_that_can_be_printed_go_through_the_profile_and_back() -> None:
    labs = [offset.colour_of(inks) for inks in printable(2000)]
    there = [(round(l * 2.55), round(a) + 128, round(b) + 128) for l, a, b in labs]  # noqa: E741
    back = dots_of(converted(converted(row("LAB", there), there=True), there=False))
    misses = sorted(apart((l / 2.55, a, b), (p / 2.55, q, r)) for (l, a, b), (p, q, r) in zip(there, back, strict=True))  # noqa: E741
    assert sum(misses) / len(misses) < 0.5
    assert misses[-1] < 5


def test_the_profile_prints_what_the_press_prints() -> None:
    inks = printable(2000)
    seen = dots_of(converted(row("CMYK", [tuple(round(255 * ink) for ink in each) for each in inks]), there=False))
    got = [(l / 2.55, a - 128, b - 128) for l, a, b in seen]  # noqa: E741
    misses = [apart(offset.colour_of(each), lab) for each, lab in zip(inks, got, strict=True)]
    assert max(misses) < 2


def from_screen(*rgb: int) -> tuple[int, ...]:
    """Separate a colour of a screen; inks in percent."""
    press = ImageCms.ImageCmsProfile(BytesIO(PROFILE))
    transform = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), press, "RGB", "CMYK", RELATIVE, BLACK_POINTS)
    ((c, m, y, k),) = dots_of(
        ImageCms.applyTransform(Image.new("RGB", (1, 1), rgb), transform) or Image.new("L", (1, 1))
    )
    return tuple(round(ink / 2.55) for ink in (c, m, y, k))


def test_white_is_no_ink_and_black_is_all_that_a_sheet_bears() -> None:
    assert from_screen(255, 255, 255) == (0, 0, 0, 0)
    black = from_screen(0, 0, 0)
    assert black[3] >= 95
    assert sum(black) <= 300


@pytest.mark.parametrize(
    ("rgb", "least", "most"),
    [((255, 0, 0), "my", "c"), ((255, 255, 0), "y", "mk"), ((0, 130, 200), "c", "k"), ((230, 0, 126), "m", "ck")],
)
def test_plain_colours_are_made_of_the_inks_that_one_expects(rgb: tuple[int, int, int], least: str, most: str) -> None:
    inks = dict(zip("cmyk", from_screen(*rgb), strict=True))
    assert min(inks[ink] for ink in least) >= 80
    assert max(inks[ink] for ink in most) <= 5


@pytest.mark.skipif(not shutil.which("gs"), reason="Ghostscript is not installed: apt-get install ghostscript")
def test_ghostscript_takes_the_profile_without_a_word(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(20, 20))
    page.Contents = pdf.make_stream(b"0 0 1 0 k 0 0 20 20 re f")
    pdf.save(tmp_path / "a.pdf")
    head = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", f"--permit-file-read={OURS}"]
    asked = [
        *head,
        "-sDEVICE=png16m",
        f"-sDefaultCMYKProfile={OURS}",
        f"-sOutputFile={tmp_path}/a.png",
        str(tmp_path / "a.pdf"),
    ]
    told = subprocess.run(asked, capture_output=True, check=True)
    assert told.stdout + told.stderr == b""
    with Image.open(tmp_path / "a.png") as seen:
        red, green, blue = seen.convert("RGB").getpixel((10, 10))  # type: ignore[misc]
    assert (red > 230, green > 200, blue < 80) == (True, True, True)  # yellow, relative to the paper
    asked = [
        *head,
        "-sDEVICE=tiff32nc",
        f"-sOutputICCProfile={OURS}",
        f"-sOutputFile={tmp_path}/a.tif",
        str(tmp_path / "a.pdf"),
    ]
    told = subprocess.run(asked, capture_output=True, check=True)
    assert told.stdout + told.stderr == b""


# Whose profiles we take


def test_without_an_editors_profile_there_is_ours() -> None:
    assert profile_of() == PROFILE


def changed(place: int, data: bytes) -> bytes:
    return PROFILE[:place] + data + PROFILE[place + len(data) :]


SCREEN = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (b"not a profile", "it is no ICC profile"),
        (bytes(500), "it is no ICC profile"),
        (PROFILE[:-4], "is damaged: it says that it has"),
        (SCREEN, "is not of a printing press"),
        (changed(16, b"RGB "), "prints RGB"),
        (changed(132, bytes(120)), "no colour can be converted by it"),
        (changed(0, pack(">I", 4)), "is damaged"),
    ],
    ids=["text", "zeros", "cut", "screen", "rgb", "tags", "size"],
)
def test_a_file_that_is_no_profile_of_a_press_is_refused(tmp_path: Path, profile: bytes, said: str) -> None:
    path = tmp_path / "press.icc"
    path.write_bytes(profile)
    with pytest.raises(SettingsError) as refused:
        profile_of(path)
    assert refused.value.message.startswith(f"{path}: ")
    assert said in refused.value.message
    assert refused.value.message.endswith("or leave it out for ours")


def test_a_missing_profile_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        profile_of(tmp_path / "none.icc")


# What a PDF says of it


def saved(condition: str) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    output_intent(pdf, PROFILE, condition)
    file = BytesIO()
    pdf.save(file)
    return pikepdf.open(file)


def test_a_pdf_says_for_which_press_it_is() -> None:
    with saved("") as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert [str(intent.Type), str(intent.S)] == ["/OutputIntent", "/GTS_PDFX"]
        assert str(intent.OutputConditionIdentifier) == "Custom"
        assert str(intent.Info) == coated.NAME
        assert "/RegistryName" not in intent
        assert intent.DestOutputProfile.N == 4
        assert intent.DestOutputProfile.read_bytes() == PROFILE
        assert intent.DestOutputProfile.Filter == "/FlateDecode"


@pytest.mark.parametrize("condition", ["FOGRA51", "FOGRA39L", "CGATS TR 006", "JC200103", "CGATS21-2-CRPC6"])
def test_a_registered_condition_names_its_registry(condition: str) -> None:
    with saved(condition) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == condition
        assert str(intent.RegistryName) == "http://www.color.org"


def test_a_condition_of_the_shops_own_is_in_no_registry() -> None:
    with saved("Our press, summer paper") as pdf:
        assert "/RegistryName" not in pdf.Root.OutputIntents[0]
