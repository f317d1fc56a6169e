"""The metadata of an EPUB's package: what a library, a store and a reading system are told of the book.

Dublin Core with the refinements of EPUB 3.3, section 5.5; the series also as calibre reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from digest.context import TOOL
from digest.model import Edition
from digest.sort_keys import name_key, title_key
from digest.wording import Wording

# Roles of MARC: who wrote, who put together, who made the file.
AUTHOR, COMPILER, PRODUCER = "aut", "com", "bkp"


@dataclass(frozen=True, slots=True)
class Fact:
    """One element of the metadata: its name (dc:title, or meta), its text and its attributes."""

    name: str
    text: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def facts(edition: Edition, words: Wording) -> Iterator[Fact]:
    """Give the metadata in the order in which it is written."""
    yield from _titles(edition)
    yield from _people(edition)
    for name, text in (
        ("publisher", edition.publisher),
        ("date", edition.date.isoformat() if edition.date else ""),
        ("description", edition.description or _summary(edition, words)),
        ("rights", edition.rights),
        *dict.fromkeys(("subject", chapter.theme.title) for chapter in edition.chapters),
        *dict.fromkeys(("source", article.origin.source) for article in edition.articles),
    ):
        if text:
            yield Fact(f"dc:{name}", text)
    yield from _series(edition)


def _titles(edition: Edition) -> Iterator[Fact]:
    yield from _refined("title", "dc:title", edition.title, {
        "title-type": "main",
        "file-as": title_key(edition.title, edition.language),
    })  # fmt: skip
    if edition.subtitle:
        yield from _refined("subtitle", "dc:title", edition.subtitle, {"title-type": "subtitle"})


def _people(edition: Edition) -> Iterator[Fact]:
    """Name who compiled the edition as its creators, else who wrote its articles, those of the most first."""
    times = Counter(name for article in edition.articles for name in article.authors)
    authors = sorted(times, key=lambda name: -times[name])
    creators, others = (edition.authors, authors) if edition.authors else (tuple(authors), [])
    yield from _named("creator", creators, COMPILER if edition.authors else AUTHOR, edition.language)
    yield from _named("contributor", others, AUTHOR, edition.language)
    yield from _refined("producer", "dc:contributor", TOOL, {"role": PRODUCER})


def _named(kind: str, names: Iterable[str], role: str, language: str) -> Iterator[Fact]:
    for number, name in enumerate(dict.fromkeys(filter(None, names)), start=1):
        refinements = {"role": role, "file-as": name_key(name, language), "display-seq": str(number)}
        yield from _refined(f"{kind}-{number}", f"dc:{kind}", name, refinements)


def _summary(edition: Edition, words: Wording) -> str:
    return words.summary.format(chapters=len(edition.chapters), count=sum(1 for _ in edition.articles))


def _series(edition: Edition) -> Iterator[Fact]:
    """Tell the series twice: EPUB's own way, and calibre's, which more readers understand."""
    if not edition.series:
        return
    number = {} if edition.number is None else {"group-position": str(edition.number)}
    yield from _refined("series", "", edition.series, {"collection-type": "series"} | number)
    yield Fact("meta", "", {"name": "calibre:series", "content": edition.series})
    if edition.number is not None:
        yield Fact("meta", "", {"name": "calibre:series_index", "content": str(edition.number)})


def _refined(uid: str, name: str, text: str, refinements: Mapping[str, str]) -> Iterator[Fact]:
    """Give an element with an id, and what refines it; without a name it is a collection that the book belongs to."""
    yield (
        Fact(name, text, {"id": uid}) if name else Fact("meta", text, {"property": "belongs-to-collection", "id": uid})
    )
    for key, value in refinements.items():
        scheme = {"scheme": "marc:relators"} if key == "role" else {}
        yield Fact("meta", value, {"refines": f"#{uid}", "property": key, **scheme})
