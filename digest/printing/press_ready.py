"""Makes a PDF what a press takes: PDF/X-4, in its inks, trimmed, and each coarse picture named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from digest.model import Doubt, Edition
from digest.printing import metadata, sheets
from digest.printing.inks import to_press
from digest.printing.press_profile import output_intent, profile_of
from digest.printing.resolution import resolutions
from digest.production import Production

if TYPE_CHECKING:
    from pikepdf import Pdf

DPI = 300  # what shops ask of a photograph
ROUNDING = 1.0  # a picture that was made for the page has a little more or less
VERSION = "1.6"  # of PDF, for PDF/X-4: ISO 15930-7, 6.1


def press_ready(pdf: Pdf, edition: Edition, how: Production, margins: tuple[float, float]) -> tuple[Doubt, ...]:
    """Change a PDF for the press; the doubts ("low-resolution") name the pages of pictures that will look coarse.

    Raises BrokenStyleError for a colour that no press knows.
    """
    sheets.bare(pdf)
    coarse = tuple(_coarse(pdf))
    profile = how.profile or profile_of()
    to_press(pdf, profile)
    output_intent(pdf, profile, how.condition)
    sheets.trim(pdf, sheets.Sheet(how.crop_marks, *margins))
    metadata.describe(pdf, edition, metadata.for_press(edition))
    return coarse


def _coarse(pdf: Pdf) -> Iterator[Doubt]:
    for shown in resolutions(pdf):
        if shown.dpi < DPI - ROUNDING:
            what = f"a picture of {shown.width} × {shown.height} dots is printed with {shown.dpi:.0f} an inch"
            yield Doubt("low-resolution", f"page {shown.page + 1} of the PDF: {what}, and a shop asks for {DPI}")
