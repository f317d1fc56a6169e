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
from digest.composer.vectors import Portrait, Weighing, portrait, similarities, weighed
from digest.model import Article

# As many articles as are compared each with each, in a second; of a chapter of a tenth there are thirty among them.
MOST_COMPARED = 250


@dataclass(frozen=True, slots=True)
class Piles:
    """How articles are grouped, the positions of those that the themes were found among, and their sections' shares."""

    grouping: Grouping
    sample: Members
    sections: tuple[Mapping[str, float], ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Some of the sample's articles as one: their number, and their portraits added up."""

    size: int
    text: Mapping[str, float]
    sections: Mapping[str, float]


def piled(articles: Sequence[Article], given: Sequence[Members] = (), beside: bool = True) -> Piles:
    """Group articles into the `given` themes, whose articles stay, others `beside` them if wished, and leftovers."""
    sample = _sample(articles)
    counts = [counted(articles[index]) for index in sample]
    shares = tuple(section_shares(count, articles[index].language) for index, count in zip(sample, counts, strict=True))
    weighing = weighed([articles[index] for index in sample], counts, shares)
    portraits = [
        portrait(articles[index], count, own, weighing)
        for index, count, own in zip(sample, counts, shares, strict=True)
    ]
    table = similarities(portraits, weighing.gain)
    found = group(table, within(sample, given), beside)
    if len(sample) == len(articles):
        return Piles(found, sample, shares)
    groups = [_added([portraits[place] for place in members]) for members in (*found.themes, found.leftovers)]
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


def _host_of(article: Article, weighing: Weighing, groups: Sequence[_Group], bodies: Sequence[Body]) -> int | None:
    """Choose the theme for an article outside the sample as for one inside; the last group is what is left over."""
    count = counted(article)
    own = portrait(article, count, section_shares(count, article.language), weighing)
    insides = [_likeness(own, other, weighing.gain) for other in groups]
    return host(insides[: len(bodies)], bodies, fsum(insides), sum(other.size for other in groups))


def _likeness(own: Portrait, other: _Group, gain: float) -> float:
    """Sum up an article's likeness to those of a group, as if each had the group's mean sections."""
    text = _dot(own.text, other.text)
    return text * (1 + gain * _dot(own.sections, other.sections) / other.size) if text else 0.0


def _dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return fsum([one[term] * other[term] for term in one.keys() & other.keys()])  # exact, so in any order


def _added(portraits: Sequence[Portrait]) -> _Group:
    """Add portraits up: the dot product with the sum is the sum of those with each."""
    return _Group(
        len(portraits),
        _sum([portrait.text for portrait in portraits]),
        _sum([portrait.sections for portrait in portraits]),
    )


def _sum(vectors: Sequence[Mapping[str, float]]) -> dict[str, float]:
    total: defaultdict[str, float] = defaultdict(float)
    for vector in vectors:
        for term, weight in vector.items():
            total[term] += weight
    return dict(total)
