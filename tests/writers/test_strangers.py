"""Characters that no font has: shown as the box of a missing glyph, read out as what they are, in every part."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digest.model import Block, Chapter, Edition, Theme
from digest.style import Style
from digest.writers import pdf


@pytest.mark.parametrize("language", ["zh-CN", "he", "ko", "th"])
def test_each_part_has_its_own_and_all_are_told(small: Edition, classic: Style, tmp_path: Path, language: str) -> None:
    """Two chapters share one, and the words of the book itself may have some too."""
    one = next(small.articles)
    chapters = tuple(
        Chapter(Theme(f"章{word}"), (replace(one, id=word, blocks=(Block("paragraph", f"文{word}ת"),)),))
        for word in ("א", "ב")
    )
    edition = replace(small, language=language, publisher="ג", chapters=chapters)
    doubts = pdf.write(edition, classic, tmp_path / "a.pdf")
    told = " ".join(doubt.message for doubt in doubts if doubt.code == "missing-glyph")
    assert all(f"U+{ord(character):04X}" in told for character in "אבגת")
    assert "אב" not in text_of(tmp_path / "a.pdf")
    assert all(character in text_of(tmp_path / "a.pdf") for character in "אבת")


def text_of(path: Path) -> str:
    import pypdfium2  # type: ignore[import-untyped]

    with pypdfium2.PdfDocument(path) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
