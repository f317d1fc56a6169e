"""Writes an edition as a PDF/X-4 for a print shop: trim and bleed, inks of the press, whole signatures."""

from __future__ import annotations

from pathlib import Path

from digest.model import Doubt, Edition
from digest.style import Style

SUFFIX = "-print.pdf"
PREPARES = "digest.printing.layout:prepare"


def write(edition: Edition, style: Style, path: Path) -> tuple[Doubt, ...]:
    """Write the PDF to `path`; the doubts are those of pdf, and of `press_ready`. Raises what both do."""
    from digest.printing import book, files, sheets
    from digest.printing.press_ready import VERSION, press_ready

    made = book.bound(edition, style, book.Purpose(css=sheets.CSS, tagged=False))
    pdf = files.opened(made.pdf)
    sheets.fill_signatures(pdf, style.production.signature)
    coarse = press_ready(pdf, edition, style.production, made.margins)
    files.save(pdf, path, VERSION)
    return (*made.doubts, *coarse)
