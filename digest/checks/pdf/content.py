"""Splits the content of a page into its instructions."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

import pikepdf
from pikepdf import Pdf

Instruction = tuple[bytes, bytes]  # operands, operator

# ISO 32000-1, 7.2 and 7.3. What is rare (comments, brackets in brackets, inline images) is left to the real parser; all
# repetitions are possessive, so that no input takes more than linear time.
SPACE = rb"[\x00\t\n\f\r ]*+"
STRING = rb"\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\)"
OPERAND = (
    rb"(?:[-+.0-9]++|/[^\x00\t\n\f\r ()<>\[\]{}/%]*+|<[0-9A-Fa-f\s]*+>|"
    + STRING
    + rb"|\[(?:[^\[\]()%]++|"
    + STRING
    + rb")*+\]|<<(?:[^<>()%]++|"
    + STRING
    + rb"|<[0-9A-Fa-f\s]*+>)*+>>)"
)
INSTRUCTION = re.compile(  # or one byte that none begins with: without it, a search would go on behind each byte
    SPACE + rb"(?:((?:" + OPERAND + SPACE + rb")*+)([A-Za-z'\"][A-Za-z0-9*]*+)" + SPACE + rb"|.)", re.DOTALL
)
SHOWN_STRING = re.compile(rb"<([0-9A-Fa-f\s]*)>|(" + STRING + rb")", re.DOTALL)
HEX_STRING = re.compile(rb"<([0-9A-Fa-f\s]*)>")
ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}


def instructions(pdf: Pdf, data: bytes) -> Iterator[Instruction]:
    """Give the instructions of a content stream; raises ValueError where it is none.

    WeasyPrint and we write so simply that one expression reads all of it, ten times faster than a real parse; that
    takes over where the expression does not reach.
    """
    end = 0
    for found in INSTRUCTION.finditer(data):
        if found[2] is None or found[2] == b"BI":
            break
        yield found[1], found[2]
        end = found.end()
    if rest := data[end:].strip(b"\x00\t\n\f\r "):
        yield from _parsed(pdf, rest)


def _parsed(pdf: Pdf, data: bytes) -> Iterator[Instruction]:
    """Parse for real; an inline image comes as the operator BI, with its width, its height, and its colour space."""
    with warnings.catch_warnings(record=True) as complaints:
        warnings.simplefilter("always")
        parsed = pikepdf.parse_content_stream(pdf.make_stream(data))
    for found in parsed:
        if isinstance(found, pikepdf.ContentStreamInlineImage):
            image = found.iimage
            space = "" if image.image_mask else image.colorspace or ""
            yield f"{image.width} {image.height} {space or '/'}".encode(), b"BI"
        else:
            written = pikepdf.unparse_content_stream([found]).strip()
            operator = bytes(found.operator)
            yield written.removesuffix(operator), operator
    if complaints:
        raise ValueError(str(complaints[0].message))


def strings(operands: bytes) -> bytes:
    """Give the bytes of all strings among operands, one after the other."""
    if b"(" not in operands:
        return b"".join(_of_hex(digits) for digits in HEX_STRING.findall(operands))
    return b"".join(
        _unescaped(found[2][1:-1]) if found[2] else _of_hex(found[1]) for found in SHOWN_STRING.finditer(operands)
    )


def _of_hex(digits: bytes) -> bytes:
    text = digits.decode("ascii")
    try:
        return bytes.fromhex(text)
    except ValueError:  # an odd number of digits: a 0 is missing
        return bytes.fromhex("".join(text.split()) + "0")


def _unescaped(text: bytes) -> bytes:
    def meant(found: re.Match[bytes]) -> bytes:
        if found[1].isdigit():
            return bytes([int(found[1], 8) & 0xFF])
        return ESCAPED.get(found[1], found[1])

    return ESCAPE.sub(meant, text) if b"\\" in text else text
