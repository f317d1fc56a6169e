"""Writes an edition as a PDF for the screen and the office printer."""

from __future__ import annotations

from pathlib import Path

from digest.model import Doubt, Edition
from digest.style import Style

SUFFIX = ".pdf"
PREPARES = "digest.printing.layout:prepare"


def write(edition: Edition, style: Style, path: Path) -> tuple[Doubt, ...]:
    """Write the PDF to `path`; the doubts are those of `markup.printable`, and others for each article.

    These are "missing-glyph", and "table-too-wide" for a table whose words had to be broken anywhere.
    Raises what `book.bound` does.
    """
    from digest.printing import book, metadata

    made = book.bound(edition, style, book.Purpose(claims=metadata.ACCESSIBLE))
    path.write_bytes(made.pdf)
    return made.doubts
