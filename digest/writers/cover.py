"""Writes the cover of a printed book as a PDF/X-4 of its own: back, spine and front on one sheet."""

from __future__ import annotations

from pathlib import Path

from digest.model import Doubt, Edition
from digest.style import Style

SUFFIX = "-cover.pdf"
PREPARES = "digest.printing.layout:prepare"


def write(edition: Edition, style: Style, path: Path) -> tuple[Doubt, ...]:
    """Write the cover to `path`; the book is set once, to count its pages.

    Raises what print does, and SettingsError where nobody has said how thick the paper is.
    """
    from digest.printing import book, files, sheets, wrap
    from digest.printing.press_ready import VERSION, press_ready

    how = style.production
    wrap.need_thickness(how)
    inside = files.opened(book.bound(edition, style, book.Purpose(tagged=False)).pdf)
    sheets.fill_signatures(inside, how.signature)
    made = wrap.made(edition, style, len(inside.pages))
    pdf = files.opened(made.pdf)
    coarse = press_ready(pdf, edition, how, made.margins)
    files.save(pdf, path, VERSION)
    return (*made.doubts, *coarse)
