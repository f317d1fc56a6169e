"""Makes profiles/coated.icc, the press of digest.printing.offset as a colour profile: python -m digest.printing.coated.

No profile of a press comes with terms that let us pass it on in a package of ours, so we made one, by ICC.1:2001-04,
which every program reads. It is made by hand, when a number of the press changes; a test makes it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from struct import pack

from digest.printing.offset import D50, PAPER, Inks, Lab, colour_of, inks_for, xyz_of

FILE = Path(__file__).with_name("profiles") / "coated.icc"
NAME = "Offset, coated paper, 300 % (digest)"
TERMS = "Made by digest from the numbers of ISO 12647-2:2013. CC0 1.0: no rights reserved."
BORN = (2026, 1, 1, 0, 0, 0)  # a profile tells when it was made; the same press is the same profile, byte for byte
VERSION = 0x02400000  # 2.4
D50_NUMBERS = bytes.fromhex("0000f6d6 00010000 0000d32d")  # as all profiles write it: ICC.1:2001-04, 6.1.10

INK_STEPS = 9  # of each ink in the table of colours: with 11 it is nearer to the press by 0.02 of ΔE, in the mean
LAB_STEPS = 23  # of lightness, a and b in the table of inks: a mean ΔE of 0.4, with 17 of 0.5; odd, for the greys
WIDEST = 110  # of a and b; no colour of a screen has more, and steps are for those that there are
SEEN = 2.0  # ΔE from which a colour counts as one that cannot be printed
L_TOP, MIDDLE = 0xFF00, 0x8000  # L* 100, and a* or b* 0, in sixteen bits: ICC.1:2001-04, 6.5.9 and annex A
ALL = 0xFFFF


def made() -> bytes:
    """Give the profile."""
    colours = _table(4, 3, INK_STEPS, [(0, ALL)] * 4, _colours())
    inks, outside = _separations()
    to_inks = _table(3, 4, LAB_STEPS, _lab_curves(), inks)
    gamut = _table(3, 1, LAB_STEPS, _lab_curves(), outside)
    described = b"desc\0\0\0\0" + pack(">I", len(NAME) + 1) + NAME.encode() + bytes(1 + 4 + 4 + 2 + 1 + 67)
    white = b"XYZ \0\0\0\0" + b"".join(_fixed(xyz * d50) for xyz, d50 in zip(xyz_of(PAPER), D50, strict=True))
    return _file(
        {
            ("desc",): described,
            ("cprt",): b"text\0\0\0\0" + TERMS.encode() + b"\0",
            ("wtpt",): white,
            ("A2B0", "A2B1", "A2B2"): colours,
            ("B2A0", "B2A1", "B2A2"): to_inks,
            ("gamt",): gamut,
        }
    )


def _colours() -> Iterator[int]:
    """Give the colour of all combinations of inks."""
    steps = [step / (INK_STEPS - 1) for step in range(INK_STEPS)]
    for c, m, y, k in product(steps, repeat=4):
        lightness, a, b = colour_of((c, m, y, k))
        yield round(max(0.0, lightness) * L_TOP / 100)
        yield round(MIDDLE + a * 256)
        yield round(MIDDLE + b * 256)


def _separations() -> tuple[list[int], list[int]]:
    """Give the inks of all colours, and of each whether it cannot be printed."""
    inks: list[int] = []
    outside: list[int] = []
    for lab, found in _separated():
        inks.extend(round(ink * ALL) for ink in found)
        missed = sum((one - other) ** 2 for one, other in zip(lab, colour_of(found), strict=True))
        outside.append(ALL if missed > SEEN**2 else 0)
    return inks, outside


def _separated() -> Iterator[tuple[Lab, Inks]]:
    """Give colours and their inks, each beginning from what was found for the one before, or for its column."""
    sides = [WIDEST * (2 * step / (LAB_STEPS - 1) - 1) for step in range(LAB_STEPS)]
    guesses: dict[tuple[float, float], Sequence[float]] = {(a, b): (0.5, 0.5, 0.5) for a in sides for b in sides}
    for step in range(LAB_STEPS):
        for a, b in guesses:
            lab = (100 * step / (LAB_STEPS - 1), a, b)
            inks, guesses[a, b] = inks_for(lab, guesses[a, b])
            yield lab, inks


def _lab_curves() -> list[tuple[int, ...]]:
    """Give the curves that stretch the colours there are over all steps of a table.

    A curve of 258 numbers has one for L* 100, as 0xFF00 × 257 / 0xFFFF is 256.
    """
    numbers = [index * ALL / 257 for index in range(258)]
    lightness = tuple(min(ALL, round(number * ALL / L_TOP)) for number in numbers)
    side = tuple(min(ALL, max(0, round(ALL * (0.5 + (number - MIDDLE) / 256 / (2 * WIDEST))))) for number in numbers)
    return [lightness, side, side]


def _table(inputs: int, outputs: int, steps: int, curves: Sequence[Sequence[int]], numbers: Iterable[int]) -> bytes:
    """Write a table of sixteen bits: ICC.1:2001-04, 6.5.9."""
    identity = [65536 if row == column else 0 for row in range(3) for column in range(3)]
    head = pack(">4sIBBBx9iHH", b"mft2", 0, inputs, outputs, steps, *identity, len(curves[0]), 2)
    return head + _shorts([*(n for curve in curves for n in curve), *numbers, *[0, ALL] * outputs])


def _shorts(numbers: Sequence[int]) -> bytes:
    return pack(f">{len(numbers)}H", *numbers)


def _fixed(number: float) -> bytes:
    return pack(">i", round(number * 65536))


def _file(tags: dict[tuple[str, ...], bytes]) -> bytes:
    """Write header, directory and tags; names may share what they say."""
    count = sum(map(len, tags))
    directory, body, start = b"", b"", 128 + 4 + 12 * count
    for names, said in tags.items():
        place = start + len(body)
        directory += b"".join(pack(">4sII", name.encode(), place, len(said)) for name in names)
        body += said + bytes(-len(said) % 4)
    size = start + len(body)
    head = pack(">I4xI4s4s4s6H4s", size, VERSION, b"prtr", b"CMYK", b"Lab ", *BORN, b"acsp")
    relative = 1  # the intent: relative colorimetric
    return (head + pack(">24xI", relative) + D50_NUMBERS).ljust(128, b"\0") + pack(">I", count) + directory + body


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(made())
