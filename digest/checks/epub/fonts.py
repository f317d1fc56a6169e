"""Whether the fonts in an EPUB have the characters that are set in them, and whether they are shown at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from digest.checks import Finding
from digest.checks.epub.book import Book, resolved
from digest.faces import families_by_element, font_files, set_in
from digest.glyphs import named, visible
from digest.subset import characters

KINDS = (".otf", ".ttf", ".ttc", ".woff", ".woff2")
APPLE_OPTIONS = "META-INF/com.apple.ibooks.display-options.xml"
SHOWN = 10  # characters that a finding names: more are no help


def _glyphs(book: Book) -> Iterator[Finding]:
    """Text that asks for embedded fonts finds its characters there; a family's faces count as one."""
    families = _families(book)
    matchers: dict[tuple[str, ...], Any] = {}
    for name, page in book.pages if families else ():
        sheets = book.sheets_of(name)
        if sheets not in matchers:
            matchers[sheets] = families_by_element(sheets)
        missing: set[str] = set()
        for asked, found in set_in(page, matchers[sheets]).items():
            there = [families[family] for family in asked if family in families]
            if there and all(there):  # of a font that we cannot read, _unread tells
                missing |= visible(found).difference(*there)
        if missing:
            hint = "readers show another face there, or a box: embed a font that has them"
            yield Finding("missing-glyph", "warning", f"no embedded font has {_some(missing)}", name, hint)


def _families(book: Book) -> dict[str, frozenset[str]]:
    """Give the characters of each family that style sheets bring along; none for one that cannot be read."""
    families: dict[str, frozenset[str]] = {}
    for sheet, css in book.sheets:
        for family, addresses in font_files(css):
            files = [file for file in (resolved(sheet, address)[0] for address in addresses) if file in book.files]
            for file in files[:1]:
                families[family] = families.get(family, frozenset()) | characters(book.files[file])
    return families


def _some(missing: set[str]) -> str:
    first = sorted(missing)[:SHOWN]
    more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
    return named(first) + more


def _unread(book: Book) -> Iterator[Finding]:
    """Every font is one that we can read, and so can old readers."""
    for name in _files(book):
        if not characters(book.files[name]):
            what = "a font that is packed, scrambled or broken: its characters were not checked"
            yield Finding("font-unread", "info", what, name, "embed it as OTF or TTF, which old readers know too")


def _shown(book: Book) -> Iterator[Finding]:
    """Apple Books is told to show the fonts: without that it takes its own."""
    if not (fonts := [*_files(book)]):
        return
    options = book.trees.get(APPLE_OPTIONS)
    said = [] if options is None else [*options.iterfind(".//option[@name='specified-fonts']")]
    said += book.package.iterfind(".//{*}meta[@property='ibooks:specified-fonts']")
    if not any((each.text or "").strip() == "true" for each in said):
        what = f"{APPLE_OPTIONS} does not say specified-fonts: Apple Books shows its own faces"
        hint = "add that file with that option, as `digest make --embed-fonts` does"
        yield Finding("fonts-not-shown", "warning", what, fonts[0], hint)


def _files(book: Book) -> Iterator[str]:
    return (name for name in book.files if name.lower().endswith(KINDS))


RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (_glyphs, _unread, _shown)
