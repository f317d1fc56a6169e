from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from digest.contract import article_data
from digest.model import Edition
from digest.style import Style
from digest.writers import find


def written(edition: Edition, style: Style, path: Path) -> dict[str, object]:
    assert find("json").write(edition, style, path) == ()
    data: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return data


def test_json_holds_the_whole_edition(small: Edition, classic: Style, tmp_path: Path) -> None:
    data = written(small, classic, tmp_path / "book.json")
    assert data == {
        "title": "春节文摘",
        "subtitle": "五个版面",
        "publisher": "日报社",
        "date": "2023-01-28",
        "language": "zh-CN",
        "identifier": small.identifier.urn,
        "chapters": [
            {
                "title": chapter.theme.title,
                "why": [],
                "note": "",
                "articles": [article_data(each) for each in chapter.articles],
            }
            for chapter in small.chapters
        ],
        "left_out": [],
    }


def test_an_edition_without_a_date_says_so(small: Edition, classic: Style, tmp_path: Path) -> None:
    assert written(replace(small, date=None), classic, tmp_path / "book.json")["date"] is None


def test_a_lone_surrogate_comes_back_as_it_was(small: Edition, classic: Style, tmp_path: Path) -> None:
    assert written(replace(small, title="甲\ud800\x00乙"), classic, tmp_path / "b.json")["title"] == "甲\ud800\x00乙"
