"""Tells colour spaces of a press from those of a screen."""

from __future__ import annotations

from typing import Any

from pikepdf import Array

DEEPEST = 8  # colour spaces inside others; ISO 32000-1 allows three
# Names in resources, and the short ones of inline images: ISO 32000-1, table 93.
ON_SCREEN = ("DeviceRGB", "RGB", "CalRGB", "CalGray", "Lab")
GRAY, CMYK = ("DeviceGray", "G"), ("DeviceCMYK", "CMYK")
OF_PROFILE = {1: "gray", 4: "CMYK"}  # components of an ICC profile: ink; with three they are RGB or Lab


def kind_of(space: Any, depth: int = 0) -> str:
    """Give "gray" or "CMYK", the name of a space that is of screens, or "" for what is neither: spot inks, patterns.

    A space that is made of others (Indexed, Separation, DeviceN, Pattern) is of screens where one of those is.
    """
    rest: Any = space if isinstance(space, Array) else ()
    name = str(rest[0] if len(rest) else space).removeprefix("/")
    if name in GRAY:
        return "gray"
    if name in CMYK:
        return "CMYK"
    if name in ON_SCREEN:
        return "DeviceRGB" if name == "RGB" else name
    if name == "ICCBased":
        return OF_PROFILE.get(int(rest[1].get("/N", 0)), "an RGB profile")
    if depth < DEEPEST:
        at = {"Indexed": 1, "I": 1, "Pattern": 1, "Separation": 2, "DeviceN": 2}.get(name)
        base = kind_of(rest[at], depth + 1) if at is not None and len(rest) > at else ""
        return base if is_of_screens(base) else ""
    return ""


def is_of_screens(kind: str) -> bool:
    """Say whether this is what `kind_of` calls a space of screens."""
    return kind not in ("gray", "CMYK", "")
