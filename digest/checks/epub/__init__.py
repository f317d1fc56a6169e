"""Checks an EPUB: what we know that readers stumble over, and all of EPUBCheck where it is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from digest.checks import Finding
from digest.checks.epub import epubcheck, fonts, kindle, pages, structure
from digest.checks.epub.book import Book, Damaged, opened

RULES: tuple[Callable[[Book], Iterator[Finding]], ...] = (
    *structure.RULES,
    *pages.RULES,
    *fonts.RULES,
    *kindle.RULES,
)


def check(path: Path) -> tuple[Finding, ...]:
    """Check an EPUB; EPUBCheck's findings come last, under its own codes.

    Raises LibraryMissingError where EPUBCheck is installed and its Java does not start.
    """
    try:
        book = opened(path)
    except Damaged as damage:
        return (damage.finding, *epubcheck.findings(path))
    return (*(finding for rule in RULES for finding in rule(book)), *epubcheck.findings(path))
