"""Writes an edition as an EPUB 3.3 that EPUB 2 readers open too."""

from __future__ import annotations

from pathlib import Path

from digest.model import Doubt, Edition
from digest.style import Style

SUFFIX = ".epub"


def write(edition: Edition, style: Style, path: Path) -> tuple[Doubt, ...]:
    """Write the EPUB to `path`; the doubts and what is raised are those of `ebook.write`."""
    from digest import ebook  # a book that is found as it was made has no use for it

    return ebook.write(edition, style, path)
