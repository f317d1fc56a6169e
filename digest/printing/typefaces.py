"""Embeds each font of a book once: cut down to the glyphs that all parts use, and told how wide they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pydyf

from digest import subset
from digest.addresses import address, of_file
from digest.cache import kept
from digest.printing.parts import Face
from digest.printing.volume import Volume, compressed, reference, text
from digest.style import packaged_fonts

FIXED_PITCH = 1  # ISO 32000-1, table 123: flags of a font descriptor
STEM = 80  # thousandths of an em; PDF demands a value, and no viewer uses that of an embedded font
SYSTEM = b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
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


def embedded(volume: Volume, faces: Mapping[str, Face]) -> dict[str, bytes]:
    """Add the fonts to a book; give a reference to the font dictionary of each face by its key.

    Source: ISO 32000-1, 9.7 (composite fonts) and 9.10.3 (ToUnicode). Faces of one file and one instance share it.
    """
    dictionaries: dict[str, bytes] = {}
    for _, group in groupby(sorted(faces.values(), key=_instance), key=_instance):
        sharing = list(group)
        file = _file(volume, sharing)
        dictionaries |= {face.key: _dictionary(volume, face, file) for face in sharing}
    return dictionaries


def _instance(face: Face) -> tuple[str, int, str, tuple[tuple[str, float], ...], int]:
    source = str(face.file or "")
    return source, face.index, "" if face.file else face.key, face.variations, face.weight


@dataclass(frozen=True, slots=True)
class Cut:
    """A font file cut down and compressed, as it stands in a PDF: the key it is under, and its own dictionary."""

    key: str
    head: bytes
    packed: bytes


def _file(volume: Volume, faces: list[Face]) -> tuple[str, bytes]:
    """Give the key of the font file that these faces share, and a reference to it.

    The glyphs of an edition are nearly always those of last time: so is the file, then.
    """
    face = faces[0]
    strangers = {number for each in faces for number in each.strangers.values()}
    glyphs = {glyph for each in faces for glyph in each.texts} - strangers

    def named(_: Face) -> bytes | None:
        return _name(face, glyphs)

    (cut,) = kept("font", Cut, [face], named, lambda _: [_cut(face, glyphs)])
    return cut.key, reference(volume.add_packed(cut.head, cut.packed))


def _name(face: Face, glyphs: Iterable[int]) -> bytes | None:
    """Name a cut font after all that it is made from; None for one without a file, which nobody has twice."""
    if face.file is None:
        return None
    font = str(face.file) if face.file in packaged_fonts() else of_file(face.file)
    return address("font", font, repr((face.index, face.variations, face.weight, sorted(glyphs))))


def _cut(face: Face, glyphs: Iterable[int]) -> Cut:
    font = face.file.read_bytes() if face.file else face.data
    cut = subset.glyphs(font, glyphs, face.index, dict(face.variations) | {"wght": float(face.weight)})
    if cut.startswith(subset.OPENTYPE):
        return Cut("FontFile3", *compressed(cut, b"/Subtype/OpenType"))
    return Cut("FontFile2", *compressed(cut, b"/Length1 %d" % len(cut)))


def _dictionary(volume: Volume, face: Face, file: tuple[str, bytes]) -> bytes:
    key, stream = file
    widest = max(face.widths.values(), default=0)
    same = len(face.widths) > 1 and len(set(face.widths.values())) == 1
    name = pydyf.name(face.name)
    descriptor = {
        "Type": "/FontDescriptor",
        "FontName": name,
        "FontFamily": text(face.family),
        "Flags": face.flags | (FIXED_PITCH if same else 0),
        "FontBBox": pydyf.Array([0, face.descent, widest, face.ascent]),
        "ItalicAngle": 0,
        "Ascent": face.ascent,
        "Descent": face.descent,
        "CapHeight": face.ascent,
        "StemV": STEM,
        key: stream,
    }
    descendant = {
        "Type": "/Font",
        "Subtype": "/CIDFontType0" if key == "FontFile3" else "/CIDFontType2",
        "BaseFont": name,
        "CIDSystemInfo": SYSTEM,
        "W": pydyf.Array(_widths(face.widths)),
        "FontDescriptor": _added(volume, descriptor),
    }
    if key == "FontFile2":
        descendant["CIDToGIDMap"] = "/Identity"
    font = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": name,
        "Encoding": _encoding(volume, face),
        "DescendantFonts": pydyf.Array([_added(volume, descendant)]),
        "ToUnicode": reference(volume.add_stream(_to_unicode(face.texts).encode())),
    }
    return _added(volume, font)


def _added(volume: Volume, entries: Mapping[str, Any]) -> bytes:
    return reference(volume.add(pydyf.Dictionary(entries).data))


def _widths(widths: Mapping[int, int]) -> Iterator[Any]:
    """Write widths as PDF does: the first glyph of a run, then the width of each."""
    for _, group in groupby(enumerate(sorted(widths)), key=lambda pair: pair[1] - pair[0]):
        run = [glyph for _, glyph in group]
        yield run[0]
        yield pydyf.Array([widths[glyph] for glyph in run])


def _encoding(volume: Volume, face: Face) -> bytes:
    """Map each code to its glyph; those that stand for a character without one show the box of a missing glyph."""
    if not face.strangers:
        return b"/Identity-H"
    strangers = set(face.strangers.values())
    lines = [f"<{glyph:04x}> {0 if glyph in strangers else glyph}" for glyph in sorted(face.texts)]
    cmap = CMAP.format(ordering="Identity", name="Digest", kind=1, blocks=_blocks("cidchar", lines))
    facts = b"/Type/CMap/CMapName/Digest/CIDSystemInfo %b" % SYSTEM
    return reference(volume.add_stream(cmap.encode(), facts))


def _to_unicode(texts: Mapping[int, str]) -> str:
    lines = [f"<{glyph:04x}> <{texts[glyph].encode('utf-16-be').hex()}>" for glyph in sorted(texts)]
    return CMAP.format(ordering="UCS", name="Adobe-Identity-UCS", kind=2, blocks=_blocks("bfchar", lines))


def _blocks(kind: str, lines: list[str]) -> str:
    blocks = [lines[at : at + A_BLOCK] for at in range(0, len(lines), A_BLOCK)]
    return "\n".join("\n".join([f"{len(block)} begin{kind}", *block, f"end{kind}"]) for block in blocks)
