"""Reads a font as a PDF has it: what its codes stand for, and which glyphs are embedded."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from pikepdf import Name

from digest.checks.pdf import cmaps
from digest.checks.pdf.outlines import Outlines, outlines_of
from digest.checks.pdf.streams import Budget, unpacked

FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
TWO_BYTES = ("/Identity-H", "/Identity-V")
IN_UNICODE = ("UCS2-H", "UCS2-V", "UTF16-H", "UTF16-V")  # how predefined CMaps end whose codes are characters


class Typeface:
    """A font of the file; what is costly to read is read when it is asked for."""

    def __init__(self, font: Any, budget: Budget) -> None:
        self.name = str(font.get("/BaseFont", "?")).removeprefix("/")
        self.is_type3 = font.get("/Subtype") == "/Type3"  # its glyphs are drawings in the file
        self.is_composite = font.get("/Subtype") == "/Type0"
        self._font, self._budget = font, budget
        descendants: Any = font.get("/DescendantFonts")
        self._holder: Any = descendants[0] if descendants is not None and len(descendants) else font
        descriptor: Any = self._holder.get("/FontDescriptor", {})
        self.file: Any = next((descriptor[key] for key in FONT_FILES if key in descriptor), None)
        self._read_encoding(font.get("/Encoding"))
        told = font.get("/ToUnicode")
        self.texts: Mapping[int, str] = {}
        if told is not None and not isinstance(told, Name):
            self.texts = dict(cmaps.texts(unpacked(told, budget), budget))

    def _read_encoding(self, encoding: Any) -> None:
        """See how many bytes a code has, and which CID it stands for; `width` 0 is what we do not read."""
        self._cids: Mapping[int, int] | None = None
        self.width, self.is_in_unicode = 1, False
        if not self.is_composite:
            return
        self.is_in_unicode = isinstance(encoding, Name) and str(encoding).endswith(IN_UNICODE)
        self.width = 2 if self.is_in_unicode or encoding in TWO_BYTES else 0
        if encoding is not None and not isinstance(encoding, Name):
            cmap = unpacked(encoding, self._budget)
            self.width = 2 if cmaps.has_codes_of_two_bytes(cmap) else 0
            self._cids = dict(cmaps.cids(cmap, self._budget))

    @property
    def is_embedded(self) -> bool:
        """Whether the file holds its glyphs."""
        return self.is_type3 or self.file is not None

    @property
    def drawings(self) -> Iterable[Any]:
        """The glyphs of a Type 3 font, each a content stream."""
        procedures: Any = self._font.get("/CharProcs", {}) if self.is_type3 else {}
        return list(procedures.values())

    @property
    def resources(self) -> Any:
        """What those drawings name."""
        return self._font.get("/Resources")

    def read(self, shown: bytes) -> tuple[Iterable[int], str]:
        """Give the codes of a string that is shown, and its text as far as the font tells it."""
        if self.width == 1:
            if self.texts:
                return shown, "".join([self.texts.get(code, "") for code in shown])
            return shown, "" if self.is_type3 else shown.decode("cp1252", "replace")
        if not self.width:
            return (), ""
        codes = struct.unpack(f">{len(shown) // 2}H", shown[: len(shown) // 2 * 2])
        return codes, "".join([self.text_of(code) for code in codes])

    def text_of(self, code: int) -> str:
        """Give the text that a code stands for, if the file tells it."""
        return self.texts.get(code, chr(code) if self.is_in_unicode else "")

    def cid_of(self, code: int) -> int:
        """Give the glyph, by CID, that a code of a composite font stands for; 0 is the box of a missing one."""
        return code if self._cids is None else self._cids.get(code, 0)

    @cached_property
    def held(self) -> Outlines | None:
        """The glyphs that have an outline in the embedded file; None where we cannot tell."""
        if self.file is None or not self.is_composite or self.is_in_unicode:
            return None
        mapped = self._holder.get("/CIDToGIDMap")
        if mapped is not None and not isinstance(mapped, Name):
            return None
        return outlines_of(unpacked(self.file, self._budget))
