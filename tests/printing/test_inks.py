"""Colours of a PDF as inks: operators, gradients, masks and pictures, and what Ghostscript puts on each plate."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageDraw

from digest.errors import BrokenStyleError
from digest.printing import offset, operators
from digest.printing.inks import Plates, Stencil, to_press
from digest.printing.press_profile import profile_of
from digest.printing.separation import Separation

PROFILE = profile_of()
SEPARATION = Separation(PROFILE)
RED = "0.043 0.965 0.902 0.133"  # of rgb(200, 30, 30) by our profile
LAB = {"/lab-d50": "lab", "/lab-d65": "lab"}


def on(surface: operators.Surface, content: str, spaces: dict[str, str] | None = None) -> str:
    with Pdf.new() as scratch:
        stream = scratch.make_stream(content.encode("latin-1"))
        drawn = operators.inked(stream, LAB if spaces is None else spaces, surface)
    return content if drawn is None else drawn.decode("latin-1")


def on_plates(content: str, spaces: dict[str, str] | None = None) -> str:
    return on(Plates(SEPARATION), content, spaces)


# Operators


@pytest.mark.parametrize(
    ("drawn", "printed"),
    [
        ("0 0 0 rg", "0 0 0 1 k"),
        ("0 0 0 RG", "0 0 0 1 K"),
        ("1 1 1 rg", "0 0 0 0 k"),
        ("0.4 0.4 0.4 rg", "0 0 0 0.6 k"),
        ("0.4008 0.4 0.3992 rg", "0 0 0 0.6 k"),
        ("0 g", "0 0 0 1 k"),
        (".25 G", "0 0 0 0.75 K"),
        ("0.784314 0.117647 0.117647 rg", f"{RED} k"),
        ("0 1 1 0.2 k", "0 1 1 0.2 k"),
        ("/DeviceCMYK cs\n0 1 1 0.2 scn", "0 1 1 0.2 k"),
        ("/DeviceCMYK CS\n0 0 0 1 SCN", "0 0 0 1 K"),
        ("/DeviceRGB cs 0 0 0 sc", "0 0 0 1 k"),
        ("/DeviceGray CS 1 SC", "0 0 0 0 K"),
        ("/lab-d50 cs\n100 0 0 scn", "0 0 0 0 k"),
        ("/lab-d65 CS\n0 0 0 SCN", "0 0 0 1 K"),
        ("0.123456 0.2 0.3 0 k", "0.123 0.2 0.3 0 k"),
    ],
)
def test_colours_become_inks(drawn: str, printed: str) -> None:
    assert on_plates(drawn) == printed


def test_a_grey_in_lab_is_the_black_of_the_grey_that_a_screen_shows() -> None:
    assert on_plates("/lab-d50 cs 53.585 0 0 scn") == "0 0 0 0.498 k"


def test_a_colour_in_lab_is_made_of_several_inks() -> None:
    c, m, y, k, operator = on_plates("/lab-d50 cs 50 40 30 scn").split()
    assert (operator, float(c) < 0.2, float(m) > 0.5, float(y) > 0.4, float(k) < 0.4) == ("k", True, True, True, True)


@pytest.mark.parametrize(
    "content",
    [
        "q\n1 0 0 1 10 20 cm\nBT\n/F1 9 Tf\n[<0a1b>-20<0c>] TJ\nET\nQ",
        "/Pattern cs\n/p0 scn\n0 0 5 5 re\nf",
        "/Span\n<</MCID 0>>\nBDC\n/a1.0 gs\nEMC",
        "1 w [1 2] 0 d 5 M",
        "/g gs /rg Do",
        "",
    ],
)
def test_what_sets_no_colour_stays_as_it_is(content: str) -> None:
    assert on_plates(content) == content


@pytest.mark.parametrize(
    ("drawn", "printed"),
    [
        ("(1 0 0 rg) Tj 0 g", "(1 0 0 rg) Tj\n0 0 0 1 k"),
        ("% 1 0 0 rg\n0 g", "0 0 0 1 k"),
        ("BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI 1 g", "EI\n0 0 0 0 k"),
        ("/lab-d50 cs q /DeviceGray cs 0 sc Q 100 0 0 sc", "Q\n0 0 0 0 k"),
        ("/DeviceRGB cs q 0 0 0 scn Q 1 1 1 scn", "0 0 0 1 k\nq\n0 0 0 1 k\nQ\n0 0 0 0 k"),
        (
            "/Pattern cs /p0 scn 0 g /Pattern cs /p1 scn (a) Tj",
            "/Pattern cs\n/p0 scn\n0 0 0 1 k\n/Pattern cs\n/p1 scn\n",
        ),
        ("/lab-d50 cs 1 0 0 1 0 0 cm 100 0 0 scn", "0 0 0 1 k\n1 0 0 1 0 0 cm\n0 0 0 0 k"),
    ],
)
def test_the_order_and_the_nesting_of_a_stream_are_followed(drawn: str, printed: str) -> None:
    assert printed in on_plates(drawn)


def test_a_picture_in_colour_inside_of_a_stream_is_refused() -> None:
    with pytest.raises(BrokenStyleError, match="make it a file of its own"):
        on_plates("BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI")


def test_a_colour_of_an_unknown_press_is_refused() -> None:
    with pytest.raises(BrokenStyleError, match="device-cmyk"):
        on_plates("/mine cs 0.1 0.2 0.3 scn", {"/mine": "unknown"})
    with pytest.raises(BrokenStyleError, match="device-cmyk"):
        on_plates("/mine cs 0.1 0.2 0.3 scn", {})


OTHERS = ["q", "Q", "BT", "ET", "f", "<0a> Tj", "(1 0 0 rg) Tj", "/a1 gs", "1 0 0 1 5 5 cm", "[<aa> 5 <bb>] TJ"]
channel = st.sampled_from(["0", "1", "0.5", ".25", "1.", "0.333333"])
spaces = st.sampled_from([("/DeviceRGB", 3), ("/lab-d50", 3), ("/DeviceCMYK", 4), ("/DeviceGray", 1)])
others = st.sampled_from(OTHERS)
devices = st.tuples(channel, channel, channel, st.sampled_from(["rg", "RG"])).map(" ".join)
greys = st.tuples(channel, st.sampled_from(["g", "G"])).map(" ".join)
named = st.tuples(spaces, st.lists(channel, min_size=4, max_size=4), st.booleans()).map(
    lambda p: " ".join([p[0][0], "CS" if p[2] else "cs", *p[1][: p[0][1]], "SCN" if p[2] else "scn"])
)


@given(st.lists(st.one_of(others, devices, greys, named), max_size=12), st.sampled_from([" ", "\n", "\r\n"]))
def test_each_colour_becomes_one_of_inks_and_nothing_else_changes(drawn: list[str], between: str) -> None:
    printed = parsed(on_plates(between.join(drawn)))
    assert len(printed) == len(drawn)
    for before, after in zip(drawn, printed, strict=True):
        if before in OTHERS:
            assert parsed(before) == [after]
        else:
            assert after.split()[-1] == ("K" if before[-1].isupper() else "k")
            assert all(0 <= float(ink) <= 1 for ink in after.split()[:4])


def parsed(content: str) -> list[str]:
    with Pdf.new() as scratch:
        read = pikepdf.parse_content_stream(scratch.make_stream(content.encode()))
        return [pikepdf.unparse_content_stream([each]).decode() for each in read]


@pytest.mark.parametrize(
    ("drawn", "lets_through"),
    [
        ("1 1 1 rg", "1 g"),
        ("0 0 0 RG", "0 G"),
        ("1 0 0 rg", "0.3 g"),
        ("0.5 g", "0.5 g"),
        ("0 0 0 1 k", "0 g"),
        ("/DeviceCMYK cs 1 0 0 0 scn", "0.7 g"),
        ("/lab-d50 cs 100 0 0 scn", "1 g"),
    ],
)
def test_a_mask_keeps_the_lightness_of_its_colours(drawn: str, lets_through: str) -> None:
    assert on(Stencil(SEPARATION), drawn) == lets_through


# A page of everything


@pytest.fixture
def pdf() -> Iterator[Pdf]:
    with Pdf.new() as made:
        made.add_blank_page(page_size=(200, 100))
        yield made


def draw(pdf: Pdf, content: bytes, **resources: Any) -> pikepdf.Object:
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(content)
    page.Resources = Dictionary(**resources)
    return page


def form(pdf: Pdf, content: bytes, **resources: Any) -> pikepdf.Stream:
    group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)
    kind: dict[str, Any] = {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 9, 9]), "/Group": group}
    return pdf.make_stream(content, {**kind, "/Resources": Dictionary(**resources)})


def function(*colours: list[float]) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array(colours[0]), C1=Array(colours[1]), N=1)


def test_forms_tiles_and_groups_are_inked_at_any_depth(pdf: Pdf) -> None:
    inner = form(pdf, b"1 1 1 rg")
    tile = form(pdf, b"0 0 0 RG /i Do", XObject=Dictionary(i=inner))
    tile.PatternType, tile.PaintType = 1, 1
    page = draw(pdf, b"/Pattern cs /p scn", Pattern=Dictionary(p=tile), XObject=Dictionary(i=inner))
    page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    assert to_press(pdf, PROFILE) == ((0, 0, 0, 0), (0, 0, 0, 1))
    assert [inner.read_bytes(), tile.read_bytes()] == [b"0 0 0 0 k", b"0 0 0 1 K\n/i Do"]
    assert {group.CS for group in (page.Group, inner.Group, tile.Group)} == {Name.DeviceCMYK}
    assert page.Contents.read_bytes() == b"/Pattern cs /p scn"


def test_all_streams_of_a_page_are_inked_and_those_that_pages_share(pdf: Pdf) -> None:
    shared = pdf.make_stream(b"0.5 0.5 0.5 rg")
    draw(pdf, b"").Contents = Array([pdf.make_stream(b"0 g"), shared])
    pdf.add_blank_page()
    pdf.pages[1].obj.Contents = shared
    to_press(pdf, PROFILE)
    assert shared.read_bytes() == b"0 0 0 0.5 k"


def test_gradients_run_from_ink_to_ink(pdf: Pdf) -> None:
    stitched = Dictionary(
        FunctionType=3, Functions=Array([function([1, 1, 1], [0, 0, 0]), function([0, 0, 0], [1, 0, 0])])
    )
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Function=stitched, Background=Array([1, 1, 1]))
    pattern = Dictionary(
        PatternType=2,
        Shading=Dictionary(ShadingType=3, ColorSpace=Name.DeviceRGB, Function=function([1, 1, 1], [1, 1, 1])),
    )
    page = draw(pdf, b"/s sh", Shading=Dictionary(s=shading), Pattern=Dictionary(p=pattern))
    to_press(pdf, PROFILE)
    there = page.Resources.Shading.s
    assert there.ColorSpace == Name.DeviceCMYK
    assert [list(there.Background), list(there.Function.Functions[0].C0), list(there.Function.Functions[0].C1)] == [
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 1],
    ]
    assert len(there.Function.Functions[1].C1) == 4
    assert page.Resources.Pattern.p.Shading.ColorSpace == Name.DeviceCMYK


def test_soft_masks_are_grey(pdf: Pdf) -> None:
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceGray, Function=function([0], [1]))
    mask = form(pdf, b"1 1 1 rg /s sh", Shading=Dictionary(s=shading))
    state = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask, BC=Array([1, 0, 0])))
    states = Dictionary(m=state, none=Dictionary(SMask=Name("/None")))
    # WeasyPrint names the form of a mask among those of the page as well.
    page = draw(pdf, b"/m gs", ExtGState=states, XObject=Dictionary(x0=mask))
    to_press(pdf, PROFILE)
    assert (mask.read_bytes(), mask.Group.CS) == (b"1 g\n/s sh", Name.DeviceGray)
    assert mask.Resources.Shading.s.ColorSpace == Name.DeviceGray
    assert [float(part) for part in page.Resources.ExtGState.m.SMask.BC] == [0.3]


def test_colour_spaces_without_use_go(pdf: Pdf) -> None:
    lab = Array([Name.Lab, Dictionary(WhitePoint=Array([0.96, 1, 0.82]))])
    page = draw(
        pdf, b"/lab-d50 cs 100 0 0 scn", ColorSpace=Dictionary({"/lab-d50": lab, "/mine": Array([Name.CalRGB])})
    )
    to_press(pdf, PROFILE)
    assert "/ColorSpace" not in page.Resources


# Pictures


def encoded(picture: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def placed(pdf: Pdf, picture: Image.Image, jpeg: bool, **more: Any) -> pikepdf.Stream:
    """Put a picture on the page as WeasyPrint does."""
    spaces = {"RGB": "/DeviceRGB", "L": "/DeviceGray", "CMYK": "/DeviceCMYK"}
    data, kind = (encoded(picture, "jpeg"), Name.DCTDecode) if jpeg else (picture.tobytes(), None)
    image = pdf.make_stream(
        data, Subtype=Name.Image, Width=picture.width, Height=picture.height, BitsPerComponent=8, **more
    )
    image.ColorSpace = Name(spaces[picture.mode])
    if kind:
        image.Filter = kind
    draw(pdf, b"100 0 0 100 0 0 cm /i Do", XObject=Dictionary(i=image))
    return image


@pytest.fixture
def photograph() -> Image.Image:
    red, green = Image.linear_gradient("L"), Image.radial_gradient("L")
    return Image.merge("RGB", (red, green, red.rotate(90)))


def dot(picture: Image.Image, place: int) -> list[int]:
    return [band.tobytes()[place * picture.width + place] for band in picture.split()]


def seen(image: Any) -> Image.Image:
    return pikepdf.PdfImage(image).as_pil_image()


def test_a_photograph_in_colour_becomes_a_jpeg_of_four_inks(pdf: Pdf, photograph: Image.Image) -> None:
    image = placed(pdf, photograph, jpeg=True)
    before = len(image.read_raw_bytes())
    to_press(pdf, PROFILE)
    assert (image.ColorSpace, image.Filter) == (Name.DeviceCMYK, Name.DCTDecode)
    assert list(image.Decode) == [1, 0] * 4  # as Adobe's JPEGs hold it
    with Image.open(BytesIO(image.read_raw_bytes())) as jpeg:
        inks = dot(jpeg, 128)
    expected = [255 * ink for ink in SEPARATION.inks("rgb", *(part / 255 for part in dot(photograph, 128)))]
    assert inks == pytest.approx(expected, abs=6)
    assert len(image.read_raw_bytes()) < 6 * before


@pytest.mark.parametrize("jpeg", [True, False], ids=["photograph", "drawing"])
def test_a_picture_without_colours_becomes_grey(pdf: Pdf, jpeg: bool) -> None:
    image = placed(pdf, Image.radial_gradient("L").convert("RGB"), jpeg)
    to_press(pdf, PROFILE)
    assert (image.ColorSpace, "/Decode" in image) == (Name.DeviceGray, False)
    assert seen(image).mode == "L"


@pytest.mark.parametrize("value", range(0, 256, 15))
def test_a_grey_of_a_picture_is_as_light_in_print_as_between_white_and_black_of_a_screen(pdf: Pdf, value: int) -> None:
    """As DeviceGray alone, a shadow of L* 21 would be printed with L* 41: a press prints its dots larger."""
    image = placed(pdf, Image.new("RGB", (2, 2), (value, value, value)), jpeg=False)
    to_press(pdf, PROFILE)
    printed = offset.colour_of((0, 0, 0, 1 - image.read_bytes()[0] / 255))
    light = ((value / 255 + 0.055) / 1.055) ** 2.4 if value > 10 else value / 255 / 12.92  # IEC 61966-2-1
    black = offset.xyz_of(offset.colour_of((0, 0, 0, 1)))[1]
    wanted = offset.lab_of([black + (1 - black) * light] * 3)
    assert abs(printed[0] - wanted[0]) < 1


def test_the_greys_of_a_drawing_are_black_ink_alone(pdf: Pdf) -> None:
    drawing = Image.new("RGB", (30, 10), "white")
    pen = ImageDraw.Draw(drawing)
    pen.rectangle((0, 0, 9, 9), fill="black")
    pen.rectangle((10, 0, 19, 9), fill=(200, 30, 30))
    image = placed(pdf, drawing, jpeg=False)
    to_press(pdf, PROFILE)
    assert (image.ColorSpace, image.Filter) == (Name.DeviceCMYK, Name.FlateDecode)
    inks = Image.frombytes("CMYK", (30, 10), image.read_bytes())
    assert [inks.getpixel((x, 5)) for x in (5, 25)] == [(0, 0, 0, 255), (0, 0, 0, 0)]
    assert inks.getpixel((15, 5)) == tuple(round(float(part) * 255) for part in RED.split())


def test_the_colours_of_a_palette_are_converted(pdf: Pdf) -> None:
    image = placed(pdf, Image.new("L", (2, 1)), jpeg=False)
    image.write(b"\0\1")
    image.ColorSpace = Array([Name.Indexed, Name.DeviceRGB, 1, b"\0\0\0\xc8\x1e\x1e"])
    to_press(pdf, PROFILE)
    assert image.ColorSpace == Name.DeviceCMYK
    assert image.read_bytes() == bytes([0, 0, 0, 255, *(round(float(part) * 255) for part in RED.split())])


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_pictures_in_grey_or_in_inks_stay_as_they_are(pdf: Pdf, photograph: Image.Image, mode: str) -> None:
    image = placed(pdf, photograph.convert(mode), jpeg=True)
    before = image.read_raw_bytes()
    to_press(pdf, PROFILE)
    assert image.read_raw_bytes() == before


def test_transparency_of_a_picture_stays(pdf: Pdf, photograph: Image.Image) -> None:
    mask = pdf.make_stream(bytes(range(256)) * 256, Subtype=Name.Image, Width=256, Height=256, BitsPerComponent=8)
    mask.ColorSpace = Name.DeviceGray
    image = placed(pdf, photograph, jpeg=False, SMask=mask)
    to_press(pdf, PROFILE)
    assert image.SMask.objgen == mask.objgen
    assert mask.read_bytes() == bytes(range(256)) * 256


def test_a_picture_of_one_bit_stays(pdf: Pdf) -> None:
    image = placed(pdf, Image.new("L", (8, 1)), jpeg=False, ImageMask=True)
    del image.ColorSpace
    image.BitsPerComponent = 1
    to_press(pdf, PROFILE)
    assert image.BitsPerComponent == 1


def test_a_picture_in_a_mask_becomes_grey_there_and_inks_on_the_page(pdf: Pdf, photograph: Image.Image) -> None:
    image = placed(pdf, photograph, jpeg=False)
    mask = form(pdf, b"/i Do", XObject=Dictionary(i=image))
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(m=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask)))
    to_press(pdf, PROFILE)
    assert mask.Resources.XObject.i.ColorSpace == Name.DeviceGray
    assert pdf.pages[0].obj.Resources.XObject.i.ColorSpace == Name.DeviceCMYK


# What WeasyPrint draws

STYLE = """
@page { size: 148mm 210mm }
body { font-size: 9pt }
div { width: 60px; height: 30px; margin: 3px }
.a { color: #777 }
.b { color: hsl(0 0% 40%) }
.c { color: #a01020 }
.d { color: lab(50 40 30) }
.e { color: lab(50 0 0) }
.f { color: oklch(60% .15 200) }
.g { color: device-cmyk(0 1 1 .2) }
.h { color: rgba(200, 0, 0, .5) }
.i { background: linear-gradient(red, blue) }
.j { background: linear-gradient(to right, rgba(255, 0, 0, 0), #080 40%, black) }
.k { background: radial-gradient(#ff0, #0ff) }
.l { opacity: .5; background: #36c }
.m { border: 3px dashed #c0f }
.n { transform: rotate(3deg); background: #fc0 }
.o { background: url(d.png); background-size: 20px }
.p { border: 9px solid; border-image: url(d.png) 60 round }
.q { mask-border: url(t.png) 30; border: 5px solid red }
"""
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60" width="200" height="120">
<defs>
  <linearGradient id="g">
    <stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f" stop-opacity=".2"/>
  </linearGradient>
  <mask id="m"><rect width="100" height="60" fill="black"/><circle cx="50" cy="30" r="25" fill="white"/></mask>
  <pattern id="p" width="9" height="9" patternUnits="userSpaceOnUse"><rect width="5" height="5" fill="green"/></pattern>
</defs>
<rect width="100" height="20" fill="url(#g)"/>
<rect width="100" height="60" fill="orange" mask="url(#m)"/>
<rect y="40" width="40" height="20" fill="url(#p)" stroke="#123456"/>
<text x="5" y="15" font-size="8" fill="teal">t</text>
</svg>"""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """All that a style can make WeasyPrint draw, as far as we know."""
    from weasyprint import HTML

    folder = tmp_path_factory.mktemp("everything")
    drawing = Image.new("RGB", (90, 90), "white")
    ImageDraw.Draw(drawing).ellipse((20, 20, 70, 70), fill=(200, 30, 30), outline="black", width=5)
    drawing.save(folder / "d.png")
    clear = drawing.convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize((90, 90)))
    clear.save(folder / "t.png")
    drawing.save(folder / "p.jpg")
    drawing.convert("CMYK").save(folder / "c.jpg")
    (folder / "s.svg").write_text(SVG)
    boxes = "".join(f'<div class="{name}">text</div>' for name in "abcdefghijklmnopq")
    images = "".join(f'<img src="{name}">' for name in ("d.png", "t.png", "p.jpg", "c.jpg", "s.svg"))
    page = f"<html><style>{STYLE}</style><body><p>black</p>{boxes}{images}</body></html>"
    made: bytes = HTML(string=page, base_url=f"{folder}/").write_pdf()
    return made


def pressed(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        to_press(pdf, PROFILE)
        file = BytesIO()
        pdf.save(file, static_id=True)
        return file.getvalue()


def colours_of(data: bytes) -> set[str]:
    """Give all names of colour spaces, and all operators that set a colour, of a PDF."""
    found: set[str] = set()
    with pikepdf.open(BytesIO(data)) as pdf:
        for thing in pdf.objects:
            text = repr(dict(thing.items())) if isinstance(thing, pikepdf.Stream) else repr(thing)
            found |= {name for name in ("DeviceRGB", "CalRGB", "/Lab", "ICCBased", "Indexed") if name in text}
            is_drawing = isinstance(thing, pikepdf.Stream) and (
                thing.get("/Subtype") == "/Form" or "/PatternType" in thing
            )
            if is_drawing or (isinstance(thing, Dictionary) and thing.get("/Type") == "/Page"):
                group = thing.Group.CS if "/Group" in thing else "page"
                operators = {str(each.operator) for each in pikepdf.parse_content_stream(thing)}
                found |= {f"{name} in {group}" if name in "gG" else name for name in operators & {"rg", "RG", "g", "G"}}
    return found


def test_nothing_that_weasyprint_draws_is_in_the_colours_of_a_screen(everything: bytes) -> None:
    assert colours_of(everything) == {"DeviceRGB", "/Lab", "rg", "RG"}
    assert colours_of(pressed(everything)) == {"g in /DeviceGray"}


def test_the_same_pdf_becomes_the_same_bytes(everything: bytes) -> None:
    assert pressed(everything) == pressed(everything)


# Plates


def plates(pdf: bytes, folder: Path) -> list[dict[str, int]]:
    """Give the most ink, in percent, that Ghostscript puts on each plate of each page."""
    (folder / "in.pdf").write_bytes(pdf)
    asked = [
        "gs",
        "-q",
        "-dBATCH",
        "-dNOPAUSE",
        "-dSAFER",
        "-sDEVICE=tiffsep",
        "-r72",
        f"-sOutputFile={folder}/%d.tif",
        str(folder / "in.pdf"),
    ]
    told = subprocess.run(asked, capture_output=True, check=True)
    assert told.stdout + told.stderr == b""
    count = len(pikepdf.open(BytesIO(pdf)).pages)
    return [
        {ink: _most(folder / f"{page}({ink}).tif") for ink in ("Cyan", "Magenta", "Yellow", "Black")}
        for page in range(1, count + 1)
    ]


def _most(plate: Path) -> int:
    with Image.open(plate) as image:
        least = min(image.convert("L").tobytes())
    return round((255 - least) / 2.55)


needs_ghostscript = pytest.mark.skipif(
    not shutil.which("gs"), reason="Ghostscript is not installed: apt-get install ghostscript"
)


def typeset(css: str) -> bytes:
    from weasyprint import HTML

    made: bytes = HTML(string=f"<style>{css}</style><p>text 文字 text</p>").write_pdf()
    return made


@needs_ghostscript
@pytest.mark.parametrize(
    "css", ["", "p { color: #333 }", "p { color: lab(30 0 0) }", "p { text-shadow: none; border: 1px solid gray }"]
)
def test_text_is_on_the_black_plate_alone(tmp_path: Path, css: str) -> None:
    (page,) = plates(pressed(typeset(css)), tmp_path)
    assert page.pop("Black") >= 50
    assert page == {"Cyan": 0, "Magenta": 0, "Yellow": 0}


@needs_ghostscript
def test_before_it_was_on_all_plates_or_in_the_wrong_ones(tmp_path: Path) -> None:
    (page,) = plates(typeset("p { color: #c81e1e }"), tmp_path)
    assert page["Magenta"] > 50
    (page,) = plates(pressed(typeset("p { color: device-cmyk(1 0 0 0); font-size: 90pt }")), tmp_path)
    assert page == {"Cyan": 100, "Magenta": 0, "Yellow": 0, "Black": 0}


@needs_ghostscript
def test_ghostscript_draws_everything_without_a_word(everything: bytes, tmp_path: Path) -> None:
    first, *_ = plates(pressed(everything), tmp_path)
    assert min(first.values()) > 50
