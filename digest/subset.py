"""Reads which characters a font has, and cuts it down to some of them."""

from __future__ import annotations

from collections.abc import Iterable

# Name records (OpenType, `name`) that the licence of a font asks to be kept beside HarfBuzz's own choice of 0-6, among
# which the copyright is: trademark, licence, address of the licence.
LICENCE = {7, 13, 14}
OPENTYPE = b"OTTO"  # how a font with PostScript outlines begins


def characters(font: bytes) -> frozenset[str]:
    """Give the characters a font has: none for what is no OTF or TTF."""
    from uharfbuzz import Face

    return frozenset(map(chr, Face(font).unicodes))


def subset(font: bytes, wanted: Iterable[str]) -> bytes:
    """Cut a font down to the characters wanted, and what they need to be set: same font and characters, same bytes."""
    import uharfbuzz

    cut = uharfbuzz.SubsetInput()
    cut.unicode_set.update(map(ord, wanted))
    cut.name_id_set.update(LICENCE)
    # Hints move outlines to coarse pixels, which e-readers no longer have, and make Noto Serif a sixth larger. The box
    # of a missing glyph keeps its outline: without it a reader who has no other font would see nothing at all.
    cut.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    return bytes(uharfbuzz.subset(uharfbuzz.Face(font), cut).blob.data)


def suffix(font: bytes) -> str:
    """Give the ending of a font's file, which is the second half of its media type too (font/otf)."""
    return "otf" if font.startswith(OPENTYPE) else "ttf"
