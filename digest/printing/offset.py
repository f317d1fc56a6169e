"""An offset press on coated paper as a formula: which colour four inks give, and which inks give a colour.

A dot of ink is there or it is not, so where dots of four inks fall upon each other sixteen colours stand side by side,
and the eye sees their mean (Neugebauer 1937), each weighted by the share of the paper it covers (Demichel 1924). The
press prints a dot larger than the file says. Both are measured facts of a standard: ISO 12647-2:2013, print condition
PC1, premium coated paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import hypot, sqrt

Lab = tuple[
    float, float, float
]  # CIELAB under D50; relative to the paper, which is (100, 0, 0), unless it says absolute
XYZ = tuple[float, float, float]  # as shares of what the paper, or another white, reflects
Inks = tuple[float, float, float, float]  # cyan, magenta, yellow, black as a file says them: from 0 to 1

D50: XYZ = (0.9642, 1.0, 0.8249)  # ICC.1:2001-04, 6.1.10
PAPER: Lab = (95, 1, -4)  # absolute; ISO 12647-2:2013, table 2, PS1
SOLIDS: dict[str, Lab] = {  # absolute; ISO 12647-2:2013, table 5, CD1
    "c": (56, -36, -51),
    "m": (48, 75, -4),
    "y": (89, -4, 93),
    "cm": (25, 20, -46),
    "cy": (50, -65, 26),
    "my": (48, 68, 47),
    "cmy": (23, 0, -1),
    "k": (16, 0, 0),
}
# ISO 12647-2:2013, table 9, curve A: a dot of 50 % prints as one of 66 %. The curve is a parabola within its tolerance.
GAIN = 0.16
# The standard does not say what black gives upon other inks. What lies beneath shows through it as much as the paper
# does, but for the light that the surface itself reflects; with 1 % of it four solids have L* 9, as offset prints have.
SURFACE = 0.01

# Black takes this share of the grey that three inks have in common, and all of it in the deepest: greys stay grey when
# one ink runs heavy, and less ink dries faster. The rest keeps pictures from looking thin.
BLACK_SHARE = 0.85
BLACK_START = 0.1  # a lighter black is seen as grains in skin and sky
MOST_INK = 3.0  # sheet-fed presses take 300 to 330 %: above 300 % sheets smear the next one
# How much a difference counts when a colour cannot be printed: in lightness, in chroma, in hue. Another hue is seen
# first, less chroma last.
LIGHTNESS, CHROMA, HUE = 1.0, 0.7, 1.5
VIVID = 20.0  # chroma from which a colour has a hue of its own

EPSILON, KAPPA = 216 / 24389, 24389 / 27  # CIE 15:2004, 8.2.1, as exact fractions
ROUNDS = 40  # of improving a guess; half of them are enough at the edge of what can be printed
CLOSE = 1e-10  # share of the paper: far below the 1/65535 of a profile's table
DAMPING = 1e-7  # keeps equations solvable where an ink changes nothing, beneath solid black


def xyz_of(lab: Lab) -> XYZ:
    """Give the light that a colour reflects, as shares of what its white does."""
    y = (lab[0] + 16) / 116
    x, z = y + lab[1] / 500, y - lab[2] / 200
    return _light(x), _light(y), _light(z)


def _light(value: float) -> float:
    cube = value**3
    return cube if cube > EPSILON else (116 * value - 16) / KAPPA


def lab_of(xyz: Sequence[float]) -> Lab:
    """Give the colour of light that is told in shares of its white."""
    x, y, z = (_root(value) for value in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(value: float) -> float:
    return value ** (1 / 3) if value > EPSILON else (KAPPA * value + 16) / 116


def covered(tone: float) -> float:
    """Give the share of the paper that a dot covers in print."""
    return tone + 4 * GAIN * tone * (1 - tone)


def tone_of(share: float) -> float:
    """Give the dot of a file that covers this share of the paper in print."""
    straight = 1 + 4 * GAIN
    return (straight - sqrt(straight * straight - 16 * GAIN * share)) / (8 * GAIN)


@cache
def _primaries() -> tuple[tuple[tuple[float, ...], ...], tuple[tuple[float, ...], ...]]:
    """Give the light of the eight overprints of cyan, magenta and yellow: without, and beneath, solid black.

    The first varies slowest: paper, y, m, my, c, cy, cm, cmy.
    """
    paper = xyz_of(PAPER)
    solids = {name: _shares(xyz_of(lab), paper) for name, lab in SOLIDS.items()} | {"": (1.0, 1.0, 1.0)}
    clear = tuple(solids[c + m + y] for c in ("", "c") for m in ("", "m") for y in ("", "y"))
    dark = tuple(tuple(map(_beneath, light, solids["k"])) for light in clear)
    return clear, dark


def _shares(light: XYZ, paper: XYZ) -> tuple[float, ...]:
    return tuple(one / white for one, white in zip(light, paper, strict=True))


def _beneath(light: float, black: float) -> float:
    return SURFACE + (black - SURFACE) * (light - SURFACE) / (1 - SURFACE)


def _overprints(black: float) -> tuple[tuple[float, ...], ...]:
    """Give the eight overprints where black covers this share of each."""
    clear, dark = _primaries()
    return tuple(
        tuple(one + black * (other - one) for one, other in zip(light, night, strict=True))
        for light, night in zip(clear, dark, strict=True)
    )


def colour_of(inks: Inks) -> Lab:
    """Give the colour that inks print."""
    c, m, y, k = map(covered, inks)
    lights, _ = _mixed(list(zip(*_overprints(k), strict=True)), (c, m, y))
    return lab_of(lights)


def _mixed(
    channels: Sequence[Sequence[float]], shares: Sequence[float]
) -> tuple[tuple[float, ...], list[tuple[float, float, float]]]:
    """Give the light of three inks that cover these shares, and how it changes with each of them."""
    c, m, y = shares
    lights, slopes = [], []
    for paper, _y, _m, _my, _c, _cy, _cm, _cmy in channels:
        none, only_c = paper + y * (_y - paper), _c + y * (_cy - _c)
        only_m, both = _m + y * (_my - _m), _cm + y * (_cmy - _cm)
        without_c, with_c = none + m * (only_m - none), only_c + m * (both - only_c)
        by_m = (1 - c) * (only_m - none) + c * (both - only_c)
        by_y = (1 - c) * ((1 - m) * (_y - paper) + m * (_my - _m)) + c * ((1 - m) * (_cy - _c) + m * (_cmy - _cm))
        lights.append(without_c + c * (with_c - without_c))
        slopes.append((with_c - without_c, by_m, by_y))
    return tuple(lights), slopes


def inks_for(lab: Lab, guess: Sequence[float] = (0.5, 0.5, 0.5)) -> tuple[Inks, tuple[float, ...]]:
    """Give the inks of a colour, or of the nearest that can be printed, and what to begin with for a colour beside it.

    First without black; then black takes the place of what the three have in common, and they make up the rest.
    """
    shares = _three_for(lab, 0, guess)
    c, m, y = map(tone_of, shares)
    common = min(c, m, y)
    short = colour_of((c, m, y, 0))[0] - lab[0]  # what three inks alone cannot darken
    black = _black_for(colour_of((common, common, common, 0))[0] - short)
    c, m, y = (tone_of(share) for share in _three_for(lab, covered(black), shares))
    room = (MOST_INK - black) / max(MOST_INK - black, c + m + y)
    return (c * room, m * room, y * room, black), shares


def _black_for(lightness: float) -> float:
    """Give the black that goes into a grey: never more than alone would be as dark."""
    _, dark = _primaries()
    lightest, darkest = lab_of(dark[0])[0], lab_of(dark[-1])[0]
    reach = 100 - (100 - lightness) * (100 - lightest) / (100 - darkest)
    alone = tone_of(min(1.0, max(0.0, (1 - xyz_of((reach, 0, 0))[1]) / (1 - dark[0][1]))))
    share = BLACK_SHARE + (1 - BLACK_SHARE) * alone**3
    return max(0.0, alone * share - BLACK_START) / (1 - BLACK_START)


def _three_for(lab: Lab, black: float, guess: Sequence[float]) -> tuple[float, ...]:
    """Give the shares of cyan, magenta and yellow that come nearest to a colour over this share of black.

    Gauss and Newton's way; an ink that would leave its bounds stays there, and the others go on.
    """
    channels = list(zip(*_overprints(black), strict=True))
    scales = _scales(lab)
    shares = tuple(guess)
    for _ in range(ROUNDS):
        missed, slopes = _seen(channels, shares, lab, scales)
        downhill = [sum(miss * slope[ink] for miss, slope in zip(missed, slopes, strict=True)) for ink in range(3)]
        free = [ink for ink in range(3) if 0 < shares[ink] < 1 or (shares[ink] == 0) == (downhill[ink] > 0)]
        steps = _solved([[_product(slopes, i, j) for j in free] for i in free], [downhill[i] for i in free])
        changed = list(shares)
        for ink, step in zip(free, steps, strict=True):
            changed[ink] = min(1.0, max(0.0, shares[ink] + step))
        moved = max(map(abs, map(float.__sub__, changed, shares)))
        shares = tuple(changed)
        if moved < CLOSE:
            break
    return shares


def _scales(lab: Lab) -> tuple[float, float, float, float]:
    """Give the directions of chroma and of hue at a colour, each as long as a difference in it counts.

    Near the greys every tinge is a change of hue.
    """
    chroma = hypot(lab[1], lab[2])
    along, across = (lab[1] / chroma, lab[2] / chroma) if chroma else (1.0, 0.0)
    counts = HUE + (CHROMA - HUE) * min(1.0, chroma / VIVID)
    return counts * along, counts * across, -HUE * across, HUE * along


def _seen(
    channels: Sequence[Sequence[float]], shares: Sequence[float], lab: Lab, scales: Sequence[float]
) -> tuple[list[float], list[list[float]]]:
    """Give how far three inks are from a colour as it counts, and how much each ink changes that."""
    lights, slopes = _mixed(channels, shares)
    missed = _counted([wanted - got for wanted, got in zip(lab, lab_of(lights), strict=True)], scales)
    steep = [_steepness(light) for light in lights]
    by_ink = []
    for ink in range(3):
        x, y, z = (slope[ink] * rise for slope, rise in zip(slopes, steep, strict=True))
        by_ink.append(_counted((116 * y, 500 * (x - y), 200 * (y - z)), scales))
    return missed, [list(row) for row in zip(*by_ink, strict=True)]


def _counted(difference: Sequence[float], scales: Sequence[float]) -> list[float]:
    lightness, a, b = difference
    return [LIGHTNESS * lightness, scales[0] * a + scales[1] * b, scales[2] * a + scales[3] * b]


def _steepness(light: float) -> float:
    return light ** (-2 / 3) / 3 if light > EPSILON else KAPPA / 116


def _product(rows: Sequence[Sequence[float]], i: int, j: int) -> float:
    return sum(row[i] * row[j] for row in rows) * (1 + DAMPING * (i == j))


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve up to three linear equations with a symmetric positive matrix, by elimination."""
    size = len(right)
    for i in range(size):
        for j in range(i + 1, size):
            share = matrix[j][i] / matrix[i][i]
            matrix[j] = [one - share * other for one, other in zip(matrix[j], matrix[i], strict=True)]
            right[j] -= share * right[i]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (right[i] - sum(matrix[i][j] * found[j] for j in range(i + 1, size))) / matrix[i][i]
    return found
