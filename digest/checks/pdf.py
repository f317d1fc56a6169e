"""Checks a PDF: fonts, contents, language and links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digest.checks import Finding

if TYPE_CHECKING:
    from pikepdf import Pdf

FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
SAME_SIZE = 0.5  # points; less is rounding


def check(path: Path) -> tuple[Finding, ...]:
    """Check a PDF as `digest make` writes it."""
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            return tuple(finding for rule in RULES for finding in rule(pdf))
    except pikepdf.PasswordError:
        return (Finding("encrypted", "error", "it asks for a password", hint="make the book again"),)
    except pikepdf.PdfError as error:
        return (Finding("not-a-pdf", "error", f"it cannot be read: {error}", hint="make the book again"),)


def _fonts(pdf: Pdf) -> Iterator[Finding]:
    """Every font is embedded: without it, each machine shows another book."""
    seen = set()
    for number, page in enumerate(pdf.pages, start=1):
        resources: Any = page.get("/Resources", {})
        for font in resources.get("/Font", {}).values():
            name = str(font.get("/BaseFont", "?")).removeprefix("/")
            if name not in seen and not _is_embedded(font):
                hint = "make the book again, with fonts of its style alone"
                yield Finding("font-not-embedded", "error", f"{name} is not embedded", f"page {number}", hint)
            seen.add(name)


def _is_embedded(font: Any) -> bool:
    if font.get("/Subtype") == "/Type3":  # its glyphs are drawings in the file
        return True
    descendants = font.get("/DescendantFonts")
    descriptor = (descendants[0] if descendants is not None else font).get("/FontDescriptor")
    return descriptor is not None and any(key in descriptor for key in FONT_FILES)


def _metadata(pdf: Pdf) -> Iterator[Finding]:
    """It says its title and its language."""
    if not str(pdf.docinfo.get("/Title", "")):
        yield Finding("no-title", "warning", "it has no title", hint="give the edition one")
    if not str(pdf.Root.get("/Lang", "")):
        yield Finding("no-language", "warning", "it does not say its language", hint="give the edition one")


def _outline(pdf: Pdf) -> Iterator[Finding]:
    """It has an outline, whose entries all lead to a page."""
    with pdf.open_outline() as outline:
        entries = [entry for chapter in outline.root for entry in (chapter, *chapter.children)]
    if not entries and len(pdf.pages) > 1:
        hint = "name the heads of its chapters in CSS: bookmark-level, bookmark-label"
        yield Finding("no-outline", "warning", "it has no outline", hint=hint)
    for entry in entries:
        if entry.destination is None and entry.action is None:
            hint = "make the book again: its head is on no page"
            yield Finding("dead-link", "error", "an entry of the outline leads nowhere", str(entry.title), hint)


def _links(pdf: Pdf) -> Iterator[Finding]:
    """Every link inside leads to a page."""
    from pikepdf import Name, String

    names = _destinations(pdf)
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in page.get("/Annots") or ():
            action: Any = annotation.get("/A", {})
            target = annotation.get("/Dest", action.get("/D"))
            if isinstance(target, String | Name) and str(target) not in names:
                hint = "mend the link, or take it off"
                yield Finding("dead-link", "error", f"{target} leads nowhere", f"page {number}", hint)


def _destinations(pdf: Pdf) -> set[str]:
    from pikepdf import NameTree

    names: Any = pdf.Root.get("/Names", {})
    return {str(name) for name in NameTree(names["/Dests"])} if "/Dests" in names else set()


def _sizes(pdf: Pdf) -> Iterator[Finding]:
    """All pages have one size."""
    first = pdf.pages[0].trimbox if len(pdf.pages) else None
    for number, page in enumerate(pdf.pages, start=1):
        if first is not None and any(
            abs(float(a) - float(b)) > SAME_SIZE for a, b in zip(page.trimbox, first, strict=True)
        ):
            hint = "give all pages one size in the style: a printer takes no other"
            yield Finding("page-size", "warning", "its size is not that of the first page", f"page {number}", hint)


RULES: tuple[Callable[[Any], Iterator[Finding]], ...] = (_fonts, _metadata, _outline, _links, _sizes)
