"""What a chapter is called, and why: a label that its articles share, or the phrase that sets them apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from digest.composer.phrases import Phrased, manuscript, naming_phrases
from digest.composer.sections import shared_section
from digest.language import lookup
from digest.model import Article, Theme

# The last chapter, of what belongs to no theme; the word newspapers set over such a page.
GENERAL = {
    "zh": "综合",
    "zh-hant": "綜合",
    "ja": "総合",
    "ko": "종합",
    "en": "General",
    "fr": "Divers",
    "de": "Vermischtes",
    "es": "Varios",
    "it": "Varie",
    "pt": "Diversos",
    "ru": "Разное",
}
# A label names a chapter when half of its articles carry it and half of those that carry it are here.
LABEL_SHARE = 0.5
# Sixteen characters are a line of a running head; a longer label is a slogan.
LONGEST_TITLE = 16
LONGEST_LATIN_TITLE = 40
# A phrase names the chapter by itself from here on: matters of one field have phrases from 1.3, fields as wide as a
# newspaper's section (比赛, 治疗, film) up to 1.2.
TELLING = 1.25
# As many reasons as an editor takes in at a glance.
MOST_REASONS = 6
# A phrase that names the chapter a third as well as the best still says what it is about.
REASON_SHARE = 1 / 3
# Chinese heads part their clauses by a space, where other languages part words.
_MARKS = r",，.。:：;；!！?？、—…·|“”\"「」『』《》()（）"
_CLAUSE = re.compile(rf"[\s{_MARKS}]+")
_LATIN_CLAUSE = re.compile(rf"\s*[{_MARKS}]+\s*")


def general_theme(language: str) -> Theme:
    """Name the last chapter, which nothing holds together; an unknown language is given the English word."""
    return Theme(_general_title(language))


def name_themes(
    articles: Sequence[Article],
    chapters: Sequence[Sequence[int]],
    sections: Sequence[Mapping[str, float]],
    language: str,
    taken: Iterable[str] = (),
) -> tuple[Theme | None, ...]:
    """Name each chapter, given as positions of articles; None where nothing sets it apart. No two titles are alike.

    `sections` are the shares of newspaper sections in each article, `taken` titles that are given already.
    """
    spoken = [_in_language(articles, members, language) for members in chapters]
    phrases = naming_phrases([manuscript(article) for article in articles], spoken, language)
    labels = [_labels(articles, members) for members in chapters]
    titles = [_general_title(language), *taken]
    named: dict[int, Theme] = {}
    for chapter in _surest_first(labels, phrases):
        section = shared_section([sections[index] for index in chapters[chapter]], language)
        clauses = _clauses(articles, spoken[chapter])
        wishes = [*labels[chapter], *_phrases_and_section(phrases[chapter], section), *clauses]
        title = next((wish for wish in wishes if not any(_alike(wish, other) for other in titles)), None)
        if title is not None:
            titles.append(title)
            named[chapter] = Theme(title, _reasons(labels[chapter], phrases[chapter]))
    return tuple(named.get(chapter) for chapter in range(len(chapters)))


def _phrases_and_section(phrases: Sequence[Phrased], section: str) -> list[str]:
    """List the phrases that say what the chapter is about, then its section, then the phrases that say it poorly."""
    telling = [phrase.text for phrase in phrases if phrase.score >= TELLING]
    return [*telling, *([section] if section else []), *(phrase.text for phrase in phrases[len(telling) :])]


def _general_title(language: str) -> str:
    return lookup(language, GENERAL) or GENERAL["en"]


def _in_language(articles: Sequence[Article], members: Sequence[int], language: str) -> set[int]:
    """Keep the articles in the edition's language where there are any: the title is to be read by its readers."""
    primary = language.lower().split("-")[0]
    same = {index for index in members if articles[index].language.lower().split("-")[0] == primary}
    return same or set(members)


def _surest_first(labels: Sequence[Sequence[str]], phrases: Sequence[Sequence[Phrased]]) -> list[int]:
    """Let the chapters with labels choose first, then those whose best phrase is the best."""
    sureness = [(bool(own), some[0].score if some else 0.0) for own, some in zip(labels, phrases, strict=True)]
    return sorted(range(len(sureness)), key=lambda chapter: (sureness[chapter], -chapter), reverse=True)


def _labels(articles: Sequence[Article], members: Sequence[int]) -> list[str]:
    """List the column labels that fit the chapter as a title, the most carried first."""
    everywhere = Counter(_label(article) for article in articles)
    here = Counter(_label(articles[index]) for index in members)
    fitting = [
        label
        for label, times in here.items()
        if label and times >= LABEL_SHARE * max(len(members), everywhere[label]) and _is_short(label)
    ]
    return sorted(fitting, key=lambda label: (-here[label], label))


def _label(article: Article) -> str:
    return article.column.strip()


def _is_short(title: str) -> bool:
    return len(title) <= (LONGEST_LATIN_TITLE if title.isascii() else LONGEST_TITLE)


def _clauses(articles: Sequence[Article], members: Iterable[int]) -> list[str]:
    """List the first clauses of the members' own titles, for a chapter whose articles share no phrase."""
    firsts = (_first_clause(articles[index].title) for index in sorted(members))
    return [clause for clause in firsts if len(clause) > 1 and _is_short(clause)]


def _first_clause(title: str) -> str:
    parts = (_LATIN_CLAUSE if title.isascii() else _CLAUSE).split(title.strip())
    return next((part for part in parts if part), "")


def _alike(title: str, other: str) -> bool:
    """Say whether two titles are one to a reader, or one is a part of the other."""
    first, second = title.casefold(), other.casefold()
    return first in second or second in first


def _reasons(labels: Sequence[str], phrases: Sequence[Phrased]) -> tuple[str, ...]:
    """Pick the labels and the best phrases, none a part of another."""
    telling = [phrase.text for phrase in phrases if phrase.score >= REASON_SHARE * phrases[0].score]
    reasons: list[str] = []
    for reason in (*labels, *telling):
        if len(reasons) < MOST_REASONS and not any(_alike(reason, other) for other in reasons):
            reasons.append(reason)
    return tuple(reasons)
