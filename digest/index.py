"""The index of a book: who wrote what, and which articles come from which source (出处索引)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from digest.contents import Entry
from digest.model import Article, Edition
from digest.sort_keys import name_key


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the index, an author or a source, and the entries of the contents that it leads to."""

    name: str
    entries: tuple[Entry, ...]


def authors(edition: Edition, tree: Iterable[Entry]) -> tuple[Heading, ...]:
    """List the authors by their sort keys, each with the articles in reading order."""
    found = _gathered((name, entry) for article, entry in _leaves(edition, tree) for name in article.authors)
    return tuple(sorted(found, key=lambda heading: (name_key(heading.name, edition.language).casefold(), heading.name)))


def sources(edition: Edition, tree: Iterable[Entry]) -> tuple[Heading, ...]:
    """List the sources by their names, page 2 before page 10, each with the articles in reading order."""
    from natsort import natsorted

    found = _gathered((article.origin.source, entry) for article, entry in _leaves(edition, tree))
    return tuple(natsorted(found, key=lambda heading: heading.name))


def _leaves(edition: Edition, tree: Iterable[Entry]) -> Iterator[tuple[Article, Entry]]:
    leaves = (leaf for chapter in tree for leaf in chapter.children)
    return zip(edition.articles, leaves, strict=True)


def _gathered(pairs: Iterable[tuple[str, Entry]]) -> list[Heading]:
    found: dict[str, list[Entry]] = {}
    for name, entry in pairs:
        found.setdefault(name, []).append(entry)
    return [Heading(name, tuple(entries)) for name, entries in found.items()]
