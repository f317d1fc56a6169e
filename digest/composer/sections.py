"""The sections that newspapers have, and which of them an article's terms speak of.

Two match reports may share no word of their own; the words that hardly stand outside the sports pages bring them
together (Chang et al., "Importance of semantic representation: dataless classification", AAAI 2008).
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from math import fsum, hypot, log
from pathlib import Path

import msgspec

from digest.composer.terms import terms
from digest.language import lookup

TABLE = Path(__file__).with_suffix(".toml")
# A section names a chapter when two in five of its articles speak of it first: the others are often its neighbours'.
LEAST_FIRSTS = 0.4


def section_shares(counts: Mapping[str, int], language: str) -> dict[str, float]:
    """Give the sections that an article's terms speak of, as a vector of unit length; empty where none is spoken of."""
    tongue = lookup(language, _tongues()) or ""
    known = _vocabulary(tongue)
    found: defaultdict[str, list[float]] = defaultdict(list)
    for term in counts.keys() & known.keys():
        for section in known[term]:
            found[section].append((1 + log(counts[term])) / len(known[term]))
    # fsum: sets have no order, and the last bit of a plain sum would follow the hash seed.
    shares = {section: fsum(found[section]) for section in sorted(found)}
    length = hypot(*shares.values())
    return {section: share / length for section, share in shares.items()}


def standing_out(shares: Mapping[str, float], usual: Mapping[str, float]) -> dict[str, float]:
    """Keep what an article has more of than is usual in its edition, at unit length."""
    more = {section: share - usual.get(section, 0.0) for section, share in shares.items()}
    length = hypot(*(value for value in more.values() if value > 0))
    return {section: value / length for section, value in more.items() if value > 0}


def usual_shares(shares: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Give the mean share of each section."""
    every = sorted({section for own in shares for section in own})
    return {section: fsum(own.get(section, 0.0) for own in shares) / len(shares) for section in every}


def shared_section(shares: Sequence[Mapping[str, float]], language: str) -> str:
    """Name in `language` the section that most of the articles speak of before all others, or give nothing."""
    firsts = [max(own, key=own.__getitem__) for own in shares if own]
    best = max(sorted(set(firsts)), key=firsts.count, default="")
    if firsts.count(best) < LEAST_FIRSTS * len(shares):
        return ""
    titles = _sections()[best].title
    return lookup(language, titles) or titles["en"]


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section's title, and the words that speak of it, by language tag."""

    title: dict[str, str]
    words: dict[str, str]


@cache
def _sections() -> dict[str, _Section]:
    return msgspec.convert(tomllib.loads(TABLE.read_text(encoding="utf-8")), dict[str, _Section])


@cache
def _tongues() -> dict[str, str]:
    """Give the languages that the sections have words in."""
    return {language: language for section in _sections().values() for language in section.words}


@cache
def _vocabulary(language: str) -> dict[str, tuple[str, ...]]:
    """Give the sections that each term of a language speaks of; a word is the longest of its terms."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, section in _sections().items():
        for term in {max(terms(word), key=len) for word in section.words.get(language, "").split()}:
            found[term].append(name)
    return {term: tuple(owners) for term, owners in found.items()}
