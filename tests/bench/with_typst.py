"""Sets a book with Typst.

with_typst.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst


def main(folder: Path) -> None:
    """Write typst.pdf of book.typ."""
    fonts = Path(pylopdf_fonts_zh_cn.__file__).parent
    typst.compile(folder / "book.typ", output=folder / "typst.pdf", font_paths=[fonts], ignore_system_fonts=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
