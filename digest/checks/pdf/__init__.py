"""Checks a PDF: what every reader needs, what a print shop or PDF/UA asks of a file that claims it, and veraPDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pikepdf

from digest.checks import Finding
from digest.checks.pdf import boxes, contents, fonts, identity, inks, links, pages, pictures, tags, verapdf
from digest.checks.pdf.book import Book
from digest.checks.pdf.streams import UNREADABLE

Rule = Callable[[Book], Iterator[Finding]]

GENERAL: tuple[Rule, ...] = (
    *pages.RULES,
    *fonts.RULES,
    *identity.RULES,
    *links.RULES,
    *contents.RULES,
    *pictures.RULES,
)
FOR_PRESS: tuple[Rule, ...] = (*boxes.RULES, *inks.RULES)
FOR_ALL_READERS: tuple[Rule, ...] = (*tags.RULES, *verapdf.RULES)
SHOWN = 10  # findings of one code: more are no help


def check(path: Path) -> tuple[Finding, ...]:
    """Check a PDF, whoever made it; what it claims to be decides which rules it is held to."""
    try:
        with pikepdf.open(path) as pdf:
            book = Book(path, pdf)
            return tuple(_capped(finding for rule in _rules(book) for finding in _found(rule, book)))
    except pikepdf.PasswordError:
        return (Finding("encrypted", "error", "it asks for a password", hint="make the book again"),)
    except UNREADABLE as error:
        return (Finding("not-a-pdf", "error", f"it cannot be read: {error}", hint="make the book again"),)


def _rules(book: Book) -> tuple[Rule, ...]:
    return (
        *GENERAL,
        *(FOR_PRESS if book.is_for_press else ()),
        *(FOR_ALL_READERS if book.is_accessible else ()),
    )


def _found(rule: Rule, book: Book) -> Iterator[Finding]:
    """Run a rule; where the file holds something else than the standard says, that is the finding."""
    try:
        yield from rule(book)
    except UNREADABLE as error:
        subject = (rule.__doc__ or "").split(":")[0].rstrip(".")
        what = f"what the file holds does not let us see whether this is so: {subject} ({error})"
        yield Finding("damaged", "error", what, hint="make the book again")


def _capped(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out what comes after the first findings of a code, and say how many those are."""
    seen: Counter[str] = Counter()
    last: dict[str, Finding] = {}
    for finding in findings:
        seen[finding.code] += 1
        last[finding.code] = finding
        if seen[finding.code] <= SHOWN:
            yield finding
    for code, finding in last.items():
        if (more := seen[code] - SHOWN) > 0:
            yield Finding(code, finding.severity, f"and {more} more of these", hint=finding.hint)
