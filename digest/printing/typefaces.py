"""Embeds each font of a book once: cut down to the glyphs that all parts use, and told how wide they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from digest import subset
from digest.printing.parts import Face

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

FIXED_PITCH = 1  # ISO 32000-1, table 123: flags of a font descriptor
STEM = 80  # thousandths of an em; PDF demands a value, and no viewer uses that of an embedded font
A_BLOCK = 100  # lines that a CMap may have in one block: Adobe Technical Note 5014, section 1
CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement 0 >> def
/CMapName /{name} def
/CMapType {kind} def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def gathered(faces: Iterable[Face]) -> dict[str, Face]:
    """Unite the uses of each face, by its key: what an earlier part says of a glyph stays."""
    found: dict[str, Face] = {}
    for face in faces:
        found[face.key] = _united(found[face.key], face) if face.key in found else face
    return dict(sorted(found.items()))


def _united(one: Face, other: Face) -> Face:
    return replace(
        one,
        widths={**other.widths, **one.widths},
        texts={**other.texts, **one.texts},
        strangers={**other.strangers, **one.strangers},
    )


def embedded(pdf: Pdf, faces: Mapping[str, Face]) -> dict[str, Object]:
    """Add the fonts to a PDF; give the font dictionary of each face by its key.

    Source: ISO 32000-1, 9.7 (composite fonts) and 9.10.3 (ToUnicode). Faces of one file and one instance share it.
    """
    dictionaries: dict[str, Object] = {}
    for _, group in groupby(sorted(faces.values(), key=_instance), key=_instance):
        sharing = list(group)
        file = _file(pdf, sharing)
        dictionaries |= {face.key: _dictionary(pdf, face, file) for face in sharing}
    return dictionaries


def _instance(face: Face) -> tuple[str, int, str, tuple[tuple[str, float], ...], int]:
    source = str(face.file or "")
    return source, face.index, "" if face.file else face.key, face.variations, face.weight


def _file(pdf: Pdf, faces: list[Face]) -> tuple[str, Object]:
    """Give the key and the stream of the font file that these faces share."""
    from pikepdf import Dictionary, Name, Stream

    face = faces[0]
    strangers = {number for each in faces for number in each.strangers.values()}
    glyphs = {glyph for each in faces for glyph in each.texts} - strangers
    font = face.file.read_bytes() if face.file else face.data
    cut = subset.glyphs(font, glyphs, face.index, dict(face.variations) | {"wght": float(face.weight)})
    if cut.startswith(subset.OPENTYPE):
        return "/FontFile3", pdf.make_indirect(Stream(pdf, cut, Dictionary(Subtype=Name.OpenType)))
    return "/FontFile2", pdf.make_indirect(Stream(pdf, cut, Dictionary(Length1=len(cut))))


def _dictionary(pdf: Pdf, face: Face, file: tuple[str, Object]) -> Object:
    from pikepdf import Array, Dictionary, Name, Stream

    key, stream = file
    widest = max(face.widths.values(), default=0)
    same = len(face.widths) > 1 and len(set(face.widths.values())) == 1
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{face.name}"),
        FontFamily=face.family.encode("utf-8"),
        Flags=face.flags | (FIXED_PITCH if same else 0),
        FontBBox=[0, face.descent, widest, face.ascent],
        ItalicAngle=0,
        Ascent=face.ascent,
        Descent=face.descent,
        CapHeight=face.ascent,
        StemV=STEM,
    )
    descriptor[key] = stream
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0 if key == "/FontFile3" else Name.CIDFontType2,
        BaseFont=Name(f"/{face.name}"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        W=Array(_widths(face.widths)),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    if key == "/FontFile2":
        descendant.CIDToGIDMap = Name.Identity
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name(f"/{face.name}"),
        Encoding=_encoding(pdf, face),
        DescendantFonts=[pdf.make_indirect(descendant)],
        ToUnicode=pdf.make_indirect(Stream(pdf, _to_unicode(face.texts).encode())),
    )
    return pdf.make_indirect(font)


def _widths(widths: Mapping[int, int]) -> Iterator[Any]:
    """Write widths as PDF does: the first glyph of a run, then the width of each."""
    from pikepdf import Array

    for _, group in groupby(enumerate(sorted(widths)), key=lambda pair: pair[1] - pair[0]):
        run = [glyph for _, glyph in group]
        yield run[0]
        yield Array([widths[glyph] for glyph in run])


def _encoding(pdf: Pdf, face: Face) -> Any:
    """Map each code to its glyph; those that stand for a character without one show the box of a missing glyph."""
    from pikepdf import Dictionary, Name, Stream

    if not face.strangers:
        return Name("/Identity-H")
    strangers = set(face.strangers.values())
    lines = [f"<{glyph:04x}> {0 if glyph in strangers else glyph}" for glyph in sorted(face.texts)]
    cmap = CMAP.format(ordering="Identity", name="Digest", kind=1, blocks=_blocks("cidchar", lines))
    system = Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0)
    told = Dictionary(Type=Name.CMap, CMapName=Name.Digest, CIDSystemInfo=system)
    return pdf.make_indirect(Stream(pdf, cmap.encode(), told))


def _to_unicode(texts: Mapping[int, str]) -> str:
    lines = [f"<{glyph:04x}> <{texts[glyph].encode('utf-16-be').hex()}>" for glyph in sorted(texts)]
    return CMAP.format(ordering="UCS", name="Adobe-Identity-UCS", kind=2, blocks=_blocks("bfchar", lines))


def _blocks(kind: str, lines: list[str]) -> str:
    blocks = [lines[at : at + A_BLOCK] for at in range(0, len(lines), A_BLOCK)]
    return "\n".join("\n".join([f"{len(block)} begin{kind}", *block, f"end{kind}"]) for block in blocks)
