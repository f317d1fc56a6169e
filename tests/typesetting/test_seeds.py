"""The book of the seeds: what is promised of its lines."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from sheets import SIZE, Char, Sheet

from digest import press, style
from digest.model import Edition
from digest.settings import EditionSettings
from digest.typesetting.characters import Kind, kind
from digest.writers import pdf

SEEDS = Path(__file__).parents[2] / "seeds"
MEASURE = 29 * SIZE  # points, on A5
LEFT = (60, 54.9)  # of right-hand, and of left-hand pages
BODY = (61, 533)  # points from the foot: between folio and running head
NEVER_FIRST = "，。、；：！？”’）》」』】〕…·～％℃"
NEVER_LAST = "“‘（《「『【〔"


@pytest.fixture(scope="module")
def edition() -> Edition:
    return press.compose(press.read(sorted(SEEDS.glob("*.txt"))).articles, EditionSettings())


@pytest.fixture(scope="module")
def lines(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> list[list[Char]]:
    path = tmp_path_factory.mktemp("seeds") / "seeds.pdf"
    pdf.write(edition, style.find("classic", Path("/nonexistent")), path)
    return [line for line in Sheet(path.read_bytes()).lines if BODY[0] < line[0].y < BODY[1]]


def test_the_lines_of_the_seeds_are_flush(lines: list[list[Char]]) -> None:
    full = off = 0
    for line, following in pairwise(lines):
        left = LEFT[line[0].page % 2]
        is_text = line[0].page == following[0].page and 17 < line[0].y - following[0].y < 18
        starts = [each[0].x < left + 1 and abs(each[0].right - each[0].left - SIZE) < 1 for each in (line, following)]
        if is_text and all(starts) and kind(line[-1].text) is Kind.HAN and len(line) > 20:
            full += 1
            off += abs(left + MEASURE - line[-1].right) > 1
    assert full > 400
    assert off / full <= 0.02


def test_no_line_of_the_seeds_begins_or_ends_with_a_mark_that_cannot(lines: list[list[Char]]) -> None:
    assert not [line for line in lines if line[0].text in NEVER_FIRST]
    assert not [line for line in lines if line[-1].text in NEVER_LAST]


def test_the_text_of_the_seeds_is_that_of_their_articles(edition: Edition, lines: list[list[Char]]) -> None:
    found = "".join(char.text for line in lines for char in line)
    for article in edition.articles:
        for block in article.blocks:
            assert "".join(block.text.split()) in found, block.text[:40]
