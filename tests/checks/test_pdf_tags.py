"""What a PDF is held to that claims to be for all readers: PDF/UA."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from findings import findings
from pikepdf import Dictionary, Name, NumberTree

from digest.checks import check
from digest.errors import LibraryMissingError

Change = Callable[[Any], None]
Damage = Callable[[Path, Change], Path]


def elements(pdf: Any, role: str) -> Iterator[Any]:
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        if role == element.S:
            yield element
        kids = element.get("/K", [])
        waiting.extend(kid for kid in reversed(list(kids)) if isinstance(kid, Dictionary) and "/S" in kid)


def untagged(pdf: Any) -> None:
    pdf.Root.MarkInfo.Marked = False


def under_its_file_name(pdf: Any) -> None:
    del pdf.Root.ViewerPreferences


def without_order(pdf: Any) -> None:
    del pdf.pages[2].obj.Tabs


def with_a_mark_that_nobody_knows(pdf: Any) -> None:
    page = pdf.pages[4]
    page.contents_coalesce()
    page.obj.Contents.write(page.obj.Contents.read_bytes().replace(b"/MCID 1>>", b"/MCID 999>>"))


def with_a_page_that_the_tree_does_not_know(pdf: Any) -> None:
    del pdf.pages[4].obj.StructParents


def with_unmarked_text(pdf: Any) -> None:
    page = pdf.pages[5]
    page.contents_coalesce()
    data = page.obj.Contents.read_bytes()
    page.obj.Contents.write(data.replace(b"/Artifact << /Type /Pagination", b"/Other << /Type /Pagination"))


def with_a_silent_link(pdf: Any) -> None:
    del pdf.pages[2].obj.Annots[0].Contents


def with_a_link_outside_of_the_tree(pdf: Any) -> None:
    del pdf.pages[2].obj.Annots[0].StructParent


def with_a_link_that_is_none(pdf: Any) -> None:
    number = int(pdf.pages[2].obj.Annots[0].StructParent)
    NumberTree(pdf.Root.StructTreeRoot.ParentTree)[number].S = Name.Span


def with_a_figure(pdf: Any) -> None:
    paragraph = next(elements(pdf, "/P"))
    paragraph.S = Name.Figure


def with_a_picture_by_another_name(pdf: Any) -> None:
    with_a_figure(pdf)
    next(elements(pdf, "/Figure")).S = Name.Photograph
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Photograph=Name.Picture, Picture=Name.Figure)


def with_a_figure_that_is_told(pdf: Any) -> None:
    with_a_figure(pdf)
    next(elements(pdf, "/Figure")).Alt = "a picture"


def with_a_heading_left_out(pdf: Any) -> None:
    next(elements(pdf, "/H2")).S = Name.H4


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (untagged, {("untagged", "")}),
        (under_its_file_name, {("title-not-shown", "")}),
        (without_order, {("tab-order", "page 3")}),
        (with_a_mark_that_nobody_knows, {("untagged", "page 5")}),
        (with_a_page_that_the_tree_does_not_know, {("untagged", "page 5")}),
        (with_unmarked_text, {("untagged", "page 6")}),
        (with_a_silent_link, {("link-untold", "page 3")}),
        (with_a_link_outside_of_the_tree, {("untagged", "page 3")}),
        (with_a_link_that_is_none, {("untagged", "page 3")}),
        (with_a_figure, {("no-alt", "page 1")}),
        (with_a_picture_by_another_name, {("no-alt", "page 1")}),
        (with_a_figure_that_is_told, set()),
        (with_a_heading_left_out, {("heading-skip", "page 6")}),
    ],
)
def test_each_damage_has_its_code_and_its_place(
    pdf: Path, damage: Damage, change: Change, expected: set[tuple[str, str]]
) -> None:
    assert set(findings(damage(pdf, change))) == expected


def test_without_the_claim_nobody_asks_for_tags(pdf: Path, damage: Damage) -> None:
    def unclaimed(document: Any) -> None:
        packet = document.Root.Metadata
        packet.write(packet.read_bytes().replace(b"pdfuaid:part", b"pdfuaid:other"))
        del document.Root.StructTreeRoot, document.Root.MarkInfo, document.Root.ViewerPreferences

    assert check(damage(pdf, unclaimed)) == ()


def test_the_claim_may_stand_in_an_attribute(pdf: Path, damage: Damage) -> None:
    def shortened(document: Any) -> None:
        packet = document.Root.Metadata
        data = packet.read_bytes().replace(b"<pdfuaid:part>1</pdfuaid:part>", b"")
        packet.write(data.replace(b'rdf:about=""', b'rdf:about="" pdfuaid:part="1"'))
        untagged(document)

    assert findings(damage(pdf, shortened)) == [("untagged", "")]


REPORT = """<?xml version="1.0" encoding="utf-8"?>
<report><jobs><job><validationReport jobEndStatus="normal" isCompliant="{compliant}">
<details passedRules="105" failedRules="1">{rules}</details></validationReport></job></jobs></report>
"""
RULE = """<rule specification="ISO 14289-1:2014" clause="7.18.5" testNumber="2" status="failed" failedChecks="1">
<description>Links shall contain an alternate description</description>
<check status="failed"><context>root/document[0]/pages[2](12 0 obj PDPage)/annots[0]</context></check></rule>
<rule specification="ISO 14289-1:2014" clause="7.1" testNumber="3" status="passed"/>
"""


@pytest.fixture
def verapdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, int], Path]:
    """Put a command of that name on PATH, which writes this, and notes what it was called with."""

    def put(report: str, code: int) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir()
        (folder / "report").write_text(report)
        command = folder / "verapdf"
        command.write_text(f'#!/bin/sh\necho "$@" > "{folder}/called"\ncat "{folder}/report"\nexit {code}\n')
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(folder), prepend=":")
        return folder / "called"

    return put


def test_what_verapdf_finds_comes_with_its_own_clause_and_place(pdf: Path, verapdf: Callable[[str, int], Path]) -> None:
    called = verapdf(REPORT.format(compliant="false", rules=RULE), 1)
    (finding,) = check(pdf)
    assert (finding.code, finding.severity, finding.where) == ("verapdf-7.18.5-2", "error", "page 3")
    assert finding.message == "Links shall contain an alternate description"
    assert finding.hint
    assert called.read_text() == f"--format xml --flavour ua1 {pdf}\n"


def test_a_book_that_verapdf_finds_nothing_in_is_clean(pdf: Path, verapdf: Callable[[str, int], Path]) -> None:
    verapdf(REPORT.format(compliant="true", rules=""), 0)
    assert check(pdf) == ()


def test_verapdf_is_not_asked_about_what_does_not_claim_pdf_ua(
    press: Path, booklet: Path, verapdf: Callable[[str, int], Path]
) -> None:
    called = verapdf("", 1)
    assert (check(press), check(booklet)) == ((), ())
    assert not called.exists()


@pytest.mark.parametrize("report", ["", "no XML", "<report><jobs/></report>"])
def test_a_verapdf_that_does_not_run_is_told(pdf: Path, verapdf: Callable[[str, int], Path], report: str) -> None:
    verapdf(report, 1)
    with pytest.raises(LibraryMissingError, match="veraPDF is installed but does not run"):
        check(pdf)


def test_without_verapdf_our_own_rules_are_all(pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert check(pdf) == ()
