"""What a PDF is held to that claims to be for a press: PDF/X."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from findings import findings
from pikepdf import Array, Dictionary, Name, String

from digest.checks import check

Change = Callable[[Any], None]
Damage = Callable[[Path, Change], Path]


def shown(pdf: Any, drawing: bytes, **resources: Any) -> None:
    """Draw something on the fifth page, with resources of its own: in front of what is there."""
    page = pdf.pages[4]
    form = pdf.make_stream(drawing)
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 500, 700])
    form.Resources = Dictionary({f"/{kind}": Dictionary(named) for kind, named in resources.items()})
    page.Resources.XObject = Dictionary(Planted=form)
    page.obj.Contents = Array([pdf.make_stream(b"q /Planted Do Q\n"), page.obj.Contents])


def image(pdf: Any, space: Any, side: int = 600, parts: int = 1) -> Any:
    made = pdf.make_stream(bytes(side * side * parts))
    made.Subtype, made.Width, made.Height, made.BitsPerComponent = Name.Image, side, side, 8
    made.ColorSpace = space
    return made


def test_a_sound_file_for_a_press_is_clean(press: Path) -> None:
    assert check(press) == ()


def test_an_output_intent_alone_makes_it_one_for_a_press(press: Path, damage: Damage) -> None:
    def unnamed(pdf: Any) -> None:
        del pdf.docinfo["/Trapped"]
        packet = pdf.Root.Metadata
        packet.write(
            packet.read_bytes().replace(b"GTS_PDFXVersion", b"Other").replace(b"<pdf:Trapped>False", b"<pdf:Trapped>")
        )

    assert findings(damage(press, unnamed)) == [("no-trapped", "")]


def without_a_page(pdf: Any) -> None:
    del pdf.pages[-1]


def without_trim(pdf: Any) -> None:
    del pdf.pages[1].obj.TrimBox


def without_bleed(pdf: Any) -> None:
    del pdf.pages[1].obj.BleedBox


def moved(pdf: Any) -> None:
    page = pdf.pages[1]
    for key in ("/MediaBox", "/TrimBox", "/BleedBox"):
        left, bottom, right, top = map(float, page.obj[key])
        page.obj[key] = Array([left - 9, bottom - 9, right - 9, top - 9])


def with_bleed_outside(pdf: Any) -> None:
    page = pdf.pages[1]
    left, bottom, right, top = map(float, page.obj.MediaBox)
    page.obj.MediaBox = Array([left + 1, bottom, right, top])


def with_uneven_bleed(pdf: Any) -> None:
    page = pdf.pages[1]
    left, bottom, right, top = map(float, page.obj.BleedBox)
    page.obj.BleedBox = Array([left + 0.5, bottom, right, top])


def with_a_small_trim(pdf: Any) -> None:
    page = pdf.pages[1]
    for key in ("/MediaBox", "/TrimBox", "/BleedBox"):
        left, bottom, right, top = map(float, page.obj[key])
        page.obj[key] = Array([left, bottom, right - 3, top])


def cropped(pdf: Any) -> None:
    page = pdf.pages[1]
    page.obj.CropBox = page.obj.TrimBox


def with_a_link(pdf: Any) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.URI, URI=String("x:")))
    pdf.pages[4].obj.Annots = Array([pdf.make_indirect(link)])


def undated(pdf: Any) -> None:
    del pdf.docinfo["/CreationDate"]
    packet = pdf.Root.Metadata
    packet.write(re.sub(rb"<xmp:CreateDate>.*?</xmp:CreateDate>", b"", packet.read_bytes()))


def maybe_trapped(pdf: Any) -> None:
    pdf.docinfo["/Trapped"] = Name.Unknown


def without_intent(pdf: Any) -> None:
    del pdf.Root.OutputIntents


def without_profile(pdf: Any) -> None:
    del pdf.Root.OutputIntents[0].DestOutputProfile


def with_the_profile_of_a_screen(pdf: Any) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.write(bytes(12) + b"mntrRGB " + bytes(108))


def with_red(pdf: Any) -> None:
    shown(pdf, b"1 0 0 rg 0 0 9 9 re f")


def with_red_lines(pdf: Any) -> None:
    shown(pdf, b"q 1 0 0 RG 0 0 m 9 9 l S Q")


def with_red_in_a_form_in_a_form(pdf: Any) -> None:
    inner = pdf.make_stream(b"1 0 0 rg")
    inner.Subtype = Name.Form
    shown(pdf, b"/Inner Do", XObject={"/Inner": inner})


def with_lab(pdf: Any) -> None:
    lab = Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])])
    shown(pdf, b"/Space cs 50 9 9 sc 0 0 9 9 re f", ColorSpace={"/Space": lab})


def with_a_profile_of_a_screen(pdf: Any) -> None:
    profile = pdf.make_stream(b"")
    profile.N = 3
    shown(pdf, b"/Space CS 1 0 0 SC 0 0 m 9 9 l S", ColorSpace={"/Space": Array([Name.ICCBased, profile])})


def with_an_ink_that_screens_show_as_red(pdf: Any) -> None:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[1, 0, 0], N=1)
    spot = Array([Name.Separation, Name.Spot, Name.DeviceRGB, tint])
    shown(pdf, b"/Space cs 1 scn 0 0 9 9 re f", ColorSpace={"/Space": spot})


def with_a_picture_for_screens(pdf: Any) -> None:
    shown(pdf, b"q 72 0 0 72 9 9 cm /Picture Do Q", XObject={"/Picture": image(pdf, Name.DeviceRGB, 300, 3)})


def with_a_picture_of_a_palette(pdf: Any) -> None:
    palette = Array([Name.Indexed, Name.DeviceRGB, 0, String("abc")])
    shown(pdf, b"q 72 0 0 72 9 9 cm /Picture Do Q", XObject={"/Picture": image(pdf, palette, 300)})


def with_an_inline_picture(pdf: Any) -> None:
    shown(pdf, b"q 0.1 0 0 0.1 9 9 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID \x01Q\x03 EI Q")


def with_a_gradient(pdf: Any) -> None:
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 9])
    shown(pdf, b"/Shade sh", Shading={"/Shade": shading})


def with_a_pattern_of_a_gradient(pdf: Any) -> None:
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 9])
    pattern = pdf.make_indirect(Dictionary(PatternType=2, Shading=shading))
    shown(pdf, b"/Pattern cs /P scn 0 0 9 9 re f", Pattern={"/P": pattern})


def with_a_pattern_of_tiles(pdf: Any) -> None:
    tile = pdf.make_stream(b"1 0 0 rg 0 0 1 1 re f")
    tile.PatternType, tile.Resources = 1, Dictionary()
    shown(pdf, b"/Pattern cs /P scn 0 0 9 9 re f", Pattern={"/P": tile})


def with_a_soft_mask(pdf: Any) -> None:
    group = pdf.make_stream(b"1 0 0 rg 0 0 9 9 re f")
    group.Subtype, group.Group = Name.Form, Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    state = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group))
    shown(pdf, b"/State gs", ExtGState={"/State": state})


def with_transparency_for_screens(pdf: Any) -> None:
    pdf.pages[4].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)


def with_letters_drawn_in_red(pdf: Any) -> None:
    letter = pdf.make_stream(b"9 0 d0 1 0 0 rg 0 0 9 9 re f")
    font = pdf.make_indirect(Dictionary(Subtype=Name.Type3, CharProcs=Dictionary(a=letter)))
    shown(pdf, b"BT /T 9 Tf (a) Tj ET", Font={"/T": font})


def set_again(inks: bytes) -> Change:
    """Set the page's text once more, in these inks."""

    def change(pdf: Any) -> None:
        page = pdf.pages[4]
        page.contents_coalesce()
        page.obj.Contents.write(page.obj.Contents.read_bytes().replace(b"0 0 0 1 k", inks))

    return change


def with_a_coarse_picture(pdf: Any) -> None:
    shown(pdf, b"q 0 72 -72 0 99 9 cm /Picture Do Q", XObject={"/Picture": image(pdf, Name.DeviceGray, 200)})


SCREEN = {("screen-colour", "page 5")}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (without_a_page, {("page-count", "")}),
        (without_trim, {("box-missing", "page 2"), ("page-size", "page 2")}),
        (without_bleed, {("box-missing", "page 2")}),
        (moved, {("box-origin", "page 2")}),
        (with_bleed_outside, {("box-order", "page 2")}),
        (with_uneven_bleed, {("wrong-bleed", "page 2")}),
        (with_a_small_trim, {("page-size", "page 2")}),
        (cropped, {("crop-box", "page 2")}),
        (with_a_link, {("annotation", "page 5")}),
        (undated, {("no-date", "")}),
        (maybe_trapped, {("no-trapped", "")}),
        (without_intent, {("no-output-intent", "")}),
        (without_profile, {("no-output-intent", "")}),
        (with_the_profile_of_a_screen, {("no-output-intent", "")}),
        (with_red, SCREEN),
        (with_red_lines, SCREEN),
        (with_red_in_a_form_in_a_form, SCREEN),
        (with_lab, SCREEN),
        (with_a_profile_of_a_screen, SCREEN),
        (with_an_ink_that_screens_show_as_red, SCREEN),
        (with_a_picture_for_screens, SCREEN),
        (with_a_picture_of_a_palette, SCREEN),
        (with_an_inline_picture, SCREEN),
        (with_a_gradient, SCREEN),
        (with_a_pattern_of_a_gradient, SCREEN),
        (with_a_pattern_of_tiles, SCREEN),
        (with_a_soft_mask, SCREEN),
        (with_transparency_for_screens, SCREEN),
        (with_letters_drawn_in_red, SCREEN),
        (set_again(b"0.7 0.6 0.6 0.8 k"), {("rich-black-text", "page 5")}),
        (set_again(b"0.9 0.9 0.9 0 k"), {("rich-black-text", "page 5")}),
        (set_again(b"0 0 0 0.5 k"), set()),
        (set_again(b"0 1 0.9 0.1 k"), set()),
        (set_again(b"0.3 g"), set()),
        (with_a_coarse_picture, {("low-resolution", "page 5")}),
    ],
)
def test_each_damage_has_its_code_and_its_place(
    press: Path, damage: Damage, change: Change, expected: set[tuple[str, str]]
) -> None:
    assert set(findings(damage(press, change))) == expected


def test_invisible_text_has_no_ink(press: Path, damage: Damage) -> None:
    assert check(damage(press, set_again(b"0.7 0.6 0.6 0.8 k 3 Tr"))) == ()


def test_a_colour_that_was_restored_is_not_that_of_text(press: Path, damage: Damage) -> None:
    assert check(damage(press, set_again(b"q 0.7 0.6 0.6 0.8 k Q 0 0 0 1 k"))) == ()


def test_a_coarse_picture_is_a_warning_with_its_resolution(press: Path, damage: Damage) -> None:
    (found,) = check(damage(press, with_a_coarse_picture))
    assert (found.severity, found.message) == ("warning", "a picture of 200 × 200 pixels has 200 dpi there")


def test_what_is_for_a_press_alone_is_not_asked_of_other_files(press: Path, damage: Damage) -> None:
    def for_screens(pdf: Any) -> None:
        del pdf.Root.OutputIntents
        packet = pdf.Root.Metadata
        packet.write(packet.read_bytes().replace(b"GTS_PDFXVersion", b"Other"))
        without_a_page(pdf)
        undated(pdf)
        with_red(pdf)

    assert findings(damage(press, for_screens)) == [("no-outline", "")]


def test_a_file_that_a_password_protects_is_refused(press: Path, tmp_path: Path) -> None:
    with pikepdf.open(press) as pdf:
        pdf.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="o", user=""))
    (found,) = check(tmp_path / "a.pdf")
    assert (found.code, found.severity) == ("encrypted", "error")
