"""Whether pictures have as many pixels as they need at their size."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from digest.checks import Finding, Severity
from digest.checks.pdf.book import Book

ON_PAPER = 300  # pixels to an inch, which shops ask for: FACTS, print
ON_SCREEN = 96  # those of CSS: fewer, and the picture was made larger than it is
ROUNDING = 0.01  # of it: sizes on a page are rounded
A_TONE = 1  # pixel: a picture of one is a plain surface


def _resolution(book: Book) -> Iterator[Finding]:
    """Every picture is sharp where it is shown; on a screen, a coarse one is only told."""
    wanted = ON_PAPER if book.is_for_press else ON_SCREEN
    severity: Severity = "warning" if book.is_for_press else "info"
    for where, _, drawn in book.numbered():
        for shown in sorted(drawn.pictures, key=lambda placed: placed.dpi):
            if shown.dpi < wanted * (1 - ROUNDING) and max(shown.width, shown.height) > A_TONE:
                what = f"a picture of {shown.width} × {shown.height} pixels has {shown.dpi:.0f} dpi there"
                hint = f"put a larger picture, or show it smaller: {wanted} dpi look sharp"
                yield Finding("low-resolution", severity, what, where, hint)


RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (_resolution,)
