"""veraPDF: each PDF for the screen is what PDF/UA-1 asks for.

A character that no font has cannot pass, so the book of hostile text is not asked; its PDF says so in a doubt.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from generated.orders import STYLES

from digest import style
from digest.writers import pdf
from reading_systems import books
from reading_systems.books import Book

VERAPDF = Path(__file__).parents[3] / "shared" / "tools" / "verapdf.py"


@pytest.mark.skipif(not VERAPDF.exists(), reason="../shared/tools/verapdf.py is not there")
@pytest.mark.parametrize("name", [*STYLES, books.ILLUSTRATED])
def test_a_screen_reader_finds_all_that_pdf_ua_promises(
    name: str, library: Callable[[str], Book], tmp_path: Path
) -> None:
    look = style.find(name if name in STYLES else "classic", books.ROOT)
    path = tmp_path / "a.pdf"
    pdf.write(library(name).edition, look, path)
    said = subprocess.run([sys.executable, str(VERAPDF), "PDFUA-1", str(path)], capture_output=True, text=True)
    assert "PDFUA-1 compliant" in said.stdout, said.stdout + said.stderr
