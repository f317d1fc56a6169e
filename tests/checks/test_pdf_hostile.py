"""Files that were made to trip a program up, or came to harm: a finding, never a traceback.

Without its bound, each of these takes minutes, or more memory than there is.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from digest.checks import check
from digest.checks.pdf import streams

Change = Callable[[Any], None]
Damage = Callable[[Path, Change], Path]


def codes(path: Path) -> set[str]:
    return {finding.code for finding in check(path)}


def content(pdf: Any, data: bytes) -> None:
    pdf.pages[4].obj.Contents = pdf.make_stream(data)


def form(pdf: Any, data: bytes = b"") -> Any:
    made = pdf.make_stream(data)
    made.Subtype, made.Resources = Name.Form, Dictionary(XObject=Dictionary())
    return made


def with_a_form_in_itself(pdf: Any) -> None:
    inner = form(pdf, b"/F Do /F Do")
    inner.Resources.XObject.F = inner
    pdf.pages[4].Resources.XObject = Dictionary(F=inner)
    content(pdf, b"/F Do")


def with_forms_in_a_circle(pdf: Any) -> None:
    one, other = form(pdf, b"/F Do"), form(pdf, b"/F Do")
    one.Resources.XObject.F, other.Resources.XObject.F = other, one
    pdf.pages[4].Resources.XObject = Dictionary(F=one)
    content(pdf, b"/F Do")


def with_forms_that_double(pdf: Any) -> None:
    """2^15 times the innermost, each of 100 kB."""
    inner = form(pdf, b"0 g " * 25_000)
    for _ in range(15):
        outer = form(pdf, b"/F Do /F Do")
        outer.Resources.XObject.F = inner
        inner = outer
    pdf.pages[4].Resources.XObject = Dictionary(F=inner)
    content(pdf, b"/F Do")


def with_a_bomb(pdf: Any) -> None:
    pdf.pages[4].obj.Contents = pikepdf.Stream(pdf, zlib.compress(bytes(300_000_000), 9), Filter=Name.FlateDecode)


def with_a_bomb_in_a_bomb(pdf: Any) -> None:
    data = zlib.compress(zlib.compress(bytes(100_000_000), 9), 9)
    pdf.pages[4].obj.Contents = pikepdf.Stream(pdf, data, Filter=Array([Name.FlateDecode, Name.FlateDecode]))


def with_a_broken_stream(pdf: Any) -> None:
    pdf.pages[4].obj.Contents = pikepdf.Stream(pdf, b"no zlib", Filter=Name.FlateDecode)


def with_a_stream_that_breaks_off(pdf: Any) -> None:
    data = zlib.compress(b"0 g " * 1000)[:20]
    pdf.pages[4].obj.Contents = pikepdf.Stream(pdf, data, Filter=Name.FlateDecode)


def with_an_unknown_filter(pdf: Any) -> None:
    pdf.pages[4].obj.Contents = pikepdf.Stream(pdf, b"0 g", Filter=Name.Nosuch)


def with_operands_that_are_none(pdf: Any) -> None:
    content(pdf, b"1 2 cm (x) Tr /Nosuch 1 Tf")


def with_a_picture_that_is_not_there(pdf: Any) -> None:
    content(pdf, b"/Nosuch Do")


@pytest.mark.parametrize(
    "change",
    [
        with_a_form_in_itself,
        with_forms_in_a_circle,
        with_forms_that_double,
        with_a_bomb,
        with_a_bomb_in_a_bomb,
        with_a_broken_stream,
        with_a_stream_that_breaks_off,
        with_an_unknown_filter,
        with_operands_that_are_none,
        with_a_picture_that_is_not_there,
    ],
)
def test_a_page_that_cannot_be_read_is_told(pdf: Path, damage: Damage, change: Change) -> None:
    found = check(damage(pdf, change))
    assert ("broken-page", "page 5") in {(finding.code, finding.where) for finding in found}


@pytest.mark.parametrize(
    "data",
    [
        b"1 " * 2_000_000,
        b"(" * 200_000,
        b"[" * 200_000,
        b"<< " * 100_000,
        b"<" * 200_000,
        b"q " * 1_000_000,
        b"\\(" * 200_000,
        b"/Span <</MCID 0>> BDC " * 100_000,
        b"% a comment" * 1000,
        b"BI /W 1 /H 1 ID " * 10_000,
        bytes(range(256)) * 1000,
    ],
    ids=lambda data: repr(data[:10]),
)
def test_drawing_without_sense_is_passed_over_check(pdf: Path, damage: Damage, data: bytes) -> None:
    assert codes(damage(pdf, lambda document: content(document, data))) <= {"broken-page", "wrong-folio", "untagged"}


def with_fonts_that_share_a_bomb(pdf: Any) -> None:
    """Each says for all codes what they stand for, again and again."""
    told = pdf.make_stream(b"1 beginbfrange <0000> <ffff> <0041> endbfrange\n" * 20_000)
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    fonts = Dictionary()
    for number in range(50):
        copy = pdf.make_indirect(Dictionary(font))
        copy.ToUnicode = told
        fonts[f"/F{number}"] = copy
    pdf.pages[4].Resources.Font = fonts
    content(pdf, b"/Artifact BMC BT " + b"".join(b"/F%d 9 Tf <0041> Tj " % number for number in range(50)) + b"ET EMC")


def test_fonts_that_take_long_are_read_check(pdf: Path, damage: Damage) -> None:
    assert codes(damage(pdf, with_fonts_that_share_a_bomb))


def test_a_tree_of_pages_in_a_circle_is_told(pdf: Path, tmp_path: Path) -> None:
    with pikepdf.open(pdf) as document:
        document.save(tmp_path / "plain.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = (tmp_path / "plain.pdf").read_bytes()
    number = int(data.split(b"/Type /Pages")[0].rsplit(b" 0 obj", 1)[0].split()[-1])
    start = data.index(b"/Kids [ ") + len(b"/Kids [ ")
    path = tmp_path / "a.pdf"
    path.write_bytes(data[:start] + b"%d 0 R " % number + data[start:])
    assert check(path)


def with_an_outline_in_a_circle(pdf: Any) -> None:
    pdf.Root.Outlines.First.Next = pdf.Root.Outlines.First


def with_tags_in_a_circle(pdf: Any) -> None:
    document = pdf.Root.StructTreeRoot.K[0]
    document.K.append(document)


def with_roles_in_a_circle(pdf: Any) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.Q, Q=Name.P)


@pytest.mark.parametrize("change", [with_an_outline_in_a_circle, with_tags_in_a_circle, with_roles_in_a_circle])
def test_circles_that_do_no_harm_are_passed_over(pdf: Path, damage: Damage, change: Change) -> None:
    assert check(damage(pdf, change)) == ()


def without_pages(pdf: Any) -> None:
    del pdf.pages[:]


def test_a_file_without_pages_is_told(pdf: Path, damage: Damage) -> None:
    assert "no-pages" in codes(damage(pdf, without_pages))


def test_metadata_that_is_no_xml_is_as_none(pdf: Path, damage: Damage) -> None:
    assert check(damage(pdf, lambda document: document.Root.Metadata.write(b"<no"))) == ()


def test_metadata_that_unpacks_to_very_much_is_as_none(pdf: Path, damage: Damage) -> None:
    def bomb(document: Any) -> None:
        document.Root.Metadata.write(zlib.compress(bytes(300_000_000), 9), filter=Name.FlateDecode)

    assert check(damage(pdf, bomb)) == ()


ROOT = ("Outlines", "PageLabels", "Names", "Lang", "ViewerPreferences", "MarkInfo", "StructTreeRoot", "Metadata")
PAGE = ("Contents", "Resources", "Annots", "StructParents", "Tabs", "TrimBox", "BleedBox", "MediaBox", "Group")
WRONG: dict[str, Callable[[], Any]] = {
    "number": lambda: 7,
    "nothing": lambda: Array([]),
    "array": lambda: Array([1, Name.X, Dictionary()]),
    "dictionary": Dictionary,
    "string": lambda: String("x"),
    "name": lambda: Name.X,
    "truth": lambda: False,
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("key", [*ROOT, *PAGE])
@pytest.mark.parametrize("kind", ["pdf", "press"])
def test_an_entry_that_is_something_else_does_no_harm(
    kind: str, key: str, wrong: str, damage: Damage, request: pytest.FixtureRequest
) -> None:
    def change(document: Any) -> None:
        (document.Root if key in ROOT else document.pages[4].obj)[f"/{key}"] = WRONG[wrong]()

    check(damage(request.getfixturevalue(kind), change))


@pytest.mark.parametrize("key", ["Encoding", "ToUnicode", "DescendantFonts", "Subtype", "BaseFont"])
@pytest.mark.parametrize("wrong", WRONG)
def test_a_font_that_is_something_else_does_no_harm(pdf: Path, damage: Damage, key: str, wrong: str) -> None:
    def change(document: Any) -> None:
        for font in document.pages[4].Resources.Font.values():
            font[f"/{key}"] = WRONG[wrong]()

    check(damage(pdf, change))


@pytest.mark.parametrize("seed", range(60))
def test_a_file_with_bytes_changed_does_no_harm(pdf: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(pdf.read_bytes())
    for _ in range(chance.choice((1, 5, 50))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if seed % 10 == 0:
        del data[chance.randrange(len(data)) :]
    (tmp_path / "a.pdf").write_bytes(data)
    check(tmp_path / "a.pdf")


def test_a_stream_is_not_unpacked_beyond_its_budget() -> None:
    with pikepdf.new() as pdf:
        stream = pikepdf.Stream(pdf, zlib.compress(bytes(1000)), Filter=Name.FlateDecode)
        assert streams.unpacked(stream, streams.Budget(2000)) == bytes(1000)
        with pytest.raises(streams.TooLargeError):
            streams.unpacked(stream, streams.Budget(900))
