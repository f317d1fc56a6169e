"""How a PDF is read for its checks: instructions, strings, CMaps, font files, colour spaces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
import uharfbuzz
from pikepdf import Array, Dictionary, Name

from digest import style, subset
from digest.checks.pdf import cmaps, colours, content
from digest.checks.pdf.outlines import outlines_of
from digest.checks.pdf.streams import Budget


def instructions(data: bytes) -> list[tuple[bytes, bytes]]:
    with pikepdf.new() as pdf:
        return [(b" ".join(operands.split()), operator) for operands, operator in content.instructions(pdf, data)]


def test_instructions_are_split_whatever_stands_on_a_line() -> None:
    data = b"q 1 0 0 -1 0 5.5 cm\n/Span\n<</MCID 0>>\nBDC[<00a1>-4(a\\)b)] TJ(x(y)z)' T* EMC\nQ"
    assert instructions(data) == [
        (b"", b"q"),
        (b"1 0 0 -1 0 5.5", b"cm"),
        (b"/Span <</MCID 0>>", b"BDC"),
        (b"[<00a1>-4(a\\)b)]", b"TJ"),
        (b"(x(y)z)", b"'"),
        (b"", b"T*"),
        (b"", b"EMC"),
        (b"", b"Q"),
    ]


def test_what_one_expression_does_not_read_a_real_parser_does() -> None:
    data = b"0 g % a comment\n(a(b(c)d)e) Tj q BI /W 2 /H 3 /CS /RGB /BPC 8 ID " + bytes(18) + b" EI Q 1 w"
    assert instructions(data) == [
        (b"0", b"g"),
        (b"(a\\(b\\(c\\)d\\)e)", b"Tj"),
        (b"", b"q"),
        (b"2 3 /DeviceRGB", b"BI"),
        (b"", b"Q"),
        (b"1", b"w"),
    ]


@pytest.mark.parametrize(
    ("operands", "shown"),
    [
        (b"<00a1>", b"\x00\xa1"),
        (b"<0 0 a>", b"\x00\xa0"),
        (b"[<00a1>-4<b2>]", b"\x00\xa1\xb2"),
        (b"[(a)-4<62>]", b"ab"),
        (b"(a\\(\\)\\\\\\101\\n\\\nb)", b"a()\\A\nb"),
    ],
)
def test_strings_are_read_in_both_notations(operands: bytes, shown: bytes) -> None:
    assert content.strings(operands) == shown


def test_a_cmap_tells_texts_and_glyphs() -> None:
    told = (
        b"2 beginbfchar <0001> <6587> <0002> <d83dde00> endbfchar "
        b"2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0061> <00620063>] endbfrange"
    )
    texts = {1: "文", 2: "😀", 16: "A", 17: "B", 18: "C", 32: "a", 33: "bc"}
    assert dict(cmaps.texts(told, Budget(10_000))) == texts
    glyphs = b"begincidchar <0001> 0 endcidchar begincidrange <0010> <0012> 7 endcidrange"
    assert dict(cmaps.cids(glyphs, Budget(10_000))) == {1: 0, 16: 7, 17: 8, 18: 9}


def test_a_cmap_without_an_end_says_nothing() -> None:
    assert dict(cmaps.texts(b"beginbfchar <0001> <6587> " * 10_000, Budget(10_000))) == {}


def serif(tmp_path: Path) -> bytes:
    return next(iter(style.find("classic", tmp_path).fonts.values())).read_bytes()


def test_the_outlines_of_a_subset_are_those_that_it_was_cut_to(tmp_path: Path) -> None:
    font = serif(tmp_path)
    face = uharfbuzz.Font(uharfbuzz.Face(font))
    wanted = {face.get_nominal_glyph(ord(character)) for character in "文摘A"}
    found = outlines_of(subset.glyphs(font, wanted))
    assert found is not None
    assert wanted | {0} == found.numbers
    assert found.count == len(wanted) + 1


def test_a_font_of_another_kind_has_outlines_that_we_do_not_know() -> None:
    assert outlines_of(b"%!PS-AdobeFont-1.0") is None


@pytest.mark.parametrize("cut", [5, 20, 60, 200])
def test_a_broken_font_raises_what_is_told(tmp_path: Path, cut: int) -> None:
    from digest.checks.pdf.streams import UNREADABLE

    font = subset.glyphs(serif(tmp_path), {5, 6})
    with pytest.raises(UNREADABLE):
        outlines_of(font[:cut])


@pytest.mark.parametrize(
    ("space", "kind"),
    [
        (Name.DeviceGray, "gray"),
        (Name.DeviceCMYK, "CMYK"),
        (Name.DeviceRGB, "DeviceRGB"),
        (Name.Pattern, ""),
        ("/Separation ink of a press", ""),
    ],
)
def test_colour_spaces_are_told_apart(space: Any, kind: str) -> None:
    assert colours.kind_of(space) == kind


def test_spaces_of_others_are_of_screens_where_those_are() -> None:
    with pikepdf.new() as pdf:
        profile = pdf.make_stream(b"")
        profile.N = 4
        press = Array([Name.ICCBased, profile])
        assert colours.kind_of(press) == "CMYK"
        assert colours.kind_of(Array([Name.Indexed, press, 1, b"ab"])) == ""
        assert colours.kind_of(Array([Name.Separation, Name.Spot, Name.DeviceCMYK, Dictionary()])) == ""
        assert colours.kind_of(Array([Name.DeviceN, Array([Name.Spot]), Name.DeviceRGB, Dictionary()])) == "DeviceRGB"
        nested: Any = Name.DeviceRGB
        for _ in range(40):
            nested = Array([Name.Indexed, nested, 1, b"ab"])
        assert colours.kind_of(nested) == ""
