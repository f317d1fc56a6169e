"""Writes an edition as a booklet: two pages on each side of a sheet, for the office printer and a stapler."""

from __future__ import annotations

from pathlib import Path

from digest.model import Doubt, Edition
from digest.style import Style

SUFFIX = "-booklet.pdf"
PREPARES = "digest.printing.layout:prepare"


def write(edition: Edition, style: Style, path: Path) -> tuple[Doubt, ...]:
    """Write the booklet to `path`, to be printed on both sides and turned over the short edge; raises what pdf does."""
    from digest.printing import book, files, imposition, metadata

    made = book.bound(edition, style, book.Purpose(tagged=False))
    pdf = imposition.imposed(files.opened(made.pdf), style.production)
    metadata.describe(pdf, edition)
    files.save(pdf, path)
    return made.doubts
