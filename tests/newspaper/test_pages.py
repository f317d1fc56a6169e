"""Each folder of tests/pages is a case: page.txt in, expected.json out.

`pytest tests/newspaper --rewrite-pages` writes the latter anew: read the difference before you commit it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from digest.model import Article, Reading
from digest.newspaper.page import rebuild

CASES = Path(__file__).parents[1] / "pages"


def test_every_case_is_whole_and_nothing_else_lies_about() -> None:
    assert {path.name for path in CASES.iterdir()} == {path.parent.name for path in CASES.glob("*/page.txt")}
    assert all({path.name for path in case.iterdir()} == {"page.txt", "expected.json"} for case in CASES.iterdir())


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_page_gives_the_articles_expected(case: Path, request: pytest.FixtureRequest) -> None:
    found = as_data(rebuild((case / "page.txt").read_text(encoding="utf-8"), "page.txt"))
    expected = case / "expected.json"
    if request.config.getoption("--rewrite-pages", default=False):
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", ["clean-page", "traditional", "plain-essay", "english-essay", "photo-news", "jumps"])
def test_a_page_that_leaves_nothing_open_raises_no_doubt_about_its_text(case: str) -> None:
    reading = rebuild((CASES / case / "page.txt").read_text(encoding="utf-8"), "page.txt")
    assert [doubt for article in reading.articles for doubt in article.doubts if doubt.code != "no-head"] == []


def as_data(reading: Reading) -> dict[str, Any]:
    """What an editor would check: heads, names, kinds, blocks, doubts; ids are left out, as they follow from these."""
    return {
        "articles": [_article(article) for article in reading.articles],
        "furniture": [f"{line.line} {line.why}: {line.text}" for line in reading.furniture],
    }


def _article(article: Article) -> dict[str, Any]:
    origin = article.origin
    facts = {
        "lines": f"{origin.first}-{origin.last}",
        "kind": article.kind,
        "language": article.language,
        "date": str(origin.date or ""),
        "column": article.column,
        "kicker": article.kicker,
        "title": article.title,
        "subtitle": article.subtitle,
        "byline": article.byline,
        "authors": list(article.authors),
        "jumps": list(origin.jumps),
        "blocks": [f"{block.kind}: {block.text}" for block in article.blocks],
        "doubts": [f"{doubt.line} {doubt.code}" for doubt in article.doubts],
    }
    return {name: value for name, value in facts.items() if value}
