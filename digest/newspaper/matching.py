"""Heads that stand on no story matched, one to one, to stories that have no head, by the words they share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum, log

from digest.model import Doubt
from digest.newspaper.heads import Head
from digest.newspaper.stories import Layout, Story

# A head's words come back in how its story opens: what stands there counts twice.
OPENING = 240
# Heads share fewer words than this with stories that are not theirs.
ENOUGH = 0.2
# A head next to its story, above or below it, needs no proof; one far away competes by words alone.
NEIGHBOUR = 0.15
# Heads are gathered at most on their own page: stories further off than this are of others in the same file.
FAR = 40
# A head right above a story is its own, unless the words say twice over that it is another's.
STANDING = 0.3


@dataclass(frozen=True, slots=True)
class Match:
    """A story and the head found for it, if any, with what was guessed."""

    story: Story
    doubts: tuple[Doubt, ...] = ()


def match(layout: Layout) -> tuple[tuple[Match, ...], tuple[Head, ...]]:
    """Give each story the head that fits it best; the second value is the heads that fit none.

    Where every head stands on its story there is nothing to ask. Where some do not, all compete, best pairs first.
    """
    if not layout.loose:
        return tuple(Match(story) for story in layout.stories), ()
    heads = [*layout.loose, *((at, story.head) for at, story in enumerate(layout.stories) if story.head)]
    taken = _pair(heads, layout)
    matches = tuple(
        _matched(story, heads[taken[at]][1]) if at in taken else Match(replace(story, head=None))
        for at, story in enumerate(layout.stories)
    )
    return matches, tuple(head for number, (_, head) in enumerate(heads) if number not in set(taken.values()))


def _pair(heads: Sequence[tuple[int, Head]], layout: Layout) -> dict[int, int]:
    """Pair stories with heads, by their numbers: greedily, from the surest pair down."""
    fit = _Fit([story.text for story in layout.stories])
    fits = [
        (fit(head, at) + _nearness(place, head, at, layout.stories[at]), at, number)
        for number, (place, head) in enumerate(heads)
        for at in range(max(0, place - FAR), min(len(layout.stories), place + FAR))
    ]
    taken: dict[int, int] = {}
    placed: set[int] = set()
    for value, at, number in sorted(fits, key=lambda pair: (-pair[0], pair[1:])):
        if value >= ENOUGH and at not in taken and number not in placed:
            taken[at] = number
            placed.add(number)
    return taken


def _nearness(place: int, head: Head, at: int, story: Story) -> float:
    if story.head is head:
        return STANDING
    return NEIGHBOUR if place in (at, at + 1) else 0.0


def _matched(story: Story, head: Head) -> Match:
    if story.head is head:
        return Match(story)
    line = head.pieces[0].line
    doubt = Doubt(
        "head-matched", f"the head on line {line} stands away from this text and was matched by its words", line
    )
    return Match(replace(story, head=head), (doubt,))


def shared(head: str, text: str) -> float:
    """Say what share of a head's pairs of characters a text has, from 0 to 1."""
    pairs = _pairs(head)
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def _pairs(text: str) -> set[str]:
    words = re.findall(r"[^\W_]+", text)
    return {word[i : i + 2] for word in words for i in range(max(1, len(word) - 1))}


class _Fit:
    """How well a head fits a story: the share of its pairs there, rare ones weighing more (tf-idf's idf)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.bodies = [_pairs(text) for text in texts]
        self.openings = [_pairs(text[:OPENING]) for text in texts]
        frequency = Counter(pair for pairs in self.bodies for pair in pairs)
        self.weight = {pair: log(1 + (len(texts) + 1) / (count + 1)) for pair, count in frequency.items()}
        self.rarest = log(2 + len(texts))

    def __call__(self, head: Head, at: int) -> float:
        # fsum: sets have no order, and the last bit of a plain sum would follow the hash seed.
        pairs = _pairs(head.text)
        total = 2 * fsum(self.weight.get(pair, self.rarest) for pair in pairs)
        have = fsum(self.weight[pair] * (1 + (pair in self.openings[at])) for pair in pairs & self.bodies[at])
        return have / total if total else 0.0
