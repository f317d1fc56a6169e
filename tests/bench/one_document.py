"""Sets a book as one document with plain WeasyPrint: what we are measured against.

one_document.py FOLDER tagged|untagged
"""

from __future__ import annotations

import sys
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration


def main(folder: Path, how: str) -> None:
    """Write tagged.pdf or untagged.pdf of book.html and book.css."""
    fonts = FontConfiguration()
    css = CSS(folder / "book.css", font_config=fonts)
    html = (folder / "book.html").read_text(encoding="utf-8").replace('<link rel="stylesheet" href="book.css"/>', "")
    document = HTML(string=html)
    document.write_pdf(folder / f"{how}.pdf", stylesheets=[css], font_config=fonts, pdf_tags=how == "tagged")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
