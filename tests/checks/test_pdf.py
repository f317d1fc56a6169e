"""What every PDF is held to, whatever it claims to be."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from findings import findings
from pikepdf import Array, Dictionary, Name, String

from digest.checks import Finding, check

Change = Callable[[Any], None]
Damage = Callable[[Path, Change], Path]


def fonts_of(pdf: Any) -> Any:
    return pdf.pages[0].Resources.Font


def contents_of(page: Any) -> Any:
    page.contents_coalesce()
    return page.obj.Contents


def changed(page: Any, old: bytes, new: bytes) -> None:
    contents = contents_of(page)
    data = re.sub(old, new, contents.read_bytes(), count=1)
    assert data != contents.read_bytes()
    contents.write(data)


def test_a_sound_book_is_clean(pdf: Path) -> None:
    assert check(pdf) == ()


def test_a_sound_booklet_is_clean(booklet: Path) -> None:
    assert check(booklet) == ()


def unembedded(pdf: Any) -> None:
    for font in fonts_of(pdf).values():
        del font.DescendantFonts[0].FontDescriptor.FontFile3


def with_a_font_of_the_machine(pdf: Any) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    form = pdf.make_stream(b"BT /Other 9 Tf (now) Tj ET")
    form.Subtype, form.Resources = Name.Form, Dictionary(Font=Dictionary(Other=font))
    page = pdf.pages[4]
    page.Resources.XObject = Dictionary(Form=form)
    contents = contents_of(page)
    contents.write(b"/Artifact BMC /Form Do EMC " + contents.read_bytes())


def with_a_font_under_its_whole_name(pdf: Any) -> None:
    for font in fonts_of(pdf).values():
        font.BaseFont = Name("/Whole")


def with_a_missing_glyph(pdf: Any) -> None:
    """As our own writer does it: a character without a glyph has a code and a text, and shows glyph 0."""
    font = next(iter(fonts_of(pdf).values()))
    (code,) = re.findall(rb"beginbfchar\n<(....)>", font.ToUnicode.read_bytes())
    cmap = b"1 begincodespacerange <0000> <ffff> endcodespacerange\n1 begincidrange <0000> <ffff> 0 endcidrange\n"
    font.Encoding = pdf.make_stream(cmap + b"1 begincidchar <" + code + b"> 0 endcidchar")


def without_unicode(pdf: Any) -> None:
    for font in fonts_of(pdf).values():
        del font.ToUnicode


def untitled(pdf: Any) -> None:
    del pdf.docinfo["/Title"]


def with_another_title(pdf: Any) -> None:
    pdf.docinfo["/Title"] = String("another")


def speechless(pdf: Any) -> None:
    del pdf.Root.Lang


def without_outline(pdf: Any) -> None:
    del pdf.Root.Outlines


def with_an_entry_to_nowhere(pdf: Any) -> None:
    del pdf.Root.Outlines.First.First.Dest


def with_dead_link(pdf: Any) -> None:
    pdf.pages[2].Annots[0].Dest = String("nowhere")


def with_dead_action(pdf: Any) -> None:
    link = pdf.pages[2].Annots[0]
    del link.Dest
    link.A = Dictionary(S=Name.GoTo, D=String("nowhere"))


def with_a_link_without_target(pdf: Any) -> None:
    del pdf.pages[2].Annots[0].Dest


def with_a_link_to_a_page_that_was_cut(pdf: Any) -> None:
    pdf.pages[2].Annots[0].Dest = Array([pdf.make_indirect(Dictionary(Type=Name.Page)), Name.Fit])


def with_a_large_page(pdf: Any) -> None:
    pdf.pages[3].trimbox = [0, 0, 595, 842]


def with_a_wrong_entry(pdf: Any) -> None:
    """The first article's line leads to the title page."""
    pdf.Root.Outlines.First.First.Dest[0] = pdf.pages[0].obj


def with_labels_moved(pdf: Any) -> None:
    """The text begins with 2, and the contents were printed for 1."""
    pdf.Root.PageLabels.Nums[3].St = 2


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (unembedded, {("font-not-embedded", "page 1")}),
        (with_a_font_of_the_machine, {("font-not-embedded", "page 5")}),
        (with_a_font_under_its_whole_name, {("font-not-subset", "")}),
        (untitled, {("no-title", "")}),
        (with_another_title, {("titles-differ", "")}),
        (speechless, {("no-language", "")}),
        (without_outline, {("no-outline", "")}),
        (with_an_entry_to_nowhere, {("dead-link", "第1篇")}),
        (with_dead_link, {("dead-link", "page 3")}),
        (with_dead_action, {("dead-link", "page 3")}),
        (with_a_link_without_target, {("dead-link", "page 3")}),
        (with_a_link_to_a_page_that_was_cut, {("dead-link", "page 3")}),
        (with_a_large_page, {("page-size", "page 4")}),
        (with_a_wrong_entry, {("wrong-folio", "page 1")}),
        (with_labels_moved, {("wrong-folio", "page 3"), ("wrong-folio", "page 7")}),  # contents, index
    ],
)
def test_each_damage_has_its_code_and_its_place(
    pdf: Path, damage: Damage, change: Change, expected: set[tuple[str, str]]
) -> None:
    assert set(findings(damage(pdf, change))) == expected


def test_text_that_cannot_be_searched_is_told_on_each_page(pdf: Path, damage: Damage) -> None:
    found = findings(damage(pdf, without_unicode))
    assert {code for code, _ in found} == {"no-unicode"}
    assert ("no-unicode", "page 1") in found


def test_a_missing_glyph_is_named(pdf: Path, damage: Damage) -> None:
    (found, *_) = check(damage(pdf, with_a_missing_glyph))
    assert (found.code, found.severity) == ("missing-glyph", "error")
    assert re.fullmatch(r"no glyph for . \(U\+[0-9A-F]{4}\)", found.message)


def test_a_glyph_that_the_embedded_font_lacks_is_told(pdf: Path, damage: Damage) -> None:
    def swapped(document: Any) -> None:
        one, other = fonts_of(document).values()
        one.DescendantFonts[0].FontDescriptor.FontFile3 = other.DescendantFonts[0].FontDescriptor.FontFile3

    assert {code for code, _ in findings(damage(pdf, swapped))} == {"missing-glyph"}


def test_a_font_that_holds_far_more_than_is_shown_is_told(pdf: Path, damage: Damage, tmp_path: Path) -> None:
    from digest import style, subset

    serif = next(iter(style.find("classic", tmp_path).fonts.values())).read_bytes()

    def whole(document: Any) -> None:
        for font in fonts_of(document).values():
            cut = subset.glyphs(serif, range(2000))
            font.DescendantFonts[0].FontDescriptor.FontFile3.write(cut)

    found = [finding for finding in check(damage(pdf, whole)) if finding.code == "font-not-subset"]
    assert found
    assert "glyphs, of which" in found[0].message


def test_a_title_is_looked_for_as_it_may_be_printed(pdf: Path, damage: Damage) -> None:
    """Spaces, forms of one character and what has no width are no difference."""

    def spaced(document: Any) -> None:
        document.Root.Outlines.First.First.Title = String("第 １\u200b 篇")

    assert check(damage(pdf, spaced)) == ()


def test_a_number_that_is_linked_without_words_is_the_mark_of_a_note(pdf: Path, damage: Damage) -> None:
    def without_words(document: Any) -> None:
        with_labels_moved(document)
        for page in document.pages:
            links = [link for link in page.get("/Annots", ()) if float(link.Rect[0]) > 300]
            page.Annots = Array(links)

    assert check(damage(pdf, without_words)) == ()


def test_a_coarse_picture_on_a_screen_is_only_told(pdf: Path, damage: Damage) -> None:
    def coarse(document: Any) -> None:
        image = document.make_stream(bytes(100))
        image.Subtype, image.Width, image.Height = Name.Image, 10, 10
        image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
        page = document.pages[4]
        page.Resources.XObject = Dictionary(Picture=image)
        contents = contents_of(page)
        contents.write(b"/Artifact BMC q 72 0 0 72 100 100 cm /Picture Do Q EMC " + contents.read_bytes())

    (found,) = check(damage(pdf, coarse))
    assert (found.code, found.severity, found.where) == ("low-resolution", "info", "page 5")
    assert "10 × 10 pixels has 10 dpi" in found.message


def test_of_one_code_only_the_first_are_shown(pdf: Path, damage: Damage) -> None:
    def with_many_dead_links(document: Any) -> None:
        link = document.pages[2].Annots[0]
        link.Dest = String("nowhere")
        document.pages[2].Annots = Array([link] * 25)

    found = [finding for finding in check(damage(pdf, with_many_dead_links)) if finding.code == "dead-link"]
    assert len(found) == 11
    assert found[-1] == Finding("dead-link", "error", "and 15 more of these", "", "mend the link, or take it off")


def test_a_file_that_is_no_pdf_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no pdf")
    assert findings(tmp_path / "a.pdf") == [("not-a-pdf", "")]


def test_a_pdf_behind_a_password_is_told(pdf: Path, tmp_path: Path) -> None:
    with pikepdf.open(pdf) as document:
        document.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    assert findings(tmp_path / "a.pdf") == [("encrypted", "")]


def test_a_pdf_that_opens_and_is_encrypted_is_told(pdf: Path, tmp_path: Path) -> None:
    with pikepdf.open(pdf) as document:
        document.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="o", user=""))
    assert findings(tmp_path / "a.pdf") == [("encrypted", "")]
