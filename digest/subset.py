"""Reads which characters a font has, and cuts it down to some of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# Name records (OpenType, `name`) that the licence of a font asks to be kept beside HarfBuzz's own choice of 0-6, among
# which the copyright is: trademark, licence, address of the licence.
LICENCE = {7, 13, 14}
# Tables that shape text: in a PDF the shaping is done.
NOT_IN_PDF = {"BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "VORG", "vhea", "vmtx"}
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


def glyphs(font: bytes, wanted: Iterable[int], index: int = 0, axes: Mapping[str, float] | None = None) -> bytes:
    """Cut a font down to the glyphs wanted, which keep their numbers, as a PDF names glyphs by them.

    Numbers must stay: a CID-keyed font that is numbered anew looks right and fails veraPDF. A variable font is fixed
    at `axes`, and elsewhere at its own default.
    """
    import uharfbuzz

    face = uharfbuzz.Face(font, index)
    cut = uharfbuzz.SubsetInput()
    cut.glyph_set.update(wanted)
    cut.name_id_set.update(LICENCE)
    cut.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in NOT_IN_PDF)
    flags = uharfbuzz.SubsetFlags
    cut.flags = (
        flags.RETAIN_GIDS | flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.DESUBROUTINIZE | flags.CFF_IDENTITY_CHARSET
    )
    for axis in face.axis_infos:
        cut.pin_axis_location(face, axis.tag, (axes or {}).get(axis.tag, axis.default_value))
    return bytes(uharfbuzz.subset(face, cut).blob.data)


def suffix(font: bytes) -> str:
    """Give the ending of a font's file, which is the second half of its media type too (font/otf)."""
    return "otf" if font.startswith(OPENTYPE) else "ttf"
