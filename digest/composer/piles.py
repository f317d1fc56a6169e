"""How a pile of any size is grouped: themes are found among a sample, and the other articles join them.

That is Buckshot (Cutting, Karger, Pedersen & Tukey, "Scatter/Gather: a cluster-based approach to browsing large
document collections", SIGIR 1992): comparing each two of ten thousand articles would take minutes and gigabytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from digest.composer.clusters import Body, Grouping, Members, cohesion, group, host
from digest.composer.sections import section_shares
from digest.composer.terms import counted
from digest.composer.vectors import Portrait, Weighing, heard, portrait, rarities, similarities, weighed
from digest.model import Article

# As many articles as are compared each with each, in a second; of a chapter of a tenth there are thirty among them.
MOST_COMPARED = 250


@dataclass(frozen=True, slots=True)
class Piles:
    """How articles are grouped, the positions of those that the themes were found among, and their sections' shares."""

    grouping: Grouping
    sample: Members
    sections: tuple[Mapping[str, float], ...]


# For each term the places of the groups that have it, which are few, and its weight in each.
_Table = Mapping[str, Sequence[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class _Groups:
    """The sample's groups of articles, each as one: their sizes, and what each term and section weighs in which."""

    sizes: tuple[int, ...]
    text: _Table
    sections: _Table


def piled(articles: Sequence[Article], given: Sequence[Members] = (), beside: bool = True) -> Piles:
    """Group articles into the `given` themes, whose articles stay, others `beside` them if wished, and leftovers."""
    sample = _sample(articles)
    counts = [counted(articles[index]) for index in sample]
    shares = tuple(section_shares(count, articles[index].language) for index, count in zip(sample, counts, strict=True))
    rarity = rarities(counts)
    hearings = [heard(count, rarity) for count in counts]
    weighing = weighed([articles[index] for index in sample], hearings, rarity, shares)
    portraits = [
        portrait(articles[index], hearing, own, weighing)
        for index, hearing, own in zip(sample, hearings, shares, strict=True)
    ]
    table = similarities(portraits, weighing.gain)
    found = group(table, within(sample, given), beside)
    if len(sample) == len(articles):
        return Piles(found, sample, shares)
    groups = _added([[portraits[place] for place in members] for members in (*found.themes, found.leftovers)])
    bodies = [Body(len(members), cohesion(members, table)) for members in found.themes]
    joined: defaultdict[int | None, list[int]] = defaultdict(list)
    for index in _neither_in(sample, given, len(articles)):
        joined[_host_of(articles[index], weighing, groups, bodies)].append(index)
    themes = [{sample[place] for place in members} | set(joined[at]) for at, members in enumerate(found.themes)]
    for theme, members in zip(themes, given, strict=False):
        theme.update(members)
    leftovers = {sample[place] for place in found.leftovers} | set(joined[None])
    return Piles(Grouping(tuple(tuple(sorted(theme)) for theme in themes), tuple(sorted(leftovers))), sample, shares)


def _sample(articles: Sequence[Article]) -> Members:
    """Draw by the ids, which are as good as random: one article more changes one article of the sample at most."""
    drawn = sorted(range(len(articles)), key=lambda index: (articles[index].id, index))[:MOST_COMPARED]
    return tuple(sorted(drawn))


def within(sample: Members, themes: Sequence[Members]) -> list[Members]:
    """Give the places in the sample of the themes' articles."""
    places = {index: place for place, index in enumerate(sample)}
    return [tuple(places[index] for index in members if index in places) for members in themes]


def _neither_in(sample: Members, given: Sequence[Members], total: int) -> Iterable[int]:
    placed = set(sample).union(*given)
    return (index for index in range(total) if index not in placed)


def _host_of(article: Article, weighing: Weighing, groups: _Groups, bodies: Sequence[Body]) -> int | None:
    """Choose the theme for an article outside the sample as for one inside; the last group is what is left over."""
    count = counted(article)
    hearing = heard(count, weighing.terms)
    own = portrait(article, hearing, section_shares(count, article.language), weighing)
    insides = _likenesses(own, groups, weighing.gain)
    return host(insides[: len(bodies)], bodies, fsum(insides), sum(groups.sizes))


def _likenesses(own: Portrait, groups: _Groups, gain: float) -> list[float]:
    """Sum up an article's likeness to those of each group, as if each had the group's mean sections."""
    texts = _dots(own.text, groups.text, len(groups.sizes))
    fields = _dots(own.sections, groups.sections, len(groups.sizes))
    return [
        text * (1 + gain * field / size) if text else 0.0
        for text, field, size in zip(texts, fields, groups.sizes, strict=True)
    ]


def _dots(own: Mapping[str, float], table: _Table, groups: int) -> list[float]:
    """Give a vector's dot products with all the groups of a table."""
    sums = [0.0] * groups
    for weight, having in zip(own.values(), map(table.get, own), strict=True):
        for place, other in having or ():
            sums[place] += weight * other
    return sums


def _added(groups: Sequence[Sequence[Portrait]]) -> _Groups:
    """Add portraits up: the dot product with the sum is the sum of those with each."""
    return _Groups(
        tuple(map(len, groups)),
        _sums([[portrait.text for portrait in portraits] for portraits in groups]),
        _sums([[portrait.sections for portrait in portraits] for portraits in groups]),
    )


def _sums(groups: Sequence[Sequence[Mapping[str, float]]]) -> _Table:
    """Lay the sums of some groups of vectors side by side."""
    table: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, vectors in enumerate(groups):
        sums: dict[str, float] = {}
        for vector in vectors:
            for term, weight in vector.items():
                sums[term] = sums.get(term, 0.0) + weight
        for term, weight in sums.items():
            table[term].append((place, weight))
    return table
