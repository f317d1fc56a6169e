"""Pages set with and without the rules of Chinese, and their characters as pdfium sees them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from digest import typesetting

SIZE = 10.5  # points
PAGE = """<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>t</title><style>
@page {{ size: 600pt 800pt; margin: 50pt }}
html {{ font: 10.5pt/17.5pt text, head; overflow-wrap: anywhere }}
body, p {{ margin: 0 }}
strong {{ font-family: head; font-weight: normal }}
sup {{ line-height: 0 }}
.set {{ width: {width}pt; text-align: justify }}
{css}</style><div class="set">{html}</div></html>"""


@dataclass(frozen=True)
class Char:
    text: str
    page: int
    x: float  # points, where it is written from
    y: float
    left: float
    right: float


@dataclass(frozen=True)
class Sheet:
    data: bytes

    @property
    def text(self) -> str:
        """All that pdfium reads, the spaces that it guesses included, without the ends of lines."""
        import pypdfium2  # type: ignore[import-untyped]

        with pypdfium2.PdfDocument(self.data) as document:
            found = "".join(page.get_textpage().get_text_range() for page in document)
        return found.replace("\r", "").replace("\n", "").replace("\ufffe", "")

    @property
    def chars(self) -> list[Char]:
        return list(self._chars())

    def _chars(self) -> Iterator[Char]:
        import pypdfium2
        from pypdfium2 import raw

        with pypdfium2.PdfDocument(self.data) as document:
            for number, page in enumerate(document):
                text: Any = page.get_textpage()
                for index in range(text.count_chars()):
                    char = chr(raw.FPDFText_GetUnicode(text, index))
                    if raw.FPDFText_IsGenerated(text, index) or char in "\r\n":
                        continue
                    x, y = ctypes.c_double(), ctypes.c_double()
                    raw.FPDFText_GetCharOrigin(text, index, x, y)
                    left, _, right, _ = text.get_charbox(index, loose=True)
                    yield Char(char, number, x.value, y.value, left, right)

    @property
    def lines(self) -> list[list[Char]]:
        """The characters of each line, from left to right, without the spaces."""
        found: dict[tuple[int, int], list[Char]] = {}
        for char in self.chars:
            if char.text != " ":
                found.setdefault((char.page, round(char.y)), []).append(char)
        return [sorted(found[key], key=lambda char: char.x) for key in sorted(found, key=lambda key: (key[0], -key[1]))]

    @property
    def words(self) -> list[str]:
        return ["".join(char.text for char in line) for line in self.lines]


def make(html: str, measure: float = 20, css: str = "", *, plain: bool = False, **options: Any) -> Sheet:
    """Set some HTML on a measure of so many characters; `plain` is as WeasyPrint sets it by itself."""
    import weasyprint

    how: AbstractContextManager[object] = nullcontext() if plain else typesetting.chinese(**options)
    page, made = PAGE.format(width=measure * SIZE + 0.01, css=css, html=html), BytesIO()
    with how:
        weasyprint.HTML(string=page).write_pdf(made, pdf_tags=True)
    return Sheet(made.getvalue())
