"""Two hundred editions made to order, and some that are very small or very large, before EPUBCheck and Ace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from generated import orders
from generated.conformance import remarks
from writers.conftest import SENTENCE, article, edition_of

from digest import style
from digest.model import Article, Block, Chapter, Theme
from digest.writers import epub
from reading_systems.ace import verdicts

COUNT = 200


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Path]:
    place = tmp_path_factory.mktemp("made")
    return [each.make(place / str(at)) for at, each in enumerate(orders.drawn(COUNT))]


def test_epubcheck_has_nothing_to_say(made: Sequence[Path], tmp_path: Path) -> None:
    assert remarks(made, tmp_path) == []


def test_ace_passes_them_without_a_remark(made: Sequence[Path], tmp_path: Path) -> None:
    found = verdicts(made, tmp_path)
    assert [remark for verdict in found for remark in verdict.remarks] == []
    assert all(verdict.passes for verdict in found)


def _long(name: str, *texts: str) -> Article:
    return article(name, "长篇", *(Block("paragraph", text) for text in texts))


SIZES = {
    "one word": (_long("a", "字"),),
    "no word": (_long("a", ""),),
    "300 000 characters in one paragraph": (_long("a", "长" * 300_000),),
    "300 000 characters in paragraphs": (_long("a", *[SENTENCE * 10] * 1_000),),
    "a thousand articles": tuple(article(f"a{at}", f"第{at}篇") for at in range(1_000)),
}


@pytest.fixture(scope="module")
def sized(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Path]:
    place, look = tmp_path_factory.mktemp("sized"), style.find("classic", orders.ROOT)
    for name, articles in SIZES.items():
        epub.write(edition_of(Chapter(Theme("一章"), articles)), look, place / f"{name}.epub")
    return [place / f"{name}.epub" for name in SIZES]


def test_epubcheck_has_nothing_to_say_of_any_size(sized: Sequence[Path], tmp_path: Path) -> None:
    assert remarks(sized, tmp_path) == []
