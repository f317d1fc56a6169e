from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from digest.checks import check


def findings(path: Path) -> list[tuple[str, str]]:
    """What is found; each finding says what to do."""
    found = check(path)
    assert [finding.code for finding in found if not finding.hint] == []
    return [(finding.code, finding.where) for finding in found]


def unembedded(pdf: Any) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        del font.DescendantFonts[0].FontDescriptor.FontFile3


def untitled(pdf: Any) -> None:
    del pdf.docinfo["/Title"]


def speechless(pdf: Any) -> None:
    del pdf.Root.Lang


def without_outline(pdf: Any) -> None:
    del pdf.Root.Outlines


def with_dead_link(pdf: Any) -> None:
    pdf.pages[2].Annots[0].Dest = pikepdf.String("nowhere")


def with_dead_action(pdf: Any) -> None:
    link = pdf.pages[2].Annots[0]
    del link.Dest
    link.A = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.String("nowhere"))


def with_a_large_page(pdf: Any) -> None:
    pdf.pages[3].trimbox = [0, 0, 595, 842]


def test_a_sound_book_is_clean(pdf: Path) -> None:
    assert check(pdf) == ()


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (unembedded, {("font-not-embedded", "page 1")}),
        (untitled, {("no-title", "")}),
        (speechless, {("no-language", "")}),
        (without_outline, {("no-outline", "")}),
        (with_dead_link, {("dead-link", "page 3")}),
        (with_dead_action, {("dead-link", "page 3")}),
        (with_a_large_page, {("page-size", "page 4")}),
    ],
)
def test_each_damage_has_its_code_and_its_place(
    pdf: Path, tmp_path: Path, damage: Callable[[Any], None], expected: set[tuple[str, str]]
) -> None:
    with pikepdf.open(pdf) as document:
        damage(document)
        document.save(tmp_path / "damaged.pdf")
    assert set(findings(tmp_path / "damaged.pdf")) == expected


def test_a_file_that_is_no_pdf_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no pdf")
    assert findings(tmp_path / "a.pdf") == [("not-a-pdf", "")]


def test_a_pdf_behind_a_password_is_told(pdf: Path, tmp_path: Path) -> None:
    with pikepdf.open(pdf) as document:
        document.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    assert findings(tmp_path / "a.pdf") == [("encrypted", "")]
