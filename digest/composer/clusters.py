"""Which articles belong together, and which with no others.

The articles' neighbour graph is cut by average linkage (Sokal & Michener 1958; nearest-neighbour chain after Murtagh,
"A survey of recent advances in hierarchical clustering algorithms", Computer Journal 26, 1983). The number of themes
is the one whose modularity is highest (Newman & Girvan, "Finding and evaluating community structure in networks",
Physical Review E 69, 2004) once every article has moved to where it fits best (Blondel et al., "Fast unfolding of
communities in large networks", J. Stat. Mech., 2008). An article that is hardly nearer to its theme than to the rest
of the edition is left over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil, fsum, sqrt

from digest.composer.vectors import Similarities

Graph = list[dict[int, float]]
Members = tuple[int, ...]

# Neighbours of an article in the graph, for each square root of all articles; 0.85 to 1.5 did alike on labelled news.
NEIGHBOURS = 1.3
FEWEST_NEIGHBOURS = 3
# No more themes than 1.7 for each square root of the articles: nine for thirty, as many as a contents page bears.
MOST_THEMES = 1.7
# A cut that is not among the eight best before articles move is not the best after: labelled news comes out alike.
MOST_SETTLED = 8
# Moving articles converges in three to six rounds; the bound only guards against two that swap for ever.
MOST_ROUNDS = 20
# An article belongs to a theme when it is this many times as like its articles as it is like the others; from 1.3 to
# 1.6 labelled news comes out alike (NMI within 0.01), and more stands alone the higher it is.
FIT = 1.5
# A late-comer is welcome when it is half as like the theme's articles as they are like each other: two closely related
# articles would otherwise take in whatever is a little like both.
WELCOME = 0.5
# Where no others are there to compare with: two reports of one matter have cosines from 0.2, two strangers up to 0.1.
ALIKE = 0.1
# Sums and differences of likenesses below this are rounding.
NOTHING = 1e-9
# Less than any likeness: nobody is their own neighbour.
_NOBODY = -1.0
# A theme has at least this many articles for each square root of all: two of thirty, five of four hundred.
SMALLEST_THEME = 0.25


@dataclass(frozen=True, slots=True)
class Grouping:
    """Themes as positions of articles, each at least two unless there is but one, and the positions left over."""

    themes: tuple[Members, ...]
    leftovers: Members


@dataclass(frozen=True, slots=True)
class Body:
    """What a theme is to an article that would join it: its size, and the mean likeness of its articles."""

    size: int
    cohesion: float


def group(similarities: Similarities, given: Sequence[Members] = (), beside: bool = True) -> Grouping:
    """Find the themes among articles by how alike each two are (0: nothing in common).

    `given` themes come first in the grouping and keep all their articles, be they none; `beside` them others are found.
    What fits no theme is looked through once more for themes of its own, then joins the theme that it fits after all,
    or is left over.
    """
    total = len(similarities)
    settled_already = {index for members in given for index in members}
    rest = tuple(index for index in range(total) if index not in settled_already)
    if total == 1 and rest:
        return Grouping((*given, rest), ())
    if not beside:
        return with_guests(given, rest, similarities)
    themes, strangers = _without_strangers(themes_among(similarities, rest), similarities)
    late, strangers = _without_strangers(themes_among(similarities, strangers), similarities)
    return with_guests([*given, *themes, *late], strangers, similarities)


def themes_among(similarities: Similarities, some: Members) -> list[Members]:
    """Cut the neighbour graph of some of the articles into as many themes as give the highest modularity."""
    graph = neighbour_graph([[similarities[here][there] for there in some] for here in some])
    merges = average_linkage(graph)
    most = min(len(some), ceil(MOST_THEMES * sqrt(len(some))))
    cuts = [cut(merges, len(some), themes) for themes in range(1, most + 1)]
    promising = sorted(cuts, key=partial(modularity, graph), reverse=True)[:MOST_SETTLED]
    best = max((settled(graph, labels) for labels in promising), key=partial(modularity, graph), default=[])
    return [tuple(some[index] for index in members) for members in _members(best)]


def neighbour_graph(similarities: Similarities) -> Graph:
    """Join each article with those it is most like; the joints weigh what they have in common, both ways."""
    total = len(similarities)
    nearest = max(FEWEST_NEIGHBOURS, round(NEIGHBOURS * sqrt(total)))
    graph: Graph = [{} for _ in range(total)]
    for here, row in enumerate(similarities):
        others = [there for there in range(total) if there != here and row[there] > 0]
        for there in sorted(others, key=lambda other: (-row[other], other))[:nearest]:
            graph[here][there] = graph[there][here] = row[there]
    return graph


def average_linkage(graph: Graph) -> list[tuple[int, int]]:
    """Join what is most alike, two by two, until all is one; each pair names its parts by any article in them."""
    total = len(graph)
    alike = [[0.0] * total for _ in graph]
    for here, row in enumerate(graph):
        for there, weight in row.items():
            alike[here][there] = weight
        alike[here][here] = _NOBODY
    sizes = [1] * total
    alive = list(range(total))
    joins: list[tuple[float, int, int]] = []
    chain: list[int] = []
    while len(alive) > 1:
        here, there = _next_of_kin(alike, alive, chain)
        joins.append((alike[here][there], here, there))
        _join(alike, sizes, alive, here, there)
    return [(here, there) for _, here, there in sorted(joins, key=lambda join: -join[0])]


def _next_of_kin(alike: Similarities, alive: Sequence[int], chain: list[int]) -> tuple[int, int]:
    """Follow nearest neighbours until two are each other's; they leave the chain."""
    if not chain:
        chain.append(alive[0])
    while True:
        here = chain[-1]
        before = chain[-2] if len(chain) > 1 else -1
        row = alike[here]
        most = max(map(row.__getitem__, alive))
        nearest = before if before >= 0 and row[before] == most else next(at for at in alive if row[at] == most)
        if nearest == before:
            del chain[-2:]
            return min(here, nearest), max(here, nearest)
        chain.append(nearest)


def _join(alike: Similarities, sizes: list[int], alive: list[int], here: int, there: int) -> None:
    """Let `here` stand for both: its likeness to any other is the mean over their articles."""
    alive.remove(there)
    both = sizes[here] + sizes[there]
    for other in alive:
        mean = (sizes[here] * alike[here][other] + sizes[there] * alike[there][other]) / both
        alike[here][other] = alike[other][here] = mean
    alike[here][here] = _NOBODY
    sizes[here] = both


def cut(merges: Sequence[tuple[int, int]], total: int, themes: int) -> list[int]:
    """Carry out merges until `themes` are left; an article's label is the first position in its theme."""
    above = list(range(total))
    for here, there in merges[: total - themes]:
        first, second = sorted((_root(above, here), _root(above, there)))
        above[second] = first
    return [_root(above, index) for index in range(total)]


def _root(above: Sequence[int], index: int) -> int:
    while above[index] != index:
        index = above[index]
    return index


def settled(graph: Graph, labels: Sequence[int]) -> list[int]:
    """Move each article to the neighbouring theme that gains most modularity, until none wants to move."""
    now = list(labels)
    degrees = [fsum(row.values()) for row in graph]
    whole = fsum(degrees) or 1.0
    weights: defaultdict[int, float] = defaultdict(float)
    for label, degree in zip(now, degrees, strict=True):
        weights[label] += degree
    for _ in range(MOST_ROUNDS):
        before = list(now)
        for index, row in enumerate(graph):
            weights[now[index]] -= degrees[index]
            now[index] = _best_label(row, now, now[index], degrees[index] / whole, weights)
            weights[now[index]] += degrees[index]
        if now == before:
            break
    return now


def _best_label(
    row: dict[int, float], labels: Sequence[int], own: int, share: float, weights: defaultdict[int, float]
) -> int:
    joints: dict[int, float] = {own: 0.0}
    for there, weight in row.items():
        joints[labels[there]] = joints.get(labels[there], 0.0) + weight
    gains = {label: joint - share * weights[label] for label, joint in joints.items()}
    return max(gains, key=lambda label: (gains[label], label == own, -label))


def modularity(graph: Graph, labels: Sequence[int]) -> float:
    """Say how much more of the joints' weight is inside the themes than chance would put there (-0.5 to 1)."""
    inside: defaultdict[int, float] = defaultdict(float)
    ends: defaultdict[int, float] = defaultdict(float)
    for label, row in zip(labels, graph, strict=True):
        ends[label] += sum(row.values())
        inside[label] += sum([weight for there, weight in row.items() if labels[there] == label])
    whole = fsum(ends.values()) or 1.0
    return fsum(inside[label] / whole - (end / whole) ** 2 for label, end in ends.items())


def _members(labels: Sequence[int]) -> list[Members]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for index, label in enumerate(labels):
        found[label].append(index)
    return [tuple(members) for members in found.values()]


def _without_strangers(themes: Iterable[Members], similarities: Similarities) -> tuple[list[Members], Members]:
    """Part from the themes what hardly fits, and the themes that are then too small for a chapter."""
    kept: list[Members] = []
    strangers: list[int] = []
    smallest = max(2, round(SMALLEST_THEME * sqrt(len(similarities))))
    for members in themes:
        fitting = _fitting(members, similarities)
        kept += [fitting] if len(fitting) >= smallest else []
        strangers += members if len(fitting) < smallest else set(members) - set(fitting)
    return kept, tuple(sorted(strangers))


def _fitting(members: Members, similarities: Similarities) -> Members:
    """Take out the worst-fitting article until all fit: each that goes changes how the others do."""
    inside = {index: fsum(similarities[index][other] for other in members) for index in members}
    totals = {index: fsum(similarities[index]) for index in members}
    while inside:
        fits = {index: _fit(inside[index], len(inside) - 1, totals[index], len(similarities) - 1) for index in inside}
        worst = min(fits, key=lambda index: (fits[index], index))
        if fits[worst] >= FIT:
            break
        del inside[worst]
        for index in inside:
            inside[index] -= similarities[index][worst]
    return tuple(inside)


def with_guests(themes: Sequence[Members], strangers: Members, similarities: Similarities) -> Grouping:
    """Let each stranger join the theme that it fits best, if it fits."""
    bodies = [Body(len(members), cohesion(members, similarities)) for members in themes]
    guests: defaultdict[int | None, list[int]] = defaultdict(list)
    for index in strangers:
        row = similarities[index]
        insides = [fsum(row[other] for other in members) for members in themes]
        guests[host(insides, bodies, fsum(row), len(row) - 1)].append(index)
    joined = (tuple(sorted((*members, *guests[place]))) for place, members in enumerate(themes))
    return Grouping(tuple(joined), tuple(guests[None]))


def host(insides: Sequence[float], bodies: Sequence[Body], whole: float, others: int) -> int | None:
    """Choose the theme that an article fits best and is welcome in, by its place; None where there is none.

    `insides` is the article's likeness to each theme's articles summed up, `whole` that to all `others`.
    """
    fits = {
        place: fit
        for place, (inside, body) in enumerate(zip(insides, bodies, strict=True))
        if (fit := _fit(inside, body.size, whole, others)) >= FIT and inside >= WELCOME * body.cohesion * body.size
    }
    return max(fits, key=fits.__getitem__, default=None)


def cohesion(members: Members, similarities: Similarities) -> float:
    """Give the mean likeness of a theme's articles; one alone is as like itself as two of a matter."""
    if len(members) < 2:
        return ALIKE
    within = fsum(similarities[here][there] for here in members for there in members)
    return within / (len(members) * (len(members) - 1))


def _fit(inside: float, size: int, whole: float, others: int) -> float:
    """Say how many times as like a theme's other articles as the rest of the edition an article is.

    `inside` is its likeness to `size` articles summed up, `whole` that to all the `others` in the edition.
    """
    rest = others - size
    if size < 1 or inside < NOTHING:
        return 0.0
    if rest < 1:
        return FIT if inside / size >= ALIKE else 0.0
    if whole - inside < NOTHING:
        return FIT
    return (inside / size) / ((whole - inside) / rest)
