"""The phrases that could name a chapter."""

from __future__ import annotations

from digest.composer.phrases import manuscript, naming_phrases
from digest.model import Article, Block, Origin


def article(title: str, body: str) -> Article:
    return Article("a1", "article", title, Origin("p.txt", 1, 1), (Block("paragraph", body),))


def test_a_piece_of_a_phrase_is_no_phrase_where_one_text_breaks_off_in_it() -> None:
    marks = "甲乙丙丁戊己庚辛壬"
    whole = [article(f"{mark}凝聚力和战斗力{mark}", f"{mark}队") for mark in marks]
    broken = article("癸凝聚力和战", "癸队")
    others = [article(f"早稻育秧{mark}", "农机下田") for mark in marks]
    texts = [manuscript(each) for each in (*whole, broken, *others)]
    (phrases,) = naming_phrases(texts, [set(range(10))], "zh-CN")
    named = [phrase.text for phrase in phrases]
    assert "凝聚力和战斗力" in named
    assert "凝聚力和战" not in named
