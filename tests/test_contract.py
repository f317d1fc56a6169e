from __future__ import annotations

import json
from datetime import date

from digest.contract import article_data
from digest.model import Article, Block, Doubt, Origin


def test_an_article_has_the_shape_that_outside_tools_read() -> None:
    article = Article(
        "a1",
        "photo",
        "标题",
        Origin("第一版.txt", 3, 9, date=date(2023, 1, 28)),
        (Block("caption", "图注"),),
        kicker="引题",
        authors=("段维娜",),
        doubts=(Doubt("title-guessed", "why", 3),),
    )
    assert json.loads(json.dumps(article_data(article))) == {
        "id": "a1",
        "source": "第一版.txt",
        "lines": [3, 9],
        "kind": "photo",
        "column": "",
        "kicker": "引题",
        "title": "标题",
        "subtitle": "",
        "authors": ["段维娜"],
        "date": "2023-01-28",
        "blocks": [{"type": "caption", "text": "图注"}],
        "doubts": [{"code": "title-guessed", "message": "why", "line": 3}],
    }
