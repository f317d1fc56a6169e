"""Tells which glyphs of a font file have an outline: those that a subset has kept."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

TRUE_TYPE = b"\x00\x01\x00\x00"
LAST_PREDEFINED = 2  # charset; larger numbers are places in the file
GLYPHS = 65536  # the most that any font has
AN_EMPTY_CHARSTRING = 1  # byte: endchar alone
CHARSTRINGS, CHARSET, ROS = 17, 15, 1230  # operators of a CFF Top DICT; 1230: 12 30, that of a CID-keyed font


@dataclass(frozen=True, slots=True)
class Outlines:
    """How many glyphs of a font file have an outline, and all numbers that a PDF may call one of them by.

    Those are its own number in the file, and the CID that a CID-keyed CFF gives it. The standard wants the CID there;
    where they differ, viewers take either (FACTS, 8).
    """

    count: int
    numbers: frozenset[int]


def outlines_of(font: bytes) -> Outlines | None:
    """Give the glyphs that have an outline; None for a file of a kind that we do not read.

    Sources: OpenType (loca, glyf), Adobe Technical Note 5176 (CFF). Raises struct.error or ValueError for a broken one.
    """
    if font.startswith(b"\x01\x00") and not font.startswith(TRUE_TYPE):
        return _of_cff(font)
    tables = _tables(font)
    if "CFF " in tables:
        return _of_cff(tables["CFF "])
    return _of_true_type(tables) if {"loca", "head"} <= tables.keys() else None


def _tables(font: bytes) -> Mapping[str, bytes]:
    if font[:4] not in (b"OTTO", TRUE_TYPE, b"true"):
        return {}
    (count,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4sLLL", font, 12 + 16 * number) for number in range(count))
    return {tag.decode("latin-1"): font[at : at + size] for tag, _, at, size in entries}


def _of_true_type(tables: Mapping[str, bytes]) -> Outlines:
    (is_long,) = struct.unpack_from(">h", tables["head"], 50)
    loca = tables["loca"][: 4 * (GLYPHS + 1)]
    size = 4 if is_long else 2
    places = struct.unpack(f">{len(loca) // size}{'L' if is_long else 'H'}", loca[: len(loca) // size * size])
    kept = frozenset(glyph for glyph, (at, end) in enumerate(pairwise(places)) if end > at)
    return Outlines(len(kept), kept)


def _of_cff(cff: bytes) -> Outlines:
    _, after_names = _index(cff, cff[2])
    dicts, _ = _index(cff, after_names)
    top = _top_dict(cff[dicts[0] : dicts[1]])
    glyphs, _ = _index(cff, top[CHARSTRINGS])
    lengths = enumerate(end - at for at, end in pairwise(glyphs))
    kept = frozenset(glyph for glyph, length in lengths if length > AN_EMPTY_CHARSTRING)
    if ROS not in top or top.get(CHARSET, 0) <= LAST_PREDEFINED:
        return Outlines(len(kept), kept)
    cids = _charset(cff, top[CHARSET], len(glyphs) - 1)
    return Outlines(len(kept), kept | {cids[glyph] for glyph in kept})


def _index(cff: bytes, at: int) -> tuple[list[int], int]:
    """Give where the objects of an INDEX begin, where the last ends, and where the INDEX does."""
    (count,) = struct.unpack_from(">H", cff, at)
    if not count:
        return [], at + 2
    width = cff[at + 2]
    first = at + 3
    base = first + (count + 1) * width - 1
    if not 1 <= width <= 4 or base > len(cff):
        raise ValueError("a font is broken")
    places = [base + int.from_bytes(cff[first + n * width : first + (n + 1) * width], "big") for n in range(count + 1)]
    return places, places[-1]


def _top_dict(data: bytes) -> dict[int, int]:
    """Give the last operand of each operator; real numbers, which no operator of ours has, count as 0."""
    found: dict[int, int] = {}
    operand, at = 0, 0
    while at < len(data):
        first = data[at]
        if first == 12:
            found[1200 + data[at + 1]] = operand
            at += 2
        elif first < 22:
            found[first] = operand
            at += 1
        else:
            operand, at = _operand(data, at)
    return found


def _operand(data: bytes, at: int) -> tuple[int, int]:
    first = data[at]
    if first == 28:
        return int(struct.unpack_from(">h", data, at + 1)[0]), at + 3
    if first == 29:
        return int(struct.unpack_from(">l", data, at + 1)[0]), at + 5
    if first == 30:
        while data[at + 1] & 0x0F != 0x0F:
            at += 1
        return 0, at + 2
    if first < 247:
        return first - 139, at + 1
    sign, base = (1, 247) if first < 251 else (-1, 251)
    return sign * ((first - base) * 256 + data[at + 1] + 108), at + 2


def _charset(cff: bytes, at: int, glyphs: int) -> list[int]:
    """Give the CID of each glyph."""
    cids, kind, at = [0], cff[at], at + 1
    if kind == 0:
        return [0, *struct.unpack_from(f">{glyphs - 1}H", cff, at)]
    form = ">HB" if kind == 1 else ">HH"
    while len(cids) < glyphs:
        first, more = struct.unpack_from(form, cff, at)
        cids.extend(range(first, first + more + 1))
        at += struct.calcsize(form)
    return cids
