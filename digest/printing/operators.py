"""Rewrites the operators of a content stream that set colours: ISO 32000-1, 8.6.8."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import Any, Protocol

from digest.errors import BrokenStyleError

# Each operator is for fills; in capitals it is for lines.
OF_DEVICE = {"rg": "rgb", "g": "grey", "k": "cmyk"}
NAMES_SPACE, SETS_COLOUR = "cs", ("sc", "scn")
DEVICE_KINDS = {"/DeviceRGB": "rgb", "/DeviceGray": "grey", "/DeviceCMYK": "cmyk", "/Pattern": "pattern"}
FIRST = {"rgb": (0, 0, 0), "grey": (0,), "lab": (0, 0, 0), "cmyk": (0, 0, 0, 1)}  # what naming a space sets: black
REMEDY = "say the style's colours in sRGB, as lab() or as device-cmyk()"


class Surface(Protocol):
    """What colours are put on: the space it has, the operators (for fills, for lines) and the numbers of a colour."""

    @property
    def space(self) -> str: ...  # noqa: D102
    @property
    def operators(self) -> tuple[str, str]: ...  # noqa: D102
    def colour(self, kind: str, numbers: Sequence[float]) -> Sequence[float]: ...  # noqa: D102


def kind_of(space: Any) -> str:
    """Tell the kind of a colour space: rgb, grey, cmyk, lab, pattern or unknown."""
    from pikepdf import Name

    name = str(space if isinstance(space, Name) else space[0])
    if name == "/ICCBased":
        return "cmyk" if space[1].get("/N") == 4 else "unknown"  # who names a profile of four inks has said the inks
    return "lab" if name == "/Lab" else DEVICE_KINDS.get(name, "unknown")


def known(kind: str) -> str:
    """Give a kind back, or raise BrokenStyleError: only a profile of the style's own can bring an unknown one."""
    if kind not in DEVICE_KINDS.values() and kind != "lab":
        raise BrokenStyleError("a colour is told in a profile of its own, of which no press knows", remedy=REMEDY)
    return kind


def inked(stream: Any, spaces: Mapping[str, str], surface: Surface) -> bytes | None:
    """Give a stream with its colours on a surface, or nothing where it sets none.

    `spaces` tells the kinds of the colour spaces that it may name.
    """
    import pikepdf

    read = pikepdf.parse_content_stream(stream)
    ready = list(_rewritten(read, {**DEVICE_KINDS, **spaces}, surface))
    changes = len(ready) != len(read) or any(one is not other for one, other in zip(read, ready, strict=True))
    return pikepdf.unparse_content_stream(ready) if changes else None


def _rewritten(read: Sequence[Any], kinds: Mapping[str, str], surface: Surface) -> Iterator[Any]:
    """Follow the colour spaces of fills and lines through a stream, and rewrite its colours."""
    now, saved = {False: "grey", True: "grey"}, []
    for instruction, following in zip_longest(read, read[1:]):
        operator = str(instruction.operator)
        for_lines = operator.isupper()
        if operator == "q":
            saved.append(dict(now))
        elif operator == "Q" and saved:
            now = saved.pop()
        elif operator == "INLINE IMAGE":  # pikepdf's word for BI, ID and EI
            _refuse_colours(instruction.iimage.obj)
        kind, numbers = _told(operator, instruction.operands, kinds, now[for_lines])
        if kind:
            now[for_lines] = kind
        if not kind or kind == "pattern":
            yield instruction
        elif not (operator.lower() == NAMES_SPACE and _sets(following, for_lines)):
            yield _instruction(surface.colour(kind, numbers), surface.operators[for_lines])


def _told(operator: str, operands: Sequence[Any], kinds: Mapping[str, str], now: str) -> tuple[str, list[float]]:
    """Give the kind and the numbers of the colour that an instruction sets; no kind for another instruction."""
    if operator.lower() == NAMES_SPACE:
        kind = known(kinds.get(str(operands[0]), ""))
        return kind, list(FIRST.get(kind, ()))
    if operator.lower() in SETS_COLOUR:
        return now, [] if now == "pattern" else [float(number) for number in operands]
    kind = OF_DEVICE.get(operator.lower(), "")
    return kind, [float(number) for number in operands] if kind else []


def _sets(instruction: Any, for_lines: bool) -> bool:
    """Say whether an instruction sets the colour that the one before it named the space of."""
    operator = str(instruction.operator) if instruction is not None else ""
    return operator.lower() in SETS_COLOUR and operator.isupper() == for_lines


def _instruction(colour: Sequence[float], operator: str) -> Any:
    import pikepdf

    return pikepdf.ContentStreamInstruction(rounded(colour), pikepdf.Operator(operator))


def rounded(numbers: Sequence[float]) -> list[Decimal]:
    """Give the numbers of a colour with no more digits than a plate shows, as pikepdf takes them."""
    return [Decimal(f"{round(number, 3):g}") for number in numbers]


def _refuse_colours(image: Any) -> None:
    if not image.get("/ImageMask", False) and kind_of(image.ColorSpace) not in ("grey", "cmyk"):
        raise BrokenStyleError("a picture in colour stands inside of a drawing", remedy="make it a file of its own")
