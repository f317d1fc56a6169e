"""Divides a long part among several hands, each of which begins somewhere in its middle, and joins what they have made.

Where a page of the whole begins nobody can tell before those before it are made. But pages that begin in other places
come to begin in the same ones sooner or later, as a head that finds no room leaves the rest of its page empty: whoever
comes from before goes on until then, and what was made from there on is as if it had been made in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from digest.printing.parts import Part
from digest.printing.stretches import Run, Start

# Characters of HTML that a piece has at least: 160 pages. Pages met after forty in the mean, when articles of several
# lengths were mixed, and after eighty where right-hand pages have to meet right-hand ones.
A_PIECE = 120_000


def pieces(part: Part, parts: Sequence[Part], hands: int) -> int:
    """Say into how many pieces a part is cut: one for each hand that could be at it while the others do the rest."""
    fair = round(hands * len(part.html) / sum(len(each.html) for each in parts))
    return max(1, min(fair, hands, len(part.html) // A_PIECE))


def joined(runs: Sequence[Run], go_on: Callable[[Sequence[Start], frozenset[Start]], Sequence[Run]]) -> Run:
    """Join the runs of all pieces; give none where the part cannot be divided.

    `go_on` lays out pages from each of some places, all at once, until one begins where one of others does.
    """
    pages = {stretch.known.begins: run[at:] for run in runs[1:] for at, stretch in enumerate(run)}
    ends = [end for run in runs[:-1] if run and (end := run[-1].known.ends) and end not in pages]
    meets = frozenset(pages)
    pages |= dict(zip(ends, go_on(ends, meets), strict=True))
    found = [*runs[0]]
    while found and (place := found[-1].known.ends):
        more = pages.get(place) or go_on([place], meets)[0]
        if not more:
            return []
        found.extend(more)
    return found
