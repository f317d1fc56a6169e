"""How well chapters come out where it is known what belongs together: stories of ours, told in one set of phrases.

The floors are what is reached now; they only rise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from math import comb, fsum, log
from random import Random
from statistics import mean

import pytest
from damage.stories import MATTERS, make_story

from digest.composer import compose
from digest.model import Article, Block, Origin

Labels = Sequence[Hashable]
SETS = range(6)


def edition(number: int) -> tuple[list[Article], list[int]]:
    """Draw 40 to 200 stories of 4 to 10 matters, unevenly, with the number of each one's matter."""
    random = Random(1000 + number)
    matters = random.sample(range(len(MATTERS)), random.randint(4, 10))
    shares = [random.uniform(1, 4) for _ in matters]
    drawn = random.choices(matters, shares, k=random.randint(40, 200))
    return [story(random, matter, place) for place, matter in enumerate(drawn)], drawn


def story(random: Random, matter: int, place: int) -> Article:
    told = make_story(random, matter=matter)
    blocks = tuple(Block("paragraph", text) for text in told.paragraphs)
    return Article(f"a{place:04}", "article", told.title, Origin(f"{place}.txt", 1, 9), blocks, kicker=told.kicker)


def chapters(articles: Sequence[Article]) -> dict[str, int]:
    """Give the number of each article's chapter."""
    made = compose(articles, "zh-CN", keep_duplicates=True)
    return {each.id: number for number, chapter in enumerate(made.chapters) for each in chapter.articles}


def mutual_information(one: Labels, other: Labels) -> float:
    """Say how much two partitions tell of each other (0 to 1: NMI, by the arithmetic mean of the entropies)."""
    total, first, second = len(one), Counter(one), Counter(other)
    shared = fsum(
        times / total * log(total * times / (first[here] * second[there]))
        for (here, there), times in Counter(zip(one, other, strict=True)).items()
    )
    entropies = fsum(-times / total * log(times / total) for counts in (first, second) for times in counts.values())
    return 2 * shared / entropies


def rand_index(one: Labels, other: Labels) -> float:
    """Say how many pairs two partitions judge alike, above chance (ARI: Hubert & Arabie, 1985)."""
    together = fsum(comb(times, 2) for times in Counter(zip(one, other, strict=True)).values())
    first, second = (fsum(comb(times, 2) for times in Counter(labels).values()) for labels in (one, other))
    chance = first * second / comb(len(one), 2)
    return (together - chance) / ((first + second) / 2 - chance)


def moved(before: dict[str, int], after: dict[str, int]) -> float:
    """Give the share of articles that are in another chapter, each chapter matched with the one most like it."""
    pairs = Counter((before[name], place) for name, place in after.items())
    kept, used = 0, set()
    for (old, new), times in pairs.most_common():
        if ("old", old) not in used and ("new", new) not in used:
            used |= {("old", old), ("new", new)}
            kept += times
    return 1 - kept / len(after)


@pytest.fixture(scope="module")
def scores() -> list[tuple[float, float]]:
    """NMI and ARI of each set."""
    found = []
    for number in SETS:
        articles, matters = edition(number)
        places = chapters(articles)
        named = [places[article.id] for article in articles]
        found.append((mutual_information(matters, named), rand_index(matters, named)))
    return found


def test_stories_of_one_matter_stand_together(scores: list[tuple[float, float]]) -> None:
    assert mean(score[0] for score in scores) >= 0.99
    assert mean(score[1] for score in scores) >= 0.99


def test_dropping_an_article_moves_few_others() -> None:
    random = Random(7)
    articles = [story(random, place % 8, place) for place in range(100)]
    before = chapters(articles)
    assert mean(moved(before, chapters([*articles[:at], *articles[at + 1 :]])) for at in range(0, 100, 10)) <= 0.05


def test_the_measures_are_those_of_the_books() -> None:
    assert mutual_information([0, 0, 1, 1], [1, 1, 0, 0]) == pytest.approx(1.0)
    assert rand_index([0, 0, 1, 1], [1, 1, 0, 0]) == pytest.approx(1.0)
    assert rand_index([0, 0, 1, 2], [0, 0, 1, 1]) == pytest.approx(4 / 7)
    assert moved({"a": 0, "b": 0, "c": 1}, {"a": 5, "b": 5, "c": 5}) == pytest.approx(1 / 3)
