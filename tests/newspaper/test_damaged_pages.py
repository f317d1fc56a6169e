"""How well pages made and damaged by tests/damage are rebuilt; the floors only rise.

Pages of the seeds 0 to 59 were looked at while the package was written; those from MEASURED on are for measuring only.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from damage.pages import KINDS, make_page

from digest.contract import article_data
from digest.newspaper.page import rebuild

EVAL = Path(__file__).parents[3] / "shared" / "eval"
MEASURED = range(1000, 1040)
# Each is what was measured on 2026-11-21, rounded down.
_ALL_RIGHT = {"body_right": 1.0, "title": 1.0, "authors": 1.0, "paragraph_f1": 1.0}
FLOORS = {
    "clean": {**_ALL_RIGHT, "kicker": 1.0, "subtitle": 1.0, "subhead": 1.0},
    "markdown": {
        "body_right": 0.99,
        "title": 0.99,
        "kicker": 1.0,
        "subtitle": 1.0,
        "authors": 1.0,
        "paragraph_f1": 0.99,
    },
    "columns": {
        "body_right": 1.0,
        "title": 0.96,
        "kicker": 1.0,
        "subtitle": 1.0,
        "authors": 0.99,
        "paragraph_f1": 0.93,
    },
    "spaces": {
        "body_right": 0.98,
        "title": 0.98,
        "kicker": 0.96,
        "subtitle": 0.97,
        "authors": 0.97,
        "paragraph_f1": 0.94,
    },
    "one story": {**_ALL_RIGHT, "kicker": 1.0, "subtitle": 1.0, "subhead": 1.0},
    "briefs": _ALL_RIGHT,
    "essay": {"body_right": 1.0, "paragraph_f1": 1.0},
}

pytestmark = pytest.mark.skipif(not EVAL.exists(), reason="the scorer lies beside the repository, in ../shared/eval")


@cache
def score(kind: str) -> dict[str, Any]:
    sys.path.insert(0, str(EVAL))
    try:
        import score_articles as scorer  # type: ignore[import-not-found,unused-ignore]
    finally:
        sys.path.remove(str(EVAL))
    tally: Counter[str] = Counter()
    for seed in MEASURED:
        page = make_page(kind, seed)
        found = [article_data(article) for article in rebuild(page.text, "page.txt").articles]
        scorer.score_page(page.gold, found, tally, lambda _: None)
    report: dict[str, Any] = scorer.report(tally)
    return report


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_page_scores_no_lower_than_before(kind: str) -> None:
    assert {name: score(kind)[name] for name, floor in FLOORS[kind].items() if score(kind)[name] < floor} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_page_loses_no_character(kind: str) -> None:
    assert score(kind)["chars_lost_per_10k"] == 0


@pytest.mark.parametrize("seed", MEASURED)
def test_a_clean_page_raises_no_doubt_about_its_text(seed: int) -> None:
    reading = rebuild(make_page("clean", seed).text, "page.txt")
    assert [
        d.code for article in reading.articles for d in article.doubts if d.code not in ("no-head", "kicker-or-title")
    ] == []
