"""Fits the fonts of a style into an e-book: each cut down to what is set in it, and the sheet that names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from digest import subset
from digest.errors import BrokenStyleError
from digest.faces import Families, families_by_element, set_in
from digest.glyphs import visible
from digest.style import Style

# What readers write themselves in front of the items of a list, and at the end of a line that they break.
READERS_OWN = set("0123456789.•◦▪-‐")
FACE = '@font-face {{\n  font-family: "{role}";\n  src: url("{href}");\n}}\n'


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of a book: a file for each face, by name; their style sheet; the characters that no face has."""

    files: dict[str, bytes]
    sheet: str
    missing: set[str]


def fit(style: Style, pages: Sequence[bytes], sheets: Sequence[str]) -> Fonts:
    """Cut each face down to what the pages set in it; their own style sheets come before that of the faces.

    Raises BrokenStyleError for a file that is no font.
    """
    rules = style.render("faces.css")
    wanted = _characters(pages, [*sheets, rules])
    fonts = {path: path.read_bytes() for path in style.fonts.values()}
    used, missing = _shared_out(wanted, style, fonts)
    names: dict[Path, str] = {}  # by the first role of each file: two roles may share one
    for role, path in style.fonts.items():
        if used[path]:
            names.setdefault(path, f"{role}.{subset.suffix(fonts[path])}")
    faces = [FACE.format(role=role, href=names[path]) for role, path in style.fonts.items() if path in names]
    files = {name: _cut(path, fonts[path], used[path]) for path, name in names.items()}
    return Fonts(files, "\n".join([*faces, rules]), missing)


def _cut(path: Path, font: bytes, wanted: set[str]) -> bytes:
    try:
        return subset.subset(font, wanted)
    except RuntimeError as error:  # HarfBuzz says no more than that it failed
        raise BrokenStyleError(f"is a damaged font ({error})", where=path, remedy="take another one") from None


def _characters(pages: Sequence[bytes], sheets: Sequence[str]) -> dict[Families, set[str]]:
    matcher = families_by_element(sheets)
    wanted: dict[Families, set[str]] = {}
    for page in pages:
        for families, found in set_in(ElementTree.fromstring(page), matcher).items():  # noqa: S314  (we wrote it)
            wanted.setdefault(families, set()).update(found)
    return wanted


def _shared_out(
    wanted: dict[Families, set[str]], style: Style, fonts: dict[Path, bytes]
) -> tuple[dict[Path, set[str]], set[str]]:
    """Give each character to the first of its families that has it, as a reader does; and what none has."""
    there = {path: subset.characters(font) for path, font in fonts.items()}
    used: dict[Path, set[str]] = {path: set() for path in fonts}
    missing: set[str] = set()
    for role, path in style.fonts.items():
        if not there[path]:
            raise BrokenStyleError(f"the font of {role!r} is no OTF or TTF", where=path, remedy="take another one")
    for families, found in wanted.items():
        roles = [role for role in families if role in style.fonts]
        left = found | READERS_OWN if visible(found) else set()
        for role in roles:
            used[style.fonts[role]] |= left & there[style.fonts[role]]
            left -= there[style.fonts[role]]
        if roles:
            missing |= visible(left & found)
    return used, missing
