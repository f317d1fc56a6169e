"""Whether fonts are embedded, cut down to what is used, and have the characters that are set in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from digest.checks import Finding
from digest.checks.pdf.book import Book
from digest.checks.pdf.drawing import Key
from digest.checks.pdf.typeface import Typeface
from digest.glyphs import named, visible

SUBSET_NAME = re.compile(r"[A-Z]{6}\+")  # ISO 32000-1, 9.6.4
# A subset may hold more glyphs than are shown, parts of composite ones or those of text that was never drawn, but not
# twice as many and some.
TIMES, MORE = 2, 200
SHOWN = 10  # characters that a finding names: more are no help


def _embedded(book: Book) -> Iterator[Finding]:
    """Every font is embedded: without it, each machine shows another book."""
    seen = set()
    for where, page, drawn in book.numbered():
        for face in (*book.named_typefaces(page), *(book.typefaces[key] for key in drawn.codes)):
            if face.name not in seen and not face.is_embedded:
                hint = "make the book again, with fonts of its style alone"
                yield Finding("font-not-embedded", "error", f"{face.name} is not embedded", where, hint)
            seen.add(face.name)


def _subset(book: Book) -> Iterator[Finding]:
    """Every font is cut down to the glyphs that are shown: a whole Chinese one has 20 MB."""
    used = _used(book)
    files = _by_file(book, used)
    for keys in files:
        face = book.typefaces[keys[0]]
        shown = {face.cid_of(code) for key in keys for code in used[key]}
        held = face.held.count if face.held else 0
        hint = "embed what is used of it alone, as `digest make` does: the file is as large as its fonts"
        if held > TIMES * len(shown) + MORE:
            what = f"{face.name} holds {held} glyphs, of which {len(shown)} are shown"
            yield Finding("font-not-subset", "warning", what, hint=hint)
        elif not SUBSET_NAME.match(face.name):
            what = f"{face.name} is not named as a font that was cut down"
            yield Finding("font-not-subset", "warning", what, hint=hint)


def _used(book: Book) -> dict[Key, set[int]]:
    used: dict[Key, set[int]] = {}
    for drawn in book.drawn:
        for key, codes in drawn.codes.items():
            used.setdefault(key, set()).update(codes)
    return used


def _by_file(book: Book, used: dict[Key, set[int]]) -> list[list[Key]]:
    """Group fonts that share one file."""
    files: dict[Any, list[Key]] = {}
    for key in used:
        face = book.typefaces[key]
        if face.file is not None:
            files.setdefault(face.file.objgen, []).append(key)
    return list(files.values())


def _glyphs(book: Book) -> Iterator[Finding]:
    """No text is shown as the box of a missing glyph, or as nothing."""
    lacking = {key: _lacking(book.typefaces[key], codes) for key, codes in _used(book).items()}
    for where, _, drawn in book.numbered():
        missing = [(book.typefaces[key], codes & lacking[key]) for key, codes in drawn.codes.items()]
        characters = {face.text_of(code) for face, codes in missing for code in codes}
        if characters:
            hint = "choose a style whose fonts have it, or put another character"
            yield Finding("missing-glyph", "error", f"no glyph for {_some(characters)}", where, hint)


def _lacking(face: Typeface, codes: set[int]) -> set[int]:
    """Give the codes that stand for glyph 0, or for one that the embedded file has no outline of."""
    if not face.is_composite or face.is_in_unicode:
        return set()
    there = face.held.numbers if face.held else None
    return {
        code
        for code in codes
        if not face.cid_of(code)
        or (there is not None and face.cid_of(code) not in there and visible(face.text_of(code)))
    }


def _some(characters: set[str]) -> str:
    known = sorted({character for text in characters for character in text})
    more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
    unknown = "" if all(characters) else "a character that the file does not name"
    return " and ".join(filter(None, (named(known[:SHOWN]) + more, unknown)))


def _characters(book: Book) -> Iterator[Finding]:
    """Text can be searched and read aloud: the file says what character each code stands for."""
    if book.is_for_press:  # on paper nobody searches
        return
    for where, _, drawn in book.numbered():
        faces = (book.typefaces[key] for key, codes in drawn.codes.items() if _is_mute(book.typefaces[key], codes))
        if names := sorted({face.name for face in faces}):
            what = f"codes of {', '.join(names)} stand for no character: it cannot be searched, copied or read aloud"
            yield Finding("no-unicode", "warning", what, where, "make the book again: each font needs a ToUnicode map")


def _is_mute(face: Typeface, codes: set[int]) -> bool:
    return face.is_composite and not all(face.text_of(code) for code in codes)


RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (_embedded, _subset, _glyphs, _characters)
