"""Names the characters that no font of a style has, and the articles they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from digest import markup
from digest.model import Doubt, Edition

# Characters that need no glyph: white space, and those that Unicode calls Default_Ignorable_Code_Point (joiners,
# directions, variation selectors, tags).
NEEDS_NONE = re.compile(
    r"[\s\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def visible(characters: Iterable[str]) -> set[str]:
    """Leave out the characters that need no glyph."""
    return {character for character in characters if not NEEDS_NONE.match(character)}


def missing_glyphs(edition: Edition, missing: set[str]) -> Iterator[Doubt]:
    """Give a Doubt ("missing-glyph") for the edition's heads and each article in which such characters stand."""
    if not missing:
        return
    heads = "".join((edition.title, edition.subtitle, edition.publisher, *(c.theme.title for c in edition.chapters)))
    left = set(missing)
    if found := missing & set(heads):
        yield _doubt("the edition's heads", found)
        left -= found
    for article in edition.articles:
        if found := missing & set("".join(markup.texts(article))):
            origin = article.origin
            yield _doubt(f"{origin.source}:{origin.first}", found, origin.first)
            left -= found
    if left:
        yield _doubt("the edition, outside its articles", left)


def named(characters: Iterable[str]) -> str:
    """Show characters, each with its code point."""
    return ", ".join(f"{character} (U+{ord(character):04X})" for character in sorted(characters))


def _doubt(where: str, found: set[str], line: int = 0) -> Doubt:
    return Doubt("missing-glyph", f"{where}: no font of the style has {named(found)}", line)
