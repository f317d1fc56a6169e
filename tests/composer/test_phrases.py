"""The phrases that could name a chapter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from digest.cache import keeping
from digest.composer import phrases as steps
from digest.composer.grammar import nounness
from digest.composer.phrases import Manuscript, Phrase, manuscript, naming_phrases
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


def papers(last: str) -> list[Manuscript]:
    rice = [article(f"早稻育秧{mark}", f"{mark}棚里的早稻{mark}农机下田") for mark in "甲乙丙丁"]
    rail = [article(f"地铁换乘{mark}", f"{mark}站的地铁{mark}客流不断") for mark in "戊己庚"]
    return [manuscript(each) for each in (*rice, *rail, article(f"地铁换乘{last}", f"{last}站的地铁{last}票价"))]


RICE_AND_RAIL = [{0, 1, 2, 3}, {4, 5, 6, 7}]


def test_what_is_kept_of_phrases_names_chapters_as_before(tmp_path: Path) -> None:
    made = [naming_phrases(papers(last), RICE_AND_RAIL, "zh-CN") for last in "辛壬"]
    assert all(phrases for chapters in made for phrases in chapters)
    with keeping(tmp_path):
        kept = [naming_phrases(papers(last), RICE_AND_RAIL, "zh-CN") for last in "辛壬辛"]
    assert kept == [*made, made[0]]


def test_the_dictionary_is_not_asked_again_for_a_phrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noting(phrase: str, language: str) -> float:
        asked.append(phrase)
        return nounness(phrase, language)

    monkeypatch.setattr(steps, "nounness", noting)
    with keeping(tmp_path):
        naming_phrases(papers("辛"), RICE_AND_RAIL, "zh-CN")
        naming_phrases(papers("壬"), RICE_AND_RAIL, "zh-CN")
        naming_phrases(papers("壬"), RICE_AND_RAIL, "zh-Hant")
    assert asked
    assert max(map(asked.count, asked)) == 2  # once for each language


def test_only_a_chapter_that_has_changed_is_searched_for_phrases_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[Sequence[Manuscript]] = []
    search = steps._candidates

    def noting(texts: Sequence[Manuscript]) -> list[Phrase]:
        searched.append(texts)
        return search(texts)

    monkeypatch.setattr(steps, "_candidates", noting)
    before, after = papers("辛"), papers("壬")
    with keeping(tmp_path):
        naming_phrases(before, RICE_AND_RAIL, "zh-CN")
        naming_phrases(after, RICE_AND_RAIL, "zh-CN")
    assert searched == [before[:4], before[4:], after[4:]]
