"""What an EPUB's package tells a library of its book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from digest.model import Chapter, Edition
from digest.package import facts
from digest.wording import wording

Told = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def told(small: Edition) -> Told:
    """Give the elements of some names with their texts, and each refinement as its property with its text."""

    def told(*names: str, **changes: object) -> list[tuple[str, str]]:
        edition = replace(small, **changes)  # type: ignore[arg-type]
        found = facts(edition, wording(edition.language))
        named = [(fact.attributes.get("property") or fact.attributes.get("name") or fact.name, fact) for fact in found]
        return [(name, fact.text or fact.attributes["content"]) for name, fact in named if name in names]

    return told


def by(edition: Edition, *authors: tuple[str, ...]) -> tuple[Chapter, ...]:
    """Give one chapter with an article of each group of authors."""
    first = edition.chapters[0].articles[0]
    articles = tuple(replace(first, id=f"a{number}", authors=names) for number, names in enumerate(authors))
    return (Chapter(edition.chapters[0].theme, articles),)


def test_a_han_title_is_filed_by_its_pinyin(told: Told) -> None:
    assert told("title-type", "file-as") == [
        ("title-type", "main"),
        ("file-as", "Chun jie wen zhai"),
        ("title-type", "subtitle"),
    ]


def test_without_a_compiler_the_authors_are_the_creators_those_of_most_articles_first(
    told: Told, small: Edition
) -> None:
    chapters = by(small, ("李四",), ("段维娜", "李四"), ())
    assert told("dc:creator", chapters=chapters) == [("dc:creator", "李四"), ("dc:creator", "段维娜")]
    assert told("role", chapters=chapters) == [("role", "aut"), ("role", "aut"), ("role", "bkp")]


def test_with_a_compiler_the_authors_are_contributors(told: Told, small: Edition) -> None:
    chapters = by(small, ("段维娜",))
    people = told("dc:creator", "dc:contributor", chapters=chapters, authors=("编辑部",))
    assert people == [("dc:creator", "编辑部"), ("dc:contributor", "段维娜"), ("dc:contributor", "digest 0.1.0")]
    assert told("role", chapters=chapters, authors=("编辑部",)) == [("role", "com"), ("role", "aut"), ("role", "bkp")]


def test_the_series_is_told_as_epub_and_as_calibre_have_it(told: Told) -> None:
    names = ("belongs-to-collection", "collection-type", "group-position", "calibre:series", "calibre:series_index")
    assert told(*names, series="党建月报", number=3) == [
        ("belongs-to-collection", "党建月报"),
        ("collection-type", "series"),
        ("group-position", "3"),
        ("calibre:series", "党建月报"),
        ("calibre:series_index", "3"),
    ]
    assert told(*names, number=3) == []
    assert told(*names, series="党建月报") == [
        ("belongs-to-collection", "党建月报"),
        ("collection-type", "series"),
        ("calibre:series", "党建月报"),
    ]


def test_rights_and_description_are_the_editor_s(told: Told) -> None:
    assert told("dc:rights", "dc:description", rights="内部资料", description="一月要闻") == [
        ("dc:description", "一月要闻"),
        ("dc:rights", "内部资料"),
    ]
    assert told("dc:description") == [("dc:description", "共 2 章，3 篇文章。")]
    assert told("dc:rights") == []


def test_each_theme_and_each_source_is_told_once(told: Told, small: Edition) -> None:
    assert told("dc:subject", chapters=small.chapters * 2) == [("dc:subject", "党的建设"), ("dc:subject", "春节坚守")]
    assert told("dc:source") == [("dc:source", "第一版.txt")]


def test_no_id_is_given_twice(small: Edition) -> None:
    edition = replace(small, authors=("甲", "乙", "甲"), series="丛书", number=0)
    ids = [fact.attributes["id"] for fact in facts(edition, wording("zh-CN")) if "id" in fact.attributes]
    assert len(ids) == len(set(ids))
