"""How Chinese is read: its pinyin without tones, a syllable for each character, a phrase's before a character's own.

The table is pypinyin's, which takes a sixth of a second to load, longer than all else that a small edition's e-book
needs; `tests/pinyin/write.py` writes it, and a test holds both against each other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

TABLE = Path(__file__).with_suffix(".txt")


@dataclass(frozen=True, slots=True)
class _Table:
    """The characters, a line for each syllable, and the phrases in order, with their syllables where no others do."""

    characters: str
    phrases: list[str]


def syllables(text: str) -> list[str]:
    """Read a text: a syllable for each character that has one, and whatever is between them as it is."""
    return [
        syllable
        for is_read, letters in groupby(text, _is_read)
        for syllable in (_of_phrases("".join(letters)) if is_read else ("".join(letters),))
    ]


def _is_read(character: str) -> bool:
    return not character.isascii() and character in _table().characters


def _of_phrases(text: str) -> Iterator[str]:
    """Read the longest phrase that stands next, as often as there is one, and other characters each on its own."""
    while text:
        size, own = _longest_phrase(text)
        yield from own.split() or map(_syllable, text[:size])
        text = text[size:]


def _longest_phrase(text: str) -> tuple[int, str]:
    """Give the length of the longest phrase that a text begins with, 1 where there is none, and its own syllables.

    What begins a phrase and ends with the text, and begins with no phrase, is read as a whole: as pypinyin does it.
    """
    phrases = _table().phrases
    size, own = 0, ""
    for length in range(1, len(text) + 1):
        begun = text[:length]
        found = phrases[at] if (at := bisect_left(phrases, begun)) < len(phrases) else ""
        if not found.startswith(begun):
            return size or 1, own
        phrase, _, read = found.partition(" ")
        if phrase == begun:
            size, own = length, read
    return size or len(text), own


def _syllable(character: str) -> str:
    """Find the line that a character stands in, which its syllable begins."""
    characters = _table().characters
    at = characters.index(character)
    return characters[characters.rindex("\n", 0, at) + 1 : at].partition(" ")[0]


@cache
def _table() -> _Table:
    _notice, characters, phrases = TABLE.read_text(encoding="utf-8").split("\n\n")
    return _Table("\n" + characters, phrases.splitlines())
