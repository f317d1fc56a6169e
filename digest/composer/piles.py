"""How a pile of any size is grouped: themes are found among a sample, and the other articles join them.

That is Buckshot (Cutting, Karger, Pedersen & Tukey, "Scatter/Gather: a cluster-based approach to browsing large
document collections", SIGIR 1992): comparing each two of ten thousand articles would take minutes and gigabytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum

from digest.addresses import address
from digest.cache import encoded, kept
from digest.composer.analyses import analysed, analysis, said
from digest.composer.clusters import Body, Grouping, Members, cohesion, group, host
from digest.composer.vectors import Portrait, Weighing, heard, heard_again, portrait, rarities, similarities, weighed
from digest.model import Article

# As many articles as are compared each with each, in a second; of a chapter of a tenth there are thirty among them.
MOST_COMPARED = 250


@dataclass(frozen=True, slots=True)
class Piles:
    """How articles are grouped, the positions of those that the themes were found among, and their sections' shares.

    `name` is that of all that the themes were found by.
    """

    grouping: Grouping
    sample: Members
    sections: tuple[Mapping[str, float], ...]
    name: bytes


# For each term the places of the groups that have it, which are few, and its weight in each.
_Table = Mapping[str, Sequence[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class _Groups:
    """The sample's groups of articles, each as one: their sizes, and what each term and section weighs in which."""

    sizes: tuple[int, ...]
    text: _Table
    sections: _Table


@dataclass(frozen=True, slots=True)
class _Lesson:
    """What a sample teaches: its own grouping and sections, and all that the other articles are placed by."""

    grouping: Grouping
    sections: tuple[Mapping[str, float], ...]
    weighing: Weighing
    groups: _Groups
    bodies: tuple[Body, ...]


def piled(articles: Sequence[Article], given: Sequence[Members] = (), beside: bool = True) -> Piles:
    """Group articles into the `given` themes, whose articles stay, others `beside` them if wished, and leftovers."""
    sample = _sample(articles)
    sampled, themes = [articles[index] for index in sample], within(sample, given)
    name = address("lesson", said(sampled), encoded([themes, beside]))
    if len(sample) == len(articles):
        lesson = _learnt(sampled, themes, beside)
        return Piles(lesson.grouping, sample, lesson.sections, name)
    (lesson,) = kept("lesson", _Lesson, [None], lambda _: name, lambda _: [_learnt(sampled, themes, beside)])
    joined = _joined(articles, _neither_in(sample, given, len(articles)), lesson, name)
    return Piles(_with_others(lesson.grouping, sample, joined, given), sample, lesson.sections, name)


def _learnt(sampled: Sequence[Article], given: Sequence[Members], beside: bool) -> _Lesson:
    """Compare the articles of a sample each with each."""
    analyses = analysed(sampled)
    sections = tuple(own.sections for own in analyses)
    rarity = rarities([own.counts for own in analyses])
    hearings = [heard(own.counts, rarity) for own in analyses]
    weighing = weighed(sampled, hearings, rarity, sections)
    portraits = [
        portrait(article, heard_again(hearing, weighing.terms), shares, weighing)
        for article, hearing, shares in zip(sampled, hearings, sections, strict=True)
    ]
    table = similarities(portraits, weighing.gain)
    found = group(table, given, beside)
    groups = _added([[portraits[place] for place in members] for members in (*found.themes, found.leftovers)])
    bodies = tuple(Body(len(members), cohesion(members, table)) for members in found.themes)
    return _Lesson(found, sections, weighing, groups, bodies)


def _joined(
    articles: Sequence[Article], others: Iterable[int], lesson: _Lesson, name: bytes
) -> Mapping[int | None, Sequence[int]]:
    """Give the articles outside the sample by the themes that they join."""
    places = [*others]
    hosts = kept(
        "host",
        int | None,
        places,
        cache(lambda index: address("host", name, said([articles[index]]))),
        lambda fresh: (_host_of(lesson, articles[index]) for index in fresh),
    )
    joined: defaultdict[int | None, list[int]] = defaultdict(list)
    for index, host_of in zip(places, hosts, strict=True):
        joined[host_of].append(index)
    return joined


def _with_others(
    found: Grouping, sample: Members, joined: Mapping[int | None, Sequence[int]], given: Sequence[Members]
) -> Grouping:
    """Give the grouping of all articles: that of the sample with those that have joined."""
    themes = [{sample[place] for place in members} | set(joined.get(at, ())) for at, members in enumerate(found.themes)]
    for theme, members in zip(themes, given, strict=False):
        theme.update(members)
    leftovers = {sample[place] for place in found.leftovers} | set(joined.get(None, ()))
    return Grouping(tuple(tuple(sorted(theme)) for theme in themes), tuple(sorted(leftovers)))


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


def _host_of(lesson: _Lesson, article: Article) -> int | None:
    """Choose the theme for an article outside the sample as for one inside; the last group is what is left over."""
    own = analysis(article)
    hearing = heard(own.counts, lesson.weighing.terms)
    pictured = portrait(article, hearing, own.sections, lesson.weighing)
    insides = _likenesses(pictured, lesson.groups, lesson.weighing.gain)
    return host(insides[: len(lesson.bodies)], lesson.bodies, fsum(insides), sum(lesson.groups.sizes))


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
