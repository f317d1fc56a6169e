"""Writes the table of digest/pinyin.py from pypinyin's: PYTHONPATH=.:tests python tests/pinyin/write.py."""

from __future__ import annotations

from collections import defaultdict
from importlib.metadata import files, version

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT, RE_HANS

from digest.pinyin import TABLE


def table() -> str:
    """Give the table: pypinyin's licence, a line of characters for each syllable, and the phrases in their order."""
    read = {han: lazy_pinyin(han)[0] for han in map(chr, sorted(PINYIN_DICT)) if RE_HANS.match(han)}
    by_syllable: defaultdict[str, list[str]] = defaultdict(list)
    for han, syllable in read.items():
        by_syllable[syllable].append(han)
    characters = [f"{syllable} {''.join(hans)}" for syllable, hans in sorted(by_syllable.items())]
    phrases = [_line(phrase, [read.get(han, "") for han in phrase]) for phrase in sorted(PHRASES_DICT)]
    return "\n\n".join("\n".join(lines) for lines in (_notice(), characters, phrases)) + "\n"


def _line(phrase: str, usual: list[str]) -> str:
    """Write a phrase, and its syllables where they are not those of its characters; one with a comma is never read."""
    if not RE_HANS.match(phrase) or (read := lazy_pinyin(phrase)) == usual:
        return phrase
    return " ".join((phrase, *read))


def _notice() -> list[str]:
    licence = next(file for file in files("pypinyin") or () if file.name.startswith("LICENSE"))
    return [
        f"# From pypinyin {version('pypinyin')}:",
        *(f"# {line}".rstrip() for line in licence.read_text().splitlines()),
    ]


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8", newline="\n")
