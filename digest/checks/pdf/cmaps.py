"""Reads CMaps, which tell what the codes of a font stand for: a glyph (CID), or a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.checks.pdf.streams import Budget

BEGIN = re.compile(rb"begin(bfchar|bfrange|cidchar|cidrange|codespacerange)\b")
CHARACTER = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|(\d+))")
RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|(\d+)|\[([^\]]*)\])")
HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
CODES = 65536  # of two bytes; what a CMap says beyond is nothing that we read
A_CODE = 64  # bytes that a code of a range counts for: a range of 65536 takes some bytes, and as long as 4 MB


def texts(cmap: bytes, budget: Budget) -> Iterator[tuple[int, str]]:
    """Give the text of each code that a ToUnicode CMap knows: ISO 32000-1, 9.10.3."""
    for kind, block in _blocks(cmap):
        if kind == b"bfchar":
            yield from ((int(code, 16), _text(text)) for code, text, _ in CHARACTER.findall(block))
        elif kind == b"bfrange":
            for first, last, text, _, each in RANGE.findall(block):
                codes = _codes(first, last, budget)
                if each:
                    yield from zip(codes, map(_text, HEX.findall(each)), strict=False)
                else:
                    yield from ((code, _after(_text(text), code - codes.start)) for code in codes)


def cids(cmap: bytes, budget: Budget) -> Iterator[tuple[int, int]]:
    """Give the CID of each code that an embedded CMap knows: ISO 32000-1, 9.7.5."""
    for kind, block in _blocks(cmap):
        if kind == b"cidchar":
            yield from ((int(code, 16), int(cid)) for code, _, cid in CHARACTER.findall(block) if cid)
        elif kind == b"cidrange":
            for first, last, _, cid, _ in RANGE.findall(block):
                codes = _codes(first, last, budget)
                yield from ((code, int(cid) + code - codes.start) for code in codes if cid)


def has_codes_of_two_bytes(cmap: bytes) -> bool:
    """Say whether all codes of a CMap have two bytes: others we do not read."""
    blocks = (block for kind, block in _blocks(cmap) if kind == b"codespacerange")
    return {len(_squeezed(code)) for block in blocks for code in HEX.findall(block)} == {4}


def _blocks(cmap: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while begin := BEGIN.search(cmap, at):
        end = cmap.find(b"end" + begin[1], begin.end())
        if end < 0:
            return
        yield begin[1], cmap[begin.end() : end]
        at = end


def _squeezed(digits: bytes) -> bytes:
    return b"".join(digits.split())


def _codes(first: bytes, last: bytes, budget: Budget) -> range:
    codes = range(int(_squeezed(first), 16), min(int(_squeezed(last), 16), CODES - 1) + 1)
    budget.spend(A_CODE * len(codes))
    return codes


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")


def _after(text: str, steps: int) -> str:
    return text[:-1] + chr(min(ord(text[-1]) + steps, 0x10FFFF)) if text else ""
