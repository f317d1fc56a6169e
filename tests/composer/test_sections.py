"""What the table of newspaper sections must hold, and how articles are told by it."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from digest.composer.sections import section_shares, shared_section, standing_out, usual_shares
from digest.composer.terms import STEM, terms

TABLE = tomllib.loads(files("digest.composer").joinpath("sections.toml").read_text(encoding="utf-8"))
LANGUAGES = ("zh", "zh-hant", "ja", "ko", "en")


@pytest.mark.parametrize("section", TABLE)
def test_a_section_has_a_title_and_ten_words_and_more_in_its_fullest_language(section: str) -> None:
    title, words = TABLE[section]["title"], TABLE[section]["words"]
    assert set(title) == set(words) == set(LANGUAGES)
    assert max(len(words[language].split()) for language in LANGUAGES) >= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_sections_are_called_alike(language: str) -> None:
    titles = [facts["title"][language] for facts in TABLE.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_a_term_as_articles_are_cut_into_them(language: str) -> None:
    words = [word for facts in TABLE.values() for word in facts["words"][language].split()]
    assert [word for word in words if word[:STEM] not in terms(word)] == []


@pytest.mark.parametrize(
    ("text", "language", "section"),
    [
        ("足球比赛", "zh-CN", "sport"),
        ("足球比賽", "zh-TW", "sport"),
        ("サッカーの試合", "ja", "sport"),
        ("축구 경기", "ko", "sport"),
        ("the football league", "en-GB", "sport"),
    ],
)
def test_an_article_speaks_of_the_sections_whose_words_it_has(text: str, language: str, section: str) -> None:
    shares = section_shares(dict.fromkeys(terms(text), 1), language)
    assert max(shares, key=shares.__getitem__) == section


def test_a_language_without_words_has_no_sections() -> None:
    assert section_shares({"футбол": 3}, "ru") == {}


def test_an_article_stands_out_by_what_it_has_more_of_than_others() -> None:
    usual = usual_shares([{"politics": 1.0}, {"politics": 0.8, "sport": 0.6}])
    assert list(standing_out({"politics": 0.8, "sport": 0.6}, usual)) == ["sport"]


def test_a_section_is_shared_when_it_is_the_first_of_half_the_articles() -> None:
    sport, law = {"sport": 0.9, "law": 0.1}, {"law": 1.0}
    assert shared_section([sport, sport, law, {}], "zh-CN") == "体育"
    assert shared_section([sport, law, {}, {}], "zh-CN") == ""
    assert shared_section([sport, sport], "ru") == "Sport"
