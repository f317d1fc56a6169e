"""How themes are found in a table of likenesses."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.composer.clusters import (
    Grouping,
    average_linkage,
    cut,
    group,
    modularity,
    neighbour_graph,
    settled,
    with_guests,
)


def table(blocks: Sequence[int], inside: float = 0.5, outside: float = 0.05) -> list[list[float]]:
    """Give the likenesses of articles in blocks of the given sizes."""
    owner = [block for block, size in enumerate(blocks) for _ in range(size)]
    return [
        [0.0 if here == there else inside if owner[here] == owner[there] else outside for there in range(len(owner))]
        for here in range(len(owner))
    ]


def test_blocks_of_like_articles_are_themes() -> None:
    assert group(table([4, 3, 5])).themes == ((0, 1, 2, 3), (4, 5, 6), (7, 8, 9, 10, 11))


def test_an_article_like_no_other_is_left_over() -> None:
    grouping = group(table([4, 4, 1], outside=0.0))
    assert grouping.leftovers == (8,)
    assert grouping.themes == ((0, 1, 2, 3), (4, 5, 6, 7))


def test_an_article_equally_like_all_the_others_is_left_over() -> None:
    assert group(table([6, 6, 1], outside=0.2)).leftovers == (12,)


def test_a_single_article_is_a_theme() -> None:
    assert group([[0.0]]).themes == ((0,),)


def test_nothing_has_no_themes() -> None:
    assert group([]).themes == ()


def test_two_articles_are_a_theme_only_when_they_are_alike() -> None:
    assert group([[0.0, 0.4], [0.4, 0.0]]).themes == ((0, 1),)
    assert group([[0.0, 0.02], [0.02, 0.0]]).leftovers == (0, 1)


def test_two_of_four_hundred_are_no_chapter() -> None:
    grouping = group(table([40] * 9 + [38, 2], outside=0.0))
    assert len(grouping.themes) == 10
    assert grouping.leftovers == (398, 399)


def test_a_late_comer_joins_the_theme_that_it_fits() -> None:
    likeness = table([4, 4])
    assert with_guests([(0, 1, 2), (4, 5, 6, 7)], (3,), likeness) == Grouping(((0, 1, 2, 3), (4, 5, 6, 7)), ())


def test_a_close_pair_does_not_take_in_a_late_comer_a_little_like_both() -> None:
    likeness = table([2, 5, 1], inside=0.6, outside=0.02)
    for index in (0, 1):
        likeness[index][7] = likeness[7][index] = 0.06
    assert with_guests([(0, 1), (2, 3, 4, 5, 6)], (7,), likeness).leftovers == (7,)


def test_average_linkage_joins_the_nearest_first() -> None:
    graph = [{1: 0.9, 2: 0.3}, {0: 0.9, 2: 0.4}, {0: 0.3, 1: 0.4, 3: 0.6}, {2: 0.6}]
    assert average_linkage(graph) == [(0, 1), (2, 3), (0, 2)]
    assert cut(average_linkage(graph), 4, 2) == [0, 0, 2, 2]


def test_modularity_of_two_separate_pairs_is_one_half() -> None:
    assert modularity([{1: 1.0}, {0: 1.0}, {3: 1.0}, {2: 1.0}], [0, 0, 2, 2]) == pytest.approx(0.5)


def test_an_article_in_the_wrong_theme_moves_to_its_neighbours() -> None:
    graph = neighbour_graph(table([4, 4]))
    assert settled(graph, [0, 0, 0, 4, 4, 4, 4, 4]) == [0, 0, 0, 0, 4, 4, 4, 4]


@given(
    st.integers(0, 12).flatmap(
        lambda size: st.lists(st.lists(st.floats(0, 1), min_size=size, max_size=size), min_size=size, max_size=size)
    )
)
def test_every_article_is_in_one_theme_or_left_over(numbers: list[list[float]]) -> None:
    size = len(numbers)
    likeness = [
        [0.0 if here == there else numbers[min(here, there)][max(here, there)] for there in range(size)]
        for here in range(size)
    ]
    grouping = group(likeness)
    assert sorted([*grouping.leftovers, *(index for theme in grouping.themes for index in theme)]) == list(range(size))
    assert all(len(theme) > 1 for theme in grouping.themes) or size == 1
